/* Tests of src/page: the pages in tests/cases/page, bad input, long input, dates.
 *
 * A case is "# title: ..." lines for what the caller tells (kind, title, published, outlet), the page, a line of "=",
 * and the article as print() of article_text.h writes it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "article_text.h"
#include "document.h"
#include "page/date.h"
#include "page/rules.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Cases ---- */

/* Takes "# name: value" off the front of *text. */
static void take_header(karaka_input *input, char **text) {
    while (strncmp(*text, "# ", 2) == 0 && strchr(*text, '\n')) {
        char *line = *text + 2, *value = strstr(line, ": ");
        char *end = strchr(line, '\n');
        if (!value || value > end)
            return;
        *end = *value = '\0';
        value += 2;
        if (strcmp(line, "kind") == 0)
            input->kind = strcmp(value, "text") == 0 ? KARAKA_INPUT_TEXT : KARAKA_INPUT_PAGE;
        else if (strcmp(line, "title") == 0)
            input->title = value;
        else if (strcmp(line, "published") == 0)
            input->published = value;
        else if (strcmp(line, "outlet") == 0)
            input->outlet = value;
        else
            fail_msg("unknown header %s", line);
        *text = end + 1;
    }
}

static bool run_case(const char *path) {
    karaka_file file;
    assert_int_equal(karaka_file_open(&file, path), 0);
    char *text = calloc(1, file.length + 1), *page = text;
    assert_non_null(text);
    memcpy(text, file.bytes, file.length);
    karaka_file_close(&file);
    karaka_input input = {.kind = KARAKA_INPUT_PAGE};
    take_header(&input, &page);
    char *rule = strstr(page, "\n=====\n");
    assert_non_null(rule);
    input.bytes = page;
    input.length = (size_t)(rule - page) + 1;
    karaka_document *document = NULL;
    if (karaka_document_read(&document, language, &input) < 0)
        fail_msg("%s: %s", path, karaka_error_text());
    karaka_buffer got = {0};
    check(karaka_document_article(document), input.length);
    print(&got, karaka_document_article(document));
    bool good = same(rule + 7, got.bytes ? got.bytes : "");
    if (!good)
        fprintf(stderr, "%s: the article is\n%s", path, got.bytes ? got.bytes : "(nothing)\n");
    karaka_buffer_free(&got);
    karaka_document_free(document);
    free(text);
    return good;
}

static void run_cases(const char *name, int least) {
    const char *source = getenv("KARAKA_SOURCE");
    char folder[1024], path[2048];
    snprintf(folder, sizeof folder, "%s/tests/cases/%s", source ? source : ".", name);
    DIR *d = opendir(folder);
    assert_non_null(d);
    int cases = 0, bad = 0;
    for (const struct dirent *e; (e = readdir(d));) {
        size_t length = strlen(e->d_name);
        if (length < 4 || strcmp(e->d_name + length - 4, ".txt") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        cases++;
        bad += !run_case(path);
    }
    closedir(d);
    assert_true(cases >= least);
    assert_int_equal(bad, 0);
}

static void cases_read_as_expected(void **state) {
    (void)state;
    run_cases("page", 10);
}

/* Opened with what reading a page needs. */
static void english_pages_read_as_expected(void **state) {
    (void)state;
    char path[1024];
    const char *languages = getenv("KARAKA_LANGUAGES");
    karaka_language english = {.settings = {.code = "en", .name = "English", .infinitive = "", .home = ""}};
    karaka_language *hindi = language;
    snprintf(path, sizeof path, "%s/en", languages ? languages : "languages");
    assert_int_equal(karaka_arena_new(&english.arena), 0);
    assert_int_equal(karaka_spelling_load(&english.spelling, english.arena, path), 0);
    assert_int_equal(karaka_page_rules_load(&english.page, english.arena, path, english.spelling), 0);
    language = &english;
    run_cases("page/en", 3);
    language = hindi;
    karaka_arena_free(english.arena);
}

/* ---- Bad and large input ---- */

static int read_bytes(karaka_document **out, karaka_input_kind kind, const char *bytes, size_t length) {
    karaka_input input = {.kind = kind, .bytes = bytes, .length = length};
    return karaka_document_read(out, language, &input);
}

static void refuses(const char *bytes, size_t length, const char *message) {
    for (int kind = KARAKA_INPUT_PAGE; kind <= KARAKA_INPUT_TEXT; kind++) {
        karaka_document *document = NULL;
        assert_int_equal(read_bytes(&document, (karaka_input_kind)kind, bytes, length), KARAKA_ERROR_INPUT);
        assert_null(document);
        assert_string_equal(karaka_error_text(), message);
    }
}

static void bad_input_is_refused_with_the_byte(void **state) {
    (void)state;
    refuses("", 0, "empty");
    refuses(" \r\n\xC2\xA0\xEF\xBB\xBF\n", 8, "empty");
    refuses("abc\0def", 7, "binary: NUL at byte 3");
    refuses("ab\xE0\xA4 c", 6, "bad UTF-8 at byte 2");
    refuses("abc\xC0\x80", 5, "bad UTF-8 at byte 3");
    refuses("\xFF\xFE"
            "a\0",
            4, "UTF-16 (byte order mark at byte 0), not UTF-8");
    refuses("\xFE\xFF\0a", 4, "UTF-16 (byte order mark at byte 0), not UTF-8");
    char controls[400];
    memset(controls, 'a', sizeof controls);
    memset(controls + 100, 1, 40);
    refuses(controls, sizeof controls, "binary: 40 control characters, the first at byte 100");
}

static char *fill(size_t length, const char *with) {
    char *bytes = malloc(length);
    size_t n = strlen(with);
    assert_non_null(bytes);
    for (size_t at = 0; at < length; at += n)
        memcpy(bytes + at, with, length - at < n ? length - at : n);
    return bytes;
}

static void a_line_of_50_megabytes_is_one_paragraph(void **state) {
    (void)state;
    size_t length = (size_t)50 << 20;
    char *bytes = fill(length, "abcdefg hijkl. ");
    for (int kind = KARAKA_INPUT_PAGE; kind <= KARAKA_INPUT_TEXT; kind++) {
        karaka_document *document = NULL;
        assert_int_equal(read_bytes(&document, (karaka_input_kind)kind, bytes, length), 0);
        assert_int_equal(karaka_document_article(document)->paragraph_count, 1);
        assert_true(karaka_arena_used(document->arena) < 2 * length);
        karaka_document_free(document);
    }
    free(bytes);
}

static void too_many_lines_are_refused(void **state) {
    (void)state;
    size_t length = (size_t)4 << 20;
    char *bytes = fill(length, "a\n");
    karaka_document *document = NULL;
    assert_int_equal(read_bytes(&document, KARAKA_INPUT_PAGE, bytes, length), KARAKA_ERROR_LIMIT);
    free(bytes);
}

/* `lines` lines of a page: paragraphs, headlines and furniture, many of them alike. */
static double seconds_for(size_t lines, bool alike) {
    karaka_buffer page = {0};
    for (size_t i = 0; i < lines; i++) {
        size_t n = alike ? i % 7 : i;
        if (i % 3 == 0)
            karaka_buffer_format(&page, "w%zu: a b%zu c%zu\n", n, n, n + 1);
        else
            karaka_buffer_format(&page, "w%zu met v%zu in u%zu on Friday. They spoke of x%zu.\n", n, n + 3, n + 4, n);
    }
    clock_t start = clock();
    karaka_document *document = NULL;
    assert_int_equal(read_bytes(&document, KARAKA_INPUT_PAGE, page.bytes, page.length), 0);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    check(karaka_document_article(document), page.length);
    karaka_document_free(document);
    karaka_buffer_free(&page);
    return seconds;
}

static void time_grows_with_the_lines(void **state) {
    (void)state;
    for (int alike = 0; alike < 2; alike++) {
        double few = seconds_for(25000, alike), many = seconds_for(100000, alike);
        assert_true(many < 0.5 || many < 10 * few);
    }
}

/* ---- Dates ---- */

static void dates_become_iso(void **state) {
    (void)state;
    static const struct {
        const char *text, *iso; /* NULL: no date */
    } cases[] = {
        {"July 14, 2025 2:20:39 PM IST", "2025-07-14T14:20:39+05:30"},
        {"14 जुलाई 2025, 02:20 PM IST", "2025-07-14T14:20:00+05:30"},
        {"Updated: Mon, 14 Jul 2025", "2025-07-14"},
        {"जुलाई 14, 2025", "2025-07-14"},
        {"१४ जुलाई २०२५", "2025-07-14"},
        {"Mon, 14 Jul 2025 08:50:39 +0000", "2025-07-14T08:50:39+00:00"},
        {"2025-07-14T14:20:39.123Z", "2025-07-14T14:20:39+00:00"},
        {"2025-07-14T14:20+05:30", "2025-07-14T14:20:00+05:30"},
        {"2025-07-14T14:20:39-04:00", "2025-07-14T14:20:39-04:00"},
        {"2025-07-14 14:20:39", "2025-07-14"}, /* no zone: no point in time */
        {"02:20 PM IST, 14 Jul 2025", "2025-07-14T14:20:00+05:30"},
        {"14/07/2025 | 2.20 pm (IST)", "2025-07-14T14:20:00+05:30"},
        {"07/14/2025", "2025-07-14"},
        {"7/8/2025", "2025-08-07"}, /* the table says day first */
        {"14.07.25", "2025-07-14"},
        {"14th July, 2025 at 10:00 GMT+5:30", "2025-07-14T10:00:00+05:30"},
        {"14 July 2025 रात 10 बजे IST", "2025-07-14T22:00:00+05:30"},
        {"14 July 2025 रात 1:05 बजे IST", "2025-07-14T01:05:00+05:30"},
        {"14 July 2025 12:05 a.m. EST", "2025-07-14T00:05:00-05:00"},
        {"14 July 2025 12:05 p.m. EST", "2025-07-14T12:05:00-05:00"},
        {"2025 अक्तूबर 3", "2025-10-03"},
        {"29 February 2024", "2024-02-29"},
        {"29 February 2025", NULL},
        {"31 जून 2025", NULL},
        {"2025-13-01", NULL},
        {"14 जुलाई", NULL}, /* no year */
        {"1752483039", NULL},
        {"99999999999999999999/07/2025", NULL},
        {"14 July 2025 25:61 IST", "2025-07-14"},
        {"", NULL},
    };
    karaka_arena *arena = NULL;
    assert_int_equal(karaka_arena_new(&arena), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *iso = NULL;
        assert_int_equal(karaka_date_read(&iso, arena, &language->page->dates, karaka_slice_of(cases[i].text)), 0);
        if (cases[i].iso ? !iso || strcmp(iso, cases[i].iso) != 0 : iso != NULL)
            fail_msg("\"%s\" is read as %s, not %s", cases[i].text, iso ? iso : "no date",
                     cases[i].iso ? cases[i].iso : "no date");
    }
    karaka_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_read_as_expected),
        cmocka_unit_test(english_pages_read_as_expected),
        cmocka_unit_test(bad_input_is_refused_with_the_byte),
        cmocka_unit_test(a_line_of_50_megabytes_is_one_paragraph),
        cmocka_unit_test(too_many_lines_are_refused),
        cmocka_unit_test(time_grows_with_the_lines),
        cmocka_unit_test(dates_become_iso),
    };
    return cmocka_run_group_tests_name("page", tests, open_language, close_language);
}
