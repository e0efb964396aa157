/* train: learns a model from CoNLL-U.
 *
 * In: training files, perhaps a dev file and raw text. Out: a model file. Deterministic for a seed: a batch is cut
 * into KARAKA_SHARDS shares whatever the number of threads, and the shares' gradients are added in order.
 * Example: karaka train -o languages/hi/model --dev dev.conllu --passes 20 train.conllu
 */
#include "train/train.h"
#include "parse/model.h"

#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Sizes chosen on the Hindi dev set for accuracy at more than 50,000 words/s (docs/parser.md). */
enum {
    WIDTH = 192,
    LAYERS = 3,
    TAG_LAYER = 2,
    ARC = 128,
    RELATION = 96,
    BUCKETS = 1 << 16,
    BATCH_TOKENS = 700,
    UNPOINTED = 8
};
static const float peak_rate = 2.5e-3f, dropout = 0.25f, word_dropout = 0.4f;

static void tell(const karaka_training *in, const char *format, ...) {
    char line[512];
    va_list args;
    if (!in->progress)
        return;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    in->progress(in->context, line);
}

static float uniform(uint64_t *s, float size) {
    return ((float)(karaka_random_next(s) >> 40) / 8388608.0f - 1.0f) * size;
}

static void init_weights(karaka_trainer *t, uint64_t *random) {
    karaka_matrix m[16];
    size_t count = karaka_network_matrices(&t->net, m), d = t->net.shape.width;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < m[i].k * m[i].n; j++)
            t->weights.plain[m[i].at + j] = uniform(random, sqrtf(3.0f / (float)m[i].k));
    for (size_t j = 0; j < t->net.arc_u.k * t->net.arc_u.n; j++)
        t->weights.plain[t->net.arc_u.at + j] *= 0.3f;
    for (size_t l = 0; l < t->net.shape.layers; l++)
        for (size_t j = 0; j < d; j++) { /* a slight memory at first */
            t->weights.plain[t->net.sru[l].v_f + j] = uniform(random, 0.3f);
            t->weights.plain[t->net.sru[l].v_r + j] = uniform(random, 0.3f);
        }
    for (size_t j = 0; j < t->net.shape.arc; j++)
        t->weights.plain[t->net.arc_root + j] = uniform(random, 0.3f);
    for (size_t j = 0; j < t->rows * t->half; j++)
        t->table[j] = uniform(random, j < (1 + t->inventory.words.count) * t->half ? 0.1f : 0.03f);
}

static int append(karaka_conllu_sentence **sentences, size_t *count, karaka_arena *arena,
                  const karaka_conllu_sentence *more, size_t more_count) {
    karaka_conllu_sentence *all = karaka_arena_array(arena, *count + more_count, sizeof *all);
    if (!all)
        return KARAKA_ERROR_MEMORY;
    memcpy(all, *sentences, *count * sizeof *all);
    memcpy(all + *count, more, more_count * sizeof *all);
    *sentences = all;
    *count += more_count;
    return KARAKA_OK;
}

static int load(karaka_trainer *t, const karaka_training *in) {
    karaka_conllu_sentence *sentences = NULL, *silver = NULL, *dev = NULL;
    size_t count = 0, silver_count = 0, dev_count = 0;
    t->half = WIDTH / 2;
    int error = karaka_corpus_load(&sentences, &count, t->arena, in->files, in->file_count);
    if (error == KARAKA_OK)
        error = karaka_inventory_make(&t->inventory, t->arena, sentences, count, BUCKETS);
    t->gold = (uint32_t)count;
    if (error == KARAKA_OK && in->silver)
        error = karaka_corpus_load(&silver, &silver_count, t->arena, &in->silver, 1);
    if (error == KARAKA_OK && silver_count > 0)
        error = append(&sentences, &count, t->arena, silver, silver_count);
    if (error == KARAKA_OK && in->raw)
        error = karaka_vectors_count(t, in->raw);
    if (error == KARAKA_OK && in->given)
        error = karaka_given_count(t, in->given);
    if (error == KARAKA_OK)
        error = karaka_inventory_close(&t->inventory);
    if (error == KARAKA_OK)
        error = karaka_corpus_make(&t->corpus, t->arena, &t->inventory, sentences, count);
    if (error == KARAKA_OK)
        karaka_corpus_unpoint(&t->corpus, UNPOINTED);
    if (error == KARAKA_OK && in->dev)
        error = karaka_corpus_load(&dev, &dev_count, t->arena, &in->dev, 1);
    if (error == KARAKA_OK)
        error = karaka_corpus_make(&t->dev, t->arena, &t->inventory, dev, dev_count);
    return error;
}

static int allocate(karaka_trainer *t) {
    karaka_shape *s = &t->net.shape;
    *s = (karaka_shape){.width = WIDTH, .layers = t->layers, .tag_layer = TAG_LAYER, .arc = ARC, .relation = RELATION};
    s->group_count = t->inventory.group_count;
    for (uint32_t g = 0; g < s->group_count; g++)
        s->tags += s->group_size[g] = t->inventory.group[g].count;
    s->relations = t->inventory.relations.count;
    int error = karaka_network_layout(&t->net);
    if (error < 0)
        return error;
    size_t n = t->net.weight_count;
    t->rows = 1 + (size_t)t->inventory.words.count + t->inventory.buckets;
    float **all[] = {&t->weights.plain, &t->weights.packed, &t->weights.transposed, &t->moment[0], &t->moment[1]};
    for (size_t i = 0; i < 5; i++)
        if (!(*all[i] = karaka_arena_array(t->arena, n + KARAKA_PANEL, sizeof(float))))
            return KARAKA_ERROR_MEMORY;
    float **tables[] = {&t->table, &t->row_moment[0], &t->row_moment[1]};
    for (size_t i = 0; i < 3; i++)
        if (!(*tables[i] = karaka_arena_array(t->arena, t->rows * t->half, sizeof(float))))
            return KARAKA_ERROR_MEMORY;
    t->slot = karaka_arena_array(t->arena, t->rows, sizeof *t->slot);
    t->touched = karaka_arena_array(t->arena, t->rows, sizeof *t->touched);
    return t->slot && t->touched ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

typedef struct worker {
    karaka_trainer *trainer;
    uint32_t first, step;
    int error;
} worker;

static void *work(void *context) {
    worker *w = context;
    for (uint32_t s = w->first; s < KARAKA_SHARDS; s += w->step) {
        int error = karaka_learner_run(&w->trainer->learner, &w->trainer->shard[s]);
        w->error = error < 0 ? error : w->error;
    }
    return NULL;
}

static int run_shards(karaka_trainer *t) {
    worker workers[KARAKA_SHARDS];
    pthread_t threads[KARAKA_SHARDS];
    bool started[KARAKA_SHARDS] = {false};
    int error = KARAKA_OK;
    for (uint32_t i = 0; i < t->threads; i++) {
        workers[i] = (worker){t, i, t->threads, KARAKA_OK};
        if (i > 0)
            started[i] = pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    }
    for (uint32_t i = 0; i < t->threads; i++)
        if (!started[i])
            work(&workers[i]);
        else
            pthread_join(threads[i], NULL);
    for (uint32_t i = 0; i < t->threads; i++)
        error = workers[i].error < 0 ? workers[i].error : error;
    return error;
}

/* One batch: order[from..to), dealt to the shards in turn. */
static int learn_batch(karaka_trainer *t, const uint32_t *order, uint32_t count, uint32_t *dealt, uint64_t seed,
                       float rate) {
    size_t tokens = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++)
        tokens += t->corpus.examples[order[i]].count;
    for (uint32_t s = 0; s < KARAKA_SHARDS; s++) {
        t->shard[s].examples = dealt + at;
        for (uint32_t i = s; i < count; i += KARAKA_SHARDS)
            dealt[at++] = order[i];
        t->shard[s].example_count = (uint32_t)(dealt + at - t->shard[s].examples);
        t->shard[s].seed = seed * KARAKA_SHARDS + s + 1;
        t->shard[s].scale = 1.0f / (float)tokens;
    }
    int error = run_shards(t);
    return error < 0 ? error : karaka_trainer_update(t, rate);
}

static float rate_at(const karaka_trainer *t) {
    float done = (float)t->step / (float)t->steps, warm = (float)t->step / 300.0f;
    float down = 0.5f + 0.5f * cosf(3.14159265f * done);
    return peak_rate * (warm < 1.0f ? warm : 1.0f) * (0.005f + 0.995f * down);
}

static void shuffle(uint32_t *order, uint32_t n, uint64_t *random) {
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = (uint32_t)(karaka_random_next(random) % i), k = order[i - 1];
        order[i - 1] = order[j];
        order[j] = k;
    }
}

/* The sentences of a pass: all gold ones and the pass's share of the silver ones. The last quarter of the passes has
 * none, so that the last word is the treebank's. */
static uint32_t choose(uint32_t *order, const karaka_trainer *t, uint32_t pass, uint32_t passes,
                       const uint32_t *silver) {
    uint32_t n = t->gold, more = t->corpus.example_count - n, with = passes - passes / 4;
    uint32_t from = pass > with ? more : (uint32_t)((uint64_t)more * (pass - 1) / with);
    uint32_t to = pass > with ? more : (uint32_t)((uint64_t)more * pass / with);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    memcpy(order + n, silver + from, (to - from) * sizeof *order);
    return n + to - from;
}

static int learn_pass(karaka_trainer *t, const karaka_training *in, uint32_t pass, uint32_t *order, uint32_t n,
                      uint32_t *dealt, uint64_t *random) {
    uint32_t done = 0;
    double arc = 0, rel = 0, tag = 0;
    shuffle(order, n, random);
    for (uint32_t from = 0, to; from < n; from = to) {
        uint32_t tokens = 0;
        for (to = from; to < n && tokens < t->batch; to++)
            tokens += t->corpus.examples[order[to]].count;
        int error = learn_batch(t, order + from, to - from, dealt, karaka_random_next(random), rate_at(t));
        if (error < 0)
            return error;
        for (size_t s = 0; s < KARAKA_SHARDS; s++) {
            arc += t->shard[s].loss_arc;
            rel += t->shard[s].loss_rel;
            tag += t->shard[s].loss_tag;
        }
        done += tokens;
        if (t->step % 100 == 0)
            tell(in, "pass %u: %u words, loss: head %.3f relation %.3f tags %.3f", pass, done, arc / done, rel / done,
                 tag / done);
    }
    return KARAKA_OK;
}

static int learn(karaka_trainer *t, const karaka_training *in, uint64_t *random) {
    uint32_t n = t->corpus.example_count, gold_words = 0;
    uint32_t *order = karaka_arena_array(t->arena, n, sizeof *order);
    uint32_t *dealt = karaka_arena_array(t->arena, n, sizeof *dealt);
    uint32_t *silver = karaka_arena_array(t->arena, n - t->gold + 1, sizeof *silver);
    if (!order || !dealt || !silver)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = t->gold; i < n; i++)
        silver[i - t->gold] = i;
    shuffle(silver, n - t->gold, random);
    for (uint32_t i = 0; i < t->gold; i++)
        gold_words += t->corpus.examples[i].count;
    t->steps = (uint64_t)in->passes * (gold_words / t->batch + 1) + (t->corpus.token_count - gold_words) / t->batch;
    for (uint32_t pass = 1; pass <= in->passes; pass++) {
        struct timespec a, b;
        clock_gettime(CLOCK_MONOTONIC, &a);
        n = choose(order, t, pass, in->passes, silver);
        uint32_t words = 0;
        for (uint32_t i = 0; i < n; i++)
            words += t->corpus.examples[order[i]].count;
        int error = learn_pass(t, in, pass, order, n, dealt, random);
        karaka_trial trial = {0};
        clock_gettime(CLOCK_MONOTONIC, &b);
        if (error == KARAKA_OK && in->dev)
            error = karaka_trainer_measure(t, &trial);
        if (error < 0)
            return error;
        double seconds = (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
        tell(in, "pass %u of %u done in %.0f s (%.0f words/s); dev: pos %.2f lemma %.2f UAS %.2f LAS %.2f\n", pass,
             in->passes, seconds, (double)words / seconds, trial.pos, trial.lemma, trial.uas, trial.las);
    }
    return KARAKA_OK;
}

int karaka_train(const karaka_training *in) {
    if (!in->model || in->file_count == 0)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "training needs files to learn from and a model to write");
    karaka_trainer *t = calloc(1, sizeof *t);
    if (!t)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    t->layers = in->layers ? in->layers : LAYERS;
    t->batch = in->batch ? in->batch : BATCH_TOKENS;
    t->threads = in->threads == 0 ? 1 : in->threads > KARAKA_SHARDS ? KARAKA_SHARDS : in->threads;
    uint64_t random = 88172645463325252u ^ ((uint64_t)in->seed + 1) * 0x9E3779B97F4A7C15u;
    int error = karaka_arena_new(&t->arena);
    if (error == KARAKA_OK)
        error = load(t, in);
    if (error == KARAKA_OK)
        error = allocate(t);
    if (error == KARAKA_OK) {
        init_weights(t, &random);
        size_t given = 0;
        if (in->given)
            error = karaka_given_read(t, &given, in->given);
        if (error == KARAKA_OK && in->raw) {
            tell(in, "vectors of %u words from %s", t->inventory.words.count, in->raw);
            error = karaka_vectors_learn(t, in->raw, given, karaka_random_next(&random));
        }
        for (size_t w = 1; given && !in->raw && w <= t->inventory.words.count; w++)
            memset(t->table + w * t->half + given, 0, (t->half - given) * sizeof *t->table);
        t->fixed_words = in->raw || in->given;
        karaka_weights_pack(&t->weights, &t->net);
        t->learner = (karaka_learner){&t->net,    karaka_kernels_choose(), &t->weights, t->table,
                                      &t->corpus, &t->inventory,           dropout,     word_dropout};
    }
    if (error == KARAKA_OK) {
        tell(in, "%u sentences, %u words; %u known words, %u tags, %u relations, %u lemma scripts, %zu weights\n",
             t->corpus.example_count, t->corpus.token_count, t->inventory.words.count, t->inventory.group[0].count,
             t->inventory.relations.count, t->inventory.group[t->inventory.group_count - 1].count, t->net.weight_count);
        error = learn(t, in, &random);
    }
    if (error == KARAKA_OK)
        error = karaka_trainer_save(t, in->model);
    for (size_t s = 0; s < KARAKA_SHARDS; s++)
        karaka_shard_free(&t->shard[s]);
    free(t->row_gradient);
    karaka_arena_free(t->arena);
    free(t);
    return error;
}
