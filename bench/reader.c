/* reader: how many words a second the trained reader does on one core, as a whole and part by part.
 *
 * In: a language folder and CoNLL-U (its tokens are read, its trees are not). Out: a table of words/s.
 * Example: build/bench/reader languages/hi dev.conllu
 *
 * The whole is karaka_document_parse on one document; the parts are the same calls on the same sentences, one kind at a
 * time. Each figure is the best of `ROUNDS` rounds: on a shared machine the least disturbed one.
 */
#include "document.h"
#include "parse/conllu.h"
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 7, MOST = KARAKA_PASS_SENTENCE };

typedef struct bench {
    const karaka_model *model;
    const karaka_conllu_sentence *sentences;
    size_t count, words;
    karaka_pass pass;
    uint16_t *tags, relations[MOST];
    int32_t heads[MOST];
} bench;

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void rows(bench *b, const karaka_conllu_sentence *s) {
    size_t d = b->model->net.shape.width;
    b->pass.tokens = s->count;
    memset(b->pass.x, 0, s->count * d * sizeof(float));
    for (uint32_t i = 0; i < s->count; i++) {
        karaka_features f;
        karaka_features_of(&f, &b->model->words, b->model->first_bucket, b->model->buckets, s->words[i].form);
        karaka_model_embed(b->model, b->pass.x + i * d, &f);
    }
}

static void layers(bench *b, const karaka_conllu_sentence *s) {
    karaka_network_layers(&b->model->net, b->model->weights, &b->model->rounded, b->model->kernels, &b->pass, &s->count,
                          1);
}

static void network(bench *b, const karaka_conllu_sentence *s) {
    karaka_network_run(&b->model->net, b->model->weights, &b->model->rounded, b->model->kernels, &b->pass, &s->count, 1,
                       b->tags, b->heads, b->relations, b->model->root_relation);
}

static void trees(bench *b, const karaka_conllu_sentence *s) {
    karaka_network_arcs(&b->model->net, b->model->weights, b->model->kernels, &b->pass, 0, s->count);
    karaka_tree_decode(b->heads, b->pass.arcs, KARAKA_ARC_STRIDE, s->count);
}

static void time_part(bench *b, const char *name, void (*part)(bench *, const karaka_conllu_sentence *)) {
    double best = 1e30;
    for (int r = 0; r < ROUNDS; r++) {
        double from = seconds();
        for (size_t i = 0; i < b->count; i++) {
            b->pass.tokens = b->sentences[i].count;
            part(b, &b->sentences[i]);
        }
        double took = seconds() - from;
        best = took < best ? took : best;
    }
    printf("%-44s %10.0f words/s\n", name, (double)b->words / best);
}

static int time_whole(const karaka_language *language, const karaka_file *file, size_t words) {
    double best = 1e30;
    for (int r = 0; r < ROUNDS; r++) {
        karaka_document *document = NULL;
        int error = karaka_document_from_conllu(&document, language, file->bytes, file->length, false);
        if (error < 0)
            return error;
        double from = seconds();
        error = karaka_document_parse(document);
        double took = seconds() - from;
        best = took < best ? took : best;
        karaka_document_free(document);
        if (error < 0)
            return error;
    }
    printf("%-44s %10.0f words/s\n", "whole: tags, features, lemmas, trees", (double)words / best);
    return KARAKA_OK;
}

static int run(const char *directory, const char *path) {
    karaka_language *language = NULL;
    karaka_conllu_sentence *sentences = NULL;
    karaka_arena *arena = NULL;
    karaka_file file = {0};
    bench b = {0};
    int error = karaka_arena_new(&arena);
    if (error == KARAKA_OK)
        error = karaka_language_open(&language, directory, KARAKA_OPEN_ALL);
    if (error == KARAKA_OK)
        error = karaka_file_open(&file, path);
    if (error == KARAKA_OK)
        error = karaka_conllu_read(&sentences, &b.count, arena, file.bytes, file.length, path);
    if (error == KARAKA_OK) {
        b.model = language->model;
        b.sentences = sentences;
        for (size_t i = 0; i < b.count; i++) {
            if (sentences[i].count > MOST)
                sentences[i].count = MOST;
            b.words += sentences[i].count;
        }
        b.tags = malloc(MOST * b.model->net.shape.group_count * sizeof *b.tags);
        error = b.tags ? karaka_pass_reserve(&b.pass, &b.model->net, MOST, false) : KARAKA_ERROR_MEMORY;
    }
    if (error == KARAKA_OK) {
        printf("%zu words in %zu sentences, kernels: %s, one thread\n", b.words, b.count, b.model->kernels->name);
        error = time_whole(language, &file, b.words);
    }
    if (error == KARAKA_OK) {
        time_part(&b, "part: look-up and sum of embedding rows", rows);
        time_part(&b, "part: recurrent layers", layers);
        time_part(&b, "part: network (layers, tags, heads, relations)", network);
        time_part(&b, "part: arc scores and best tree", trees);
    }
    karaka_pass_free(&b.pass);
    free(b.tags);
    karaka_file_close(&file);
    karaka_language_close(language);
    karaka_arena_free(arena);
    return error;
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: reader LANGUAGE-FOLDER FILE.conllu\n");
        return 2;
    }
    int error = run(words[1], words[2]);
    if (error < 0)
        fprintf(stderr, "reader: %s\n", karaka_error_text());
    return error < 0;
}
