/* What holds for every article that was read, of any bytes: for tests/test_page.c and fuzz/fuzz_page.c. */
#ifndef KARAKA_TESTS_PAGE_INVARIANTS_H
#define KARAKA_TESTS_PAGE_INVARIANTS_H

#include "document.h"
#include <string.h>

/* The promise that is broken, or NULL. */
static const char *page_broken(const karaka_article *a, size_t input_length) {
    uint32_t at = 0;
    if (!a->text || strlen(a->text) != a->length)
        return "the text is as long as it says";
    if (karaka_utf8_check(a->text, a->length) != a->length)
        return "the text is UTF-8";
    for (uint32_t i = 0; i < a->paragraph_count; i++) {
        karaka_span s = a->paragraphs[i].span;
        if (s.start != (i ? at + 2 : 0) || s.end <= s.start || s.end > a->length)
            return "paragraphs follow each other";
        if (i && memcmp(a->text + at, "\n\n", 2) != 0)
            return "an empty line stands between paragraphs";
        if (memchr(a->text + s.start, '\n', s.end - s.start))
            return "a paragraph is one line";
        at = s.end;
    }
    if (at != a->length)
        return "paragraphs are the whole text";
    uint32_t input = 0;
    for (uint32_t i = 0; i < a->dropped_count; i++) {
        const karaka_dropped *d = &a->dropped[i];
        if (d->input.start < input || d->input.end <= d->input.start || d->input.end > input_length)
            return "dropped pieces lie in the input, in order";
        if (!d->reason || !*d->reason || !d->rule || strlen(d->text) > 200)
            return "a dropped piece has a reason";
        if (karaka_utf8_check(d->text, strlen(d->text)) != strlen(d->text))
            return "a dropped piece is UTF-8";
        input = d->input.start;
    }
    return NULL;
}

#endif
