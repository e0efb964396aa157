/* learner: see learner.h. In: sentences; out: losses and gradients. */
#include "train/learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64 (Steele et al. 2014) */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static float next_unit(uint64_t *state) {
    return (float)(next_random(state) >> 40) * (1.0f / 16777216.0f);
}

static void transpose(float *out, const float *in, size_t rows, size_t columns, size_t stride) {
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            out[j * rows + i] = in[i * stride + j];
}

void karaka_weights_pack(karaka_weights *w, const karaka_network *net) {
    karaka_matrix matrix[16];
    size_t count = karaka_network_matrices(net, matrix), largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = matrix[i].k * matrix[i].n > largest ? matrix[i].k * matrix[i].n : largest;
    float *turned = malloc(largest * sizeof *turned);
    memcpy(w->packed, w->plain, net->weight_count * sizeof(float));
    for (size_t i = 0; turned && i < count; i++) {
        karaka_matrix m = matrix[i];
        karaka_kernel_pack(w->packed + m.at, w->plain + m.at, m.k, m.n, m.n);
        transpose(turned, w->plain + m.at, m.k, m.n, m.n);
        karaka_kernel_pack(w->transposed + m.at, turned, m.n, m.k, m.k);
    }
    free(turned);
}

static int reserve(karaka_shard *s, const karaka_network *net, size_t tokens, size_t sentences) {
    int error = karaka_pass_reserve(&s->pass, net, tokens, true);
    if (error < 0)
        return error;
    s->tokens = tokens;
    if (!s->gradient && !(s->gradient = malloc(net->weight_count * sizeof(float))))
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    memset(s->gradient, 0, net->weight_count * sizeof(float));
    if (sentences > s->sentence_room) {
        free(s->lengths);
        s->lengths = malloc(sentences * sizeof *s->lengths);
        s->sentence_room = s->lengths ? sentences : 0;
    }
    if (tokens > s->room) {
        size_t d = net->shape.width, widest = 3 * d;
        widest = net->tag.n > widest ? net->tag.n : widest;
        widest = net->view.n > widest ? net->view.n : widest;
        size_t padded = (tokens + 15) / 16 * 16 + KARAKA_ARC_STRIDE;
        size_t each = (net->shape.layers + 4) * d + 3 * d + widest;
        size_t scratch = 3 * padded * widest + 2 * (size_t)KARAKA_ARC_STRIDE * KARAKA_ARC_STRIDE;
        free(s->memory);
        free(s->rows);
        s->memory = aligned_alloc(64, ((padded * each + scratch) * sizeof(float) + 63) / 64 * 64);
        s->rows = malloc(tokens * KARAKA_FEATURE_ROWS * sizeof *s->rows);
        s->room = s->memory && s->rows ? tokens : 0;
        float *at = s->memory;
        for (size_t i = 0; s->room && i < net->shape.layers; i++, at += padded * d)
            s->in[i] = at;
        if (s->room) {
            s->top = at, at += padded * d;
            s->low = at, at += padded * d;
            s->dx = at, at += padded * d;
            s->dh = at, at += padded * d;
            s->dg = at, at += padded * 3 * d;
            s->dt = at, at += padded * widest;
            s->scratch = at;
        }
    }
    /* A corpus smaller than the shards leaves some of them without a sentence. */
    bool enough = (s->room || !tokens) && (s->lengths || !sentences);
    return enough ? KARAKA_OK : karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
}

void karaka_shard_free(karaka_shard *s) {
    karaka_pass_free(&s->pass);
    free(s->memory);
    free(s->rows);
    free(s->gradient);
    free(s->lengths);
    memset(s, 0, sizeof *s);
}

/* Embeds the sentences. A word is taken as unknown the more often the rarer it is. */
static void embed(const karaka_learner *l, karaka_shard *s, uint64_t *random) {
    size_t d = l->net->shape.width, half = d / 2, t = 0;
    for (uint32_t e = 0; e < s->example_count; e++) {
        karaka_example x = l->corpus->examples[s->examples[e]];
        s->lengths[e] = x.count;
        for (uint32_t i = 0; i < x.count; i++, t++) {
            uint32_t *rows = s->rows + t * KARAKA_FEATURE_ROWS;
            float *to = s->pass.x + t * d;
            memcpy(rows, l->corpus->features[x.first + i].row, KARAKA_FEATURE_ROWS * sizeof *rows);
            float times = (float)l->corpus->times[x.first + i];
            if (next_unit(random) < l->word_dropout * (0.1f + 1.0f / (1.0f + times)))
                rows[0] = 0;
            if (next_unit(random) < l->word_dropout * 0.5f)
                rows[1] = UINT32_MAX;
            memset(to, 0, d * sizeof *to);
            for (size_t r = 0; r < KARAKA_FEATURE_ROWS; r++) {
                if (rows[r] == UINT32_MAX)
                    continue;
                const float *row = l->table + (size_t)rows[r] * half;
                float *sum = r == 0 ? to : to + half;
                for (size_t j = 0; j < half; j++)
                    sum[j] += row[j];
            }
        }
    }
}

/* out = x * mask, one mask a sentence (Gal & Ghahramani 2016). The mask can be made again from `seed`. */
static void drop(float *out, const float *x, size_t d, const uint32_t *lengths, size_t sentences, float rate,
                 uint64_t seed) {
    float mask[1024], keep = 1.0f / (1.0f - rate);
    for (size_t i = 0, t = 0; i < sentences; i++) {
        for (size_t j = 0; j < d; j++)
            mask[j] = next_unit(&seed) < rate ? 0.0f : keep;
        for (size_t k = 0; k < lengths[i]; k++, t++)
            for (size_t j = 0; j < d; j++)
                out[t * d + j] = x[t * d + j] * mask[j];
    }
}

/* x[n] scores -> scale * (softmax - onehot(gold)), in place; returns the cross-entropy. */
static double cross_entropy(float *x, size_t n, size_t gold, float scale) {
    float top = x[0], sum = 0.0f;
    for (size_t i = 1; i < n; i++)
        top = x[i] > top ? x[i] : top;
    float at_gold = x[gold] - top;
    for (size_t i = 0; i < n; i++)
        sum += x[i] = expf(x[i] - top);
    float by = scale / sum;
    for (size_t i = 0; i < n; i++)
        x[i] *= by;
    x[gold] -= scale;
    return (double)(logf(sum) - at_gold);
}

/* dW[k][n] += x^T dy; db[n] += column sums of dy. */
static void weigh(const karaka_learner *l, karaka_shard *s, karaka_matrix w, size_t b, const float *x, size_t x_stride,
                  const float *dy, size_t dy_stride, size_t m) {
    float *turned = s->scratch, *panels = turned + m * w.k;
    transpose(turned, x, m, w.k, x_stride);
    karaka_kernel_pack(panels, dy, m, w.n, dy_stride);
    l->kernels->multiply(s->gradient + w.at, w.n, turned, m, panels, w.k, m, w.n, NULL, true);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < w.n; j++)
            s->gradient[b + j] += dy[i * dy_stride + j];
}

/* Tags of all groups from the layer `low`; writes the gradient of low into dlow. */
static void learn_tags(const karaka_learner *l, karaka_shard *s, float *dlow) {
    const karaka_network *net = l->net;
    const float *p = l->weights->packed;
    size_t d = net->shape.width, groups = net->shape.group_count, n = net->tag.n, t = 0;
    l->kernels->multiply(s->pass.tag, n, s->low, d, p + net->tag.at, s->tokens, d, n, p + net->tag_b, false);
    for (uint32_t e = 0; e < s->example_count; e++) {
        karaka_example x = l->corpus->examples[s->examples[e]];
        for (uint32_t i = 0; i < x.count; i++, t++) {
            float *scores = s->pass.tag + t * n;
            const uint16_t *gold = l->corpus->tags + (size_t)(x.first + i) * groups;
            for (size_t g = 0; g < groups; scores += net->shape.group_size[g++]) {
                float weight = g == 0 ? 1.0f : g + 1 == groups ? 0.7f : 0.4f;
                if (gold[g] == KARAKA_NO_TAG)
                    memset(scores, 0, net->shape.group_size[g] * sizeof *scores);
                else
                    s->loss_tag +=
                        (double)weight * cross_entropy(scores, net->shape.group_size[g], gold[g], weight * s->scale);
            }
            for (float *end = s->pass.tag + (t + 1) * n; scores < end; scores++)
                *scores = 0.0f; /* padding */
        }
    }
    weigh(l, s, net->tag, net->tag_b, s->low, d, s->pass.tag, n, s->tokens);
    l->kernels->multiply(dlow, d, s->pass.tag, n, l->weights->transposed + net->tag.at, s->tokens, n, d, NULL, false);
}

/* Heads of one sentence: scores -> gradient of q (into dq) and of e (into dview). */
static void learn_arcs(const karaka_learner *l, karaka_shard *s, size_t first, size_t n, const int16_t *heads,
                       float *dq, float *dview) {
    const karaka_network *net = l->net;
    const float *plain = l->weights->plain;
    size_t arc = net->shape.arc, views = net->view.n, stride = KARAKA_ARC_STRIDE;
    karaka_network_arcs(net, l->weights->packed, l->kernels, &s->pass, first, n);
    float *a = s->pass.arcs, *turned = s->scratch, *panels = turned + stride * stride;
    for (size_t i = 0; i < n; i++) {
        float *row = a + i * stride;
        row[i + 1] = -1e9f;
        s->loss_arc += cross_entropy(row, n + 1, (size_t)(heads[i] + 1), s->scale);
        s->gradient[net->arc_near] += row[0];
        for (size_t j = 0; j < n; j++)
            s->gradient[net->arc_near + karaka_network_near((int32_t)j - (int32_t)i)] += row[j + 1];
    }
    /* dq[n][arc] = dS * e; e[0] is the root's */
    float *e = turned;
    memcpy(e, plain + net->arc_root, arc * sizeof *e);
    for (size_t j = 0; j < n; j++)
        memcpy(e + (j + 1) * arc, s->pass.view + (first + j) * views + arc, arc * sizeof *e);
    karaka_kernel_pack(panels, e, n + 1, arc, arc);
    l->kernels->multiply(dq + first * arc, arc, a, stride, panels, n, n + 1, arc, NULL, false);
    /* de[n + 1][arc] = dS^T * q */
    transpose(turned, a, n, n + 1, stride);
    karaka_kernel_pack(panels, s->pass.q + first * arc, n, arc, arc);
    l->kernels->multiply(s->gradient + net->arc_root, arc, turned, n, panels, 1, n, arc, NULL, true);
    l->kernels->multiply(dview + first * views + arc, views, turned + n, n, panels, n, n, arc, NULL, true);
}

/* Relation views of one sentence with gold heads: without dz, fills z; with it, spreads dz into dview. */
static void relation_views(const karaka_learner *l, karaka_shard *s, size_t first, size_t n, const int16_t *heads,
                           const float *dz, float *dview) {
    const karaka_network *net = l->net;
    const float *plain = l->weights->plain;
    size_t arc = net->shape.arc, views = net->view.n, width = net->shape.relation;
    for (size_t i = 0; i < n; i++) {
        size_t p_at = (first + i) * views + 2 * arc;
        size_t q_at = heads[i] < 0 ? 0 : (first + (size_t)heads[i]) * views + 2 * arc + width;
        size_t near = net->rel_near + (heads[i] < 0 ? 0 : karaka_network_near((int32_t)heads[i] - (int32_t)i)) * width;
        float *z = s->pass.z + (first + i) * width;
        if (!dz) {
            l->kernels->join(z, s->pass.view + p_at, heads[i] < 0 ? plain + net->rel_root : s->pass.view + q_at,
                             plain + near, width);
            continue;
        }
        float *dp = dview + p_at, *dq = heads[i] < 0 ? s->gradient + net->rel_root : dview + q_at;
        for (size_t j = 0; j < width; j++) {
            float g = z[j] > 0.0f ? dz[(first + i) * width + j] : 0.0f;
            dp[j] += g;
            dq[j] += g;
            s->gradient[near + j] += g;
        }
    }
}

static void learn_relations(const karaka_learner *l, karaka_shard *s, float *dz) {
    const karaka_network *net = l->net;
    const float *p = l->weights->packed;
    size_t width = net->shape.relation, n = net->rel.n, t = 0;
    l->kernels->multiply(s->pass.rel, n, s->pass.z, width, p + net->rel.at, s->tokens, width, n, p + net->rel_b, false);
    for (uint32_t e = 0; e < s->example_count; e++) {
        karaka_example x = l->corpus->examples[s->examples[e]];
        for (uint32_t i = 0; i < x.count; i++, t++) {
            float *scores = s->pass.rel + t * n;
            uint16_t gold = l->corpus->relations[x.first + i];
            if (gold == KARAKA_NO_TAG)
                memset(scores, 0, n * sizeof *scores);
            else
                s->loss_rel += cross_entropy(scores, net->shape.relations, gold, s->scale);
            for (size_t j = net->shape.relations; j < n; j++)
                scores[j] = 0.0f;
        }
    }
    weigh(l, s, net->rel, net->rel_b, s->pass.z, width, s->pass.rel, n, s->tokens);
    l->kernels->multiply(dz, width, s->pass.rel, n, l->weights->transposed + net->rel.at, s->tokens, n, width, NULL,
                         false);
}

/* Heads and relations from `top`; writes the gradient of top into dtop. */
static void learn_tree(const karaka_learner *l, karaka_shard *s, float *dtop) {
    const karaka_network *net = l->net;
    const float *p = l->weights->packed, *pt = l->weights->transposed;
    size_t d = net->shape.width, arc = net->shape.arc, views = net->view.n, tokens = s->tokens, first = 0;
    float *dview = s->dt, *dq = s->dg, *dz = s->dg + tokens * arc;
    l->kernels->multiply(s->pass.view, views, s->top, d, p + net->view.at, tokens, d, views, p + net->view_b, false);
    for (size_t t = 0; t < tokens; t++)
        l->kernels->rectify(s->pass.view + t * views, 2 * arc, 0.1f);
    l->kernels->multiply(s->pass.q, arc, s->pass.view, views, p + net->arc_u.at, tokens, arc, arc, p + net->arc_b,
                         false);
    memset(dview, 0, tokens * views * sizeof *dview);
    for (uint32_t e = 0; e < s->example_count; first += s->lengths[e++]) {
        const int16_t *heads = l->corpus->heads + l->corpus->examples[s->examples[e]].first;
        learn_arcs(l, s, first, s->lengths[e], heads, dq, dview);
        relation_views(l, s, first, s->lengths[e], heads, NULL, NULL);
    }
    learn_relations(l, s, dz);
    first = 0;
    for (uint32_t e = 0; e < s->example_count; first += s->lengths[e++])
        relation_views(l, s, first, s->lengths[e], l->corpus->heads + l->corpus->examples[s->examples[e]].first, dz,
                       dview);
    weigh(l, s, net->arc_u, net->arc_b, s->pass.view, views, dq, arc, tokens);
    l->kernels->multiply(dview, views, dq, arc, pt + net->arc_u.at, tokens, arc, arc, NULL, true);
    for (size_t t = 0; t < tokens; t++)
        for (size_t j = 0; j < 2 * arc; j++)
            if (s->pass.view[t * views + j] <= 0.0f)
                dview[t * views + j] *= 0.1f;
    weigh(l, s, net->view, net->view_b, s->top, d, dview, views, tokens);
    l->kernels->multiply(dtop, d, dview, views, pt + net->view.at, tokens, views, d, NULL, false);
}

/* Backward through time of one direction: dh[tokens][D] -> dg[tokens][3D], dx += highway. Mirrors kernels->recur. */
static void unroll(const karaka_network *net, karaka_shard *s, const float *plain, size_t layer, const float *x,
                   size_t first, size_t n, size_t from, size_t to, bool backwards) {
    size_t d = net->shape.width;
    const float *v_f = plain + net->sru[layer].v_f, *v_r = plain + net->sru[layer].v_r;
    float *dv_f = s->gradient + net->sru[layer].v_f, *dv_r = s->gradient + net->sru[layer].v_r;
    float dc[1024] = {0};
    for (size_t k = n; k-- > 0;) {
        size_t t = first + (backwards ? n - 1 - k : k);
        const float *last = k == 0 ? NULL : s->pass.c[layer] + (backwards ? t + 1 : t - 1) * d;
        const float *g = s->pass.g[layer] + t * 3 * d, *c = s->pass.c[layer] + t * d;
        float *dg = s->dg + t * 3 * d, *dh = s->dh + t * d, *dx = s->dx + t * d;
        for (size_t j = from; j < to; j++) {
            float before = last ? last[j] : 0.0f, f = g[d + j], r = g[2 * d + j];
            float dr = dh[j] * (c[j] - x[t * d + j]) * r * (1.0f - r);
            float dcj = dc[j] + dh[j] * r;
            float df = dcj * (before - g[j]) * f * (1.0f - f);
            dx[j] += dh[j] * (1.0f - r);
            dg[j] = dcj * (1.0f - f);
            dg[d + j] = df;
            dg[2 * d + j] = dr;
            dc[j] = dcj * f + df * v_f[j] + dr * v_r[j];
            dv_f[j] += df * before;
            dv_r[j] += dr * before;
        }
    }
}

static void add(float *to, const float *from, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[i] += from[i];
}

/* From s->dh (gradient of the layer's h) to s->dh (gradient of its x). */
static void layer_back(const karaka_learner *l, karaka_shard *s, size_t layer, float rate, uint64_t seed) {
    const karaka_network *net = l->net;
    size_t d = net->shape.width, first = 0;
    const float *x = layer ? s->pass.h[layer - 1] : s->pass.x;
    memset(s->dx, 0, s->tokens * d * sizeof *s->dx);
    for (uint32_t e = 0; e < s->example_count; first += s->lengths[e++])
        for (int back = 0; back < 2; back++)
            unroll(net, s, l->weights->plain, layer, x, first, s->lengths[e], back ? d / 2 : 0, back ? d : d / 2, back);
    weigh(l, s, net->sru[layer].w, net->sru[layer].b, s->in[layer], d, s->dg, 3 * d, s->tokens);
    l->kernels->multiply(s->dh, d, s->dg, 3 * d, l->weights->transposed + net->sru[layer].w.at, s->tokens, 3 * d, d,
                         NULL, false);
    drop(s->dh, s->dh, d, s->lengths, s->example_count, rate, seed);
    add(s->dh, s->dx, s->tokens * d);
}

int karaka_learner_run(const karaka_learner *l, karaka_shard *s) {
    const karaka_network *net = l->net;
    size_t d = net->shape.width, tokens = 0, layers = net->shape.layers, low = net->shape.tag_layer - 1;
    for (uint32_t e = 0; e < s->example_count; e++)
        tokens += l->corpus->examples[s->examples[e]].count;
    int error = reserve(s, net, tokens, s->example_count);
    if (error < 0 || tokens == 0)
        return error;
    s->loss_arc = s->loss_rel = s->loss_tag = 0.0;
    uint64_t random = s->seed, seed[KARAKA_LAYERS + 2];
    for (size_t i = 0; i < KARAKA_LAYERS + 2; i++)
        seed[i] = next_random(&random);
    embed(l, s, &random);
    const float *packed = l->weights->packed;
    float *x = s->pass.x;
    for (size_t i = 0; i < layers; i++) {
        drop(s->in[i], x, d, s->lengths, s->example_count, i ? l->dropout : l->dropout * 0.5f, seed[i]);
        l->kernels->multiply(s->pass.g[i], 3 * d, s->in[i], d, packed + net->sru[i].w.at, tokens, d, 3 * d,
                             packed + net->sru[i].b, false);
        karaka_network_recur(net, packed, l->kernels, i, s->pass.h[i], s->pass.c[i], s->pass.g[i], x, s->lengths,
                             s->example_count);
        x = s->pass.h[i];
    }
    drop(s->top, x, d, s->lengths, s->example_count, l->dropout, seed[KARAKA_LAYERS]);
    drop(s->low, s->pass.h[low], d, s->lengths, s->example_count, l->dropout, seed[KARAKA_LAYERS + 1]);
    learn_tree(l, s, s->dh);
    drop(s->dh, s->dh, d, s->lengths, s->example_count, l->dropout, seed[KARAKA_LAYERS]);
    learn_tags(l, s, s->top); /* top is free again: from here it holds the gradient from the tags */
    drop(s->top, s->top, d, s->lengths, s->example_count, l->dropout, seed[KARAKA_LAYERS + 1]);
    for (size_t i = layers; i-- > 0;) {
        if (i == low)
            add(s->dh, s->top, tokens * d);
        layer_back(l, s, i, i ? l->dropout : l->dropout * 0.5f, seed[i]);
    }
    memcpy(s->dx, s->dh, tokens * d * sizeof *s->dx);
    return KARAKA_OK;
}
