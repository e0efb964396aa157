/* network: see network.h. In: features of tokens and packed weights; out: tags, heads, relations. */
#include "parse/network.h"

#include <stdlib.h>
#include <string.h>

static size_t take(size_t *at, size_t count) {
    size_t here = *at;
    *at += count;
    return here;
}

static karaka_matrix take_matrix(size_t *at, size_t k, size_t n) {
    n = (n + KARAKA_PANEL - 1) / KARAKA_PANEL * KARAKA_PANEL;
    return (karaka_matrix){take(at, k * n), k, n};
}

int karaka_network_layout(karaka_network *net) {
    const karaka_shape *s = &net->shape;
    size_t sum = 0;
    bool empty = false;
    for (size_t i = 0; i < s->group_count && i < KARAKA_GROUPS; i++) {
        sum += s->group_size[i];
        empty = empty || s->group_size[i] == 0;
    }
    if (s->width == 0 || s->width % 32 || s->width > 1024 || s->layers == 0 || s->layers > KARAKA_LAYERS ||
        s->tag_layer == 0 || s->tag_layer > s->layers || s->arc == 0 || s->arc % 16 || s->arc > 1024 ||
        s->relation == 0 || s->relation % 16 || s->relation > 1024 || s->group_count < 2 ||
        s->group_count > KARAKA_GROUPS || sum != s->tags || empty || s->tags > 16384 || s->relations == 0 ||
        s->relations > 4096)
        return karaka_fail(KARAKA_ERROR_FORMAT, "model: impossible network shape");
    size_t at = 0, d = s->width;
    for (size_t i = 0; i < s->layers; i++) {
        net->sru[i].w = take_matrix(&at, d, 3 * d);
        net->sru[i].b = take(&at, 3 * d);
        net->sru[i].v_f = take(&at, d);
        net->sru[i].v_r = take(&at, d);
    }
    net->tag = take_matrix(&at, d, s->tags);
    net->tag_b = take(&at, net->tag.n);
    net->view = take_matrix(&at, d, 2 * s->arc + 2 * s->relation);
    net->view_b = take(&at, net->view.n);
    net->arc_u = take_matrix(&at, s->arc, s->arc);
    net->arc_b = take(&at, s->arc);
    net->arc_root = take(&at, s->arc);
    net->arc_near = take(&at, KARAKA_DISTANCES);
    net->rel = take_matrix(&at, s->relation, s->relations);
    net->rel_b = take(&at, net->rel.n);
    net->rel_root = take(&at, s->relation);
    net->rel_near = take(&at, (size_t)KARAKA_DISTANCES * s->relation);
    net->weight_count = at;
    return KARAKA_OK;
}

size_t karaka_network_matrices(const karaka_network *net, karaka_matrix out[16]) {
    size_t count = 0;
    for (size_t i = 0; i < net->shape.layers; i++)
        out[count++] = net->sru[i].w;
    out[count++] = net->tag;
    out[count++] = net->view;
    out[count++] = net->arc_u;
    out[count++] = net->rel;
    return count;
}

/* Adds the arrays of a matrix at *at of `memory`, or only counts where that is NULL. */
static void place_rounded(karaka_rounded *out, char *memory, size_t *at, karaka_matrix m) {
    size_t panels = take(at, m.k * m.n), scale = take(at, m.n * sizeof(float)), start = take(at, m.n * sizeof(int32_t));
    *at = (*at + 63) / 64 * 64;
    if (memory)
        *out =
            (karaka_rounded){m.k, m.n, (int8_t *)memory + panels, (void *)(memory + scale), (void *)(memory + start)};
}

int karaka_network_round(karaka_rounded_network *out, const karaka_network *net, const float *packed) {
    karaka_matrix matrix[16];
    karaka_rounded *rounded[16];
    size_t count = karaka_network_matrices(net, matrix), layers = net->shape.layers, at = 0;
    for (size_t i = 0; i < layers; i++)
        rounded[i] = &out->sru[i];
    rounded[layers] = &out->tag;
    rounded[layers + 1] = &out->view;
    rounded[layers + 2] = &out->arc_u;
    rounded[layers + 3] = &out->rel;
    for (size_t i = 0; i < count; i++)
        place_rounded(rounded[i], NULL, &at, matrix[i]);
    free(out->memory);
    out->memory = aligned_alloc(64, at);
    if (!out->memory)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    at = 0;
    for (size_t i = 0; i < count; i++) {
        place_rounded(rounded[i], out->memory, &at, matrix[i]);
        karaka_kernel_round(rounded[i], packed + matrix[i].at);
    }
    return KARAKA_OK;
}

void karaka_network_rounded_free(karaka_rounded_network *rounded) {
    free(rounded->memory);
    rounded->memory = NULL;
}

static size_t widest_input(const karaka_shape *s) {
    size_t most = s->width > s->arc ? s->width : s->arc;
    return most > s->relation ? most : s->relation;
}

int karaka_pass_reserve(karaka_pass *pass, const karaka_network *net, size_t tokens, bool keep) {
    pass->tokens = tokens;
    if (tokens <= pass->room)
        return KARAKA_OK;
    const karaka_shape *s = &net->shape;
    size_t room = (tokens + 63) / 64 * 64, d = s->width;
    size_t panels = (size_t)KARAKA_ARC_STRIDE * s->arc, arcs = (size_t)KARAKA_PASS_SENTENCE * KARAKA_ARC_STRIDE;
    size_t kept = keep ? s->layers : 1;
    size_t each = d + (kept * 4 + s->layers) * d + net->tag.n + net->view.n + s->arc + s->relation + net->rel.n;
    size_t bytes = (room * (each + 1) + panels + arcs) * sizeof(float) + room * widest_input(s);
    float *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
    if (!memory)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for %zu tokens", tokens);
    free(pass->memory);
    pass->memory = memory;
    pass->room = room;
    size_t at = 0;
    pass->x = memory + take(&at, room * d);
    for (size_t i = 0; i < s->layers; i++) {
        pass->g[i] = i < kept ? memory + take(&at, room * 3 * d) : pass->g[0];
        pass->c[i] = i < kept ? memory + take(&at, room * d) : pass->c[0];
        pass->h[i] = memory + take(&at, room * d);
    }
    pass->tag = memory + take(&at, room * net->tag.n);
    pass->view = memory + take(&at, room * net->view.n);
    pass->q = memory + take(&at, room * s->arc);
    pass->z = memory + take(&at, room * s->relation);
    pass->rel = memory + take(&at, room * net->rel.n);
    pass->arcs = memory + take(&at, arcs);
    pass->panels = memory + take(&at, panels);
    pass->scale = memory + take(&at, room);
    pass->whole = (uint8_t *)(memory + at);
    return KARAKA_OK;
}

void karaka_pass_free(karaka_pass *pass) {
    free(pass->memory);
    memset(pass, 0, sizeof *pass);
}

uint32_t karaka_network_near(int32_t delta) {
    static const uint8_t bucket[24] = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 9};
    uint32_t size = (uint32_t)(delta < 0 ? -delta : delta);
    uint32_t b = size < 24 ? bucket[size] : 10;
    return delta < 0 ? b + 12 : b;
}

void karaka_network_recur(const karaka_network *net, const float *packed, const karaka_kernels *kernels, size_t layer,
                          float *h, float *c, float *g, const float *x, const uint32_t *lengths, size_t sentences) {
    const float highway = 1.0f;
    size_t d = net->shape.width;
    const float *v_f = packed + net->sru[layer].v_f, *v_r = packed + net->sru[layer].v_r;
    for (size_t i = 0, t = 0; i < sentences; t += lengths[i++]) {
        for (int back = 0; back < 2; back++)
            kernels->recur(h + t * d, c + t * d, g + t * 3 * d, x + t * d, v_f, v_r, highway, lengths[i], d,
                           back ? d / 2 : 0, back ? d : d / 2, back);
    }
}

/* out[m][n] = x[m][k] * w + bias, in whole numbers. */
static void multiply(const karaka_kernels *kernels, karaka_pass *pass, float *out, const float *x, size_t stride,
                     const karaka_rounded *w, size_t m, const float *bias) {
    kernels->round_rows(pass->whole, pass->scale, x, stride, m, w->k);
    kernels->multiply_rounded(out, w->n, pass->whole, pass->scale, w, m, bias);
}

const float *karaka_network_layers(const karaka_network *net, const float *packed,
                                   const karaka_rounded_network *rounded, const karaka_kernels *kernels,
                                   karaka_pass *pass, const uint32_t *lengths, size_t sentences) {
    const float *x = pass->x;
    for (size_t l = 0; l < net->shape.layers; l++) {
        multiply(kernels, pass, pass->g[l], x, net->shape.width, &rounded->sru[l], pass->tokens,
                 packed + net->sru[l].b);
        karaka_network_recur(net, packed, kernels, l, pass->h[l], pass->c[l], pass->g[l], x, lengths, sentences);
        x = pass->h[l];
    }
    return x;
}

void karaka_network_arcs(const karaka_network *net, const float *packed, const karaka_kernels *kernels,
                         karaka_pass *pass, size_t first, size_t n) {
    size_t arc = net->shape.arc, views = net->view.n, heads = n + 1;
    size_t padded = (heads + KARAKA_PANEL - 1) / KARAKA_PANEL * KARAKA_PANEL;
    for (size_t j = 0; j < padded; j++) { /* e transposed into panels [head/16][arc][16] */
        float *to = pass->panels + j / KARAKA_PANEL * arc * KARAKA_PANEL + j % KARAKA_PANEL;
        const float *e = j == 0 ? packed + net->arc_root : pass->view + (first + j - 1) * views + arc;
        for (size_t i = 0; i < arc; i++)
            to[i * KARAKA_PANEL] = j < heads ? e[i] : 0.0f;
    }
    kernels->multiply_exact(pass->arcs, KARAKA_ARC_STRIDE, pass->q + first * arc, arc, pass->panels, n, arc, padded);
    const float *near = packed + net->arc_near;
    for (size_t i = 0; i < n; i++) {
        float *row = pass->arcs + i * KARAKA_ARC_STRIDE;
        row[0] += near[0];
        for (size_t j = 1; j < heads; j++)
            row[j] += near[karaka_network_near((int32_t)(j - 1) - (int32_t)i)];
    }
}

/* What the relation of every token of a sentence is told by, into pass->z. */
static void join_heads(const karaka_network *net, const float *packed, const karaka_kernels *kernels, karaka_pass *pass,
                       size_t first, size_t n, const int32_t *heads) {
    size_t views = net->view.n, arc = net->shape.arc, width = net->shape.relation;
    for (size_t i = 0; i < n; i++) {
        const float *p = pass->view + (first + i) * views + 2 * arc;
        const float *q =
            heads[i] < 0 ? packed + net->rel_root : pass->view + (first + (size_t)heads[i]) * views + 2 * arc + width;
        uint32_t near = heads[i] < 0 ? 0 : karaka_network_near(heads[i] - (int32_t)i);
        kernels->join(pass->z + (first + i) * width, p, q, packed + net->rel_near + near * width, width);
    }
}

static void choose_tags(const karaka_network *net, const karaka_kernels *kernels, const karaka_pass *pass,
                        uint16_t *tags) {
    const karaka_shape *s = &net->shape;
    for (size_t t = 0; t < pass->tokens; t++) {
        const float *scores = pass->tag + t * net->tag.n;
        for (size_t g = 0; g < s->group_count; scores += s->group_size[g++])
            tags[t * s->group_count + g] = (uint16_t)kernels->largest(scores, s->group_size[g]);
    }
}

int karaka_network_run(const karaka_network *net, const float *packed, const karaka_rounded_network *rounded,
                       const karaka_kernels *kernels, karaka_pass *pass, const uint32_t *lengths, size_t sentences,
                       uint16_t *tags, int32_t *heads, uint16_t *relations, uint32_t root_relation) {
    const karaka_shape *s = &net->shape;
    size_t d = s->width, tokens = pass->tokens, views = net->view.n;
    const float *x = karaka_network_layers(net, packed, rounded, kernels, pass, lengths, sentences);
    multiply(kernels, pass, pass->tag, pass->h[s->tag_layer - 1], d, &rounded->tag, tokens, packed + net->tag_b);
    choose_tags(net, kernels, pass, tags);
    multiply(kernels, pass, pass->view, x, d, &rounded->view, tokens, packed + net->view_b);
    for (size_t t = 0; t < tokens; t++)
        kernels->rectify(pass->view + t * views, 2 * s->arc, 0.1f);
    multiply(kernels, pass, pass->q, pass->view, views, &rounded->arc_u, tokens, packed + net->arc_b);
    for (size_t i = 0, first = 0; i < sentences; first += lengths[i++]) {
        karaka_network_arcs(net, packed, kernels, pass, first, lengths[i]);
        int error = karaka_tree_decode(heads + first, pass->arcs, KARAKA_ARC_STRIDE, lengths[i]);
        if (error < 0)
            return error;
        join_heads(net, packed, kernels, pass, first, lengths[i], heads + first);
    }
    multiply(kernels, pass, pass->rel, pass->z, s->relation, &rounded->rel, tokens, packed + net->rel_b);
    for (size_t t = 0; t < tokens; t++) {
        float *scores = pass->rel + t * net->rel.n;
        scores[root_relation] = heads[t] < 0 ? 1e9f : -1e9f;
        relations[t] = (uint16_t)kernels->largest(scores, s->relations);
    }
    return KARAKA_OK;
}
