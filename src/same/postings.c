/* postings: which documents have a number in their sketch.
 *
 * In: the numbers of a document. Out: the documents that share some of them.
 * One table of 8-byte pairs, linear probing. The home of a key is its share of the key space, so growing by any factor
 * needs no more than the key. A number that has KARAKA_POSTINGS_MOST documents takes no more: it is a phrase that
 * everybody uses, or a story whose first copies are enough to know it by. Example: 1,000,000 articles of 200 words, 50
 * numbers each: 50 million pairs, 0.6 GB.
 */
#include "same/same.h"

#include <stdlib.h>

enum { FIRST_SIZE = 1 << 12, AHEAD = 16 };

static size_t home(const karaka_postings *p, uint32_t key) {
    return (size_t)(((uint64_t)key * p->size) >> 32);
}

static void put(karaka_postings *p, uint32_t key, uint32_t document) {
    size_t at = home(p, key);
    unsigned same = 0;
    for (; p->slots[at].document; at = at + 1 == p->size ? 0 : at + 1) {
        same += p->slots[at].key == key;
        if (same == KARAKA_POSTINGS_MOST)
            return;
    }
    p->slots[at] = (karaka_posting){key, document};
    p->used++;
}

int karaka_postings_reserve(karaka_postings *p, size_t more) {
    karaka_postings grown = {.size = p->size ? p->size : FIRST_SIZE};
    while (p->used + more > grown.size / 5 * 4)
        grown.size += grown.size / 2;
    if (grown.size == p->size)
        return KARAKA_OK;
    grown.slots = grown.size < UINT32_MAX ? calloc(grown.size, sizeof *grown.slots) : NULL;
    if (!grown.slots)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for an index of %zu numbers", p->used + more);
    for (size_t i = 0; i < p->size; i++)
        if (p->slots[i].document)
            put(&grown, p->slots[i].key, p->slots[i].document);
    free(p->slots);
    *p = grown;
    return KARAKA_OK;
}

/* The table is larger than every cache: asking for the lines ahead halves the time. */
static void fetch(const karaka_postings *p, const uint32_t *keys, size_t count, size_t i) {
    if (i < count)
        __builtin_prefetch(&p->slots[home(p, keys[i])]);
}

void karaka_postings_add(karaka_postings *p, const uint32_t *keys, size_t count, uint32_t document) {
    for (size_t i = 0; i < AHEAD; i++)
        fetch(p, keys, count, i);
    for (size_t i = 0; i < count; i++) {
        fetch(p, keys, count, i + AHEAD);
        put(p, keys[i], document + 1);
    }
}

int karaka_postings_find(karaka_hits *out, karaka_arena *arena, const karaka_postings *p, const uint32_t *keys,
                         size_t count) {
    if (!p->size)
        return KARAKA_OK;
    for (size_t i = 0; i < AHEAD; i++)
        fetch(p, keys, count, i);
    for (size_t i = 0; i < count; i++) {
        fetch(p, keys, count, i + AHEAD);
        for (size_t at = home(p, keys[i]); p->slots[at].document; at = at + 1 == p->size ? 0 : at + 1) {
            const karaka_hit hit = {p->slots[at].document - 1, (uint32_t)i};
            if (p->slots[at].key == keys[i] && KARAKA_PUSH(arena, *out, hit) < 0)
                return KARAKA_ERROR_MEMORY;
        }
    }
    return KARAKA_OK;
}

void karaka_postings_free(karaka_postings *p) {
    free(p->slots);
    *p = (karaka_postings){0};
}
