/* train: what the parts of the trainer share.
 *
 * In: a filled trainer. Out: steps, scores, a model file.
 * Example: trainer_step after trainer_step; trainer_measure after each pass; trainer_save at the end.
 */
#ifndef KARAKA_TRAIN_TRAIN_H
#define KARAKA_TRAIN_TRAIN_H

#include "train/learner.h"

enum { KARAKA_SHARDS = 4 };

/* xorshift64* (Vigna 2016): initial weights, the order of sentences, random words. *state is never 0. */
static inline uint64_t karaka_random_next(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

typedef struct karaka_trainer {
    karaka_arena *arena;
    karaka_network net;
    karaka_inventory inventory;
    karaka_corpus corpus, dev;
    uint32_t gold; /* the first examples of the corpus; the others are silver */
    karaka_weights weights;
    float *moment[2];             /* Adam's, [weight_count] */
    size_t rows, half;            /* embedding table */
    float *table, *row_moment[2]; /* [rows][half] */
    bool fixed_words;             /* rows 1..words came from raw text and stay */
    karaka_shard shard[KARAKA_SHARDS];
    karaka_learner learner;
    uint64_t step, steps;
    uint32_t threads, layers, batch;
    /* The rows touched by a batch: `slot` is the row's place + 1 in the compact gradient. */
    uint32_t *slot, *touched, touched_count;
    float *row_gradient;
    size_t row_gradient_room;
} karaka_trainer;

typedef struct karaka_trial {
    double pos, lemma, uas, las; /* percent; uas and las without punctuation */
    double group[KARAKA_GROUPS];
} karaka_trial;

/* Adds the words of raw text that come often enough to the inventory; call before karaka_inventory_close (vectors.c).
 */
int karaka_vectors_count(karaka_trainer *t, const char *path);
/* Learns the table's word rows from raw text, all numbers but the first `given`. */
int karaka_vectors_learn(karaka_trainer *t, const char *path, size_t given, uint64_t seed);
/* The same for vectors that are given: adds their words; fills the first *given numbers of the rows (given.c). */
int karaka_given_count(karaka_trainer *t, const char *path);
int karaka_given_read(karaka_trainer *t, size_t *given, const char *path);
/* Scales numbers [from, to) of all word rows so that their root mean square is that of rows that learn (vectors.c). */
void karaka_vectors_scale(karaka_trainer *t, size_t from, size_t to);
/* Adam with gradients of all shards (optimise.c). */
int karaka_trainer_update(karaka_trainer *t, float rate);
/* Scores on t->dev with the network as it is. */
int karaka_trainer_measure(karaka_trainer *t, karaka_trial *out);
/* Quantises and writes the model (save.c). */
int karaka_trainer_save(const karaka_trainer *t, const char *path);

#endif
