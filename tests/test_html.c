/* Tests of src/html: the pages in tests/cases/html, encodings, facts, hostile markup.
 *
 * A case is NAME.html and, beside it, NAME.expected: the article as print() of article_text.h writes it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "article_text.h"
#include "html/html.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int read_charset(karaka_document **out, const char *bytes, size_t length, const char *charset) {
    karaka_input input = {.kind = KARAKA_INPUT_HTML, .bytes = bytes, .length = length, .charset = charset};
    return karaka_document_read(out, language, &input);
}

static int read_html(karaka_document **out, const char *bytes, size_t length) {
    return read_charset(out, bytes, length, NULL);
}

/* ---- Cases ---- */

static bool run_case(const char *page, const char *expected) {
    karaka_file html, want;
    karaka_document *document = NULL;
    karaka_buffer got = {0};
    assert_int_equal(karaka_file_open(&html, page), 0);
    assert_int_equal(karaka_file_open(&want, expected), 0);
    if (read_html(&document, html.bytes, html.length) < 0)
        fail_msg("%s: %s", page, karaka_error_text());
    check(karaka_document_article(document), html.length);
    print(&got, karaka_document_article(document));
    char *text = strndup(want.bytes, want.length);
    assert_non_null(text);
    bool good = same(text, got.bytes ? got.bytes : "");
    if (!good)
        fprintf(stderr, "%s: the article is\n%s", page, got.bytes ? got.bytes : "(nothing)\n");
    free(text);
    karaka_buffer_free(&got);
    karaka_document_free(document);
    karaka_file_close(&html);
    karaka_file_close(&want);
    return good;
}

static void cases_read_as_expected(void **state) {
    (void)state;
    const char *source = getenv("KARAKA_SOURCE");
    char folder[1024], page[2048], expected[2048];
    snprintf(folder, sizeof folder, "%s/tests/cases/html", source ? source : ".");
    DIR *d = opendir(folder);
    assert_non_null(d);
    int cases = 0, bad = 0;
    for (const struct dirent *e; (e = readdir(d));) {
        size_t length = strlen(e->d_name);
        if (length < 6 || strcmp(e->d_name + length - 5, ".html") != 0)
            continue;
        snprintf(page, sizeof page, "%s/%s", folder, e->d_name);
        snprintf(expected, sizeof expected, "%s/%.*s.expected", folder, (int)length - 5, e->d_name);
        cases++;
        bad += !run_case(page, expected);
    }
    closedir(d);
    assert_true(cases >= 10);
    assert_int_equal(bad, 0);
}

/* ---- Encodings ---- */

/* The text of the page's only paragraph. */
static void reads_as(const char *bytes, size_t length, const char *charset, const char *want) {
    karaka_document *document = NULL;
    if (read_charset(&document, bytes, length, charset) < 0)
        fail_msg("%s", karaka_error_text());
    assert_string_equal(karaka_document_article(document)->text, want);
    karaka_document_free(document);
}

#define READS(bytes, charset, want) reads_as(bytes, sizeof bytes - 1, charset, want)

static void the_encoding_is_found(void **state) {
    (void)state;
    READS("<p>caf\xE9 \x93 ouvert \x94 ce soir.", NULL, "café “ ouvert ” ce soir.");
    READS("<meta charset=iso-8859-1><p>caf\xE9 \x93 ouvert \x94 ce soir.", NULL, "café “ ouvert ” ce soir.");
    READS("<p>\xCC\xE8\xF0 \xE8 \xF2\xF0\xF3\xE4 \xE4\xEB\xFF \xE2\xF1\xE5\xF5.", "windows-1251",
          "Мир и труд для всех.");
    READS("<meta http-equiv=content-type content='text/html; charset=koi8-r'><p>\xED\xC9\xD2 \xC9 \xD4\xD2\xD5\xC4.",
          NULL, "Мир и труд.");
    READS("<meta charset=windows-1252><p>शांति वार्ता शुरू।", NULL, "शांति वार्ता शुरू।");
    READS("<p>शांति वार्ता शुरू।", "iso-8859-1", "शांति वार्ता शुरू।");
    READS("\xEF\xBB\xBF<meta charset=koi8-r><p>शांति वार्ता शुरू।", "koi8-r", "शांति वार्ता शुरू।");
    READS("<meta charset=utf-8><p>शांति वार्ता शुरू\x97 आज।", NULL, "शांति वार्ता शुरू— आज।");
    READS("<meta charset=utf-16><p>They met today.", NULL, "They met today.");
    READS("<meta charset='no-such-set,swaplfnl'><p>They met today.", "../../etc/x", "They met today.");
}

static void utf16_is_read_with_and_without_a_mark(void **state) {
    (void)state;
    static const char page[] = "<p>They met today.";
    char wide[4][2 + 2 * sizeof page];
    for (size_t i = 0; i + 1 < sizeof page; i++)
        for (int k = 0; k < 4; k++) {
            wide[k][2 + 2 * i + (k & 1)] = page[i];
            wide[k][2 + 2 * i + !(k & 1)] = '\0';
        }
    memcpy(wide[0], "\xFF\xFE", 2);
    memcpy(wide[1], "\xFE\xFF", 2);
    size_t length = 2 * (sizeof page - 1);
    reads_as(wide[0], length + 2, NULL, "They met today.");
    reads_as(wide[1], length + 2, NULL, "They met today.");
    reads_as(wide[2] + 2, length, NULL, "They met today.");
    reads_as(wide[3] + 2, length, NULL, "They met today.");
}

/* ---- Facts ---- */

static void facts_of(karaka_document **out, const char *head) {
    karaka_buffer page = {0};
    karaka_buffer_format(&page, "<html><head>%s</head><body><p>They met in the town hall on Friday.</p></body>", head);
    if (read_html(out, page.bytes, page.length) < 0)
        fail_msg("%s", karaka_error_text());
    karaka_buffer_free(&page);
}

static void broken_json_tells_what_it_can(void **state) {
    (void)state;
    static const char *const heads[] = {
        "{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-01-02\",\"author\":{\"name\":\"Asha Rao\"},}",
        "{\"@type\":\"NewsArticle\" \"datePublished\":\"2024-01-02\",,\"author\":[{\"name\":\"Asha Rao\"}",
        "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"description\":\"a \"word\" "
        "quoted\",\"datePublished\":\"2024-01-02\","
        "\"author\":\"Asha\\u0020Rao\"}\n//]]>",
        ("[{\"@type\":\"WebPage\"},{\"@type\":[\"Thing\",\"NewsArticle\"],\"description\":\"two\nlines\","
         "\"author\":[\"Asha Rao\"],\"datePublished\":\"2024-01-02\"}]"),
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        karaka_buffer head = {0};
        karaka_document *document = NULL;
        karaka_buffer_format(&head, "<script type='application/ld+json'>%s</script>", heads[i]);
        facts_of(&document, head.bytes);
        const karaka_article *a = karaka_document_article(document);
        assert_int_equal(a->author_count, 1);
        assert_string_equal(a->authors[0], "Asha Rao");
        assert_string_equal(a->published, "2024-01-02");
        karaka_document_free(document);
        karaka_buffer_free(&head);
    }
}

static void what_the_caller_tells_counts(void **state) {
    (void)state;
    static const char page[] =
        "<link rel=canonical href='https://a.example/1'><meta property='og:site_name' content='A'>"
        "<meta name=date content='2024-01-02'><title>Another title</title><p>They met in the town hall on Friday.</p>";
    karaka_document *document = NULL;
    karaka_input input = {.kind = KARAKA_INPUT_HTML,
                          .bytes = page,
                          .length = sizeof page - 1,
                          .title = "Told",
                          .published = "2023-05-06",
                          .url = "https://b.example/",
                          .outlet = "B"};
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    const karaka_article *a = karaka_document_article(document);
    assert_string_equal(a->title, "Told");
    assert_string_equal(a->published, "2023-05-06");
    assert_string_equal(a->url, "https://b.example/");
    assert_string_equal(a->canonical, "https://a.example/1");
    assert_string_equal(a->outlet, "B");
    karaka_document_free(document);
}

/* ---- The table ---- */

static void names_are_read_as_words(void **state) {
    (void)state;
    static const char *const comments[] = {"comment-list", "storyCommentList2", "x_comments", "disqus_thread"};
    static const char *const none[] = {"recommended-off", "commentary", "com-ments", "", "-", "articleX"};
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++) {
        karaka_markup_match m = karaka_markup_class(language->markup, karaka_slice_of(comments[i]));
        assert_non_null(m.drop);
        assert_string_equal(m.drop->value, "comments");
        assert_non_null(strstr(m.drop->name, "ontology/markup:"));
    }
    for (size_t i = 1; i < sizeof none / sizeof *none; i++) {
        karaka_markup_match m = karaka_markup_class(language->markup, karaka_slice_of(none[i]));
        assert_null(m.drop);
    }
    assert_non_null(karaka_markup_class(language->markup, karaka_slice_of("main-articleBody")).body);
}

/* ---- Hostile markup ---- */

static void refuses(const char *bytes, size_t length, int error, const char *what) {
    karaka_document *document = NULL;
    assert_int_equal(read_html(&document, bytes, length), error);
    if (!strstr(karaka_error_text(), what))
        fail_msg("%s", karaka_error_text());
}

/* `times` of `piece`, and a paragraph behind. */
static karaka_buffer repeat(const char *piece, size_t times) {
    karaka_buffer b = {0};
    for (size_t i = 0; i < times; i++)
        karaka_buffer_text(&b, piece);
    karaka_buffer_text(&b, "<p>They met in the town hall on Friday.</p>");
    return b;
}

static void deep_and_endless_markup_is_refused(void **state) {
    (void)state;
    karaka_buffer deep = repeat("<div>", 100000), faults = repeat("</i>", 300000), many = repeat("<br>", 1100000);
    refuses(deep.bytes, deep.length, KARAKA_ERROR_LIMIT, "nested more than 2048 deep, at byte 10");
    refuses(faults.bytes, faults.length, KARAKA_ERROR_LIMIT, "faults in its markup");
    refuses(many.bytes, many.length, KARAKA_ERROR_LIMIT, "more than 1048576 elements, at byte");
    refuses("", 0, KARAKA_ERROR_INPUT, "HTML without text");
    refuses("<p></p><script>a</script>", 25, KARAKA_ERROR_INPUT, "HTML without text");
    karaka_buffer_free(&deep);
    karaka_buffer_free(&faults);
    karaka_buffer_free(&many);
}

static void long_pieces_cost_no_more_than_they_are(void **state) {
    (void)state;
    static const struct {
        const char *before, *piece, *after;
    } pieces[] = {{"<p class='", "comment-list ", "'>"},
                  {"<p title='", "0123456789", "'>"},
                  {"<!--", "0123456789", "-->"},
                  {"<p>", "&amp;&#x915;", ""},
                  {"<p>", "&lol;&lol2;", ""},
                  {"<script>", "</scrip <p>", ""},
                  {"<p>", "a\1\2 b\x7f", ""},
                  {"<a ", "a=b ", ">"},
                  {"<![CDATA[", "<x>", "]]>"}};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        karaka_buffer b = {0};
        karaka_document *document = NULL;
        karaka_buffer_text(&b, "<p>They met in the town hall on Friday.</p>");
        karaka_buffer_text(&b, pieces[i].before);
        while (b.length < (4u << 20))
            karaka_buffer_text(&b, pieces[i].piece);
        karaka_buffer_text(&b, pieces[i].after);
        clock_t start = clock();
        int error = read_html(&document, b.bytes, b.length);
        assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
        if (error == KARAKA_OK)
            assert_non_null(strstr(karaka_document_article(document)->text, "They met"));
        else
            assert_true(error == KARAKA_ERROR_LIMIT || error == KARAKA_ERROR_INPUT);
        karaka_document_free(document);
        karaka_buffer_free(&b);
    }
}

static void zeros_are_blanks(void **state) {
    (void)state;
    READS("<p>They\0met\0today.</p>", NULL, "They met today.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_read_as_expected),
        cmocka_unit_test(the_encoding_is_found),
        cmocka_unit_test(utf16_is_read_with_and_without_a_mark),
        cmocka_unit_test(broken_json_tells_what_it_can),
        cmocka_unit_test(what_the_caller_tells_counts),
        cmocka_unit_test(names_are_read_as_words),
        cmocka_unit_test(deep_and_endless_markup_is_refused),
        cmocka_unit_test(long_pieces_cost_no_more_than_they_are),
        cmocka_unit_test(zeros_are_blanks),
    };
    return cmocka_run_group_tests_name("html", tests, open_language, close_language);
}
