/* warc: the pages in a WARC file (ISO 28500; versions 0.17 to 1.1), its dumps of text (WET) too.
 *
 * In: a flow of WARC records. Out: a karaka_record for each `response` with status 200 and for each `resource` or
 * `conversion`, if HTML or plain text; other records are counted and passed over without being kept. A record that is
 * damaged is told, and the reading goes on at the next line that begins a record: nothing is stepped over unsaid.
 * Example: "WARC/1.0\r\nWARC-Type: response\r\n...\r\n\r\nHTTP/1.1 200 OK\r\n...<html>..." -> form HTML, url, charset
 */
#include "archive/archive.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define RECORD_START "WARC/"

enum { START_BYTES = 8, GAP_SEARCHED = 4096, RETURN_ALWAYS = 64 << 20, RETURN_TIMES = 8 };

typedef struct warc {
    karaka_reader reader;
    karaka_buffer head;                   /* of the record */
    karaka_slice type, id, target, media; /* in `head` */
    bool truncated, segmented;
    uint64_t length;            /* of the block */
    uint64_t place;             /* of the record, in the file on disk */
    uint64_t returned;          /* bytes read again after damage: bounded */
    karaka_buffer plain, utf8;  /* the body decoded; as UTF-8 */
    karaka_buffer url, charset; /* of the record given last */
} warc;

/* ---- The head of a record ---- */

static bool is(karaka_slice s, const char *text) {
    return s.length == strlen(text) && strncasecmp(s.bytes, text, s.length) == 0;
}

static bool read_length(uint64_t *out, karaka_slice value) {
    *out = 0;
    for (size_t i = 0; i < value.length; i++) {
        if (value.bytes[i] < '0' || value.bytes[i] > '9' || i >= 18)
            return false;
        *out = *out * 10 + (uint64_t)(value.bytes[i] - '0');
    }
    return value.length > 0;
}

/* <urn:uuid:...> without its brackets, which WARC 1.0 writes around URIs too. */
static karaka_slice bare(karaka_slice s) {
    bool brackets = s.length >= 2 && *s.bytes == '<' && s.bytes[s.length - 1] == '>';
    return brackets ? (karaka_slice){s.bytes + 1, s.length - 2} : s;
}

/* NULL, or what is wrong. */
static const char *parse_head(warc *w) {
    karaka_slice rest = {w->head.bytes, w->head.length}, value;
    bool sized = false;
    w->type = w->id = w->target = w->media = (karaka_slice){NULL, 0};
    w->truncated = w->segmented = false;
    karaka_header_line(&rest);
    while (rest.length) {
        karaka_slice line = karaka_header_line(&rest);
        if ((value = karaka_header_value(line, "WARC-Type")).bytes)
            w->type = value;
        else if ((value = karaka_header_value(line, "WARC-Record-ID")).bytes)
            w->id = bare(value);
        else if ((value = karaka_header_value(line, "WARC-Target-URI")).bytes)
            w->target = bare(value);
        else if ((value = karaka_header_value(line, "Content-Type")).bytes)
            w->media = value;
        else if (karaka_header_value(line, "WARC-Truncated").bytes)
            w->truncated = true;
        else if (karaka_header_value(line, "WARC-Segment-Number").bytes)
            w->segmented = true;
        else if ((value = karaka_header_value(line, "Content-Length")).bytes &&
                 !(sized = read_length(&w->length, value)))
            return "its Content-Length is no number";
    }
    return !sized ? "it has no Content-Length" : !w->type.length ? "it has no WARC-Type" : NULL;
}

/* ---- Finding records ---- */

static bool at_record(karaka_flow *f) {
    karaka_slice next = karaka_flow_peek(f, 6);
    return next.length >= 6 && memcmp(next.bytes, RECORD_START, 5) == 0 && next.bytes[5] >= '0' && next.bytes[5] <= '9';
}

/* Where in `s` a line begins that begins a record; NULL: nowhere. `line`: `s` itself begins with a line. */
static const char *find_record(karaka_slice s, bool line) {
    const char *end = s.bytes + s.length;
    for (const char *at = s.bytes; (at = memmem(at, (size_t)(end - at), RECORD_START, 5)); at++)
        if (end - at > 6 && at[5] >= '0' && at[5] <= '9' && at[6] == '.' && (at > s.bytes ? at[-1] == '\n' : line))
            return at;
    return NULL;
}

/* Takes all up to the next record, or to trouble. */
static void seek_record(karaka_flow *f) {
    while (!at_record(f)) {
        karaka_slice next = karaka_flow_peek(f, GAP_SEARCHED);
        const char *found = find_record(next, false);
        size_t kept = next.length < GAP_SEARCHED ? 0 : START_BYTES;
        if (!next.length)
            break;
        karaka_flow_take(f, found ? (size_t)(found - next.bytes) : next.length - kept);
    }
}

/* Trouble right behind the record, from the member that it lies in: its checksum is wrong, say. */
static bool is_troubled(warc *w) {
    karaka_flow *f = w->reader.flow;
    return f->error && f->trouble_place <= w->place && !karaka_flow_peek(f, 1).length;
}

/* Trouble of the flow. What is left of the record before it goes too. */
static int trouble(warc *w, karaka_record *out) {
    karaka_flow *f = w->reader.flow;
    karaka_flow_take(f, karaka_flow_peek(f, 0).length);
    return karaka_reader_trouble(&w->reader, out, RECORD_START);
}

static int damaged(warc *w, karaka_record *out, const char *why) {
    karaka_flow *f = w->reader.flow;
    seek_record(f);
    if (is_troubled(w)) /* that is the cause */
        return trouble(w, out);
    if (!karaka_flow_peek(f, 1).length)
        return karaka_fail(KARAKA_ERROR_INPUT, "WARC record is damaged: %s; no other follows", why);
    if (karaka_flow_place(f) == w->place) /* in the same gzip member */
        return karaka_fail(KARAKA_ERROR_INPUT, "WARC record is damaged: %s; reading goes on with the next", why);
    return karaka_fail(KARAKA_ERROR_INPUT, "WARC record is damaged: %s; reading goes on at byte %llu", why,
                       (unsigned long long)karaka_flow_place(f) + 1);
}

/* ---- A record ---- */

static void skip_line_ends(karaka_flow *f) {
    for (size_t blank = 1; blank;) {
        karaka_slice next = karaka_flow_peek(f, 1);
        for (blank = 0; blank < next.length && (next.bytes[blank] == '\r' || next.bytes[blank] == '\n');)
            blank++;
        karaka_flow_take(f, blank);
    }
}

/* 1: w->head holds a head, 0: the end, negative: told. */
static int take_head(warc *w, karaka_record *out) {
    karaka_flow *f = w->reader.flow;
    size_t length = 0;
    skip_line_ends(f);
    karaka_slice next = karaka_flow_peek(f, START_BYTES);
    if (!next.length && !f->error)
        return 0;
    w->place = out->offset = karaka_flow_place(f);
    out->number = w->reader.number + 1;
    if (!at_record(f) && !f->error)
        return damaged(w, out, "no record begins here");
    w->reader.number++;
    w->reader.reading->tally.seen++;
    for (size_t want = 512; !length && want <= KARAKA_FLOW_PEEK; want *= 2) {
        next = karaka_flow_peek(f, want);
        length = karaka_header_end(next);
    }
    if (!length && f->error)
        return trouble(w, out);
    if (!length) {
        karaka_flow_take(f, next.length < KARAKA_FLOW_PEEK ? next.length : 1);
        return damaged(w, out, next.length < KARAKA_FLOW_PEEK ? "the file ends in its head" : "its head has no end");
    }
    w->head.length = 0;
    int error = karaka_buffer_add(&w->head, next.bytes, length);
    karaka_flow_take(f, length);
    return error < 0 ? error : 1;
}

static karaka_stream_form form_of_type(const karaka_http *h) {
    if (is(h->type, "text/html") || is(h->type, "application/xhtml+xml"))
        return KARAKA_STREAM_HTML;
    return is(h->type, "text/plain") ? KARAKA_STREAM_PAGE : KARAKA_STREAM_ANY;
}

/* The head of the response at the beginning of the block; 0: it cannot be read. */
static size_t peek_response(warc *w, karaka_http *h) {
    for (size_t want = 512;; want *= 2) {
        karaka_slice next = karaka_flow_peek(w->reader.flow, want);
        if (next.length > w->length)
            next.length = (size_t)w->length;
        size_t length = karaka_header_end(next);
        if (!length && next.length == w->length)
            length = next.length; /* a response without a body may lack the blank line */
        if (length)
            return karaka_http_head(h, (karaka_slice){next.bytes, length}) ? length : 0;
        if (next.length < want || want >= KARAKA_FLOW_PEEK)
            return 0;
    }
}

/* Why the record is passed over, in `kind`; "" where it is not. NULL: it is damaged. */
static const char *judge(warc *w, karaka_http *h, char kind[KARAKA_TALLY_NAME]) {
    static const char *const known[] = {"warcinfo", "request", "metadata", "revisit"};
    *h = (karaka_http){0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is(w->type, known[i]))
            return known[i];
    if (w->truncated)
        return "truncated";
    if (w->segmented || is(w->type, "continuation"))
        return "segmented";
    if (is(w->type, "response")) {
        static const char http[] = "application/http";
        if (w->media.length < sizeof http - 1 || strncasecmp(w->media.bytes, http, sizeof http - 1) != 0)
            return "not HTTP";
        if (!peek_response(w, h))
            return NULL;
        snprintf(kind, KARAKA_TALLY_NAME, "status %u", h->status);
        if (h->status != 200)
            return kind;
    } else if (is(w->type, "resource") || is(w->type, "conversion")) {
        karaka_http_type(h, w->media);
    } else {
        return "of unknown type";
    }
    return form_of_type(h) ? "" : "not HTML or text";
}

/* ---- The block ---- */

/* Keeps a piece of the block; where it is passed over, only from the first line on that may begin a record. `taken`:
 * bytes of the block before the piece. */
static int keep(warc *w, karaka_slice piece, uint64_t taken, bool whole) {
    karaka_buffer *b = &w->reader.bytes;
    if (whole || b->length)
        return karaka_buffer_add(b, piece.bytes, piece.length);
    /* The window still has the bytes before: such a line may begin in them. */
    size_t before = w->reader.flow->at < START_BYTES ? w->reader.flow->at : START_BYTES;
    before = before < taken ? before : (size_t)taken;
    const char *found = find_record((karaka_slice){piece.bytes - before, piece.length + before}, !taken);
    return found ? karaka_buffer_add(b, found, (size_t)(piece.bytes + piece.length - found)) : KARAKA_OK;
}

static const char in_trouble[] = "";

/* Takes the block, into w->reader.bytes if `whole`. NULL, or what is wrong with its length; in_trouble: the flow is. */
static const char *take_block(warc *w, bool whole, int *error) {
    karaka_flow *f = w->reader.flow;
    uint64_t left = w->length;
    w->reader.bytes.length = 0;
    while (left) {
        karaka_slice next = karaka_flow_peek(f, 1);
        const size_t member = karaka_flow_to_mark(f);
        if (!next.length)
            return f->error ? in_trouble : "the file ends inside its block";
        if (next.length > left)
            next.length = (size_t)left;
        if (next.length > member)
            next.length = member;
        if (*error == KARAKA_OK)
            *error = keep(w, next, w->length - left, whole);
        karaka_flow_take(f, next.length);
        left -= next.length;
        if (left && next.length == member && at_record(f))
            return "the next record begins inside its block";
        /* That much behind what looks like a record: then it is one. */
        if (!whole && w->reader.bytes.length > w->reader.reading->limit)
            return "the next record begins inside its block";
    }
    return NULL;
}

/* After a block whose length cannot be right: back to where the next record may begin in it. False: what is in it is
 * passed over, since hostile lengths could have the same bytes read again and again. */
static bool return_records(warc *w) {
    karaka_buffer *b = &w->reader.bytes;
    karaka_flow *f = w->reader.flow;
    const char *found = b->length ? find_record((karaka_slice){b->bytes, b->length}, true) : NULL;
    if (!found)
        return true;
    size_t length = b->length - (size_t)(found - b->bytes);
    if (w->returned + length > RETURN_ALWAYS + RETURN_TIMES * f->offset)
        return false;
    w->returned += length;
    return karaka_flow_return(f, found, length) == KARAKA_OK;
}

/* Two line ends stand behind a block whose length is right. Some writers leave them out. */
static const char *take_end(warc *w) {
    karaka_flow *f = w->reader.flow;
    /* One byte more than needed, since the checksum of a gzip member is read behind its last byte. */
    karaka_slice next = karaka_flow_peek(f, 5);
    if (next.length >= 4 && memcmp(next.bytes, "\r\n\r\n", 4) == 0)
        karaka_flow_take(f, 4);
    else if (next.length >= 2 && memcmp(next.bytes, "\n\n", 2) == 0)
        karaka_flow_take(f, 2);
    else if (next.length && !at_record(f))
        return "its Content-Length is wrong";
    return NULL;
}

/* ---- What is given ---- */

static int set_text(karaka_buffer *to, const char **out, karaka_slice from) {
    to->length = 0;
    *out = NULL;
    int error = from.length ? karaka_buffer_add(to, from.bytes, from.length) : KARAKA_OK;
    if (error == KARAKA_OK && from.length)
        *out = to->bytes;
    return error;
}

static int set_facts(warc *w, karaka_record *out, const karaka_http *h) {
    int error = set_text(&w->url, &out->url, w->target);
    if (error == KARAKA_OK)
        error = set_text(&w->charset, &out->charset, h->charset);
    if (error == KARAKA_OK)
        error = set_text(&w->reader.id, &out->id, w->id.length ? w->id : w->target);
    if (error == KARAKA_OK && !out->id) {
        error = karaka_reader_id(&w->reader, w->reader.number);
        out->id = w->reader.id.bytes;
    }
    return error;
}

/* Text comes as UTF-8; HTML tells its encoding itself, where the transport does not. */
static int give(warc *w, karaka_record *out, karaka_http *h) {
    const size_t limit = w->reader.reading->limit;
    karaka_buffer *b = &w->reader.bytes;
    karaka_slice body = {b->bytes, b->length};
    int error = karaka_buffer_text(b, "");
    if (error == KARAKA_OK && h->status) {
        size_t head = karaka_header_end((karaka_slice){b->bytes, b->length});
        head = head ? head : b->length;
        karaka_http_head(h, (karaka_slice){b->bytes, head});
        error = karaka_http_body(&body, &w->plain, h, b, head, limit);
    } else {
        body = (karaka_slice){b->bytes, b->length};
    }
    if (error == KARAKA_OK)
        error = set_facts(w, out, h);
    out->form = form_of_type(h);
    if (error == KARAKA_OK && out->form == KARAKA_STREAM_PAGE && out->charset) {
        w->utf8.length = 0;
        error = karaka_text_to_utf8(&w->utf8, out->charset, body, limit);
        body = (karaka_slice){w->utf8.bytes, w->utf8.length};
        out->charset = NULL;
    }
    if (error == KARAKA_OK && body.length > limit)
        error = karaka_reader_over(&w->reader);
    if (error < 0)
        return error;
    if (body.length)
        ((char *)(uintptr_t)body.bytes)[body.length] = '\0'; /* all three buffers are ours, with room for it */
    out->bytes = body.length ? body.bytes : "";
    out->length = body.length;
    return 1;
}

static int next_warc(karaka_reader *r, karaka_record *out) {
    warc *w = (warc *)r;
    for (;;) {
        char kind[KARAKA_TALLY_NAME];
        karaka_http http;
        int error = KARAKA_OK, head = take_head(w, out);
        if (head <= 0)
            return head;
        const char *wrong = parse_head(w);
        if (wrong)
            return damaged(w, out, wrong);
        const char *passed = judge(w, &http, kind);
        bool over = w->length > r->reading->limit + KARAKA_FLOW_PEEK;
        wrong = take_block(w, passed && !*passed && !over, &error);
        wrong = wrong ? wrong : take_end(w);
        if (wrong == in_trouble || (!wrong && is_troubled(w)))
            return trouble(w, out);
        if (wrong && !return_records(w))
            wrong = "its Content-Length is wrong, like many before; what its block holds is passed over";
        if (wrong)
            return damaged(w, out, wrong);
        if (!passed)
            return damaged(w, out, "its block is no HTTP response");
        if (error < 0)
            return error;
        if (!*passed)
            return over ? karaka_reader_over(r) : give(w, out, &http);
        karaka_tally_pass(&r->reading->tally, passed);
    }
}

static void close_warc(karaka_reader *r) {
    warc *w = (warc *)r;
    karaka_buffer *const owned[] = {&w->head, &w->plain, &w->utf8, &w->url, &w->charset};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        karaka_buffer_free(owned[i]);
    karaka_reader_free(r);
}

int karaka_warc_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name) {
    int error = karaka_reader_new(out, sizeof(warc), reading, flow, name);
    if (error < 0)
        return error;
    (*out)->next = next_warc;
    (*out)->close = close_warc;
    return KARAKA_OK;
}
