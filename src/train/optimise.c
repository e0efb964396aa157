/* optimise: one step of Adam (Kingma & Ba 2015) on the weights and on the embedding rows that a batch touched.
 *
 * In: the gradients of all shards. Out: changed weights, packed again. Shards are added in their order, so the result
 * does not depend on the number of threads.
 * Example: karaka_trainer_update(t, 0.002f)
 */
#include "train/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float keep_mean = 0.9f, keep_square = 0.95f, tiny = 1e-8f, clip = 5.0f;

static void adam(float *w, float *m, float *v, const float *g, size_t count, float rate, float by) {
    for (size_t i = 0; i < count; i++) {
        float x = g[i] * by;
        m[i] = keep_mean * m[i] + (1.0f - keep_mean) * x;
        v[i] = keep_square * v[i] + (1.0f - keep_square) * x * x;
        w[i] -= rate * m[i] / (sqrtf(v[i]) + tiny);
    }
}

/* The compact gradient row of an embedding row, made on first touch. */
static float *touch(karaka_trainer *t, uint32_t row) {
    if (t->slot[row] == 0) {
        if ((t->touched_count + 1) * t->half > t->row_gradient_room) {
            size_t room = t->row_gradient_room ? 2 * t->row_gradient_room : 4096 * t->half;
            float *more = realloc(t->row_gradient, room * sizeof *more);
            if (!more)
                return NULL;
            t->row_gradient = more;
            t->row_gradient_room = room;
        }
        memset(t->row_gradient + t->touched_count * t->half, 0, t->half * sizeof(float));
        t->touched[t->touched_count] = row;
        t->slot[row] = ++t->touched_count;
    }
    return t->row_gradient + (size_t)(t->slot[row] - 1) * t->half;
}

static int gather_rows(karaka_trainer *t) {
    t->touched_count = 0;
    for (size_t s = 0; s < KARAKA_SHARDS; s++) {
        const karaka_shard *shard = &t->shard[s];
        for (size_t i = 0; i < shard->tokens; i++)
            for (size_t r = 0; r < KARAKA_FEATURE_ROWS; r++) {
                uint32_t row = shard->rows[i * KARAKA_FEATURE_ROWS + r];
                if (row == UINT32_MAX || (t->fixed_words && r == 0 && row > 0))
                    continue;
                float *to = touch(t, row);
                if (!to)
                    return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
                const float *from = shard->dx + i * 2 * t->half + (r == 0 ? 0 : t->half);
                for (size_t j = 0; j < t->half; j++)
                    to[j] += from[j];
            }
    }
    return KARAKA_OK;
}

int karaka_trainer_update(karaka_trainer *t, float rate) {
    size_t count = t->net.weight_count;
    float *sum = t->shard[0].gradient;
    double norm = 0.0;
    for (size_t s = 1; s < KARAKA_SHARDS; s++)
        for (size_t i = 0; t->shard[s].tokens && i < count; i++)
            sum[i] += t->shard[s].gradient[i];
    int error = gather_rows(t);
    if (error < 0)
        return error;
    for (size_t i = 0; i < count; i++)
        norm += (double)sum[i] * (double)sum[i];
    norm = sqrt(norm);
    float by = norm > (double)clip ? clip / (float)norm : 1.0f;
    float step = (float)++t->step;
    float fair = sqrtf(1.0f - powf(keep_square, step)) / (1.0f - powf(keep_mean, step));
    adam(t->weights.plain, t->moment[0], t->moment[1], sum, count, rate * fair, by);
    for (uint32_t i = 0; i < t->touched_count; i++) {
        size_t at = (size_t)t->touched[i] * t->half;
        adam(t->table + at, t->row_moment[0] + at, t->row_moment[1] + at, t->row_gradient + i * t->half, t->half,
             rate * fair, by);
        t->slot[t->touched[i]] = 0;
    }
    karaka_weights_pack(&t->weights, &t->net);
    return KARAKA_OK;
}
