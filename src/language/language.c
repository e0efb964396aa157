/* language: opens a language folder: settings, then each module's tables, then the model.
 *
 * In: ".../languages/hi". Out: one karaka_language, read-only from then on.
 * Example: karaka_language_open(&l, "languages/hi", KARAKA_OPEN_NO_MODEL); karaka_language_code(l) is "hi".
 */
#include "language/language.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

/* A setting that has two values. */
static int choose(bool *out, const karaka_row *row, const char *yes, const char *no) {
    *out = strcmp(row->cell[1], yes) == 0;
    if (!*out && strcmp(row->cell[1], no) != 0)
        return karaka_row_fail(row, "%s is neither %s nor %s: \"%s\"", row->cell[0], yes, no, row->cell[1]);
    return KARAKA_OK;
}

static int set(karaka_settings *settings, const karaka_row *row) {
    const char *key = row->cell[0], *value = row->cell[1];
    if (row->count < 1 || !*key)
        return karaka_row_fail(row, "a setting without a key");
    if (strcmp(key, "name") == 0)
        settings->name = value;
    else if (strcmp(key, "infinitive") == 0)
        settings->infinitive = value;
    else if (strcmp(key, "home") == 0)
        settings->home = value;
    else if (strcmp(key, "script") == 0) {
        settings->script = u_getPropertyValueEnum(UCHAR_SCRIPT, value);
        return settings->script >= 0 ? KARAKA_OK : karaka_row_fail(row, "no script is called \"%s\"", value);
    } else if (strcmp(key, "markers") == 0)
        return choose(&settings->markers_before, row, "before", "after");
    else if (strcmp(key, "verb-final") == 0)
        return choose(&settings->verb_final, row, "yes", "no");
    else if (strcmp(key, "heads") == 0)
        return choose(&settings->content_heads, row, "content", "function");
    else if (strcmp(key, "unknown-parties") == 0)
        return choose(&settings->unknown_parties, row, "yes", "no");
    return KARAKA_OK; /* other keys (licences) are for people */
}

static int load_settings(karaka_settings *out, karaka_arena *arena, const char *directory) {
    size_t end = strlen(directory);
    while (end > 1 && directory[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && directory[start - 1] != '/')
        start--;
    const char *code = karaka_arena_copy(arena, directory + start, end - start);
    if (!code)
        return KARAKA_ERROR_MEMORY;
    *out = (karaka_settings){.code = code, .name = code, .infinitive = "", .home = "", .script = -1};
    karaka_table table;
    int error = karaka_table_read(&table, arena, directory, "settings");
    if (error == KARAKA_OK && table.count == 0)
        error = karaka_fail(KARAKA_ERROR_FORMAT, "%s: not a language: it has no settings", directory);
    for (size_t i = 0; i < table.count && error == KARAKA_OK; i++)
        error = set(out, &table.rows[i]);
    return error;
}

/* The lexicon costs as much as all the rest together, so it loads on a thread of its own; start-up is half as long. */
typedef struct lexicon_load {
    karaka_language *language;
    const char *directory;
    int error;
    char message[512]; /* the thread's error text: error texts are the thread's own */
} lexicon_load;

static void *load_lexicon(void *context) {
    lexicon_load *load = context;
    karaka_language *l = load->language;
    load->error = karaka_lexicon_load(&l->lexicon, l->lexicon_arena, load->directory, &l->settings, l->spelling);
    if (load->error < 0)
        snprintf(load->message, sizeof load->message, "%s", karaka_error_text());
    return NULL;
}

static int load_rest(karaka_language *l, const char *directory, unsigned flags) {
    karaka_arena *arena = l->arena;
    int error = karaka_page_rules_load(&l->page, arena, directory, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_markup_load(&l->markup, arena, directory);
    if (error == KARAKA_OK)
        error = karaka_segment_rules_load(&l->segments, arena, directory);
    if (error == KARAKA_OK)
        error = karaka_time_rules_load(&l->times, arena, directory, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_gazetteer_load(&l->places, arena, directory, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_ontology_load(&l->ontology, arena, directory, l->spelling);
    if (error == KARAKA_OK)
        error = karaka_headline_words_load(&l->headlines, arena, directory, l);
    if (error == KARAKA_OK && !(flags & KARAKA_OPEN_NO_MODEL)) {
        const char *path = karaka_arena_format(arena, "%s/model", directory);
        error = path ? karaka_model_open(&l->model, path) : KARAKA_ERROR_MEMORY;
    }
    return error;
}

static int load_all(karaka_language *l, const char *directory, unsigned flags) {
    int error = load_settings(&l->settings, l->arena, directory);
    if (error == KARAKA_OK)
        error = karaka_spelling_load(&l->spelling, l->arena, directory);
    if (error < 0)
        return error;
    lexicon_load load = {.language = l, .directory = directory};
    pthread_t thread;
    bool apart = pthread_create(&thread, NULL, load_lexicon, &load) == 0;
    error = load_rest(l, directory, flags);
    if (apart)
        pthread_join(thread, NULL);
    else if (error == KARAKA_OK)
        load_lexicon(&load);
    if (error == KARAKA_OK && load.error < 0)
        error = karaka_fail(load.error, "%s", load.message);
    return error;
}

int karaka_language_open(karaka_language **out, const char *directory, unsigned flags) {
    if (!directory || !*directory)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "no language folder given");
    karaka_language *l = calloc(1, sizeof *l);
    if (!l)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    int error = karaka_arena_new_large(&l->arena);
    if (error == KARAKA_OK)
        error = karaka_arena_new_large(&l->lexicon_arena);
    if (error == KARAKA_OK)
        error = karaka_arena_end(l->lexicon_arena, karaka_arena_end(l->arena, load_all(l, directory, flags)));
    if (error < 0) {
        karaka_language_close(l);
        return error;
    }
    *out = l;
    return KARAKA_OK;
}

void karaka_language_close(karaka_language *language) {
    if (!language)
        return;
    if (language->model)
        karaka_model_close(language->model);
    karaka_gazetteer_close(language->places);
    karaka_arena_free(language->lexicon_arena);
    karaka_arena_free(language->arena);
    free(language);
}

const char *karaka_language_code(const karaka_language *language) {
    return language->settings.code;
}

double karaka_language_share(const karaka_language *language, const char *bytes, size_t length) {
    size_t own = 0, letters = 0, at = 0, end = length < 16384 ? length : 16384;
    if (language->settings.script < 0)
        return 1;
    while (at < end) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t cp = karaka_utf8_next(bytes, end, &at);
        if (cp < 0 || !u_isalpha(cp))
            continue;
        letters++;
        own += uscript_getScript(cp, &status) == language->settings.script;
    }
    return letters ? (double)own / (double)letters : 0;
}

const karaka_language *karaka_language_choose(const karaka_language *usual, karaka_language *const *others,
                                              size_t count, const char *bytes, size_t length) {
    double most = count ? karaka_language_share(usual, bytes, length) : 1;
    const karaka_language *best = usual;
    if (most >= KARAKA_SHARE_USUAL)
        return usual;
    for (size_t i = 0; i < count; i++) {
        double share = karaka_language_share(others[i], bytes, length);
        if (share > most) {
            most = share;
            best = others[i];
        }
    }
    return best;
}
