/* Hindi, opened for a group of tests; an article as plain text, and how it is compared with what a case expects;
 * included after cmocka.h. An expected line that ends in "..." stands for any line that begins so. */
#ifndef KARAKA_TESTS_ARTICLE_TEXT_H
#define KARAKA_TESTS_ARTICLE_TEXT_H

#include "document.h"
#include "page_invariants.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static karaka_language *language;

static int open_language(void **state) {
    (void)state;
    char path[1024];
    const char *languages = getenv("KARAKA_LANGUAGES");
    snprintf(path, sizeof path, "%s/hi", languages ? languages : "languages");
    int error = karaka_language_open(&language, path, KARAKA_OPEN_NO_MODEL);
    if (error < 0)
        print_error("%s\n", karaka_error_text());
    return error;
}

static int close_language(void **state) {
    (void)state;
    karaka_language_close(language);
    return 0;
}

static const char *const kinds[] = {"title", "kicker", "lead", "subhead", "body"};

static void add_fact(karaka_buffer *out, const char *name, const char *value) {
    if (value)
        karaka_buffer_format(out, "%s: %s\n", name, value);
}

/* The article, a fact, a paragraph or a dropped piece a line. */
static void print(karaka_buffer *out, const karaka_article *a) {
    add_fact(out, "section", a->section);
    for (uint32_t i = 0; i < a->author_count; i++)
        add_fact(out, "author", a->authors[i]);
    add_fact(out, "published", a->published);
    add_fact(out, "modified", a->modified);
    add_fact(out, "canonical", a->canonical);
    add_fact(out, "page_lang", a->page_lang);
    add_fact(out, "outlet", a->outlet);
    for (uint32_t i = 0; i < a->paragraph_count; i++) {
        karaka_span s = a->paragraphs[i].span;
        karaka_buffer_format(out, "%s: %.*s\n", kinds[a->paragraphs[i].kind], (int)(s.end - s.start),
                             a->text + s.start);
    }
    for (uint32_t i = 0; i < a->dropped_count; i++)
        karaka_buffer_format(out, "- %s: %s\n", a->dropped[i].reason, a->dropped[i].text);
}

static void check(const karaka_article *a, size_t input_length) {
    const char *broken = page_broken(a, input_length);
    if (broken)
        fail_msg("not so: %s", broken);
}

static size_t line_length(const char *s) {
    const char *end = strchr(s, '\n');
    return end ? (size_t)(end - s) : strlen(s);
}

static bool same_line(const char *want, size_t want_length, const char *got, size_t got_length) {
    if (want_length > 3 && memcmp(want + want_length - 3, "...", 3) == 0)
        return got_length >= want_length - 3 && memcmp(want, got, want_length - 3) == 0;
    return want_length == got_length && memcmp(want, got, got_length) == 0;
}

static bool same(const char *want, const char *got) {
    while (*want && *got) {
        size_t w = line_length(want), g = line_length(got);
        if (!same_line(want, w, got, g))
            return false;
        want += w + (want[w] == '\n');
        got += g + (got[g] == '\n');
    }
    return !*want && !*got;
}

#endif
