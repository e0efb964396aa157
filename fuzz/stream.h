/* stream: what fuzz_warc and fuzz_feed share: any bytes as a stream, in pieces of any size.
 *
 * In: one byte that chooses the size of the pieces, then the stream. Checked: no step outside, an end in bounded steps,
 * every record as include/karaka.h promises it.
 */
#include <karaka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct source {
    const uint8_t *at;
    size_t left, piece;
} source;

static ptrdiff_t read_piece(void *context, void *into, size_t room) {
    source *s = context;
    size_t length = s->left < s->piece ? s->left : s->piece;
    length = length < room ? length : room;
    if (length)
        memcpy(into, s->at, length);
    s->at += length;
    s->left -= length;
    return (ptrdiff_t)length;
}

static void check(const karaka_record *r, size_t limit) {
    if (!r->bytes || !r->id || !r->name || r->length > limit || r->bytes[r->length])
        abort();
    if (r->form == KARAKA_STREAM_ANY || r->form >= KARAKA_STREAM_WARC)
        abort();
    const char *const told[] = {r->id, r->name, r->title, r->published, r->url, r->outlet, r->charset};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (told[i] && strlen(told[i]) > ((size_t)1 << 20)) /* also: it ends, in memory that is its own */
            abort();
}

static void read_stream(const char *name, karaka_stream_form form, const uint8_t *data, size_t size) {
    enum { LIMIT = 4096 };
    source s = {data + 1, size - 1, 1 + data[0] * (size_t)17};
    const karaka_stream_input input = {.name = name, .form = form, .limit = LIMIT, .read = read_piece, .context = &s};
    karaka_stream *stream = NULL;
    karaka_record record;
    int result;
    if (karaka_stream_open(&stream, &input) < 0)
        return;
    /* A record takes a byte at least; compressed ones may take less. */
    for (size_t steps = 0; (result = karaka_stream_next(stream, &record)) != 0; steps++) {
        if (result > 0)
            check(&record, LIMIT);
        else if (!*karaka_error_text())
            abort();
        if (steps > 300 * size + 1000)
            abort();
    }
    if (karaka_stream_next(stream, &record) != 0)
        abort();
    karaka_stream_passed(stream);
    karaka_stream_close(stream);
}
