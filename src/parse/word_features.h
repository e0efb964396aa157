/* word_features: what the network sees of a word: rows of the embedding table.
 *
 * In: a form. Out: the row of the word itself and of its prefixes, suffixes and shape, hashed into buckets.
 * Example: "मुलाकातों" -> word row of मुलाकातों (0 if unknown), buckets of म, मु, मुल, मुला, ों, तों ...
 *
 * Rows stand so in the table: 0 unknown word, 1..words known words, then `buckets` rows for hashed features.
 * In a script with upper case (`cased`) a word that is unknown as it is written is looked up in lower case, and its
 * prefixes and suffixes are those of the lower case; the shape tells how it was written.
 */
#ifndef KARAKA_WORD_FEATURES_H
#define KARAKA_WORD_FEATURES_H

#include "base/base.h"
#include "parse/network.h"

/* The word's rows: [0] fixed or learned row of the word for the first half of x, [1..] rows summed into the second. */
typedef struct karaka_features {
    uint32_t row[KARAKA_FEATURE_ROWS];
} karaka_features;

/* An open-addressed table of known words: `slots` (a power of two) pairs {fingerprint, row}; fingerprint 0 is empty. */
typedef struct karaka_words {
    const uint32_t *slot; /* [slots][2] */
    uint32_t slots;
    bool cased;
} karaka_words;

/* The form without format characters (joiners), as the network and the lemma scripts see it; returns its length. */
size_t karaka_form_clean(char *out, size_t room, const char *form);

/* The same in lower case. */
size_t karaka_form_lower(char *out, size_t room, const char *form);

uint32_t karaka_words_find(const karaka_words *words, uint64_t hash);
/* Adds; the caller has made room (at most 2/3 full). */
void karaka_words_add(uint32_t *slot, uint32_t slots, uint64_t hash, uint32_t row);
uint64_t karaka_word_hash(const char *clean, size_t length);

/* Rows of a form. `first`: row of the first bucket. */
void karaka_features_of(karaka_features *out, const karaka_words *words, uint32_t first, uint32_t buckets,
                        const char *form);

#endif
