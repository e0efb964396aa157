/* reader: what all readers share, and the choice of one.
 *
 * In: a flow and its name. Out: the reader for what it holds. Compression is seen through, four layers of packing deep.
 * Example: "crawl.warc.gz" -> a WARC reader on the flow under gzip, which names places in the compressed file.
 */
#include "archive/archive.h"

#include <stdlib.h>
#include <string.h>

enum { LAYERS_MOST = 4 };

int karaka_reader_new(karaka_reader **out, size_t size, karaka_intake *reading, karaka_flow *flow, const char *name) {
    karaka_reader *r = calloc(1, size);
    if (!r)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    r->reading = reading;
    r->flow = flow;
    r->name = name;
    r->close = karaka_reader_free;
    *out = r;
    return KARAKA_OK;
}

void karaka_reader_free(karaka_reader *r) {
    karaka_flow_close(r->flow);
    karaka_buffer_free(&r->bytes);
    karaka_buffer_free(&r->id);
    free(r);
}

void karaka_reader_close(karaka_reader *r) {
    if (r)
        r->close(r);
}

int karaka_reader_id(karaka_reader *r, uint64_t number) {
    karaka_slice name = karaka_plain_name(r->name);
    const char *dot = memrchr(name.bytes, '.', name.length);
    if (dot && dot > name.bytes)
        name.length = (size_t)(dot - name.bytes);
    const char *start = r->reading->folder ? r->name + r->reading->folder : name.bytes;
    r->id.length = 0;
    int error = karaka_buffer_add(&r->id, start, (size_t)(name.bytes - start) + name.length);
    if (error == KARAKA_OK && number)
        error = karaka_buffer_format(&r->id, "-%llu", (unsigned long long)number);
    return error;
}

int karaka_reader_over(const karaka_reader *r) {
    return karaka_fail(KARAKA_ERROR_LIMIT, "larger than %zu bytes, skipped", r->reading->limit);
}

int karaka_reader_trouble(karaka_reader *r, karaka_record *out, const char *start) {
    const int error = r->flow->error;
    char what[sizeof r->flow->trouble];
    memcpy(what, r->flow->trouble, sizeof what);
    out->offset = r->flow->trouble_place;
    if (!karaka_flow_mend(r->flow, start))
        return karaka_fail(error, "%s; the rest cannot be read", what);
    return karaka_fail(error, "%s; reading goes on at byte %llu", what, (unsigned long long)r->flow->trouble_place + 1);
}

/* ---- The choice ---- */

static int choose(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name, unsigned depth) {
    karaka_slice start = karaka_flow_peek(flow, KARAKA_SNIFF);
    if (karaka_sniff_pack(name, start)) {
        if (depth >= LAYERS_MOST)
            return karaka_fail(KARAKA_ERROR_INPUT, "archives and compression nested more than %d deep", LAYERS_MOST);
        return karaka_pack_open(out, reading, flow, name, depth + 1);
    }
    int form = reading->form ? (int)reading->form : karaka_sniff_form(name, start);
    if (form < 0)
        return form;
    switch (form) {
    case KARAKA_STREAM_WARC:
        return karaka_warc_open(out, reading, flow, name);
    case KARAKA_STREAM_FEED:
        return karaka_feed_open(out, reading, flow, name);
    case KARAKA_STREAM_JSONL:
        return karaka_lines_open(out, reading, flow, name);
    case KARAKA_STREAM_CONLLU:
        return karaka_trees_open(out, reading, flow, name);
    default:
        return karaka_whole_open(out, reading, flow, name, (karaka_stream_form)form);
    }
}

int karaka_reader_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name,
                       unsigned depth) {
    int error = KARAKA_OK;
    for (karaka_coding coding; error == KARAKA_OK; depth++) {
        coding = karaka_coding_of(karaka_flow_peek(flow, KARAKA_CODING_BYTES));
        if (!coding)
            break;
        if (depth >= LAYERS_MOST)
            error = karaka_fail(KARAKA_ERROR_INPUT, "archives and compression nested more than %d deep", LAYERS_MOST);
        else
            error = karaka_flow_unpack(&flow, flow, coding);
    }
    if (error == KARAKA_OK)
        error = choose(out, reading, flow, name, depth);
    if (error < 0)
        karaka_flow_close(flow);
    return error;
}
