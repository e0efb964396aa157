/* tree: the best tree for a matrix of arc scores.
 *
 * In: scores[n][stride], column 0 the root, column j + 1 the head j. Out: heads, one root, no cycle.
 * Example: for two tokens with scores {{5, -, 1}, {1, 4, -}} the heads are -1, 0.
 *
 * The best head of each token alone is a tree for most sentences. Where it is not, Chu-Liu/Edmonds: contract a cycle
 * into one node, choose again, and at last open the cycles again, each where an arc enters it.
 */
#include "parse/network.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = KARAKA_PASS_SENTENCE + 1 };

typedef struct arc {
    uint16_t from, into; /* ends in the original graph */
} arc;

/* A contracted cycle: its members (live nodes of that time) and the arc of the cycle that enters each. */
typedef struct cycle {
    uint16_t node; /* the member that stands for all */
    uint16_t length;
    uint16_t member[NODES];
    arc entry[NODES];
} cycle;

typedef struct contraction {
    size_t nodes, cycles;
    float score[NODES][NODES]; /* [v][u]: the arc u -> v among live nodes */
    arc origin[NODES][NODES];  /* the original arc that it stands for */
    bool live[NODES];
    uint16_t best[NODES];
    arc entry[NODES];
    cycle cycle[NODES];
} contraction;

/* The nodes of a cycle among best[1..nodes), or 0; marks them in `inside`. */
static size_t find_cycle(const uint16_t *best, const bool *live, size_t nodes, bool *inside) {
    uint16_t seen[NODES] = {0};
    for (size_t v = 1; v < nodes; v++) {
        size_t at = v;
        while (at != 0 && (!live || live[at]) && seen[at] == 0) {
            seen[at] = (uint16_t)v;
            at = best[at];
        }
        if (at == 0 || (live && !live[v]) || seen[at] != v)
            continue;
        for (size_t u = at; !inside[u]; u = best[u])
            inside[u] = true;
        return at;
    }
    return 0;
}

static void choose(contraction *w, size_t v) {
    float score = -FLT_MAX;
    w->best[v] = 0;
    for (size_t u = 0; u < w->nodes; u++)
        if (w->live[u] && u != v && w->score[v][u] > score) {
            score = w->score[v][u];
            w->best[v] = (uint16_t)u;
        }
}

/* Makes the cycle through `node` one node: an arc out of it is the best out of a member; an arc into it is the one that
 * gains most over the cycle's own arc. */
static void contract(contraction *w, size_t node, const bool *inside) {
    cycle *c = &w->cycle[w->cycles++];
    c->node = (uint16_t)node;
    c->length = 0;
    for (size_t v = 1; v < w->nodes; v++)
        if (inside[v]) {
            c->member[c->length] = (uint16_t)v;
            c->entry[c->length++] = w->origin[v][w->best[v]];
        }
    for (size_t u = 0; u < w->nodes; u++) {
        if (!w->live[u] || inside[u])
            continue;
        size_t out = c->member[0], in = c->member[0];
        float gain = -FLT_MAX;
        for (size_t i = 0; i < c->length; i++) {
            size_t m = c->member[i];
            if (w->score[u][m] > w->score[u][out])
                out = m;
            float g = w->score[m][u] - w->score[m][w->best[m]];
            if (g > gain) {
                gain = g;
                in = m;
            }
        }
        w->score[u][node] = w->score[u][out];
        w->origin[u][node] = w->origin[u][out];
        w->origin[node][u] = w->origin[in][u];
        w->score[node][u] = gain;
    }
    for (size_t i = 0; i < c->length; i++)
        w->live[c->member[i]] = c->member[i] == node;
}

/* The live node that stood for original node `v` before the contraction `at`. */
static uint16_t stand_in(const contraction *w, uint16_t v, size_t at) {
    for (size_t i = 0; i < at; i++)
        for (size_t j = 0; j < w->cycle[i].length; j++)
            if (w->cycle[i].member[j] == v) {
                v = w->cycle[i].node;
                break;
            }
    return v;
}

static void edmonds(contraction *w) {
    for (size_t v = 1; v < w->nodes; v++)
        choose(w, v);
    for (;;) {
        bool inside[NODES] = {false};
        size_t node = find_cycle(w->best, w->live, w->nodes, inside);
        if (!node)
            break;
        contract(w, node, inside);
        /* Who had a member for its head has the cycle now, at the same score; the cycle alone has to choose anew. */
        for (size_t v = 1; v < w->nodes; v++)
            if (w->live[v] && inside[w->best[v]])
                w->best[v] = (uint16_t)node;
        choose(w, node);
    }
    for (size_t v = 1; v < w->nodes; v++)
        if (w->live[v])
            w->entry[v] = w->origin[v][w->best[v]];
    while (w->cycles-- > 0) {
        const cycle *c = &w->cycle[w->cycles];
        arc outer = w->entry[c->node];
        uint16_t entered = stand_in(w, outer.into, w->cycles);
        for (size_t i = 0; i < c->length; i++)
            w->entry[c->member[i]] = c->member[i] == entered ? outer : c->entry[i];
    }
}

/* Scores above what a root costs, or that are no numbers, can leave several. */
static void keep_one_root(int32_t *heads, size_t n) {
    int32_t root = -1;
    for (size_t i = 0; i < n; i++)
        if (heads[i] < 0 && root < 0)
            root = (int32_t)i;
        else if (heads[i] < 0)
            heads[i] = root;
}

int karaka_tree_decode(int32_t *heads, const float *scores, size_t stride, size_t n) {
    uint16_t best[NODES] = {0};
    size_t roots = 0;
    for (size_t i = 0; i < n; i++) {
        float score = -FLT_MAX;
        for (size_t j = 0; j <= n; j++)
            if (j != i + 1 && scores[i * stride + j] > score) {
                score = scores[i * stride + j];
                best[i + 1] = (uint16_t)j;
            }
        roots += best[i + 1] == 0;
        heads[i] = (int32_t)best[i + 1] - 1;
    }
    bool inside[NODES] = {false};
    if (n == 0 || (roots == 1 && !find_cycle(best, NULL, n + 1, inside)))
        return KARAKA_OK;
    contraction *w = malloc(sizeof *w);
    if (!w)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for a tree of %zu words", n);
    w->nodes = n + 1;
    w->cycles = 0;
    const float root_cost = 1e5f; /* one root: the fewest root arcs that make a tree */
    for (size_t v = 0; v <= n; v++) {
        w->live[v] = true;
        w->best[v] = 0;
        for (size_t u = 0; u <= n; u++) {
            w->origin[v][u] = (arc){(uint16_t)u, (uint16_t)v};
            w->score[v][u] = v == 0 ? 0.0f : scores[(v - 1) * stride + u] - (u == 0 ? root_cost : 0.0f);
        }
    }
    edmonds(w);
    for (size_t v = 1; v <= n; v++)
        heads[w->entry[v].into - 1] = (int32_t)w->entry[v].from - 1;
    free(w);
    keep_one_root(heads, n);
    return KARAKA_OK;
}
