/* sketch: a text to a sample of its shingles.
 *
 * In: the text of an article, and the language's folding of spelling. Out: a karaka_sketch.
 * Words are runs of letters, marks and digits, folded; so punctuation, case, breaks of lines and the spellings that
 * papers mix make no difference. A text of fewer words than a shingle is one shingle. Example: "The cabinet met. It
 * agreed." -> shingles "the cabinet met it", "cabinet met it agreed", 2 numbers at level 0.
 */
#include "same/same.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { WORD_ROOM = 256, LEVEL_MOST = 30 };

/* A shingle, and how many words stand before its end. */
typedef struct shingle {
    uint64_t hash, position;
} shingle;

typedef KARAKA_LIST(shingle) shingles;

typedef struct shingler {
    karaka_arena *arena;
    uint64_t words[KARAKA_SHINGLE]; /* hashes of the last words, oldest first */
    uint64_t text;
    size_t count; /* words */
    unsigned level;
    shingles out;
} shingler;

/* Marks and joiners belong to the word; what of it no reader sees is folded away. */
static bool in_word(int32_t cp) {
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9');
    return (U_MASK(u_charType(cp)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_CF_MASK)) != 0;
}

static int compare(const void *a, const void *b) {
    const shingle *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

/* Each number once, ascending, where it stands first. */
static void sort(shingles *list) {
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || list->items[kept - 1].hash >> 32 != list->items[i].hash >> 32)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool at_level(uint64_t hash, unsigned level) {
    return (hash & ((UINT64_C(1) << level) - 1)) == 0;
}

/* Raises the level until at most `most` are left. */
static void thin(shingler *s, unsigned level, size_t most) {
    for (; level > s->level || (s->out.count > most && s->level < LEVEL_MOST); s->level++) {
        size_t kept = 0;
        for (size_t i = 0; i < s->out.count; i++)
            if (at_level(s->out.items[i].hash, s->level + 1))
                s->out.items[kept++] = s->out.items[i];
        s->out.count = kept;
    }
}

/* A long text is thinned on the way: to more than are kept at last, so that the way makes no difference. */
static int add_shingle(shingler *s) {
    if (s->out.count == (size_t)16 * KARAKA_SKETCH_MOST) {
        sort(&s->out);
        thin(s, s->level, (size_t)4 * KARAKA_SKETCH_MOST);
    }
    const shingle made = {karaka_hash(s->words, sizeof s->words, 0), s->count};
    return at_level(made.hash, s->level) ? KARAKA_PUSH(s->arena, s->out, made) : KARAKA_OK;
}

static int add_word(shingler *s, uint64_t word) {
    memmove(s->words, s->words + 1, sizeof s->words - sizeof *s->words);
    s->words[KARAKA_SHINGLE - 1] = word;
    s->text = karaka_hash(&word, sizeof word, s->text);
    return ++s->count < KARAKA_SHINGLE ? KARAKA_OK : add_shingle(s);
}

static int add_words(shingler *s, const karaka_spelling *spelling, karaka_slice text) {
    char folded[WORD_ROOM];
    for (size_t at = 0, start = 0; start < text.length;) {
        size_t before = at;
        bool ends = at == text.length || !in_word(karaka_utf8_next(text.bytes, text.length, &at));
        if (!ends)
            continue;
        size_t length =
            before > start ? karaka_spelling_fold(spelling, folded, WORD_ROOM, text.bytes + start, before - start) : 0;
        int error = length ? add_word(s, karaka_hash(folded, length, 0)) : KARAKA_OK;
        if (error < 0)
            return error;
        start = at > before ? at : text.length;
    }
    return KARAKA_OK;
}

/* All numbers of a text of up to 64 words, half of those up to 128, else a quarter, and less of the very long ones. */
static void choose_level(shingler *s) {
    sort(&s->out);
    thin(s, s->out.count <= 64 ? 0 : s->out.count <= 128 ? 1 : 2, KARAKA_SKETCH_MOST);
}

/* `list` holds places in the text and indices of keys now. */
static void rank(karaka_sketch *made, shingles *list) {
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++)
        made->ranks[list->items[i].position] = (uint32_t)i;
}

int karaka_sketch_make(karaka_sketch **out, karaka_arena *arena, const karaka_spelling *spelling, karaka_slice text) {
    shingler s = {.arena = arena};
    karaka_sketch *made = karaka_arena_alloc(arena, sizeof *made);
    int error = made ? add_words(&s, spelling, text) : KARAKA_ERROR_MEMORY;
    if (!error && s.count && s.count < KARAKA_SHINGLE)
        error = add_shingle(&s);
    if (error < 0)
        return error;
    choose_level(&s);
    *made = (karaka_sketch){.text = s.text, .count = (uint32_t)s.out.count, .level = (uint8_t)s.level};
    made->keys = karaka_arena_array(arena, s.out.count + 1, sizeof *made->keys);
    made->ranks = karaka_arena_array(arena, s.out.count + 1, sizeof *made->ranks);
    if (!made->keys || !made->ranks)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < s.out.count; i++) {
        shingle *at = &s.out.items[i];
        made->keys[i] = (uint32_t)(at->hash >> 32);
        for (unsigned level = s.level; level < KARAKA_SKETCH_LEVELS; level++)
            made->counts[level] = (uint16_t)(made->counts[level] + at_level(at->hash, level));
        *at = (shingle){at->position, i};
    }
    rank(made, &s.out);
    *out = made;
    return KARAKA_OK;
}

uint32_t karaka_sketch_left(uint32_t count, const uint16_t counts[KARAKA_SKETCH_LEVELS], uint8_t level, uint8_t at) {
    if (at <= level)
        return count;
    if (at < KARAKA_SKETCH_LEVELS)
        return counts[at];
    unsigned known = level < KARAKA_SKETCH_LEVELS ? KARAKA_SKETCH_LEVELS - 1 : level;
    return (level < KARAKA_SKETCH_LEVELS ? counts[known] : count) >> (at - known);
}

int karaka_document_sketch(karaka_document *document) {
    const karaka_article *article = &document->article;
    if (document->sketch)
        return KARAKA_OK;
    return karaka_sketch_make(&document->sketch, document->arena, document->language->spelling,
                              (karaka_slice){article->text, article->length});
}
