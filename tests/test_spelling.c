/* Tests of src/language/spelling: the two steps of folding, and the languages' own tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "language/language.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static karaka_arena *arena;

static int open_arena(void **state) {
    (void)state;
    return karaka_arena_new(&arena);
}

static int close_arena(void **state) {
    (void)state;
    karaka_arena_free(arena);
    return 0;
}

static int make(karaka_spelling **out, const char *text) {
    karaka_table table;
    int error = karaka_table_parse(&table, arena, "xx/spelling", karaka_slice_of(text));
    return error < 0 ? error : karaka_spelling_make(out, arena, &table);
}

static const char *fold(const char *pairs, const char *text) {
    static char out[256];
    karaka_spelling *s = NULL;
    if (make(&s, pairs) < 0)
        fail_msg("%s", karaka_error_text());
    size_t length = karaka_spelling_fold(s, out, sizeof out, text, strlen(text));
    assert_int_equal(length, strlen(out));
    return out;
}

static void upper_case_is_lower_case_of_any_script(void **state) {
    (void)state;
    assert_string_equal(fold("", "NATO Éire ΣΑΣ ЛАВРОВ हिंदी Ⴀ \U00010400"), "nato éire σασ лавров हिंदी ⴀ \U00010428");
}

static void single_code_points_are_changed_or_removed(void **state) {
    (void)state;
    assert_string_equal(fold("U+093C | U+200D\t-\nँ\tं\n", "ज़ख़्म पाँ\u200dच"), "जख्म पांच");
    assert_string_equal(fold("ß\tss\nÉ\te", "Straße É é"), "strasse e e");
    assert_string_equal(fold("\U0001F600\tU+003A U+0029", "x\U0001F600"), "x:)");
}

static void longest_sequence_wins(void **state) {
    (void)state;
    static const char pairs[] = "ab\t1\nabc\t2\nabcd x\t3\n";
    assert_string_equal(fold(pairs, "abcdx abcd abx ab"), "3 2d 1x 1");
}

static void sequences_are_matched_after_single_code_points(void **state) {
    (void)state;
    /* A joiner inside does not hide the sequence, nor does upper case or a nukta in the pair itself. */
    static const char pairs[] = "म्ब\tंब\nU+200D\t-\nAB\tc\nU+093C\t-\nफ़्ल\tफल\n";
    assert_string_equal(fold(pairs, "मुम्\u200dबई aB फ़्लू फ्लू"), "मुंबई c फलू फलू");
}

static void text_is_cut_between_characters(void **state) {
    (void)state;
    karaka_spelling *s = NULL;
    assert_int_equal(make(&s, ""), 0);
    char out[8] = "zzzzzzz";
    assert_int_equal(karaka_spelling_fold(s, out, 6, "ककक", 9), 3);
    assert_string_equal(out, "क");
    assert_int_equal(karaka_spelling_fold(s, out, 1, "क", 3), 0);
    assert_string_equal(out, "");
    out[0] = 'z';
    assert_int_equal(karaka_spelling_fold(s, out, 0, "क", 3), 0);
    assert_int_equal(out[0], 'z');
}

static void long_text_passes_the_window(void **state) {
    (void)state;
    karaka_spelling *s = NULL;
    assert_int_equal(make(&s, "abc\tx\nq\tqqqqqqqq\nU+200D\t-\n"), 0);
    karaka_buffer text = {0}, expected = {0};
    for (int i = 0; i < 1000; i++) {
        karaka_buffer_text(&text, i % 3 ? "ab\u200d\u200d\u200d\u200d\u200d\u200d\u200d\u200d\u200dc" : "qabab");
        karaka_buffer_text(&expected, i % 3 ? "x" : "qqqqqqqqabab");
    }
    char *out = malloc(100000);
    assert_int_equal(karaka_spelling_fold(s, out, 100000, text.bytes, text.length), expected.length);
    assert_string_equal(out, expected.bytes);
    free(out);
    karaka_buffer_free(&text);
    karaka_buffer_free(&expected);
}

static void damaged_pairs_are_refused(void **state) {
    (void)state;
    karaka_spelling *s = NULL;
    assert_int_equal(make(&s, "a\tb\n-\tx"), KARAKA_ERROR_FORMAT);
    assert_string_equal(karaka_error_text(), "xx/spelling:2: a pair from nothing");
    assert_int_equal(make(&s, "a\tb\tc"), KARAKA_ERROR_FORMAT);
    assert_int_equal(make(&s, "abcdefghi\tx"), KARAKA_ERROR_FORMAT);
}

/* Folding twice must give what folding once gives, or equal spellings would differ. */
static void tables_of_the_languages_fold_to_a_fixed_point(void **state) {
    (void)state;
    const char *root = getenv("KARAKA_LANGUAGES");
    DIR *folder = opendir(root ? root : "languages");
    assert_non_null(folder);
    size_t pairs = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        const char *directory = karaka_arena_format(arena, "%s/%s", root ? root : "languages", entry->d_name);
        karaka_table table;
        karaka_spelling *s = NULL;
        assert_int_equal(karaka_table_read(&table, arena, directory, "spelling"), 0);
        if (karaka_spelling_load(&s, arena, directory) < 0)
            fail_msg("%s", karaka_error_text());
        for (size_t i = 0; i < table.count; i++, pairs++) {
            const char **from;
            size_t count;
            assert_int_equal(karaka_table_alternatives(&from, &count, arena, table.rows[i].cell[0]), 0);
            for (size_t j = 0; j < count; j++) {
                char once[256], twice[256];
                size_t length = karaka_spelling_fold(s, once, sizeof once, from[j], strlen(from[j]));
                karaka_spelling_fold(s, twice, sizeof twice, once, length);
                if (strcmp(once, twice) != 0)
                    fail_msg("%s: '%s' folds to '%s' and that to '%s'", karaka_row_name(arena, &table.rows[i]), from[j],
                             once, twice);
            }
        }
    }
    closedir(folder);
    assert_true(pairs > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(upper_case_is_lower_case_of_any_script),
        cmocka_unit_test(single_code_points_are_changed_or_removed),
        cmocka_unit_test(longest_sequence_wins),
        cmocka_unit_test(sequences_are_matched_after_single_code_points),
        cmocka_unit_test(text_is_cut_between_characters),
        cmocka_unit_test(long_text_passes_the_window),
        cmocka_unit_test(damaged_pairs_are_refused),
        cmocka_unit_test(tables_of_the_languages_fold_to_a_fixed_point),
    };
    return cmocka_run_group_tests_name("spelling", tests, open_arena, close_arena);
}
