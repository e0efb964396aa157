/* save: writes what was learnt as a model file (parse/model.h).
 *
 * In: a trainer. Out: the file, written beside its place and then moved there, so that no half file is ever read.
 * Example: karaka_trainer_save(t, "languages/hi/model")
 */
#include "parse/model.h"
#include "train/train.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_section(karaka_buffer *b, karaka_section *section, const void *bytes, size_t length) {
    static const char zeros[KARAKA_MODEL_ALIGN];
    size_t gap = (KARAKA_MODEL_ALIGN - b->length % KARAKA_MODEL_ALIGN) % KARAKA_MODEL_ALIGN;
    int error = karaka_buffer_add(b, zeros, gap);
    *section = (karaka_section){b->length, length};
    return error < 0 ? error : karaka_buffer_add(b, bytes, length);
}

static int add_names(karaka_buffer *text, const karaka_names *names) {
    int error = KARAKA_OK;
    for (uint32_t i = 0; i < names->count && error == KARAKA_OK; i++)
        error = karaka_buffer_add(text, names->name[i], strlen(names->name[i]) + 1);
    return error;
}

/* row = scale * int8, scale so that the largest value is 127. */
static void quantise(int8_t *out, float *scale, const float *row, size_t width) {
    float top = 0.0f;
    for (size_t j = 0; j < width; j++)
        top = fabsf(row[j]) > top ? fabsf(row[j]) : top;
    *scale = top / 127.0f;
    for (size_t j = 0; j < width; j++)
        out[j] = top > 0.0f ? (int8_t)lrintf(row[j] / *scale) : 0;
}

static int fill(const karaka_trainer *t, karaka_model_header *h, karaka_buffer *b) {
    karaka_buffer names = {0};
    int error = karaka_buffer_add(b, h, sizeof *h);
    for (uint32_t g = 0; g < t->inventory.group_count && error == KARAKA_OK; g++) {
        error = karaka_buffer_add(&names, t->inventory.group_name[g], strlen(t->inventory.group_name[g]) + 1);
        if (error == KARAKA_OK)
            error = add_names(&names, &t->inventory.group[g]);
    }
    if (error == KARAKA_OK)
        error = add_names(&names, &t->inventory.relations);
    if (error == KARAKA_OK)
        error = add_section(b, &h->section[KARAKA_STRINGS], names.bytes, names.length);
    karaka_buffer_free(&names);
    int8_t *rows = malloc(t->rows * t->half);
    float *scales = malloc(t->rows * sizeof *scales);
    if (!rows || !scales)
        error = karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    for (size_t i = 0; i < t->rows && error == KARAKA_OK; i++)
        quantise(rows + i * t->half, &scales[i], t->table + i * t->half, t->half);
    if (error == KARAKA_OK)
        error = add_section(b, &h->section[KARAKA_WEIGHTS], t->weights.packed, t->net.weight_count * sizeof(float));
    if (error == KARAKA_OK)
        error = add_section(b, &h->section[KARAKA_WORDS], t->inventory.slot,
                            (size_t)t->inventory.slots * 2 * sizeof *t->inventory.slot);
    if (error == KARAKA_OK)
        error = add_section(b, &h->section[KARAKA_SCALES], scales, t->rows * sizeof *scales);
    if (error == KARAKA_OK)
        error = add_section(b, &h->section[KARAKA_ROWS], rows, t->rows * t->half);
    free(rows);
    free(scales);
    return error;
}

static int write_file(const char *path, const karaka_buffer *b) {
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.new", path) >= (int)sizeof beside)
        return karaka_fail(KARAKA_ERROR_FILE, "%s: path too long", path);
    FILE *file = fopen(beside, "wb");
    bool good = file && fwrite(b->bytes, 1, b->length, file) == b->length;
    if (file && fclose(file) != 0)
        good = false;
    if (!good || rename(beside, path) != 0) {
        int error = karaka_fail(KARAKA_ERROR_FILE, "%s: cannot be written: %s", beside, strerror(errno));
        remove(beside);
        return error;
    }
    return KARAKA_OK;
}

int karaka_trainer_save(const karaka_trainer *t, const char *path) {
    karaka_model_header h = {.version = KARAKA_MODEL_VERSION,
                             .flags = t->inventory.cased ? KARAKA_MODEL_CASED : 0,
                             .byte_order = 0x01020304,
                             .shape = t->net.shape,
                             .words = t->inventory.words.count,
                             .slots = t->inventory.slots,
                             .buckets = t->inventory.buckets,
                             .root_relation = t->inventory.root_relation,
                             .weight_count = t->net.weight_count};
    memcpy(h.magic, KARAKA_MODEL_MAGIC, sizeof h.magic);
    karaka_buffer b = {0};
    int error = fill(t, &h, &b);
    if (error == KARAKA_OK) {
        memcpy(b.bytes, &h, sizeof h);
        karaka_model_seal(b.bytes, b.length);
        error = write_file(path, &b);
    }
    karaka_buffer_free(&b);
    return error;
}
