/* evaluate: how near one analysis of a text is to another: the measures of the CoNLL 2018 shared task.
 *
 * In: two CoNLL-U texts, gold and system, of the same raw text. Out: F1 of each measure, in percent.
 * Example: gold "वह | गया | ।", system "वह | गया।": the first word alone stands in both, so tokens are
 *          2 * 1 / (3 + 2) = 40.
 *
 * As in the official script, sentences and words are spans over the characters that are not blank, and a system word
 * counts where gold has a word of the same span. Where the two differ on purpose:
 *   - words are the tokens (multiword ranges are skipped by the reader);
 *   - feats compares all features, not only the universal ones: a treebank of its own has its own;
 *   - what CLAS and MLAS take for a function word is said by `function_relations`, because the relations may be a
 *     treebank's own; all that is neither there nor punctuation is content;
 *   - a measure that has nothing to find and nothing found is 100.
 */
#include "parse/conllu.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1, FEATURES = 64, RELATIONS = sizeof((karaka_scores *)0)->relations / sizeof(karaka_relation_score) };

/* The relations of function words, which hang on the content word whose form they complete: Universal Dependencies'
 * own, and those that the Hindi treebank's converter gives within a chunk. */
static const char *const function_relations[] = {"aux", "case", "cc", "clf", "cop", "det", "mark", "part", "lwg"};
static const char *const punctuation_relations[] = {"punct", "rsym"};

typedef struct word {
    const karaka_conllu_word *word;
    uint32_t start, end;               /* in bytes that are not blank */
    int32_t head;                      /* index in `text.words`, NONE for a root */
    int32_t match;                     /* index of the word of the same span on the other side, or NONE */
    uint32_t first_child, child_count; /* into `text.children` */
    bool function, punctuation;
} word;

typedef struct text {
    word *words;
    uint32_t word_count;
    karaka_span *sentences;
    uint32_t sentence_count;
    int32_t *children; /* function words only */
    char *bytes;       /* of all forms, without blanks */
    uint32_t length;
} text;

static bool is_among(const char *relation, const char *const *names, size_t count) {
    size_t length = strcspn(relation, ":_");
    for (size_t i = 0; i < count; i++)
        if (strncmp(relation, names[i], length) == 0 && names[i][length] == '\0')
            return true;
    return false;
}
#define IS_AMONG(relation, names) is_among((relation), (names), sizeof(names) / sizeof *(names))

static void add_form(text *t, const char *form) {
    size_t length = strlen(form);
    for (size_t at = 0, from = 0; at < length; from = at) {
        if (karaka_utf8_blank(karaka_utf8_next(form, length, &at)))
            continue;
        memcpy(t->bytes + t->length, form + from, at - from);
        t->length += (uint32_t)(at - from);
    }
}

static int allocate(text *t, karaka_arena *arena, const karaka_conllu_sentence *sentences, size_t count) {
    size_t words = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        words += sentences[i].count;
        for (uint32_t j = 0; j < sentences[i].count; j++)
            bytes += strlen(sentences[i].words[j].form);
    }
    t->words = karaka_arena_array(arena, words, sizeof *t->words);
    t->sentences = karaka_arena_array(arena, count, sizeof *t->sentences);
    t->children = karaka_arena_array(arena, words, sizeof *t->children);
    t->bytes = karaka_arena_alloc(arena, bytes + 1);
    return t->words && t->sentences && t->children && t->bytes ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

/* Lists the function words of each word, in order. */
static void list_children(text *t) {
    for (uint32_t i = 0; i < t->word_count; i++)
        if (t->words[i].function && t->words[i].head >= 0)
            t->words[t->words[i].head].child_count++;
    for (uint32_t i = 0, next = 0; i < t->word_count; i++) {
        t->words[i].first_child = next;
        next += t->words[i].child_count;
        t->words[i].child_count = 0;
    }
    for (uint32_t i = 0; i < t->word_count; i++)
        if (t->words[i].function && t->words[i].head >= 0) {
            word *head = &t->words[t->words[i].head];
            t->children[head->first_child + head->child_count++] = (int32_t)i;
        }
}

static int read_text(text *t, karaka_arena *arena, const char *bytes, size_t length, const char *name) {
    karaka_conllu_sentence *sentences;
    size_t count;
    int rc = karaka_conllu_read(&sentences, &count, arena, bytes, length, name);
    if (rc < 0)
        return rc;
    rc = allocate(t, arena, sentences, count);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < count; i++) {
        uint32_t first = t->word_count, start = t->length;
        for (uint32_t j = 0; j < sentences[i].count; j++) {
            const karaka_conllu_word *from = &sentences[i].words[j];
            word *w = &t->words[t->word_count++];
            *w = (word){.word = from, .start = t->length, .match = NONE};
            w->head = from->head < 0 ? NONE : from->head + (int32_t)first;
            w->function = IS_AMONG(from->deprel, function_relations);
            w->punctuation = IS_AMONG(from->deprel, punctuation_relations);
            add_form(t, from->form);
            w->end = t->length;
        }
        t->sentences[t->sentence_count++] = (karaka_span){start, t->length};
    }
    list_children(t);
    return KARAKA_OK;
}

/* ---- Comparing words -------------------------------------------------------------------------------------------- */

/* As in the shared task, what follows ":" in a relation is not compared. */
static bool same_relation(const char *a, const char *b) {
    size_t length = strcspn(a, ":");
    return strcspn(b, ":") == length && memcmp(a, b, length) == 0;
}

static int by_text(const void *a, const void *b) {
    const karaka_slice *x = a, *y = b;
    int order = memcmp(x->bytes, y->bytes, x->length < y->length ? x->length : y->length);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static size_t sort_features(karaka_slice out[FEATURES], const char *feats) {
    size_t count = 0;
    for (const char *p = feats; count < FEATURES; p++) {
        size_t length = strcspn(p, "|");
        out[count++] = (karaka_slice){p, length};
        p += length;
        if (*p == '\0')
            break;
    }
    qsort(out, count, sizeof *out, by_text);
    return count;
}

static bool same_features(const char *a, const char *b) {
    if (strcmp(a, b) == 0)
        return true;
    if (strlen(a) != strlen(b))
        return false;
    karaka_slice x[FEATURES], y[FEATURES];
    size_t count = sort_features(x, a);
    if (count == FEATURES || sort_features(y, b) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!karaka_slice_equal(x[i], y[i]))
            return false;
    return true;
}

/* The value of Case in `feats`; empty where it has none. */
static karaka_slice case_of(const char *feats) {
    for (const char *p = feats; *p; p += *p == '|') {
        size_t length = strcspn(p, "|");
        if (strncmp(p, "Case=", 5) == 0)
            return (karaka_slice){p + 5, length - 5};
        p += length;
    }
    return (karaka_slice){"", 0};
}

typedef struct pair {
    const text *gold, *system;
    const word *g, *s;
} pair;

static bool same_head(const pair *p) {
    if (p->g->head == NONE || p->s->head == NONE)
        return p->g->head == p->s->head;
    return p->system->words[p->s->head].match == p->g->head;
}

static bool same_edge(const pair *p) {
    return same_head(p) && same_relation(p->g->word->deprel, p->s->word->deprel);
}

static bool same_tags(const karaka_conllu_word *a, const karaka_conllu_word *b) {
    return strcmp(a->upos, b->upos) == 0 && same_features(a->feats, b->feats);
}

static bool same_lemma(const pair *p) {
    return strcmp(p->g->word->lemma, "_") == 0 || strcmp(p->g->word->lemma, p->s->word->lemma) == 0;
}

/* MLAS: the edge, the tags, and the same function words with the same relations and tags. */
static bool same_morphology(const pair *p) {
    if (!same_edge(p) || !same_tags(p->g->word, p->s->word) || p->g->child_count != p->s->child_count)
        return false;
    for (uint32_t i = 0; i < p->g->child_count; i++) {
        int32_t a = p->gold->children[p->g->first_child + i], b = p->system->children[p->s->first_child + i];
        const karaka_conllu_word *x = p->gold->words[a].word, *y = p->system->words[b].word;
        if (p->system->words[b].match != a || !same_relation(x->deprel, y->deprel) || !same_tags(x, y))
            return false;
    }
    return true;
}

/* ---- Counting --------------------------------------------------------------------------------------------------- */

typedef struct tally {
    uint64_t gold, system, right;
} tally;

static double f1(tally t) {
    return t.gold + t.system == 0 ? 100 : 200.0 * (double)t.right / (double)(t.gold + t.system);
}

/* Marks the words of the same span on both sides with each other. */
static tally match_words(text *gold, text *system) {
    tally t = {gold->word_count, system->word_count, 0};
    for (uint32_t g = 0, s = 0; g < gold->word_count && s < system->word_count;) {
        word *a = &gold->words[g], *b = &system->words[s];
        if (a->start == b->start && a->end == b->end) {
            a->match = (int32_t)s++;
            b->match = (int32_t)g++;
            t.right++;
        } else if (a->start <= b->start) {
            g++;
        } else {
            s++;
        }
    }
    return t;
}

static tally match_sentences(const text *gold, const text *system) {
    tally t = {gold->sentence_count, system->sentence_count, 0};
    for (uint32_t g = 0, s = 0; g < gold->sentence_count && s < system->sentence_count;) {
        karaka_span a = gold->sentences[g], b = system->sentences[s];
        bool same = a.start == b.start && a.end == b.end;
        t.right += same;
        g += same || a.start <= b.start;
        s += same || a.start > b.start;
    }
    return t;
}

static bool is_content(const word *w) {
    return !w->function && !w->punctuation;
}

static void score_words(karaka_scores *out, const text *gold, const text *system, tally words) {
    tally upos = words, xpos = words, feats = words, lemma = words, uas = words, las = words;
    upos.right = xpos.right = feats.right = lemma.right = uas.right = las.right = 0;
    for (uint32_t i = 0; i < gold->word_count; i++) {
        pair p = {gold, system, &gold->words[i], NULL};
        if (p.g->match == NONE)
            continue;
        p.s = &system->words[p.g->match];
        const karaka_conllu_word *a = p.g->word, *b = p.s->word;
        upos.right += strcmp(a->upos, b->upos) == 0;
        xpos.right += strcmp(a->xpos, b->xpos) == 0;
        feats.right += same_features(a->feats, b->feats);
        lemma.right += same_lemma(&p);
        uas.right += same_head(&p);
        las.right += same_edge(&p);
    }
    out->upos = f1(upos);
    out->xpos = f1(xpos);
    out->feats = f1(feats);
    out->lemma = f1(lemma);
    out->uas = f1(uas);
    out->las = f1(las);
}

/* CLAS, MLAS, BLEX: content words only. */
static void score_content(karaka_scores *out, const text *gold, const text *system) {
    tally clas = {0, 0, 0}, mlas, blex;
    for (uint32_t i = 0; i < gold->word_count; i++)
        clas.gold += is_content(&gold->words[i]);
    for (uint32_t i = 0; i < system->word_count; i++)
        clas.system += is_content(&system->words[i]);
    mlas = blex = clas;
    for (uint32_t i = 0; i < gold->word_count; i++) {
        pair p = {gold, system, &gold->words[i], NULL};
        if (p.g->match == NONE || !is_content(p.g))
            continue;
        p.s = &system->words[p.g->match];
        bool edge = same_edge(&p);
        clas.right += edge;
        mlas.right += same_morphology(&p);
        blex.right += edge && same_lemma(&p);
    }
    out->clas = f1(clas);
    out->mlas = f1(mlas);
    out->blex = f1(blex);
}

static bool is_punct(const word *w) {
    return strcmp(w->word->upos, "PUNCT") == 0;
}

/* UAS and LAS without the words that gold calls PUNCT; a system word is one of them if it is matched with one. */
static void score_without_punctuation(karaka_scores *out, const text *gold, const text *system) {
    tally uas = {0, system->word_count, 0};
    uint64_t las_right = 0;
    for (uint32_t i = 0; i < gold->word_count; i++) {
        pair p = {gold, system, &gold->words[i], NULL};
        bool punct = is_punct(p.g);
        uas.gold += !punct;
        if (p.g->match == NONE)
            continue;
        uas.system -= punct;
        p.s = &system->words[p.g->match];
        uas.right += !punct && same_head(&p);
        las_right += !punct && same_edge(&p);
    }
    out->uas_nopunct = f1(uas);
    uas.right = las_right;
    out->las_nopunct = f1(uas);
}

static void score_case(karaka_scores *out, const text *gold, const text *system) {
    tally t = {0, 0, 0};
    for (uint32_t i = 0; i < system->word_count; i++)
        t.system += case_of(system->words[i].word->feats).length > 0;
    for (uint32_t i = 0; i < gold->word_count; i++) {
        karaka_slice a = case_of(gold->words[i].word->feats);
        t.gold += a.length > 0;
        if (a.length > 0 && gold->words[i].match != NONE)
            t.right += karaka_slice_equal(a, case_of(system->words[gold->words[i].match].word->feats));
    }
    out->feature_case = f1(t);
}

/* ---- Relations -------------------------------------------------------------------------------------------------- */

static karaka_relation_score *find_relation(karaka_scores *out, const char *relation) {
    size_t length = strcspn(relation, ":");
    if (length >= sizeof out->relations->relation)
        length = sizeof out->relations->relation - 1;
    for (uint32_t i = 0; i < out->relation_count; i++)
        if (strncmp(out->relations[i].relation, relation, length) == 0 && out->relations[i].relation[length] == '\0')
            return &out->relations[i];
    if (out->relation_count == RELATIONS)
        return NULL;
    karaka_relation_score *fresh = &out->relations[out->relation_count++];
    *fresh = (karaka_relation_score){.gold = 0};
    memcpy(fresh->relation, relation, length);
    return fresh;
}

static int by_gold(const void *a, const void *b) {
    const karaka_relation_score *x = a, *y = b;
    if (x->gold != y->gold)
        return x->gold < y->gold ? 1 : -1;
    return strcmp(x->relation, y->relation);
}

static void score_relations(karaka_scores *out, const text *gold, const text *system) {
    for (uint32_t i = 0; i < gold->word_count; i++) {
        pair p = {gold, system, &gold->words[i], NULL};
        karaka_relation_score *score = find_relation(out, p.g->word->deprel);
        if (!score)
            continue;
        score->gold++;
        if (p.g->match == NONE)
            continue;
        p.s = &system->words[p.g->match];
        score->right += same_edge(&p);
    }
    for (uint32_t i = 0; i < system->word_count; i++) {
        karaka_relation_score *score = find_relation(out, system->words[i].word->deprel);
        if (score)
            score->system++;
    }
    qsort(out->relations, out->relation_count, sizeof *out->relations, by_gold);
}

/* ---- All -------------------------------------------------------------------------------------------------------- */

static int check_same_text(const text *gold, const text *system) {
    uint32_t at = 0, shorter = gold->length < system->length ? gold->length : system->length;
    while (at < shorter && gold->bytes[at] == system->bytes[at])
        at++;
    if (at == gold->length && at == system->length)
        return KARAKA_OK;
    uint32_t sentence = 0;
    while (sentence + 1 < gold->sentence_count && gold->sentences[sentence].end <= at)
        sentence++;
    return karaka_fail(KARAKA_ERROR_INPUT, "the texts differ from sentence %u of gold on (byte %u without blanks)",
                       sentence + 1, at);
}

static void score(karaka_scores *out, text *gold, text *system) {
    tally words = match_words(gold, system);
    memset(out, 0, sizeof *out);
    out->tokens = out->words = f1(words);
    out->sentences = f1(match_sentences(gold, system));
    score_words(out, gold, system, words);
    score_content(out, gold, system);
    score_without_punctuation(out, gold, system);
    score_case(out, gold, system);
    score_relations(out, gold, system);
}

int karaka_evaluate(karaka_scores *out, const char *gold, size_t gold_length, const char *system,
                    size_t system_length) {
    if (gold_length > INT32_MAX || system_length > INT32_MAX)
        return karaka_fail(KARAKA_ERROR_LIMIT, "more than 2 GiB of CoNLL-U");
    karaka_arena *arena = NULL;
    int rc = karaka_arena_new(&arena);
    if (rc < 0)
        return rc;
    text g = {.words = NULL}, s = {.words = NULL};
    rc = read_text(&g, arena, gold, gold_length, "gold");
    if (rc == KARAKA_OK)
        rc = read_text(&s, arena, system, system_length, "system");
    if (rc == KARAKA_OK)
        rc = check_same_text(&g, &s);
    if (rc == KARAKA_OK)
        score(out, &g, &s);
    karaka_arena_free(arena);
    return rc;
}
