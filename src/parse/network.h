/* network: the shape of the trained reader, where each weight stands, and the forward pass.
 *
 * In: for each token the rows of its features in the embedding table. Out: for each token the best tag of every group
 * (part of speech, each morphological feature, lemma script), its head and its relation.
 *
 *   x_t = [ word row | sum of sub-word rows ]                                   D = 2 * row width
 *   `layers` bidirectional simple recurrent layers (dimensions 0..D/2 forwards, D/2..D backwards)
 *   tags:      h^(tag_layer) * W_tag + b                              all groups in one product
 *   arcs:      score(i <- j) = (d_i * U + u) . e_j + near(j - i)      d, e: two views of the last layer
 *   relations: max(0, p_i + q_j + near_rel(j - i)) * W_rel + b        p, q: two more views
 * (deep biaffine attention, Dozat & Manning 2017, section 3.1; the relation scorer is additive instead of bilinear,
 * which costs a tenth of the time.)
 *
 * Example: karaka_network_layout(&net) for D = 192, 3 layers: net.weight_count floats, net.sru[0].w at offset 0.
 */
#ifndef KARAKA_NETWORK_H
#define KARAKA_NETWORK_H

#include "base/base.h"
#include "parse/kernel.h"

enum {
    KARAKA_FEATURE_ROWS = 12, /* rows a token: see word_features.h */
    KARAKA_LAYERS = 6,
    KARAKA_GROUPS = 24,
    KARAKA_DISTANCES = 32,
};

/* A view of a weight matrix [k][n] at `at` floats into the weights. n is a multiple of 16. */
typedef struct karaka_matrix {
    size_t at, k, n;
} karaka_matrix;

/* What decides the number of weights; stands so in the model file. */
typedef struct karaka_shape {
    uint32_t width;     /* D, a multiple of 32 */
    uint32_t layers;    /* recurrent layers */
    uint32_t tag_layer; /* the layer after which tags are read, from 1 */
    uint32_t arc;       /* width of the arc views, a multiple of 16 */
    uint32_t relation;  /* width of the relation views, a multiple of 16 */
    uint32_t tags;      /* all tags of all groups */
    uint32_t relations;
    uint32_t group_count;
    uint32_t group_size[KARAKA_GROUPS];
} karaka_shape;

typedef struct karaka_network {
    karaka_shape shape;
    size_t weight_count;
    struct {
        karaka_matrix w;    /* [D][3D]: candidate, forget, reset */
        size_t b, v_f, v_r; /* [3D], [D], [D] */
    } sru[KARAKA_LAYERS];
    karaka_matrix tag; /* [D][tags] */
    size_t tag_b;
    karaka_matrix view; /* [D][2 arc + 2 relation]: d, e, p, q */
    size_t view_b;
    karaka_matrix arc_u;       /* [arc][arc] */
    size_t arc_b;              /* u [arc] */
    size_t arc_root, arc_near; /* e of the root [arc]; [DISTANCES] */
    karaka_matrix rel;         /* [relation][relations] */
    size_t rel_b;
    size_t rel_root, rel_near; /* q of the root [relation]; [DISTANCES][relation] */
} karaka_network;

/* Fills offsets from net->shape; KARAKA_ERROR_FORMAT if the shape is impossible. */
int karaka_network_layout(karaka_network *net);
/* All matrices of the network; returns their number (at most 16). */
size_t karaka_network_matrices(const karaka_network *net, karaka_matrix out[16]);

/* The matrices in whole numbers, for reading text; made when a model is opened. */
typedef struct karaka_rounded_network {
    karaka_rounded sru[KARAKA_LAYERS], tag, view, arc_u, rel;
    void *memory;
} karaka_rounded_network;

/* From weights whose matrices are panels; goes with karaka_network_rounded_free, also after an error. */
int karaka_network_round(karaka_rounded_network *out, const karaka_network *net, const float *packed);
void karaka_network_rounded_free(karaka_rounded_network *rounded);

/* Activations of a run over `tokens` tokens of `sentences` sentences; grows as needed; zero it before the first use. */
typedef struct karaka_pass {
    size_t tokens, room;
    float *memory;
    float *x;                                                      /* [tokens][D] */
    float *g[KARAKA_LAYERS], *c[KARAKA_LAYERS], *h[KARAKA_LAYERS]; /* [3D], [D], [D] */
    float *tag;                                                    /* [tokens][tags] */
    float *view;                                                   /* [tokens][2 arc + 2 relation] */
    float *q;                                                      /* [tokens][arc]: d * U + u */
    float *z;                                                      /* [tokens][relation] */
    float *rel;                                                    /* [tokens][relations] */
    float *arcs;    /* [256][256 + 16]: one sentence's scores; column 0 is the root */
    float *panels;  /* e of one sentence, as panels */
    float *scale;   /* [tokens]: of the rows in `whole` */
    uint8_t *whole; /* [tokens][widest of D, arc, relation]: what is multiplied, in whole numbers */
} karaka_pass;

/* Longest sentence that a pass takes. */
enum { KARAKA_PASS_SENTENCE = 256, KARAKA_ARC_STRIDE = KARAKA_PASS_SENTENCE + KARAKA_PANEL };

/* `keep`: g and c of every layer, for learning, where reading text shares one. */
int karaka_pass_reserve(karaka_pass *pass, const karaka_network *net, size_t tokens, bool keep);
void karaka_pass_free(karaka_pass *pass);

/* The recurrence of a layer over sentences of the given lengths. g: the layer's product and bias; `x`: what the highway
 * carries, [tokens][D]. */
void karaka_network_recur(const karaka_network *net, const float *packed, const karaka_kernels *kernels, size_t layer,
                          float *h, float *c, float *g, const float *x, const uint32_t *lengths, size_t sentences);
/* All recurrent layers of a pass from pass->x, in whole numbers; the last one's output is returned. */
const float *karaka_network_layers(const karaka_network *net, const float *packed,
                                   const karaka_rounded_network *rounded, const karaka_kernels *kernels,
                                   karaka_pass *pass, const uint32_t *lengths, size_t sentences);

/* Arc scores of the sentence of `n` tokens that starts at token `first` of the pass, into pass->arcs. */
void karaka_network_arcs(const karaka_network *net, const float *packed, const karaka_kernels *kernels,
                         karaka_pass *pass, size_t first, size_t n);

/* Bucket of a head's distance: `delta` = head - dependent; the root is bucket 0. */
uint32_t karaka_network_near(int32_t delta);

/* Whole forward pass without dropout: pass->x filled by the caller. Writes for each token: tags[token][group], head
 * (index in its sentence, -1 root; exactly one root, no cycle), relation. */
int karaka_network_run(const karaka_network *net, const float *packed, const karaka_rounded_network *rounded,
                       const karaka_kernels *kernels, karaka_pass *pass, const uint32_t *lengths, size_t sentences,
                       uint16_t *tags, int32_t *heads, uint16_t *relations, uint32_t root_relation);

/* Best tree (maximum spanning arborescence, Chu & Liu 1965, Edmonds 1967) for scores[n][stride]: scores[i][j] for head
 * j-1, column 0 the root; exactly one token hangs on the root. n <= KARAKA_PASS_SENTENCE. */
int karaka_tree_decode(int32_t *heads, const float *scores, size_t stride, size_t n);

#endif
