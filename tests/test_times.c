/* Tests of src/event/time*: the cases of tests/cases/times, the examples of the table, and the calendar. */
#include "where_cases.h"
#include "event/time.h"
#include "event/time_rules.h"

static where_tables tables;

static void open_tables(const char *code) {
    assert_int_equal(karaka_arena_new(&tables.arena), 0);
    assert_int_equal(karaka_spelling_load(&tables.spelling, tables.arena, where_folder(code)), 0);
    assert_int_equal(karaka_time_rules_load(&tables.times, tables.arena, where_folder(code), tables.spelling), 0);
}

static void close_tables(void) {
    karaka_arena_free(tables.arena);
}

static karaka_tense tense_of(const char *name) {
    static const char *const names[] = {"unknown", "past", "present", "future"};
    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0)
            return (karaka_tense)i;
    fail_msg("no tense %s", name);
    return KARAKA_TENSE_UNKNOWN;
}

/* Given: " 2025-07-14 past"; "-" is no published time. Expected: "शनिवार 2025-07-12 2025-07-12", or "देर रात -". */
static void find(karaka_buffer *out, karaka_arena *arena, char *given, char *sentence) {
    char published[64], tense[32];
    karaka_article article = {0};
    karaka_time_mention *m;
    size_t count;
    assert_int_equal(sscanf(given, "%63s %31s", published, tense), 2);
    karaka_sentence s = where_sentence(arena, &article, sentence);
    article.published = strcmp(published, "-") ? published : NULL;
    assert_int_equal(karaka_time_find(&m, &count, arena, tables.times, tables.spelling, &s, &article, tense_of(tense)),
                     0);
    for (size_t i = 0; i < count; i++) {
        assert_true(m[i].first <= m[i].last && m[i].last < s.token_count);
        assert_true(strncmp(article.text + m[i].time.span.start, m[i].time.text, strlen(m[i].time.text)) == 0);
        assert_true(!m[i].time.start == !m[i].time.end);
        karaka_buffer_format(out, "%s%s %s%s%s", i ? "\n" : "", m[i].time.text, m[i].time.start ? m[i].time.start : "-",
                             m[i].time.end ? " " : "", m[i].time.end ? m[i].time.end : "");
    }
}

static void run_cases(const char *code, const char *file) {
    open_tables(code);
    assert_int_equal(where_run(file, find), 0);
    close_tables();
}

static void finds_what_the_cases_say(void **state) {
    (void)state;
    where_each("times", run_cases);
}

/* The fourth cell of a `time` line is a sentence in which that very line fires ("not" lines: none does). */
static void fire_examples(const char *code, const char *file) {
    (void)file;
    karaka_arena *arena;
    karaka_table table;
    size_t tried = 0;
    open_tables(code);
    assert_int_equal(karaka_arena_new(&arena), 0);
    assert_int_equal(karaka_table_read(&table, arena, where_folder(code), "times"), 0);
    for (size_t i = 0; i < table.count; i++) {
        const karaka_row *row = &table.rows[i];
        if (strcmp(row->cell[0], "time") != 0)
            continue;
        karaka_article article = {.published = "2025-07-14T14:20:39+05:30"};
        karaka_time_mention *m;
        size_t count;
        bool fired = false, none = strcmp(row->cell[1], "not") == 0;
        assert_true(*row->cell[3]);
        karaka_sentence s =
            where_sentence(arena, &article, karaka_arena_copy(arena, row->cell[3], strlen(row->cell[3])));
        assert_int_equal(karaka_time_find(&m, &count, arena, tables.times, tables.spelling, &s, &article, KARAKA_PAST),
                         0);
        for (size_t k = 0; k < count; k++)
            fired |= strcmp(m[k].rule, karaka_row_name(arena, row)) == 0;
        if (none ? count > 0 : !fired)
            fail_msg("%s: %s: %s", karaka_row_name(arena, row), row->cell[3], count ? m[0].rule : "nothing found");
        tried++;
    }
    assert_true(tried > 40);
    karaka_arena_free(arena);
    close_tables();
}

static void every_example_of_the_table_fires_its_line(void **state) {
    (void)state;
    where_each("times", fire_examples);
}

static void refuses_what_is_no_published_time(void **state) {
    (void)state;
    static const char *const bad[] = {"",           "2025",       "2025-7-14",  "2025-02-30", "2025-13-01",
                                      "14-07-2025", "0000-01-01", "2025/07/14", "abcd-ef-gh", "2025-07-1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(karaka_time_moment(bad[i]).known);
    assert_false(karaka_time_moment(NULL).known);
    assert_true(karaka_time_moment("2024-02-29").known);
    assert_false(karaka_time_moment("2023-02-29").known);
    assert_int_equal(karaka_time_moment("2025-07-14T23:59:00+05:30").hour, 23);
}

static void counts_days_as_the_calendar_does(void **state) {
    (void)state;
    static const struct {
        const char *text;
        long day;
    } days[] = {{"1970-01-01", 0}, {"2000-02-29", 11016}, {"2025-07-14", 20283}, {"1900-03-01", -25508}};
    char text[16];
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_int_equal(karaka_time_moment(days[i].text).day, days[i].day);
        assert_true(karaka_time_iso(text, days[i].day));
        assert_string_equal(text, days[i].text);
    }
    assert_false(karaka_time_iso(text, 5000000));
    assert_false(karaka_time_iso(text, -800000));
}

static void a_long_row_of_time_words_takes_no_long_time(void **state) {
    (void)state;
    karaka_arena *arena;
    karaka_article article = {.published = "2025-07-14"};
    karaka_time_mention *m;
    size_t count;
    open_tables("hi");
    assert_int_equal(karaka_arena_new(&arena), 0);
    char *text = karaka_arena_alloc(arena, 256 * 40);
    for (int i = 0; i < 256; i++)
        strcat(text, i % 3 ? "5 " : i % 2 ? "मई " : "से ");
    karaka_sentence s = where_sentence(arena, &article, text);
    assert_int_equal(karaka_time_find(&m, &count, arena, tables.times, tables.spelling, &s, &article, KARAKA_PAST), 0);
    karaka_arena_free(arena);
    close_tables();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_the_cases_say),
        cmocka_unit_test(every_example_of_the_table_fires_its_line),
        cmocka_unit_test(refuses_what_is_no_published_time),
        cmocka_unit_test(counts_days_as_the_calendar_does),
        cmocka_unit_test(a_long_row_of_time_words_takes_no_long_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
