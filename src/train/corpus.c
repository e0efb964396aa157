/* corpus: see corpus.h. In: CoNLL-U; out: numbered sentences and names. */
#include "train/corpus.h"
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { TEXT = 1024 };

static int grow(karaka_names *n) {
    uint32_t room = n->room ? 2 * n->room : 64;
    const char **name = karaka_arena_array(n->arena, room, sizeof *name);
    uint32_t *times = karaka_arena_array(n->arena, room, sizeof *times);
    uint32_t *slot = karaka_arena_array(n->arena, 2 * (size_t)room, sizeof *slot);
    if (!name || !times || !slot)
        return KARAKA_ERROR_MEMORY;
    if (n->count) {
        memcpy(name, n->name, n->count * sizeof *name);
        memcpy(times, n->times, n->count * sizeof *times);
    }
    for (uint32_t i = 0; i < n->count; i++) {
        uint32_t at = (uint32_t)karaka_hash(name[i], strlen(name[i]), 1) & (2 * room - 1);
        while (slot[at])
            at = (at + 1) & (2 * room - 1);
        slot[at] = i + 1;
    }
    n->name = name;
    n->times = times;
    n->slot = slot;
    n->room = room;
    n->slots = 2 * room;
    return KARAKA_OK;
}

uint32_t karaka_names_of(karaka_names *n, const char *text, bool add) {
    if (n->count == n->room && grow(n) < 0)
        return KARAKA_NO_NAME;
    size_t length = strlen(text);
    uint32_t at = (uint32_t)karaka_hash(text, length, 1) & (n->slots - 1);
    for (; n->slot[at]; at = (at + 1) & (n->slots - 1))
        if (strcmp(n->name[n->slot[at] - 1], text) == 0) {
            n->times[n->slot[at] - 1] += add;
            return n->slot[at] - 1;
        }
    if (!add)
        return KARAKA_NO_NAME;
    const char *copy = karaka_arena_copy(n->arena, text, length);
    if (!copy)
        return KARAKA_NO_NAME;
    n->name[n->count] = copy;
    n->times[n->count] = 1;
    n->slot[at] = ++n->count;
    return n->count - 1;
}

int karaka_corpus_load(karaka_conllu_sentence **out, size_t *count, karaka_arena *arena, const char *const *files,
                       size_t file_count) {
    KARAKA_LIST(karaka_conllu_sentence) all = {0};
    for (size_t i = 0; i < file_count; i++) {
        karaka_file file;
        karaka_conllu_sentence *sentences = NULL;
        size_t n = 0;
        int error = karaka_file_open(&file, files[i]);
        if (error < 0)
            return error;
        error = karaka_conllu_read(&sentences, &n, arena, file.bytes, file.length, files[i]);
        for (size_t j = 0; error == KARAKA_OK && j < n; j++)
            if (sentences[j].has_tree && sentences[j].count <= KARAKA_SENTENCE_TOKENS)
                error = KARAKA_PUSH(arena, all, sentences[j]);
        karaka_file_close(&file);
        if (error < 0)
            return error;
    }
    *out = all.items;
    *count = all.count;
    return KARAKA_OK;
}

/* The value of feature `name` in "A=1|B=2", in out; "" where absent. */
static void feature_value(char *out, size_t room, const char *feats, const char *name) {
    size_t n = strlen(name);
    out[0] = 0;
    for (const char *at = feats; at && *at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (strncmp(at, name, n) == 0 && at[n] == '=')
            snprintf(out, room, "%.*s", (int)strcspn(at + n + 1, "|"), at + n + 1);
}

static void add_feature_names(karaka_names *names, const char *feats) {
    for (const char *at = feats; at && *at && strcmp(at, "_") != 0; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
        char name[TEXT];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "=|"), at);
        karaka_names_of(names, name, true);
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Has the word a letter that is upper or lower case? */
static bool has_case(const char *text) {
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        int32_t cp = karaka_utf8_next(text, length, &at);
        if (cp >= 0 && (u_isupper(cp) || u_islower(cp)))
            return true;
    }
    return false;
}

/* Keeps the names that came at least twice, in their order. */
static void keep_frequent(karaka_names *out, const karaka_names *in) {
    for (uint32_t i = 0; i < in->count; i++)
        if (in->times[i] >= 2) {
            uint32_t at = karaka_names_of(out, in->name[i], true);
            if (at != KARAKA_NO_NAME)
                out->times[at] = in->times[i];
        }
}

/* The value of tag group `g` for a word. */
static void tag_text(char *out, size_t room, const karaka_inventory *v, uint32_t g, const karaka_conllu_word *w) {
    if (g == 0)
        snprintf(out, room, "%s\t%s", w->upos, w->xpos);
    else if (g + 1 == v->group_count)
        karaka_lemma_script(out, room, w->form, w->lemma);
    else
        feature_value(out, room, w->feats, v->group_name[g]);
}

int karaka_inventory_make(karaka_inventory *v, karaka_arena *arena, const karaka_conllu_sentence *sentences,
                          size_t count, uint32_t buckets) {
    memset(v, 0, sizeof *v);
    v->arena = v->words.arena = v->relations.arena = v->features.arena = arena;
    v->buckets = buckets;
    karaka_names words = {.arena = arena}, scripts = {.arena = arena};
    size_t tokens = 0, cased = 0;
    char text[TEXT];
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < sentences[i].count; j++)
            add_feature_names(&v->features, sentences[i].words[j].feats);
    if (v->features.count + 2 > KARAKA_GROUPS)
        return karaka_fail(KARAKA_ERROR_LIMIT, "%u morphological features: at most %d", v->features.count,
                           KARAKA_GROUPS - 2);
    v->group_count = v->features.count + 2;
    v->group_name[0] = "pos";
    if (v->features.count > 0) /* a treebank may have no morphology */
        memcpy(&v->group_name[1], v->features.name, v->features.count * sizeof *v->features.name);
    qsort(&v->group_name[1], v->features.count, sizeof *v->group_name, by_text);
    v->group_name[v->group_count - 1] = "lemma";
    for (uint32_t g = 0; g < v->group_count; g++)
        v->group[g].arena = arena;
    for (uint32_t g = 1; g + 1 < v->group_count; g++)
        karaka_names_of(&v->group[g], "", true); /* 0: absent */
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < sentences[i].count; j++) {
            const karaka_conllu_word *w = &sentences[i].words[j];
            karaka_form_clean(text, sizeof text, w->form);
            tokens++;
            cased += has_case(text);
            karaka_names_of(&words, text, true);
            karaka_names_of(&v->relations, w->deprel, true);
            for (uint32_t g = 0; g < v->group_count; g++) {
                tag_text(text, sizeof text, v, g, w);
                karaka_names_of(g + 1 == v->group_count ? &scripts : &v->group[g], text, true);
            }
        }
    v->cased = 2 * cased > tokens;
    keep_frequent(&v->words, &words);
    keep_frequent(&v->group[v->group_count - 1], &scripts);
    v->root_relation = karaka_names_of(&v->relations, "root", false);
    if (karaka_arena_failed(arena))
        return KARAKA_ERROR_MEMORY;
    if (v->root_relation == KARAKA_NO_NAME || v->words.count == 0)
        return karaka_fail(KARAKA_ERROR_INPUT, "nothing to learn from: no sentence with a relation 'root'");
    return KARAKA_OK;
}

int karaka_inventory_close(karaka_inventory *v) {
    v->slots = 64;
    while (v->slots * 2 / 3 < v->words.count)
        v->slots *= 2;
    v->slot = karaka_arena_array(v->arena, 2 * (size_t)v->slots, sizeof *v->slot);
    if (!v->slot)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i < v->words.count; i++)
        karaka_words_add(v->slot, v->slots, karaka_word_hash(v->words.name[i], strlen(v->words.name[i])), i + 1);
    return KARAKA_OK;
}

static void number_word(karaka_corpus *c, karaka_inventory *v, uint32_t t, const karaka_conllu_word *w) {
    char text[TEXT];
    karaka_words table = {v->slot, v->slots, v->cased};
    karaka_features_of(&c->features[t], &table, 1 + v->words.count, v->buckets, w->form);
    uint32_t row = c->features[t].row[0];
    c->times[t] = row ? v->words.times[row - 1] : 0;
    for (uint32_t g = 0; g < v->group_count; g++) {
        tag_text(text, sizeof text, v, g, w);
        uint32_t tag = karaka_names_of(&v->group[g], text, false);
        c->tags[(size_t)t * v->group_count + g] = tag == KARAKA_NO_NAME ? KARAKA_NO_TAG : (uint16_t)tag;
    }
    uint32_t relation = karaka_names_of(&v->relations, w->deprel, false);
    c->relations[t] = relation == KARAKA_NO_NAME ? KARAKA_NO_TAG : (uint16_t)relation;
    c->heads[t] = (int16_t)w->head;
    c->punctuation[t] = strcmp(w->upos, "PUNCT") == 0;
}

int karaka_corpus_make(karaka_corpus *c, karaka_arena *arena, karaka_inventory *v,
                       const karaka_conllu_sentence *sentences, size_t count) {
    size_t tokens = 0;
    for (size_t i = 0; i < count; i++)
        tokens += sentences[i].count;
    if (count > UINT32_MAX || tokens > UINT32_MAX)
        return karaka_fail(KARAKA_ERROR_LIMIT, "%zu tokens are too many", tokens);
    *c = (karaka_corpus){.arena = arena, .example_count = (uint32_t)count, .token_count = (uint32_t)tokens};
    c->examples = karaka_arena_array(arena, count + 1, sizeof *c->examples);
    c->features = karaka_arena_array(arena, tokens + 1, sizeof *c->features);
    c->times = karaka_arena_array(arena, tokens + 1, sizeof *c->times);
    c->tags = karaka_arena_array(arena, (tokens + 1) * v->group_count, sizeof *c->tags);
    c->relations = karaka_arena_array(arena, tokens + 1, sizeof *c->relations);
    c->heads = karaka_arena_array(arena, tokens + 1, sizeof *c->heads);
    c->punctuation = karaka_arena_array(arena, tokens + 1, sizeof *c->punctuation);
    if (!c->examples || !c->features || !c->times || !c->tags || !c->relations || !c->heads || !c->punctuation)
        return KARAKA_ERROR_MEMORY;
    uint32_t t = 0;
    for (size_t i = 0; i < count; i++) {
        c->examples[i] = (karaka_example){t, sentences[i].count};
        for (uint32_t j = 0; j < sentences[i].count; j++)
            number_word(c, v, t++, &sentences[i].words[j]);
    }
    return karaka_arena_end(arena, KARAKA_OK);
}

/* Is the last word punctuation on which nothing hangs? */
static bool ends_in_mark(const karaka_corpus *c, karaka_example x) {
    int16_t last = (int16_t)(x.count - 1);
    bool loose = x.count > 2 && c->punctuation[x.first + x.count - 1] && c->heads[x.first + x.count - 1] >= 0;
    for (uint32_t i = 0; loose && i < x.count; i++)
        loose = c->heads[x.first + i] != last;
    return loose;
}

void karaka_corpus_unpoint(karaka_corpus *c, uint32_t every) {
    for (uint32_t i = 0; i < c->example_count; i += every)
        if (ends_in_mark(c, c->examples[i]))
            c->examples[i].count--;
}
