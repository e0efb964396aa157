/* archives: dates of feeds, what first bytes tell, and the same records however the bytes come in pieces.
 *
 * In: tables below; the seeds of fuzz/corpus/warc and feed. Whole and damaged archives: tests/archives/run.
 */
#include "archive/archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void dates(void **state) {
    static const char *const cases[][2] = {
        {"Mon, 14 Jul 2025 14:20:39 +0530", "2025-07-14T14:20:39+05:30"},
        {"14 Jul 2025 14:20 GMT", "2025-07-14T14:20:00+00:00"},
        {"Mon, 14 July 2025 14:20:39 EST", "2025-07-14T14:20:39-05:00"},
        {"Mon, 14 Jul 25 14:20:39 Z", "2025-07-14T14:20:39+00:00"},
        {"Mon, 14 Jul 99 14:20:39 Z", "1999-07-14T14:20:39+00:00"},
        {"Mon, 14 Jul 2025 14:20:39 XYZ", "2025-07-14"},
        {"  14 Jul 2025\n", "2025-07-14"},
        {"2025-07-14", "2025-07-14"},
        {"2025-07-14T14:20:39Z", "2025-07-14T14:20:39+00:00"},
        {"2025-07-14T14:20:39.123-03:30", "2025-07-14T14:20:39-03:30"},
        {"2025-07-14 14:20:39", "2025-07-14"},
        {"2024-02-29", "2024-02-29"},
        {"2025-02-29", NULL},
        {"2025-13-01", NULL},
        {"31 Jun 2025 10:00 GMT", NULL},
        {"Mon, 14 Jul 2025 25:20:39 +0530", NULL},
        {"yesterday", NULL},
        {"2025-07-14T14:20:39+99:00", "2025-07-14"},
        {"2025-07-14T14:20:39Zx", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[KARAKA_FEED_DATE] = "";
        bool good = karaka_feed_date(out, karaka_slice_of(cases[i][0]));
        if (!cases[i][1] && good)
            fail_msg("'%s' is read as %s", cases[i][0], out);
        if (cases[i][1])
            assert_string_equal(good ? out : "none", cases[i][1]);
    }
}

static void first_bytes(void **state) {
    static const struct {
        const char *name, *start;
        int form;
    } cases[] = {
        {"stdin", "WARC/1.0\r\n", KARAKA_STREAM_WARC},
        {"x.warc.gz", "damaged", KARAKA_STREAM_WARC},
        {"stdin", "{\"text\":", KARAKA_STREAM_JSONL},
        {"stdin", "# newdoc id = a\n", KARAKA_STREAM_CONLLU},
        {"stdin", "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <html> --><rss>", KARAKA_STREAM_FEED},
        {"stdin", "<!DOCTYPE rss [<!ENTITY a '>'>]><rss>", KARAKA_STREAM_FEED},
        {"stdin", "<rdf:RDF xmlns=''>", KARAKA_STREAM_FEED},
        {"stdin", "<!doctype html><p>", KARAKA_STREAM_HTML},
        {"stdin", "<?xml version='1.0'?><html xmlns=''>", KARAKA_STREAM_HTML},
        {"a.txt", "<html>", KARAKA_STREAM_PAGE},
        {"a/b.html.xz", "text", KARAKA_STREAM_HTML},
        {"stdin", "text", KARAKA_STREAM_PAGE},
        {"stdin", "", KARAKA_STREAM_PAGE},
        {"stdin", "<?xml version='1.0'?><svg/>", KARAKA_ERROR_INPUT},
        {"stdin", "<?xml", KARAKA_ERROR_INPUT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (karaka_sniff_form(cases[i].name, karaka_slice_of(cases[i].start)) != cases[i].form)
            fail_msg("'%s' named %s", cases[i].start, cases[i].name);
}

/* ---- Pieces ---- */

typedef struct source {
    const char *at;
    size_t left, piece;
} source;

static ptrdiff_t read_piece(void *context, void *into, size_t room) {
    source *s = context;
    size_t length = s->left < s->piece ? s->left : s->piece;
    length = length < room ? length : room;
    memcpy(into, s->at, length);
    s->at += length;
    s->left -= length;
    return (ptrdiff_t)length;
}

/* All that a stream gives, as text. */
static void told(karaka_buffer *out, const karaka_file *file, size_t piece) {
    source s = {file->bytes + 1, file->length - 1, piece};
    const karaka_stream_input input = {.name = "seed", .read = read_piece, .context = &s};
    karaka_stream *stream = NULL;
    karaka_record r;
    int result = karaka_stream_open(&stream, &input);
    assert_int_equal(result, 0);
    while ((result = karaka_stream_next(stream, &r)) != 0) {
        karaka_buffer_format(out, "%llu %llu %llu ", (unsigned long long)r.number, (unsigned long long)r.line,
                             (unsigned long long)r.offset);
        if (result > 0)
            karaka_buffer_format(out, "%d %s %s %s %s\n%s\n", r.form, r.name, r.id, r.url ? r.url : "-",
                                 r.published ? r.published : "-", r.bytes);
        else
            karaka_buffer_format(out, "%s\n", karaka_error_text());
    }
    karaka_buffer_text(out, karaka_stream_passed(stream));
    karaka_stream_close(stream);
}

static void pieces(void **state) {
    static const char *const seeds[] = {"warc/plain", "warc/gzip", "warc/zstd", "warc/tar",    "warc/zip",   "warc/xz",
                                        "warc/bzip2", "feed/atom", "feed/rdf",  "feed/broken", "feed/laughs"};
    static const size_t sizes[] = {1, 2, 3, 7, 61, 100000};
    (void)state;
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        char path[100];
        karaka_file file;
        karaka_buffer first = {0};
        snprintf(path, sizeof path, "fuzz/corpus/%s", seeds[i]);
        assert_int_equal(karaka_file_open(&file, path), 0);
        told(&first, &file, 4096);
        assert_true(first.length > 0);
        for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
            karaka_buffer again = {0};
            told(&again, &file, sizes[n]);
            assert_string_equal(again.bytes, first.bytes);
            karaka_buffer_free(&again);
        }
        karaka_buffer_free(&first);
        karaka_file_close(&file);
    }
}

/* What is given back is read again, from the window where it still lies there, else from the bytes given. */
static void given_back(void **state) {
    enum { SIZE = 1 << 20, BACK = 700000 };
    char *bytes = malloc(SIZE), *kept = malloc(BACK);
    karaka_flow *f = NULL;
    (void)state;
    assert_true(bytes && kept);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 31 + i / 251);
    source s = {bytes, SIZE, 5000};
    assert_int_equal(karaka_flow_callback(&f, read_piece, &s), 0);
    for (size_t round = 0; round < 2; round++) {
        size_t back = round ? BACK : 100;
        while (f->offset < back)
            karaka_flow_take(f, karaka_flow_peek(f, 1).length);
        memcpy(kept, bytes + f->offset - back, back);
        uint64_t from = f->offset - back;
        assert_int_equal(karaka_flow_return(f, kept, back), 0);
        assert_int_equal(f->offset, from);
    }
    for (karaka_slice next; (next = karaka_flow_peek(f, 3000)).length;) {
        assert_memory_equal(next.bytes, bytes + f->offset, next.length);
        karaka_flow_take(f, next.length);
    }
    assert_int_equal(f->offset, SIZE);
    karaka_flow_close(f);
    free(bytes);
    free(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(first_bytes),
        cmocka_unit_test(pieces),
        cmocka_unit_test(given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
