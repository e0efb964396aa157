/* What the records say beside who did what to whom (tests/cases/records): about what, where, when, by whom told.
 *
 * A case: a first line "published DATE", a passage, a blank line, the expected records one a line in the order of the
 * events: TYPE | contexts | place: words = name country | time: words = first day | sources, "+" after state media;
 * cases between lines "---". Example: CONSULT | diplomatic | रोम = Rome ITA | सोमवार = 2025-07-14 | एएफपी
 */
#include <dirent.h>
#include <karaka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 16384 };

static void put(char *out, const char *format, ...) {
    size_t length = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + length, ROOM - length, format, arguments);
    va_end(arguments);
}

static void put_event(char *out, const karaka_event *e) {
    put(out, "%s | ", e->type);
    for (uint32_t i = 0; i < e->context_count; i++)
        put(out, "%s%s", i ? " " : "", e->contexts[i]);
    put(out, "%s | ", e->context_count ? "" : "-");
    if (e->place.text)
        put(out, "%s = %s %s | ", e->place.text, e->place.name ? e->place.name : "-",
            e->place.country ? e->place.country : "-");
    else
        put(out, "- | ");
    if (e->time.text)
        put(out, "%s = %s | ", e->time.text, e->time.start ? e->time.start : "-");
    else
        put(out, "- | ");
    for (uint32_t i = 0; i < e->source_count; i++)
        put(out, "%s%s%s", i ? ", " : "", e->sources[i].text, e->sources[i].state_media ? "+" : "");
    put(out, "%s\n", e->source_count ? "" : "-");
}

static int failures;

static void check(const karaka_language *language, const char *file, char *block) {
    static char got[ROOM];
    char published[32] = "";
    got[0] = 0;
    while (*block == '#' || *block == '\n')
        block = *block == '#' ? strchr(block, '\n') : block + 1;
    assert_int_equal(sscanf(block, "published %30[0-9-]", published), 1);
    char *text = strchr(block, '\n') + 1, *want = strstr(text, "\n\n");
    assert_non_null(want);
    *want = 0;
    want += 2;
    karaka_input input = {
        .kind = KARAKA_INPUT_TEXT, .bytes = text, .length = strlen(text), .id = "case", .published = published};
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    assert_int_equal(karaka_document_code(document), 0);
    size_t count = 0;
    const karaka_event *events = karaka_document_events(document, &count);
    for (size_t i = 0; i < count; i++) {
        put_event(got, &events[i]);
        assert_non_null(events[i].cameo);
        assert_true(events[i].goldstein >= -10 && events[i].goldstein <= 10);
        assert_true(events[i].quad >= 1 && events[i].quad <= 4);
    }
    if (strcmp(want, got) != 0) {
        failures++;
        print_error("%s: %s\n  expected:\n%s  found:\n%s", file, text, want, got);
    }
    karaka_document_free(document);
}

static void cases_hold(void **state) {
    (void)state;
    karaka_language *language = NULL;
    if (access("languages/hi/model", R_OK) != 0)
        skip();
    assert_int_equal(karaka_language_open(&language, "languages/hi", KARAKA_OPEN_ALL), 0);
    const char *folder = "tests/cases/records";
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    int cases = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        size_t n = strlen(entry->d_name);
        char path[512];
        if (n < 4 || strcmp(entry->d_name + n - 4, ".txt") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FILE *file = fopen(path, "rb");
        char *text = calloc(1, 1 << 20), *block = text;
        assert_true(file && text && fread(text, 1, (1 << 20) - 1, file) > 0);
        fclose(file);
        while (block) {
            char *next = strstr(block, "---\n");
            if (next)
                *next = 0;
            check(language, entry->d_name, block);
            cases++;
            block = next ? next + 4 : NULL;
        }
        free(text);
    }
    closedir(dir);
    karaka_language_close(language);
    assert_true(cases > 0);
    assert_int_equal(failures, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cases_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
