/* language: opens a language folder: settings, then each module's tables, then the model.
 *
 * In: ".../languages/hi". Out: one karaka_language, read-only from then on.
 * Example: karaka_language_open(&l, "languages/hi", KARAKA_OPEN_NO_MODEL); karaka_language_code(l) is "hi".
 */
#include "language/language.h"
#include <stdlib.h>
#include <string.h>

static int set(karaka_settings *settings, const karaka_row *row)
{
    const char *key = row->cell[0], *value = row->cell[1];
    if (row->count < 1 || !*key)
        return karaka_row_fail(row, "a setting without a key");
    if (strcmp(key, "name") == 0)
        settings->name = value;
    else if (strcmp(key, "infinitive") == 0)
        settings->infinitive = value;
    else if (strcmp(key, "home") == 0)
        settings->home = value;
    return KARAKA_OK; /* other keys (licences) are for people */
}

static int load_settings(karaka_settings *out, karaka_arena *arena, const char *directory)
{
    size_t end = strlen(directory);
    while (end > 1 && directory[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && directory[start - 1] != '/')
        start--;
    const char *code = karaka_arena_copy(arena, directory + start, end - start);
    if (!code)
        return KARAKA_ERROR_MEMORY;
    *out = (karaka_settings){.code = code, .name = code, .infinitive = "", .home = ""};
    karaka_table table;
    int error = karaka_table_read(&table, arena, directory, "settings");
    if (error == KARAKA_OK && table.count == 0)
        error = karaka_fail(KARAKA_ERROR_FORMAT, "%s: not a language: it has no settings", directory);
    for (size_t i = 0; i < table.count && error == KARAKA_OK; i++)
        error = set(out, &table.rows[i]);
    return error;
}

static int load_tables(karaka_language *l, const char *directory)
{
    karaka_arena *arena = l->arena;
    int error = load_settings(&l->settings, arena, directory);
    if (error == KARAKA_OK)
        error = karaka_spelling_load(&l->spelling, arena, directory);
    if (error == KARAKA_OK)
        error = karaka_page_rules_load(&l->page, arena, directory, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_segment_rules_load(&l->segments, arena, directory);
    if (error == KARAKA_OK)
        error = karaka_lexicon_load(&l->lexicon, arena, directory, &l->settings, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_time_rules_load(&l->times, arena, directory, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_gazetteer_load(&l->places, arena, directory, l->spelling);
    return error;
}

int karaka_language_open(karaka_language **out, const char *directory, unsigned flags)
{
    if (!directory || !*directory)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "no language folder given");
    karaka_language *l = calloc(1, sizeof *l);
    if (!l)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    int error = karaka_arena_new(&l->arena);
    if (error == KARAKA_OK)
        error = load_tables(l, directory);
    if (error == KARAKA_OK && !(flags & KARAKA_OPEN_NO_MODEL)) {
        const char *path = karaka_arena_format(l->arena, "%s/model", directory);
        error = path ? karaka_model_open(&l->model, path) : KARAKA_ERROR_MEMORY;
    }
    if (error < 0) {
        karaka_language_close(l);
        return error;
    }
    *out = l;
    return KARAKA_OK;
}

void karaka_language_close(karaka_language *language)
{
    if (!language)
        return;
    if (language->model)
        karaka_model_close(language->model);
    karaka_gazetteer_close(language->places);
    karaka_arena_free(language->arena);
    free(language);
}

const char *karaka_language_code(const karaka_language *language)
{
    return language->settings.code;
}
