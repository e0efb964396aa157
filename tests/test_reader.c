/* Tests of the trained reader: kernels, best tree, gradients, lemma scripts, training, damaged models. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "document.h"
#include "parse/model.h"
#include "train/train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *treebank = "tests/tools/ssf2conllu/mini.conllu"; /* own sentences */

static uint64_t seed = 7;

static float random_unit(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (float)(seed >> 40) / 8388608.0f - 1.0f;
}

static void fill(float *x, size_t count, float size) {
    for (size_t i = 0; i < count; i++)
        x[i] = size * random_unit();
}

/* ---- Kernels ---- */

static void check_multiply(const karaka_kernels *k, size_t rows, size_t inner, size_t columns) {
    size_t padded = (columns + 15) / 16 * 16;
    float *a = malloc(rows * inner * sizeof *a), *b = malloc(inner * columns * sizeof *b);
    float *panels = malloc(inner * padded * sizeof *panels), *c = malloc(rows * padded * sizeof *c);
    fill(a, rows * inner, 1.0f);
    fill(b, inner * columns, 1.0f);
    karaka_kernel_pack(panels, b, inner, columns, columns);
    k->multiply(c, padded, a, inner, panels, rows, inner, padded, NULL, false);
    k->multiply(c, padded, a, inner, panels, rows, inner, padded, NULL, true);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            double want = 0.0;
            for (size_t l = 0; l < inner; l++)
                want += 2.0 * (double)a[i * inner + l] * (double)b[l * columns + j];
            assert_true(fabs(want - (double)c[i * padded + j]) < 1e-4);
        }
    free(a), free(b), free(panels), free(c);
}

static void multiply_gives_the_product_for_all_shapes(void **state) {
    (void)state;
    const karaka_kernels *all[KARAKA_KERNELS];
    size_t count = karaka_kernels_all(all);
    for (size_t i = 0; i < count; i++)
        for (size_t rows = 1; rows < 14; rows += 3)
            for (size_t columns = 1; columns < 40; columns += 13)
                check_multiply(all[i], rows, 5 * rows, columns);
}

enum { ROWS = 29, INNER = 96, COLUMNS = 48 };

typedef struct products {
    uint8_t whole[ROWS * INNER];
    float scale[ROWS], rounded[ROWS * COLUMNS], exact[ROWS * COLUMNS];
} products;

/* Rows as large and as small as they come, so that the sums of two products reach the ends of 16 bits. */
static void multiply_both_ways(products *out, const karaka_kernels *k, const float *x, const float *w,
                               const float *bias) {
    static int8_t panels[INNER * COLUMNS];
    static float w_scale[COLUMNS];
    static int32_t start[COLUMNS];
    static float packed[INNER * COLUMNS];
    karaka_rounded rounded = {INNER, COLUMNS, panels, w_scale, start};
    memset(out, 0, sizeof *out);
    karaka_kernel_pack(packed, w, INNER, COLUMNS, COLUMNS);
    karaka_kernel_round(&rounded, packed);
    k->round_rows(out->whole, out->scale, x, INNER, ROWS, INNER);
    k->multiply_rounded(out->rounded, COLUMNS, out->whole, out->scale, &rounded, ROWS, bias);
    k->multiply_exact(out->exact, COLUMNS, x, INNER, packed, ROWS, INNER, COLUMNS);
}

static void products_for_reading_are_the_same_to_the_bit_with_every_kernel(void **state) {
    (void)state;
    static products first, other;
    static float x[ROWS * INNER], w[INNER * COLUMNS], bias[COLUMNS];
    const karaka_kernels *all[KARAKA_KERNELS];
    size_t count = karaka_kernels_all(all);
    fill(x, ROWS * INNER, 3.0f), fill(w, INNER * COLUMNS, 0.5f), fill(bias, COLUMNS, 1.0f);
    for (size_t i = 0; i < INNER; i++) {
        x[i] = 3.0f, x[INNER + i] = -3.0f, x[2 * INNER + i] = 0.0f; /* all the largest, all the least, nothing */
        w[i * COLUMNS] = 0.5f, w[i * COLUMNS + 1] = -0.5f;
    }
    multiply_both_ways(&first, all[0], x, w, bias);
    for (size_t i = 1; i < count; i++) {
        multiply_both_ways(&other, all[i], x, w, bias);
        assert_memory_equal(&first, &other, sizeof first);
    }
    for (size_t r = 0; r < ROWS; r++)
        for (size_t j = 0; j < COLUMNS; j++)
            assert_true(fabsf(first.rounded[r * COLUMNS + j] - bias[j] - first.exact[r * COLUMNS + j]) < 0.5f);
    assert_true(fabsf(first.rounded[0] - bias[0] - 144.0f) < 0.001f);           /* 96 * 3 * 0.5 */
    assert_true(fabsf(first.rounded[COLUMNS + 1] - bias[1] - 144.0f) < 0.001f); /* 96 * -3 * -0.5 */
    assert_true(first.rounded[2 * COLUMNS + 5] == bias[5]);
}

static void recur_gives_the_same_with_every_kernel(void **state) {
    (void)state;
    enum { T = 5, D = 32 };
    const karaka_kernels *all[KARAKA_KERNELS];
    size_t count = karaka_kernels_all(all);
    float first[3 * T * D], g[T * 3 * D], again[T * 3 * D], h[2][T * D], c[2][T * D], x[T * D], v[2 * D];
    fill(g, T * 3 * D, 2.0f);
    memcpy(first, g, sizeof first);
    fill(x, T * D, 1.0f);
    fill(v, 2 * D, 1.0f);
    for (size_t i = 0; i < count; i++) {
        memcpy(again, first, sizeof again);
        float *gates = i ? again : g;
        size_t at = i > 0;
        all[i]->recur(h[at], c[at], gates, x, v, v + D, 1.0f, T, D, 0, D / 2, false);
        all[i]->recur(h[at], c[at], gates, x, v, v + D, 1.0f, T, D, D / 2, D, true);
        assert_memory_equal(h[0], h[at], sizeof h[0]);
        assert_memory_equal(g, gates, sizeof g);
    }
    /* The first step has no past: c = (1 - f) * g_x. */
    assert_true(fabsf(c[0][0] - (1.0f - g[D]) * g[0]) < 1e-6f);
}

static char *parsed(const karaka_language *language, karaka_file page) {
    const karaka_input input = {.kind = KARAKA_INPUT_PAGE, .bytes = page.bytes, .length = page.length};
    karaka_document *document;
    karaka_text out = {0};
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    assert_int_equal(karaka_document_parse(document), 0);
    assert_int_equal(karaka_write_conllu(&out, document), 0);
    karaka_document_free(document);
    return out.bytes;
}

static void a_page_is_read_the_same_with_every_kernel(void **state) {
    (void)state;
    const karaka_kernels *all[KARAKA_KERNELS];
    size_t count = karaka_kernels_all(all);
    karaka_language *language;
    karaka_file page;
    char path[512];
    snprintf(path, sizeof path, "%s/hi", getenv("KARAKA_LANGUAGES"));
    assert_int_equal(karaka_language_open(&language, path, KARAKA_OPEN_ALL), 0);
    assert_int_equal(karaka_file_open(&page, "samples/page-hi.txt"), 0);
    char *first = NULL;
    for (size_t i = 0; i < count; i++) {
        ((karaka_model *)language->model)->kernels = all[i];
        char *text = parsed(language, page);
        if (first) {
            assert_string_equal(text, first);
            free(text);
        } else {
            first = text;
        }
    }
    free(first);
    karaka_file_close(&page);
    karaka_language_close(language);
}

/* ---- Best tree ---- */

static bool one_rooted_tree(const int32_t *heads, size_t n) {
    size_t roots = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t at = (int32_t)i;
        roots += heads[i] < 0;
        for (size_t steps = 0; at >= 0; steps++, at = heads[at])
            if (steps > n)
                return false;
    }
    return roots == 1;
}

static double tree_score(const float *s, size_t stride, const int32_t *heads, size_t n) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += (double)s[i * stride + (size_t)(heads[i] + 1)];
    return sum;
}

static void decoded_tree_is_the_best_of_all_trees(void **state) {
    (void)state;
    enum { N = 5, STRIDE = 8 };
    for (int round = 0; round < 200; round++) {
        float s[N * STRIDE];
        int32_t heads[N], got[N];
        double best = -1e9;
        fill(s, N * STRIDE, 5.0f);
        for (int code = 0; code < 7776; code++) { /* 6^5: every choice of heads */
            int rest = code;
            for (int i = 0; i < N; i++, rest /= 6)
                heads[i] = rest % 6 - 1;
            bool self = false;
            for (int i = 0; i < N; i++)
                self = self || heads[i] == i;
            if (!self && one_rooted_tree(heads, N) && tree_score(s, STRIDE, heads, N) > best)
                best = tree_score(s, STRIDE, heads, N);
        }
        karaka_tree_decode(got, s, STRIDE, N);
        assert_true(one_rooted_tree(got, N));
        assert_true(fabs(tree_score(s, STRIDE, got, N) - best) < 1e-3);
    }
}

static void scores_that_are_no_numbers_or_huge_still_give_a_tree(void **state) {
    (void)state;
    enum { N = 5, STRIDE = N + 1 };
    static const float odd[] = {NAN, INFINITY, -INFINITY, 3e38f, -3e38f, 1.0f};
    float s[N * STRIDE];
    int32_t heads[N];
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < N * STRIDE; i++)
            s[i] = odd[(size_t)((random_unit() + 1.0f) * 2.999f)];
        assert_int_equal(karaka_tree_decode(heads, s, STRIDE, N), 0);
        assert_true(one_rooted_tree(heads, N));
    }
}

static void the_longest_sentence_of_noise_still_gets_a_tree(void **state) {
    (void)state;
    enum { N = KARAKA_PASS_SENTENCE };
    float *s = malloc((size_t)N * KARAKA_ARC_STRIDE * sizeof *s);
    int32_t heads[N];
    fill(s, (size_t)N * KARAKA_ARC_STRIDE, 1.0f);
    karaka_tree_decode(heads, s, KARAKA_ARC_STRIDE, N);
    assert_true(one_rooted_tree(heads, N));
    free(s);
}

/* ---- Gradients ---- */

typedef struct small {
    karaka_arena *arena;
    karaka_inventory inventory;
    karaka_corpus corpus;
    karaka_network net;
    karaka_weights weights;
    float *table;
    karaka_learner learner;
    karaka_shard shard;
} small;

static void small_make(small *m) {
    static const uint32_t examples[3] = {0, 1, 2};
    karaka_conllu_sentence *sentences;
    size_t count;
    memset(m, 0, sizeof *m);
    assert_int_equal(karaka_arena_new(&m->arena), 0);
    assert_int_equal(karaka_corpus_load(&sentences, &count, m->arena, &treebank, 1), 0);
    assert_true(count >= 3);
    assert_int_equal(karaka_inventory_make(&m->inventory, m->arena, sentences, count, 64), 0);
    assert_int_equal(karaka_inventory_close(&m->inventory), 0);
    assert_int_equal(karaka_corpus_make(&m->corpus, m->arena, &m->inventory, sentences, count), 0);
    m->net.shape = (karaka_shape){.width = 32, .layers = 2, .tag_layer = 1, .arc = 16, .relation = 16};
    m->net.shape.group_count = m->inventory.group_count;
    m->net.shape.relations = m->inventory.relations.count;
    for (uint32_t g = 0; g < m->inventory.group_count; g++)
        m->net.shape.tags += m->net.shape.group_size[g] = m->inventory.group[g].count;
    assert_int_equal(karaka_network_layout(&m->net), 0);
    size_t n = m->net.weight_count + 16, rows = 1 + m->inventory.words.count + 64;
    m->weights = (karaka_weights){calloc(n, 4), calloc(n, 4), calloc(n, 4)};
    m->table = calloc(rows * 16, sizeof *m->table);
    fill(m->weights.plain, m->net.weight_count, 0.3f);
    fill(m->table, rows * 16, 0.3f);
    m->learner = (karaka_learner){&m->net,    karaka_kernels_choose(), &m->weights, m->table,
                                  &m->corpus, &m->inventory,           0.0f,        0.0f};
    m->shard = (karaka_shard){.examples = examples, .example_count = 3, .seed = 1, .scale = 1.0f};
}

static void small_free(small *m) {
    free(m->weights.plain), free(m->weights.packed), free(m->weights.transposed);
    free(m->table);
    karaka_shard_free(&m->shard);
    karaka_arena_free(m->arena);
}

static double loss(small *m) {
    karaka_weights_pack(&m->weights, &m->net);
    assert_int_equal(karaka_learner_run(&m->learner, &m->shard), 0);
    return m->shard.loss_arc + m->shard.loss_rel + m->shard.loss_tag;
}

static void gradients_are_the_slopes_of_the_loss(void **state) {
    (void)state;
    small m;
    small_make(&m);
    loss(&m);
    float *gradient = malloc(m.net.weight_count * sizeof *gradient);
    memcpy(gradient, m.shard.gradient, m.net.weight_count * sizeof *gradient);
    double error = 0.0, size = 0.0;
    for (size_t i = 3; i < m.net.weight_count; i += 41) {
        const float step = 4e-3f, was = m.weights.plain[i];
        m.weights.plain[i] = was + step;
        double up = loss(&m);
        m.weights.plain[i] = was - step;
        double down = loss(&m);
        m.weights.plain[i] = was;
        double slope = (up - down) / (2.0 * (double)step);
        error += fabs(slope - (double)gradient[i]);
        size += fabs(slope);
    }
    assert_true(size > 1.0);
    assert_true(error / size < 0.02);
    free(gradient);
    small_free(&m);
}

/* ---- Lemma scripts ---- */

static void a_lemma_script_leads_from_form_to_lemma(void **state) {
    (void)state;
    static const char *const pair[][3] = {
        {"मुलाकातों", "मुलाकात", "2:"},  {"इन", "यह", "2:यह"},  {"लड़के", "लड़का", "1:ा"},
        {"विश्\u200dव", "विश्व", "0:"}, {"है", "है", "0:"},      {"Troops", "troop", "l1:"},
        {"Monday", "Monday", "0:"},   {"The", "the", "l0:"}, {"ÉTATS", "état", "l1:"}};
    karaka_arena *arena;
    assert_int_equal(karaka_arena_new(&arena), 0);
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        char script[64];
        karaka_lemma_script(script, sizeof script, pair[i][0], pair[i][1]);
        assert_string_equal(script, pair[i][2]);
        assert_string_equal(karaka_lemma_apply(arena, pair[i][0], script), pair[i][1]);
    }
    assert_string_equal(karaka_lemma_apply(arena, "हम", "5:यह"), "हम"); /* does not fit: the form */
    karaka_arena_free(arena);
}

/* ---- Training and the model file ---- */

static char folder[] = "/tmp/karaka-test-XXXXXX";

static const char *in_folder(const char *name) {
    static char path[2][256];
    static int which;
    which = !which;
    snprintf(path[which], sizeof path[which], "%s/%s", folder, name);
    return path[which];
}

static void train(const char *name, uint32_t threads) {
    karaka_training training = {
        .files = &treebank, .file_count = 1, .model = in_folder(name), .passes = 2, .threads = threads, .seed = 5};
    assert_int_equal(karaka_train(&training), 0);
}

static void training_gives_the_same_bytes_on_any_number_of_threads(void **state) {
    (void)state;
    karaka_file one, two;
    train("one", 1);
    train("two", 3);
    assert_int_equal(karaka_file_open(&one, in_folder("one")), 0);
    assert_int_equal(karaka_file_open(&two, in_folder("two")), 0);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    karaka_file_close(&one);
    karaka_file_close(&two);
}

static void silver_sentences_change_what_is_learnt_and_must_be_readable(void **state) {
    (void)state;
    karaka_training training = {.files = &treebank,
                                .file_count = 1,
                                .silver = treebank,
                                .model = in_folder("two"),
                                .passes = 2,
                                .threads = 1,
                                .seed = 5};
    karaka_file one, two;
    train("one", 1);
    assert_int_equal(karaka_train(&training), 0);
    assert_int_equal(karaka_file_open(&one, in_folder("one")), 0);
    assert_int_equal(karaka_file_open(&two, in_folder("two")), 0);
    assert_int_equal(one.length, two.length); /* silver names nothing new */
    assert_memory_not_equal(one.bytes, two.bytes, one.length);
    karaka_file_close(&one);
    karaka_file_close(&two);
    training.silver = "absent.conllu";
    assert_int_equal(karaka_train(&training), KARAKA_ERROR_FILE);
}

static void write_file(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static int train_with_vectors(const char *text) {
    char vectors[256];
    snprintf(vectors, sizeof vectors, "%s", in_folder("vectors"));
    write_file(vectors, text, strlen(text));
    karaka_training training = {
        .files = &treebank, .file_count = 1, .given = vectors, .model = in_folder("one"), .passes = 1, .threads = 1};
    return karaka_train(&training);
}

static void given_vectors_are_lines_of_the_same_length(void **state) {
    (void)state;
    karaka_model *model = NULL;
    assert_int_equal(train_with_vectors("the 0.5 -1e-1\nof 2 3\n"), 0);
    assert_int_equal(karaka_model_open(&model, in_folder("one")), 0);
    assert_int_not_equal(karaka_words_find(&model->words, karaka_word_hash("the", 3)), 0);
    assert_int_equal(karaka_words_find(&model->words, karaka_word_hash("absent", 6)), 0);
    karaka_model_close(model);
    assert_int_equal(train_with_vectors("the 0.5 1\nof 2"), KARAKA_ERROR_INPUT);
    assert_non_null(strstr(karaka_error_text(), ":2: 1 numbers, where 2 are wanted"));
    assert_int_equal(train_with_vectors("the"), KARAKA_ERROR_INPUT);
    assert_int_equal(train_with_vectors(" 1 2"), KARAKA_ERROR_INPUT);
    assert_int_equal(train_with_vectors("the one\n"), KARAKA_ERROR_INPUT);
}

static void refused(const char *bytes, size_t length, const char *message) {
    karaka_model *model = NULL;
    const char *path = in_folder("bad");
    write_file(path, bytes, length);
    assert_int_equal(karaka_model_open(&model, path), KARAKA_ERROR_FORMAT);
    assert_non_null(strstr(karaka_error_text(), message));
    assert_null(model);
}

static void damaged_and_foreign_models_are_refused(void **state) {
    (void)state;
    karaka_file good;
    karaka_model *model = NULL;
    train("good", 2);
    assert_int_equal(karaka_model_open(&model, in_folder("good")), 0);
    karaka_model_close(model);
    assert_int_equal(karaka_file_open(&good, in_folder("good")), 0);
    char *copy = malloc(good.length);
    memcpy(copy, good.bytes, good.length);
    refused(copy, 0, "not a karaka model");
    refused("PK\x03\x04 a zip archive, not a model", 30, "not a karaka model");
    refused(copy, 20, "cut short");
    refused(copy, good.length - 1, "cut short");
    refused(copy, good.length / 2, "cut short");
    copy[good.length / 2] = (char)(copy[good.length / 2] ^ 1);
    refused(copy, good.length, "checksum");
    memcpy(copy, good.bytes, good.length);
    copy[offsetof(karaka_model_header, version)]++;
    refused(copy, good.length, "version");
    memcpy(copy, good.bytes, good.length);
    ((karaka_model_header *)(void *)copy)->shape.width ^= 32;
    refused(copy, good.length, "checksum");
    free(copy);
    karaka_file_close(&good);
    assert_int_equal(karaka_model_open(&model, in_folder("absent")), KARAKA_ERROR_FILE);
}

static void made_up_models_are_refused_behind_right_checksums(void **state) {
    (void)state;
    karaka_file good;
    train("good", 2);
    assert_int_equal(karaka_file_open(&good, in_folder("good")), 0);
    char *copy = malloc(good.length);
    karaka_model_header *h = (void *)copy;
    memcpy(copy, good.bytes, good.length);
    h->shape.group_size[1] += h->shape.group_size[0];
    h->shape.group_size[0] = 0;
    karaka_model_seal(copy, good.length);
    refused(copy, good.length, "impossible network shape");
    memcpy(copy, good.bytes, good.length);
    copy[h->section[KARAKA_STRINGS].at] = '\x1b'; /* would reach a terminal */
    karaka_model_seal(copy, good.length);
    refused(copy, good.length, "its names do not fit");
    for (int section = KARAKA_WEIGHTS; section <= KARAKA_SCALES; section += KARAKA_SCALES - KARAKA_WEIGHTS) {
        memcpy(copy, good.bytes, good.length);
        ((float *)(void *)(copy + h->section[section].at))[3] = section == KARAKA_WEIGHTS ? NAN : INFINITY;
        karaka_model_seal(copy, good.length);
        refused(copy, good.length, section == KARAKA_WEIGHTS ? "weight 3 is not" : "scale 3 is not");
    }
    free(copy);
    karaka_file_close(&good);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    static const char *const names[] = {"one", "two", "good", "bad", "vectors"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiply_gives_the_product_for_all_shapes),
        cmocka_unit_test(products_for_reading_are_the_same_to_the_bit_with_every_kernel),
        cmocka_unit_test(recur_gives_the_same_with_every_kernel),
        cmocka_unit_test(a_page_is_read_the_same_with_every_kernel),
        cmocka_unit_test(decoded_tree_is_the_best_of_all_trees),
        cmocka_unit_test(scores_that_are_no_numbers_or_huge_still_give_a_tree),
        cmocka_unit_test(the_longest_sentence_of_noise_still_gets_a_tree),
        cmocka_unit_test(gradients_are_the_slopes_of_the_loss),
        cmocka_unit_test(a_lemma_script_leads_from_form_to_lemma),
        cmocka_unit_test(training_gives_the_same_bytes_on_any_number_of_threads),
        cmocka_unit_test(silver_sentences_change_what_is_learnt_and_must_be_readable),
        cmocka_unit_test(given_vectors_are_lines_of_the_same_length),
        cmocka_unit_test(damaged_and_foreign_models_are_refused),
        cmocka_unit_test(made_up_models_are_refused_behind_right_checksums),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
