/* corpus: treebank sentences as numbers, and the names that the numbers stand for.
 *
 * In: CoNLL-U. Out: for each token its embedding rows, gold tag of every group, head, relation.
 * Example: "मुलाकातों NOUN NN Case=Obl" -> rows {812, ...}, tags {3, 2, ..., 14}, head 4, relation 7 (k4).
 */
#ifndef KARAKA_TRAIN_CORPUS_H
#define KARAKA_TRAIN_CORPUS_H

#include "parse/conllu.h"
#include "parse/word_features.h"

/* Strings numbered in the order of their first coming. */
typedef struct karaka_names {
    karaka_arena *arena;
    const char **name;
    uint32_t *times; /* how often each was added */
    uint32_t count, room;
    uint32_t *slot; /* open addressing: number + 1 */
    uint32_t slots;
} karaka_names;

enum { KARAKA_NO_NAME = UINT32_MAX };
/* The number of a string, added if new and `add`; KARAKA_NO_NAME if absent (or out of memory). */
uint32_t karaka_names_of(karaka_names *names, const char *text, bool add);

/* What a model names: see model.h. */
typedef struct karaka_inventory {
    karaka_arena *arena;
    karaka_names words, relations, features;
    karaka_names group[KARAKA_GROUPS];
    const char *group_name[KARAKA_GROUPS];
    uint32_t group_count, root_relation, buckets;
    uint32_t *slot, slots; /* word table, see karaka_words */
    bool cased;            /* most words are of a script with upper case */
} karaka_inventory;

enum { KARAKA_NO_TAG = UINT16_MAX };

typedef struct karaka_example {
    uint32_t first, count; /* tokens of the corpus */
} karaka_example;

typedef struct karaka_corpus {
    karaka_arena *arena;
    karaka_example *examples;
    uint32_t example_count, token_count;
    karaka_features *features; /* [token] */
    uint32_t *times;           /* [token] how often the word stands in the training text */
    uint16_t *tags;            /* [token][groups]; KARAKA_NO_TAG where the inventory lacks it */
    uint16_t *relations;
    int16_t *heads;
    bool *punctuation;
} karaka_corpus;

/* Reads CoNLL-U files into sentences (text kept in `arena`). */
int karaka_corpus_load(karaka_conllu_sentence **out, size_t *count, karaka_arena *arena, const char *const *files,
                       size_t file_count);
/* Gathers names: words seen at least twice, all tags, lemma scripts seen at least twice. */
int karaka_inventory_make(karaka_inventory *out, karaka_arena *arena, const karaka_conllu_sentence *sentences,
                          size_t count, uint32_t buckets);
/* Builds the word table once all words are known. */
int karaka_inventory_close(karaka_inventory *inventory);
int karaka_corpus_make(karaka_corpus *out, karaka_arena *arena, karaka_inventory *inventory,
                       const karaka_conllu_sentence *sentences, size_t count);
/* Takes the final mark off one sentence in `every`: headlines and captions have none, treebank sentences nearly all. */
void karaka_corpus_unpoint(karaka_corpus *corpus, uint32_t every);

#endif
