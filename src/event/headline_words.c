/* headline_words: the table `headlines`, and its phrases in a sentence (headline.h).
 *
 * In: languages/<code>/headlines. Out: phrases by first word; hits in a sentence that was read.
 * Example: "overstate fear घिग्घी बंधना" in "Trump की बंध गई घिग्घी": both words in a window of five -> a hit of class
 * fear.
 */
#include "event/headline.h"

#include <stdlib.h>
#include <string.h>

enum { GAP = 3 }; /* words that may stand between those of a phrase */

static int class_of(karaka_headline_words *words, karaka_arena *arena, const char *name, uint32_t *out) {
    for (size_t i = 0; i < words->classes.count; i++)
        if (strcmp(words->classes.items[i], name) == 0) {
            *out = (uint32_t)i;
            return KARAKA_OK;
        }
    *out = (uint32_t)words->classes.count;
    return KARAKA_PUSH(arena, words->classes, name);
}

static int type_of(const karaka_row *row, uint32_t *out) {
    for (uint32_t i = 0; i < 16; i++)
        if (strcmp(karaka_event_types[i].name, row->cell[1]) == 0) {
            *out = i;
            return KARAKA_OK;
        }
    return karaka_row_fail(row, "unknown type \"%s\"", row->cell[1]);
}

static bool kind_of(const char *name, uint8_t *out) {
    static const char *const kinds[] = {"overstate", "plain", "degree", "hedge", "world", "act", "undo"};
    for (uint8_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], name) == 0)
            return *out = i, true;
    return false;
}

/* The words of an alternative as keys; `stem`: the last one is an infinitive, and its ending is cut off. */
static int add(karaka_headline_words *words, karaka_arena *arena, const karaka_language *language,
               const karaka_row *row, karaka_headline_phrase phrase, const char *text, bool stem) {
    const char *ending = language->settings.infinitive;
    size_t cut = stem ? strlen(ending) : 0;
    while (*text) {
        size_t length = strcspn(text, " -"); /* a hyphen is a token of its own, which may stand between */
        bool last = !text[length];
        if (last && cut && length > cut && strcmp(text + length - cut, ending) == 0)
            length -= cut;
        if (phrase.count == KARAKA_HEADLINE_KEYS)
            return karaka_row_fail(row, "more than %d words in a phrase", KARAKA_HEADLINE_KEYS);
        if (length)
            phrase.keys[phrase.count++] = karaka_word_key(language->spelling, text, length);
        text += last ? strlen(text) : strspn(text + length, " -") + length;
    }
    return phrase.count ? KARAKA_PUSH(arena, words->phrases, phrase) : KARAKA_OK;
}

static int read_row(karaka_headline_words *words, karaka_arena *arena, const karaka_language *language,
                    const karaka_row *row) {
    karaka_headline_phrase phrase = {.rule = karaka_row_name(arena, row)};
    const char **alternatives = NULL;
    size_t count = 0;
    if (!phrase.rule)
        return KARAKA_ERROR_MEMORY;
    if (!kind_of(row->cell[0], &phrase.kind))
        return karaka_row_fail(row, "unknown kind \"%s\": overstate, plain, degree, hedge, world, act, undo",
                               row->cell[0]);
    bool classed = phrase.kind <= KARAKA_HEADLINE_DEGREE;
    if (classed && !*row->cell[1])
        return karaka_row_fail(row, "a class is missing");
    bool stem = strstr(row->cell[3], "verb") != NULL;
    phrase.alone = strstr(row->cell[3], "alone") != NULL;
    phrase.both = strstr(row->cell[3], "both") != NULL;
    int rc = phrase.kind == KARAKA_HEADLINE_ACT ? type_of(row, &phrase.class)
                                                : class_of(words, arena, row->cell[1], &phrase.class);
    if (rc == KARAKA_OK)
        rc = karaka_table_alternatives(&alternatives, &count, arena, row->cell[2]);
    for (size_t i = 0; i < count && rc == KARAKA_OK; i++)
        rc = add(words, arena, language, row, phrase, alternatives[i], stem);
    return rc;
}

static int by_first_key(const void *a, const void *b) {
    const karaka_headline_phrase *x = a, *y = b;
    return x->keys[0] < y->keys[0] ? -1 : x->keys[0] > y->keys[0] ? 1 : (int)y->count - (int)x->count;
}

int karaka_headline_words_load(karaka_headline_words **out, karaka_arena *arena, const char *directory,
                               const karaka_language *language) {
    karaka_table table;
    karaka_headline_words *words = karaka_arena_alloc(arena, sizeof *words);
    int rc = words ? karaka_table_read(&table, arena, directory, "headlines") : KARAKA_ERROR_MEMORY;
    for (size_t i = 0; rc == KARAKA_OK && i < table.count; i++)
        rc = read_row(words, arena, language, &table.rows[i]);
    if (rc < 0)
        return rc;
    if (words->phrases.count)
        qsort(words->phrases.items, words->phrases.count, sizeof *words->phrases.items, by_first_key);
    *out = words;
    return KARAKA_OK;
}

static bool is(const karaka_word *w, karaka_key key) {
    return w->form == key || w->lemma == key;
}

/* The phrase with its first word at `token`: the others anywhere near. Widens [*first, *last]. */
static bool stands(const karaka_reading *r, const karaka_headline_phrase *p, uint32_t token, uint32_t *first,
                   uint32_t *last) {
    uint32_t window = (uint32_t)p->count - 1 + GAP;
    uint32_t from = token > window ? token - window : 0;
    uint32_t to = token + window < r->count ? token + window : r->count - 1;
    *first = *last = token;
    for (uint32_t k = 1; k < p->count; k++) {
        uint32_t at = UINT32_MAX;
        for (uint32_t i = from; i <= to; i++)
            if (i != token && is(&r->words[i], p->keys[k])) {
                at = i;
                break;
            }
        if (at == UINT32_MAX)
            return false;
        *first = at < *first ? at : *first;
        *last = at > *last ? at : *last;
    }
    return *last - *first <= window;
}

static size_t lower(const karaka_headline_words *words, karaka_key key) {
    size_t low = 0, high = words->phrases.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (words->phrases.items[middle].keys[0] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int karaka_headline_words_find(karaka_headline_hits *hits, const karaka_headline_words *words,
                               const karaka_reading *r) {
    int rc = KARAKA_OK;
    for (uint32_t i = 0; i < r->count && rc == KARAKA_OK; i++) {
        karaka_key keys[2] = {r->words[i].form, r->words[i].lemma};
        for (int k = 0; k < (keys[0] == keys[1] ? 1 : 2) && rc == KARAKA_OK; k++)
            for (size_t p = lower(words, keys[k]);
                 p < words->phrases.count && words->phrases.items[p].keys[0] == keys[k] && rc == KARAKA_OK; p++) {
                karaka_headline_hit hit = {.sentence = r->index, .phrase = (uint32_t)p};
                if (!stands(r, &words->phrases.items[p], i, &hit.first, &hit.last))
                    continue;
                hit.span.start = r->sentence->tokens[hit.first].span.start;
                hit.span.end = r->sentence->tokens[hit.last].span.end;
                rc = KARAKA_PUSH(r->arena, *hits, hit);
            }
    }
    return rc;
}
