/* Tests of src/event/place*: the cases of tests/cases/places, and that the tables are whole. */
#include "where_cases.h"
#include "event/place.h"
#include "event/place_table.h"
#include <math.h>
#include <unistd.h>

static where_tables tables;

static void open_tables(const char *code) {
    assert_int_equal(karaka_arena_new(&tables.arena), 0);
    assert_int_equal(karaka_spelling_load(&tables.spelling, tables.arena, where_folder(code)), 0);
    assert_int_equal(karaka_gazetteer_load(&tables.places, tables.arena, where_folder(code), tables.spelling), 0);
}

static void close_tables(void) {
    karaka_gazetteer_close(tables.places);
    karaka_arena_free(tables.arena);
}

/* Given: " countries PRK RUS". Expected: "वोनसान Wonsan, PRK 39.15 127.44"; "?" where it is not settled. */
static void find(karaka_buffer *out, karaka_arena *arena, char *given, char *sentence) {
    const char *countries[16];
    size_t country_count = 0, count;
    char *rest = NULL;
    karaka_article article = {0};
    karaka_place_mention *m;
    strtok_r(given, " ", &rest);
    for (char *c; country_count < 16 && (c = strtok_r(NULL, " ", &rest));)
        countries[country_count++] = c;
    karaka_sentence s = where_sentence(arena, &article, sentence);
    assert_int_equal(karaka_place_find(&m, &count, arena, tables.places, tables.spelling, &s, countries, country_count),
                     0);
    for (size_t i = 0; i < count; i++) {
        assert_true(m[i].first <= m[i].last && m[i].last < s.token_count);
        assert_true(i == 0 || m[i - 1].place.span.end <= m[i].place.span.start);
        assert_true(strncmp(article.text + m[i].place.span.start, m[i].place.text, strlen(m[i].place.text)) == 0);
        karaka_buffer_format(out, "%s%s %s, %s", i ? "\n" : "", m[i].place.text,
                             m[i].place.name ? m[i].place.name : "?", m[i].place.country ? m[i].place.country : "-");
        if (!isnan(m[i].place.lat))
            karaka_buffer_format(out, " %.2f %.2f", m[i].place.lat, m[i].place.lon);
        if (strstr(m[i].rule, "by sound"))
            karaka_buffer_text(out, " (by sound)");
    }
}

static void run_cases(const char *code, const char *file) {
    open_tables(code);
    assert_int_equal(where_run(file, find), 0);
    close_tables();
}

static void finds_what_the_cases_say(void **state) {
    (void)state;
    where_each("places", run_cases);
}

/* Lines of a file of places: eight cells, a known kind, coordinates on the globe or none. */
static void check_lines(uint32_t file) {
    place_text text = tables.places->files[file];
    uint32_t line = 1, seen = 0;
    for (uint32_t at = 0; at < text.length; line++) {
        const char *end = memchr(text.bytes + at, '\n', text.length - at);
        uint32_t stop = end ? (uint32_t)(end - text.bytes) : text.length;
        if (stop > at && text.bytes[at] != '#') {
            karaka_arena *arena;
            place_row row;
            assert_int_equal(karaka_arena_new(&arena), 0);
            assert_int_equal(karaka_place_line(&row, arena, tables.places, file, at, line), 0);
            if (!row.name[0] || row.kind == KIND_NONE || (row.country && strlen(row.country) != 3) ||
                isnan(row.lat) != isnan(row.lon) || fabs(isnan(row.lat) ? 0 : row.lat) > 90 ||
                fabs(isnan(row.lon) ? 0 : row.lon) > 180)
                fail_msg("file %u, line %u: %.*s", file, line, (int)(stop - at), text.bytes + at);
            karaka_arena_free(arena);
            seen++;
        }
        at = stop + 1;
    }
    assert_true(seen > 100);
}

/* A language written in the letters of the cities' own names needs no file of sounds. */
static void check_files(const char *code, const char *path) {
    (void)path;
    open_tables(code);
    for (uint32_t file = 0; file < 3; file++)
        if (file < 2 || tables.places->files[file].length)
            check_lines(file);
    close_tables();
}

static void every_line_of_the_tables_is_whole(void **state) {
    (void)state;
    where_each("places", check_files);
}

/* tools/gazetteer and place_sound.c must agree on the order of places.cities: each line is found by its own sound. */
static void every_city_is_found_by_its_own_sound(void **state) {
    (void)state;
    open_tables("hi");
    place_text text = tables.places->files[2];
    uint32_t step = 0, lost = 0, seen = 0;
    for (uint32_t at = 0; at < text.length; step++) {
        const char *end = memchr(text.bytes + at, '\n', text.length - at);
        if (text.bytes[at] != '#' && step % 97 == 0) {
            char sound[PLACE_SOUND_ROOM];
            const char *tab = memchr(text.bytes + at, '\t', text.length - at);
            size_t length = (size_t)(tab - (text.bytes + at));
            if (length >= 7 && length < sizeof sound) {
                memcpy(sound, text.bytes + at, length);
                sound[length] = 0;
                seen++;
                lost += !karaka_place_has_sound(tables.places, sound);
            }
        }
        at = (uint32_t)(end - text.bytes) + 1;
    }
    assert_true(seen > 100);
    assert_int_equal(lost, 0);
    close_tables();
}

static void a_language_without_places_finds_none(void **state) {
    (void)state;
    karaka_arena *arena;
    karaka_gazetteer *none = NULL;
    karaka_article article = {0};
    karaka_place_mention *m;
    size_t count = 1;
    char text[] = "दिल्ली में";
    open_tables("hi");
    assert_int_equal(karaka_arena_new(&arena), 0);
    char folder[] = "/tmp/karaka-places-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(karaka_gazetteer_load(&none, arena, folder, tables.spelling), 0);
    rmdir(folder);
    karaka_sentence s = where_sentence(arena, &article, text);
    const char *countries[] = {"IND"};
    assert_int_equal(karaka_place_find(&m, &count, arena, none, tables.spelling, &s, countries, 1), 0);
    assert_int_equal(count, 0);
    karaka_gazetteer_close(none);
    karaka_arena_free(arena);
    close_tables();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_the_cases_say),
        cmocka_unit_test(every_line_of_the_tables_is_whole),
        cmocka_unit_test(every_city_is_found_by_its_own_sound),
        cmocka_unit_test(a_language_without_places_finds_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
