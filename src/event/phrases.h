/* phrases: sets of token sequences, looked up token by token.
 *
 * In: folded words as 64-bit keys. Out: the items whose words were walked. One trie holds several sets, each with its
 * own root; an item may stand at the end of many phrases. Example: add(SET, "विदेश मंत्री", 7); step(root(SET),
 * key(विदेश)), step(_, key(मंत्री)) -> values: item 7.
 */
#ifndef KARAKA_EVENT_PHRASES_H
#define KARAKA_EVENT_PHRASES_H

#include "base/base.h"
#include "language/language.h"

typedef uint64_t karaka_key; /* hash of a folded word; 0: no word */

typedef struct karaka_phrase_value {
    uint32_t item;
    uint32_t next;     /* index into values, 0: last */
    uint32_t capitals; /* how many letters the text must begin with in upper case: 1 for "May", 2 for "WHO" */
} karaka_phrase_value;

typedef struct karaka_phrases {
    karaka_arena *arena;
    const karaka_spelling *spelling;
    struct karaka_phrase_edge {
        uint32_t node, child;
        karaka_key key;
    } * edges; /* open addressing, [mask + 1]; child 0: free */
    size_t mask, used;
    uint64_t *taken; /* a filter, four bits a slot: an edge is there only if its bit is set. Most words begin nothing,
                      * and this is small enough for the cache. */
    KARAKA_LIST(uint32_t) first; /* [node]: its first value, 0: none */
    KARAKA_LIST(karaka_phrase_value) values;
} karaka_phrases;

/* `roots` sets, numbered from 1. */
int karaka_phrasebook_init(karaka_phrases *p, karaka_arena *arena, const karaka_spelling *spelling, uint32_t roots);
/* Adds `keys` as a phrase of set `root`. An empty phrase is not added. */
int karaka_phrasebook_add(karaka_phrases *p, uint32_t root, const karaka_key *keys, size_t count, uint32_t item);
/* The same, for a name that the table writes with capitals. */
int karaka_phrasebook_add_name(karaka_phrases *p, uint32_t root, const karaka_key *keys, size_t count, uint32_t item,
                               uint32_t capitals);
/* Upper-case letters (A-Z) that `text` begins with, at most 2. */
uint32_t karaka_capitals(const char *text);
/* The child of `node` by `key`, 0 if there is none. */
uint32_t karaka_phrasebook_step(const karaka_phrases *p, uint32_t node, karaka_key key);
/* Index of the first value at `node`, 0: none; follow values.items[i].next. */
static inline uint32_t karaka_phrasebook_first(const karaka_phrases *p, uint32_t node) {
    return p->first.items[node];
}

enum { KARAKA_WORD_KEYS = 16 }; /* most words of a phrase, most pieces of a token */

karaka_key karaka_word_key(const karaka_spelling *spelling, const char *word, size_t length);
/* The pieces of `text`: cut at blanks, hyphens, full stops; what is left empty is dropped. Returns how many, at most
 * KARAKA_WORD_KEYS. `whole`: the key of the text where that is known, else 0. */
size_t karaka_word_pieces(karaka_key *keys, const karaka_spelling *spelling, const char *text, karaka_key whole);

#endif
