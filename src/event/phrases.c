/* phrases: sets of token sequences (phrases.h). */
#include "event/phrases.h"

#include <string.h>

enum { TAKEN = 4 }; /* bits of `taken` to an edge's slot */

karaka_key karaka_word_key(const karaka_spelling *spelling, const char *word, size_t length) {
    char folded[256];
    size_t n = karaka_spelling_fold(spelling, folded, sizeof folded, word, length);
    if (n == 0)
        return 0;
    karaka_key key = karaka_hash(folded, n, 0);
    return key ? key : 1;
}

/* Length of the separator at `s`: blank, full stop, ASCII hyphen, or one of U+2010..U+2015; 0 if none. */
static size_t separator(const char *s) {
    unsigned char c = (unsigned char)s[0];
    if (c == ' ' || c == '\t' || c == '.' || c == '-')
        return 1;
    if (c == 0xE2 && (unsigned char)s[1] == 0x80 && (unsigned char)s[2] >= 0x90 && (unsigned char)s[2] <= 0x95)
        return 3;
    return 0;
}

size_t karaka_word_pieces(karaka_key *keys, const karaka_spelling *spelling, const char *text, karaka_key whole) {
    const char *const start = text;
    size_t count = 0;
    while (*text && count < KARAKA_WORD_KEYS) {
        size_t skip = separator(text);
        if (skip) {
            text += skip;
            continue;
        }
        const char *end = text;
        while (*end && !separator(end))
            end++;
        bool all = whole && text == start && !*end;
        karaka_key key = all ? whole : karaka_word_key(spelling, text, (size_t)(end - text));
        if (key)
            keys[count++] = key;
        text = end;
    }
    return count;
}

static int make_room(karaka_phrases *p) {
    p->edges = karaka_arena_array(p->arena, p->mask + 1, sizeof *p->edges);
    p->taken = karaka_arena_array(p->arena, (p->mask + 1) / 64 * TAKEN, sizeof *p->taken);
    return p->edges && p->taken ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

int karaka_phrasebook_init(karaka_phrases *p, karaka_arena *arena, const karaka_spelling *spelling, uint32_t roots) {
    *p = (karaka_phrases){.arena = arena, .spelling = spelling, .mask = (1u << 16) - 1};
    if (make_room(p) < 0)
        return KARAKA_ERROR_MEMORY;
    karaka_phrase_value none = {0};
    if (KARAKA_PUSH(arena, p->values, none) < 0)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i <= roots; i++)
        if (KARAKA_PUSH(arena, p->first, 0) < 0)
            return KARAKA_ERROR_MEMORY;
    return KARAKA_OK;
}

static uint64_t hash_of(uint32_t node, karaka_key key) {
    return ((key ^ ((uint64_t)node * 0x9E3779B97F4A7C15u)) * 0xD6E8FEB86659FD93u) >> 17;
}

static size_t slot_of(const karaka_phrases *p, uint32_t node, karaka_key key) {
    size_t at = (size_t)hash_of(node, key) & p->mask;
    while (p->edges[at].child && (p->edges[at].node != node || p->edges[at].key != key))
        at = (at + 1) & p->mask;
    return at;
}

uint32_t karaka_phrasebook_step(const karaka_phrases *p, uint32_t node, karaka_key key) {
    size_t bit = (size_t)hash_of(node, key) & (p->mask * TAKEN + TAKEN - 1);
    if (!key || !(p->taken[bit / 64] >> bit % 64 & 1))
        return 0;
    return p->edges[slot_of(p, node, key)].child;
}

static void take_slot(karaka_phrases *p, const struct karaka_phrase_edge *edge) {
    size_t bit = (size_t)hash_of(edge->node, edge->key) & (p->mask * TAKEN + TAKEN - 1);
    p->edges[slot_of(p, edge->node, edge->key)] = *edge;
    p->taken[bit / 64] |= (uint64_t)1 << bit % 64;
}

static int grow(karaka_phrases *p) {
    karaka_phrases wider = *p;
    wider.mask = p->mask * 2 + 1;
    if (make_room(&wider) < 0)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i <= p->mask; i++)
        if (p->edges[i].child)
            take_slot(&wider, &p->edges[i]);
    *p = wider;
    return KARAKA_OK;
}

uint32_t karaka_capitals(const char *text) {
    uint32_t count = 0;
    while (count < 2 && text[count] >= 'A' && text[count] <= 'Z')
        count++;
    return count;
}

int karaka_phrasebook_add(karaka_phrases *p, uint32_t root, const karaka_key *keys, size_t count, uint32_t item) {
    return karaka_phrasebook_add_name(p, root, keys, count, item, 0);
}

int karaka_phrasebook_add_name(karaka_phrases *p, uint32_t root, const karaka_key *keys, size_t count, uint32_t item,
                               uint32_t capitals) {
    uint32_t node = root;
    if (count == 0)
        return KARAKA_OK;
    for (size_t i = 0; i < count; i++) {
        size_t at = slot_of(p, node, keys[i]);
        if (!p->edges[at].child) {
            if (p->used * 2 > p->mask && grow(p) < 0)
                return KARAKA_ERROR_MEMORY;
            const struct karaka_phrase_edge edge = {.node = node, .child = (uint32_t)p->first.count, .key = keys[i]};
            take_slot(p, &edge);
            at = slot_of(p, node, keys[i]);
            p->used++;
            if (KARAKA_PUSH(p->arena, p->first, 0) < 0)
                return KARAKA_ERROR_MEMORY;
        }
        node = p->edges[at].child;
    }
    /* Values keep the order of the tables: the first line that fits is met first. */
    uint32_t *tail = &p->first.items[node];
    while (*tail) {
        if (p->values.items[*tail].item == item) {
            if (p->values.items[*tail].capitals > capitals)
                p->values.items[*tail].capitals = capitals;
            return KARAKA_OK;
        }
        tail = &p->values.items[*tail].next;
    }
    *tail = (uint32_t)p->values.count;
    karaka_phrase_value value = {.item = item, .capitals = capitals};
    return KARAKA_PUSH(p->arena, p->values, value);
}
