/* lines: JSON Lines, CoNLL-U and whole documents out of a flow.
 *
 * In: a flow. Out: a record a line, a record from each "# newdoc" on, or one record. A line over the limit is stepped
 * over without being kept.
 * Example: news.jsonl with three lines -> three records with line 1, 2, 3 and their byte offsets.
 */
#include "archive/archive.h"

#include <stdlib.h>
#include <string.h>

typedef struct lines {
    karaka_reader reader;
    karaka_stream_form form;
    uint64_t line;      /* of the next byte, from 1 */
    karaka_buffer next; /* trees: the first line of the next document */
    uint64_t next_offset;
    bool next_over, ended;
} lines;

/* ---- One line ---- */

/* Appends to `b` up to and with the next line break; what goes beyond `limit` is stepped over and *error set. False at
 * the end of the flow, or where it is in trouble. */
static bool take_line(lines *l, karaka_buffer *b, size_t limit, int *error) {
    karaka_flow *f = l->reader.flow;
    for (bool any = false;; any = true) {
        karaka_slice next = karaka_flow_peek(f, 1);
        if (!next.length)
            return any && !f->error;
        const char *end = memchr(next.bytes, '\n', next.length);
        size_t length = end ? (size_t)(end + 1 - next.bytes) : next.length;
        if (*error == KARAKA_OK && b->length + length > limit + 2)
            *error = karaka_reader_over(&l->reader);
        if (*error == KARAKA_OK)
            *error = karaka_buffer_add(b, next.bytes, length);
        karaka_flow_take(f, length);
        if (!end)
            continue;
        l->line++;
        return true;
    }
}

static bool is_blank(const karaka_buffer *b) {
    for (size_t i = 0; i < b->length; i++)
        if (!strchr(" \t\r\n", b->bytes[i]) || !b->bytes[i])
            return false;
    return true;
}

static int give(lines *l, karaka_record *out, uint64_t id_number) {
    karaka_reader *r = &l->reader;
    int error = karaka_reader_id(r, id_number);
    if (error == KARAKA_OK && !r->bytes.bytes)
        error = karaka_buffer_text(&r->bytes, "");
    if (error < 0)
        return error;
    out->form = l->form;
    out->bytes = r->bytes.bytes;
    out->length = r->bytes.length;
    out->id = r->id.bytes;
    return 1;
}

/* ---- JSON Lines ---- */

static int next_line(karaka_reader *r, karaka_record *out) {
    lines *l = (lines *)r;
    for (;;) {
        int error = KARAKA_OK;
        r->bytes.length = 0;
        out->line = l->line;
        out->offset = karaka_flow_place(r->flow);
        bool whole = take_line(l, &r->bytes, r->reading->limit, &error);
        if (!whole && !r->flow->error)
            return 0;
        if (whole && error == KARAKA_OK && is_blank(&r->bytes))
            continue;
        out->number = ++r->number;
        if (!whole)
            return karaka_reader_trouble(r, out, NULL);
        if (error < 0)
            return error;
        while (r->bytes.length && strchr("\r\n", r->bytes.bytes[r->bytes.length - 1]))
            r->bytes.bytes[--r->bytes.length] = '\0';
        return give(l, out, out->line);
    }
}

/* ---- CoNLL-U ---- */

static bool begins_document(const karaka_buffer *line) {
    return line->length > 8 && memcmp(line->bytes, "# newdoc", 8) == 0;
}

/* The lines up to the next "# newdoc", which stays in l->next. A file without one is one document. */
static int next_trees(karaka_reader *r, karaka_record *out) {
    lines *l = (lines *)r;
    const size_t limit = r->reading->limit;
    int error = KARAKA_OK, line_error = KARAKA_OK;
    bool more = true;
    r->bytes.length = 0;
    out->line = l->next.length ? l->line - 1 : l->line;
    out->offset = l->next.length ? l->next_offset : karaka_flow_place(r->flow);
    for (;;) {
        if (r->bytes.length + l->next.length > limit && error == KARAKA_OK)
            error = karaka_reader_over(r);
        if (error == KARAKA_OK && l->next.length)
            error = karaka_buffer_add(&r->bytes, l->next.bytes, l->next.length);
        l->next.length = 0;
        if (!more)
            break;
        l->next_offset = karaka_flow_place(r->flow);
        more = take_line(l, &l->next, limit, &line_error);
        if (more && begins_document(&l->next)) {
            if (error < 0 || !is_blank(&r->bytes))
                break;
            r->bytes.length = 0; /* only blank lines so far */
            out->line = l->line - 1;
            out->offset = l->next_offset;
        }
        if (line_error < 0 && error == KARAKA_OK)
            error = line_error;
        line_error = KARAKA_OK;
    }
    if (!more && !r->flow->error && error == KARAKA_OK && is_blank(&r->bytes))
        return 0;
    out->number = ++r->number;
    if (!more && r->flow->error)
        return karaka_reader_trouble(r, out, NULL);
    return error < 0 ? error : give(l, out, 0);
}

/* ---- One document ---- */

static int next_whole(karaka_reader *r, karaka_record *out) {
    lines *l = (lines *)r;
    int error = KARAKA_OK;
    if (l->ended)
        return 0;
    l->ended = true;
    while (take_line(l, &r->bytes, r->reading->limit, &error) && error == KARAKA_OK)
        continue;
    if (r->flow->error && error == KARAKA_OK)
        error = karaka_reader_trouble(r, out, NULL);
    return error < 0 ? error : give(l, out, 0);
}

static void close_lines(karaka_reader *r) {
    karaka_buffer_free(&((lines *)r)->next);
    karaka_reader_free(r);
}

static int open_lines(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name,
                      karaka_stream_form form, int (*next)(karaka_reader *, karaka_record *)) {
    int error = karaka_reader_new(out, sizeof(lines), reading, flow, name);
    if (error < 0)
        return error;
    lines *l = (lines *)*out;
    l->reader.next = next;
    l->reader.close = close_lines;
    l->form = form;
    l->line = 1;
    return KARAKA_OK;
}

static void skip_byte_order_mark(karaka_flow *flow) {
    karaka_slice start = karaka_flow_peek(flow, 3);
    if (start.length >= 3 && memcmp(start.bytes, "\xEF\xBB\xBF", 3) == 0)
        karaka_flow_take(flow, 3);
}

int karaka_lines_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name) {
    skip_byte_order_mark(flow);
    return open_lines(out, reading, flow, name, KARAKA_STREAM_JSONL, next_line);
}

int karaka_trees_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name) {
    skip_byte_order_mark(flow);
    return open_lines(out, reading, flow, name, KARAKA_STREAM_CONLLU, next_trees);
}

int karaka_whole_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name,
                      karaka_stream_form form) {
    return open_lines(out, reading, flow, name, form, next_whole);
}
