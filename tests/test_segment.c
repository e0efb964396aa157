/* Tests of src/parse/segment*: the cases of tests/cases/segments, and what holds for any text.
 *
 * A case file holds cases parted by "===": a comment line ("# title: ..." makes the paragraph a title), the paragraph,
 * a blank line, the expected sentences, one a line, tokens parted by blanks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "segment_invariants.h"
#include <stdio.h>

static karaka_language language;

static int load_rules(const char *code) {
    char path[4096];
    const char *languages = getenv("KARAKA_LANGUAGES");
    snprintf(path, sizeof path, "%s/%s", languages ? languages : "languages", code);
    return karaka_segment_rules_load(&language.segments, language.arena, path);
}

static int open_rules(void **state) {
    (void)state;
    return karaka_arena_new(&language.arena) < 0 ? -1 : load_rules("hi");
}

static int close_rules(void **state) {
    (void)state;
    karaka_arena_free(language.arena);
    return 0;
}

static karaka_document *segment(karaka_paragraph_kind kind, const char *text, size_t length) {
    karaka_document *d = segment_document(&language, kind, text, length);
    assert_non_null(d);
    assert_int_equal(karaka_segment(d), KARAKA_OK);
    const char *broken = segment_broken(d);
    if (broken)
        fail_msg("%s: %.200s", broken, text);
    return d;
}

static void write_sentences(karaka_buffer *out, const karaka_document *d) {
    for (uint32_t i = 0; i < d->sentence_count; i++)
        for (uint32_t j = 0; j < d->sentences[i].token_count; j++)
            karaka_buffer_format(out, "%s%s", j > 0 ? " " : i > 0 ? "\n" : "", d->sentences[i].tokens[j].form);
}

/* Checks the case in [text, end), which is written over; returns 1 if it fails. */
static int check_case(const char *file, char *text, char *end) {
    while (end > text && end[-1] == '\n')
        end--;
    *end = '\0';
    char *name = text, *input = strchr(text, '\n') + 1, *blank = strstr(input, "\n\n");
    assert_true(*name == '#' && blank);
    input[-1] = '\0';
    bool title = strncmp(name, "# title", 7) == 0;
    karaka_document *d = segment(title ? KARAKA_TITLE : KARAKA_BODY, input, (size_t)(blank - input));
    karaka_buffer got = {NULL, 0, 0};
    write_sentences(&got, d);
    bool same = got.bytes && strcmp(got.bytes, blank + 2) == 0;
    if (!same)
        print_error("%s: %s\n--- expected\n%s\n--- got\n%s\n", file, name, blank + 2, got.bytes);
    karaka_buffer_free(&got);
    karaka_document_free(d);
    return !same;
}

static void check_file(const char *name) {
    char path[4096];
    const char *source = getenv("KARAKA_SOURCE");
    snprintf(path, sizeof path, "%s/tests/cases/segments/%s", source ? source : ".", name);
    karaka_file file;
    assert_int_equal(karaka_file_open(&file, path), 0);
    char *text = karaka_arena_copy(language.arena, file.bytes, file.length);
    karaka_file_close(&file);
    int failed = 0;
    for (char *at = text; at;) {
        char *end = strstr(at, "\n===\n");
        failed += check_case(name, at, end ? end : at + strlen(at));
        at = end ? end + 5 : NULL;
    }
    assert_int_equal(failed, 0);
}

static void sentences_end_where_the_cases_say(void **state) {
    (void)state;
    check_file("sentences.txt");
}

static void tokens_are_as_the_cases_say(void **state) {
    (void)state;
    check_file("tokens.txt");
}

static void english_is_read_by_its_own_table(void **state) {
    (void)state;
    karaka_segment_rules *hindi = language.segments;
    assert_int_equal(load_rules("en"), 0);
    check_file("en.txt");
    language.segments = hindi;
}

static void spaces_and_spans_are_told(void **state) {
    (void)state;
    karaka_document *d = segment(KARAKA_BODY, "  वह  गया।फिर", strlen("  वह  गया।फिर"));
    assert_int_equal(d->sentence_count, 2);
    const karaka_token *t = d->sentences[0].tokens;
    assert_int_equal(t[0].span.start, 2);
    assert_true(t[0].space_after && !t[1].space_after && !t[2].space_after);
    assert_true(d->sentences[1].tokens[0].space_after);
    karaka_document_free(d);
}

static void long_sentences_are_cut_at_commas_or_conjunctions(void **state) {
    (void)state;
    const struct {
        const char *filler, *mark;
        uint32_t expected;
    } cases[] = {{"पेड़ ", "", 256}, {"पेड़ ", "पेड़, ", 202}, {"पेड़ ", "और ", 200}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        karaka_buffer b = {NULL, 0, 0};
        for (int i = 0; i < 300; i++)
            assert_int_equal(karaka_buffer_text(&b, i == 200 && *cases[c].mark ? cases[c].mark : cases[c].filler), 0);
        karaka_document *d = segment(KARAKA_BODY, b.bytes, b.length);
        assert_int_equal(d->sentence_count, 2);
        assert_int_equal(d->sentences[0].token_count, cases[c].expected);
        karaka_document_free(d);
        karaka_buffer_free(&b);
    }
}

static void paragraphs_are_kept_apart(void **state) {
    (void)state;
    const char *text = "पहला\n\nदूसरा";
    karaka_document *d = segment_document(&language, KARAKA_BODY, text, strlen(text));
    size_t first = strlen("पहला");
    const karaka_paragraph paragraphs[] = {{KARAKA_TITLE, {0, (uint32_t)first}},
                                           {KARAKA_BODY, {(uint32_t)first + 2, (uint32_t)strlen(text)}}};
    d->article.paragraphs = paragraphs;
    d->article.paragraph_count = 2;
    assert_int_equal(karaka_segment(d), 0);
    assert_int_equal(d->sentence_count, 2);
    assert_int_equal(d->sentences[0].paragraph, 0);
    assert_int_equal(d->sentences[1].paragraph, 1);
    karaka_document_free(d);
}

/* Text of pieces drawn by a fixed generator: signs and words that the rules look at, and broken bytes. */
static void nothing_is_lost(void) {
    static const char *const pieces[] = {"डॉ",   ".",        "आई", "के",        "।",  "|", "\"", "'", "''",
                                         " ",    "\n",       "क",  "12",       ",",  ":", "/",  "-", "http",
                                         "://",  "@",        "#",  "\xCC\x81", "…",  "(", ")",  "“", "”",
                                         "\xFF", "\xE0\xA4", "है",  "x",        "U",  "?", "😀",  "दु", "\xE2\x80\x8D",
                                         "n't",  "'s",       "’s", "cannot",   "The"};
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        karaka_buffer b = {NULL, 0, 0};
        for (int i = 0; i < 40; i++) {
            seed = seed * 1664525 + 1013904223;
            assert_int_equal(karaka_buffer_text(&b, pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)]), 0);
        }
        karaka_document_free(segment(round % 2 ? KARAKA_BODY : KARAKA_TITLE, b.bytes, b.length));
        karaka_buffer_free(&b);
    }
}

static void nothing_is_lost_of_any_text(void **state) {
    (void)state;
    karaka_segment_rules *hindi = language.segments;
    nothing_is_lost();
    assert_int_equal(load_rules("en"), 0);
    nothing_is_lost();
    language.segments = hindi;
}

static void a_very_long_word_is_cut(void **state) {
    (void)state;
    size_t length = 100000;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, 'a', length);
    karaka_document *d = segment(KARAKA_BODY, text, length);
    assert_true(d->sentences[0].token_count > 1);
    karaka_document_free(d);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_where_the_cases_say),
        cmocka_unit_test(tokens_are_as_the_cases_say),
        cmocka_unit_test(english_is_read_by_its_own_table),
        cmocka_unit_test(spaces_and_spans_are_told),
        cmocka_unit_test(long_sentences_are_cut_at_commas_or_conjunctions),
        cmocka_unit_test(paragraphs_are_kept_apart),
        cmocka_unit_test(nothing_is_lost_of_any_text),
        cmocka_unit_test(a_very_long_word_is_cut),
    };
    return cmocka_run_group_tests_name("segment", tests, open_rules, close_rules);
}
