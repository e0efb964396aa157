/* learner: loss and gradients of the network on some sentences (forward with dropout, then backward).
 *
 * In: weights, embedding rows, sentences. Out: gradients of the weights and of the embedded tokens, and losses.
 * The loss is the mean over tokens of the cross-entropies of head, relation, part of speech, each feature, lemma
 * script.
 *
 * Example: karaka_learner_run(&shard, ...) on 8 sentences adds to shard.gradient[weight_count], shard.dx[tokens][D].
 */
#ifndef KARAKA_TRAIN_LEARNER_H
#define KARAKA_TRAIN_LEARNER_H

#include "train/corpus.h"

/* The weights as they are learnt, and as panels for both directions; renewed after each step. */
typedef struct karaka_weights {
    float *plain;      /* [weight_count], matrices [k][n] */
    float *packed;     /* matrices as panels */
    float *transposed; /* matrices transposed, as panels */
} karaka_weights;

void karaka_weights_pack(karaka_weights *weights, const karaka_network *net);

typedef struct karaka_learner {
    const karaka_network *net;
    const karaka_kernels *kernels;
    const karaka_weights *weights;
    const float *table; /* embedding rows [rows][D / 2] */
    const karaka_corpus *corpus;
    const karaka_inventory *inventory;
    float dropout, word_dropout;
} karaka_learner;

/* One share of a batch: its own activations and gradients, so that shares run in any order on any thread. */
typedef struct karaka_shard {
    const uint32_t *examples; /* numbers of the sentences */
    uint32_t example_count;
    uint64_t seed;
    float scale; /* 1 / tokens of the whole batch */
    size_t tokens;
    uint32_t *rows;  /* [tokens][KARAKA_FEATURE_ROWS] that were embedded; UINT32_MAX: dropped */
    float *dx;       /* [tokens][D] */
    float *gradient; /* [weight_count] */
    double loss_arc, loss_rel, loss_tag;
    karaka_pass pass;
    float *memory, *in[KARAKA_LAYERS], *top, *low, *dh, *dg, *dt, *scratch;
    uint32_t *lengths;
    size_t room, sentence_room;
} karaka_shard;

/* Zeroes the gradients and computes them; KARAKA_ERROR_MEMORY. */
int karaka_learner_run(const karaka_learner *learner, karaka_shard *shard);
void karaka_shard_free(karaka_shard *shard);

#endif
