/* Tests of src/language/table: cells, macros, split tables, damaged ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "language/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static karaka_table parse(const char *text) {
    karaka_table table = {0};
    if (karaka_table_parse(&table, arena, "xx/t", karaka_slice_of(text)) < 0)
        fail_msg("%s", karaka_error_text());
    return table;
}

static void refuses(const char *text, size_t length, const char *told) {
    karaka_table table;
    assert_int_equal(karaka_table_parse(&table, arena, "xx/t", (karaka_slice){text, length}), KARAKA_ERROR_FORMAT);
    if (!strstr(karaka_error_text(), told))
        fail_msg("told \"%s\", not \"%s\"", karaka_error_text(), told);
}

static void cells_are_split_at_tabs_and_trimmed(void **state) {
    (void)state;
    karaka_table t = parse("\xEF\xBB\xBF# head\n\nGOV\t\ttitle \t राष्ट्रपति | मंत्री\t-\r\n  \t\nX\n");
    assert_int_equal(t.count, 2);
    assert_int_equal(t.rows[0].count, 4);
    assert_string_equal(t.rows[0].cell[0], "GOV");
    assert_string_equal(t.rows[0].cell[1], "title");
    assert_string_equal(t.rows[0].cell[2], "राष्ट्रपति | मंत्री");
    assert_string_equal(t.rows[0].cell[3], "");
    assert_string_equal(t.rows[0].cell[11], "");
    assert_int_equal(t.rows[0].line, 3);
    assert_int_equal(t.rows[1].count, 1);
    assert_string_equal(karaka_row_name(arena, &t.rows[1]), "xx/t:5");
}

static void cells_are_in_nfc(void **state) {
    (void)state;
    assert_string_equal(parse("a\t\u0958").rows[0].cell[1], "\u0915\u093c");
}

static void alternatives_are_split_at_bars(void **state) {
    (void)state;
    const char **form;
    size_t count;
    assert_int_equal(karaka_table_alternatives(&form, &count, arena, "ने | - |को||के साथ "), 0);
    assert_int_equal(count, 4);
    assert_string_equal(form[0], "ने");
    assert_string_equal(form[1], "");
    assert_string_equal(form[2], "को");
    assert_string_equal(form[3], "के साथ");
    assert_int_equal(karaka_table_alternatives(&form, &count, arena, ""), 0);
    assert_int_equal(count, 0);
}

static void macros_are_put_in_place(void **state) {
    (void)state;
    karaka_table t = parse("@do\t=\tकरना | कर देना\n@both = @do | होना\nA\t@both\tx | @do\n");
    assert_int_equal(t.count, 1);
    assert_string_equal(t.rows[0].cell[1], "करना | कर देना | होना");
    assert_string_equal(t.rows[0].cell[2], "x | करना | कर देना");
}

static void damaged_tables_are_refused_with_file_and_line(void **state) {
    (void)state;
    static const char many[] = "a\nb\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12";
    refuses(many, strlen(many), "xx/t:2: too many cells");
    refuses("a\tक\n\na\xE0\xA4", 10, "xx/t:3: bad UTF-8 at byte 2");
    refuses("a\0b", 3, "xx/t:1: NUL byte");
    refuses("a\t@no | x", 9, "xx/t:1: unknown macro @no");
}

static void macros_cannot_grow_without_bound(void **state) {
    (void)state;
    karaka_buffer text = {0};
    karaka_buffer_text(&text, "@m0 = aaaaaaaaaa\n");
    for (int i = 1; i < 40; i++)
        karaka_buffer_format(&text, "@m%d = @m%d | @m%d\n", i, i - 1, i - 1);
    refuses(text.bytes, text.length, "macro grows too long");
    karaka_buffer_free(&text);
}

static void put_file(const char *folder, const char *name, const char *text) {
    FILE *f = fopen(karaka_arena_format(arena, "%s/%s", folder, name), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void split_tables_are_read_in_order_of_name(void **state) {
    (void)state;
    char folder[] = "/tmp/karaka-table-XXXXXX";
    assert_non_null(mkdtemp(folder));
    static const char *const names[] = {"verbs.b", "verbs", "verbs.a", "verbs2", "verbs.a~", ".verbs.swp", "verbs.bak"};
    for (size_t i = 0; i < 7; i++)
        put_file(folder, names[i], names[i]);
    karaka_table t;
    assert_int_equal(karaka_table_read(&t, arena, folder, "verbs"), 0);
    assert_int_equal(t.count, 3);
    assert_string_equal(t.rows[0].cell[0], "verbs");
    assert_string_equal(t.rows[1].cell[0], "verbs.a");
    assert_string_equal(t.rows[2].cell[0], "verbs.b");
    assert_string_equal(t.rows[2].file, karaka_arena_format(arena, "%s/verbs.b", folder + 5));
    assert_int_equal(karaka_table_read(&t, arena, folder, "nouns"), 0);
    assert_int_equal(t.count, 0);
    for (size_t i = 0; i < 7; i++)
        unlink(karaka_arena_format(arena, "%s/%s", folder, names[i]));
    rmdir(folder);
    assert_int_equal(karaka_table_read(&t, arena, folder, "verbs"), KARAKA_ERROR_FILE);
}

static void row_failure_names_the_row(void **state) {
    (void)state;
    karaka_table t = parse("\na\tb");
    assert_int_equal(karaka_row_fail(&t.rows[0], "no kind '%s'", t.rows[0].cell[1]), KARAKA_ERROR_FORMAT);
    assert_string_equal(karaka_error_text(), "xx/t:2: no kind 'b'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_split_at_tabs_and_trimmed),
        cmocka_unit_test(cells_are_in_nfc),
        cmocka_unit_test(alternatives_are_split_at_bars),
        cmocka_unit_test(macros_are_put_in_place),
        cmocka_unit_test(damaged_tables_are_refused_with_file_and_line),
        cmocka_unit_test(macros_cannot_grow_without_bound),
        cmocka_unit_test(split_tables_are_read_in_order_of_name),
        cmocka_unit_test(row_failure_names_the_row),
    };
    return cmocka_run_group_tests_name("table", tests, open_arena, close_arena);
}
