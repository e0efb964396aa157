/* model: see model.h. In: a model file; out: the model, mapped.
 *
 * Example: karaka_model_open(&m, "languages/hi/model"); a file cut short gives KARAKA_ERROR_FORMAT
 * "languages/hi/model: damaged or cut short (12 of 9000000 bytes)".
 */
#include "parse/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 1024 /* of a tag or lemma script: each token has a copy */ };

void karaka_model_seal(char *file, size_t length) {
    karaka_model_header h;
    memcpy(&h, file, sizeof h);
    h.length = length;
    h.payload_hash = karaka_hash(file + sizeof h, length - sizeof h, 0);
    h.header_hash = 0;
    h.header_hash = karaka_hash(&h, sizeof h, 0);
    memcpy(file, &h, sizeof h);
}

static int check_header(const karaka_model_header *h, const karaka_file *file, const char *path) {
    if (file->length < sizeof h->magic || memcmp(h->magic, KARAKA_MODEL_MAGIC, sizeof h->magic) != 0)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: not a karaka model; train one with 'karaka train'", path);
    if (file->length < sizeof *h)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: cut short inside its header (%zu bytes)", path, file->length);
    if (h->byte_order != 0x01020304)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: written on a machine of the other byte order", path);
    if (h->version != KARAKA_MODEL_VERSION)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: model version %u, this karaka reads version %d", path, h->version,
                           KARAKA_MODEL_VERSION);
    if (h->flags & ~KARAKA_MODEL_CASED)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: model flags %u, which this karaka does not know", path, h->flags);
    if (h->length != file->length)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: damaged or cut short (%zu of %llu bytes)", path, file->length,
                           (unsigned long long)h->length);
    karaka_model_header copy = *h;
    copy.header_hash = 0;
    if (karaka_hash(&copy, sizeof copy, 0) != h->header_hash ||
        karaka_hash(file->bytes + sizeof *h, file->length - sizeof *h, 0) != h->payload_hash)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: damaged: its checksum does not fit its bytes", path);
    return KARAKA_OK;
}

/* Sections must be as long as the counts say and lie inside the file; the hash alone does not say so. */
static int check_sections(const karaka_model_header *h, const karaka_network *net, const char *path) {
    uint64_t rows = (uint64_t)1 + h->words + h->buckets;
    uint64_t want[KARAKA_SECTIONS] = {h->section[KARAKA_STRINGS].length, net->weight_count * sizeof(float),
                                      (uint64_t)h->slots * 2 * sizeof(uint32_t), rows * sizeof(float),
                                      rows * h->shape.width / 2};
    bool right = h->weight_count == net->weight_count && h->slots && (h->slots & (h->slots - 1)) == 0 && h->buckets &&
                 h->words < h->slots && h->root_relation < h->shape.relations &&
                 h->section[KARAKA_STRINGS].length < (1u << 24);
    for (size_t i = 0; i < KARAKA_SECTIONS; i++)
        right = right && h->section[i].length == want[i] && h->section[i].at % KARAKA_MODEL_ALIGN == 0 &&
                h->section[i].at <= h->length && want[i] <= h->length - h->section[i].at;
    return right ? KARAKA_OK : karaka_fail(KARAKA_ERROR_FORMAT, "%s: its sections do not fit its header", path);
}

static int check_numbers(const float *x, size_t count, const char *what, const char *path) {
    for (size_t i = 0; i < count; i++)
        if (!isfinite(x[i]))
            return karaka_fail(KARAKA_ERROR_FORMAT, "%s: %s %zu is not a finite number; train the model anew", path,
                               what, i);
    return KARAKA_OK;
}

/* What a name of the model holds goes to the output, perhaps to a terminal. */
static bool is_plain(const char *name, size_t length) {
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] < ' ' && name[i] != '\t')
            return false;
    return true;
}

/* Splits the string section and points groups, values and relations into it. */
static int name_all(karaka_model *m, const char *text, size_t length, const char *path) {
    const karaka_shape *s = &m->net.shape;
    size_t want = s->group_count + s->tags + s->relations, count = 0;
    m->strings = calloc(want + 2 * s->group_size[0], sizeof *m->strings);
    m->tag_text = malloc(length + 1);
    if (!m->strings || !m->tag_text)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    bool plain = true;
    for (size_t at = 0; at < length && count < want; count++) {
        size_t size = strnlen(text + at, length - at);
        plain = plain && size <= NAME_BYTES && is_plain(text + at, size);
        m->strings[count] = text + at;
        at += size + 1;
    }
    if (!plain || count != want || length == 0 || text[length - 1] != 0 || karaka_utf8_check(text, length) != length)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: its names do not fit its header", path);
    const char **at = m->strings;
    for (size_t g = 0; g < s->group_count; g++) {
        m->group_name[g] = *at++;
        m->value[g] = at;
        at += s->group_size[g];
    }
    m->relation = at;
    m->upos = m->relation + s->relations;
    m->xpos = m->upos + s->group_size[0];
    memcpy(m->tag_text, text, length);
    m->tag_text[length] = 0;
    for (size_t i = 0; i < s->group_size[0]; i++) {
        char *both = m->tag_text + (m->value[0][i] - text), *tab = strchr(both, '\t');
        m->upos[i] = both;
        m->xpos[i] = tab ? tab + 1 : "_";
        if (tab)
            *tab = 0;
    }
    return KARAKA_OK;
}

int karaka_model_open(karaka_model **out, const char *path) {
    karaka_model *m = calloc(1, sizeof *m);
    if (!m)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    pthread_mutex_init(&m->lock, NULL);
    int error = karaka_file_open(&m->file, path);
    if (error < 0) {
        pthread_mutex_destroy(&m->lock);
        free(m);
        return error;
    }
    const karaka_model_header *h = (const void *)m->file.bytes;
    error = check_header(h, &m->file, path);
    if (error == KARAKA_OK) {
        m->net.shape = h->shape;
        error = karaka_network_layout(&m->net);
    }
    if (error == KARAKA_OK)
        error = check_sections(h, &m->net, path);
    if (error == KARAKA_OK)
        error = name_all(m, m->file.bytes + h->section[KARAKA_STRINGS].at, h->section[KARAKA_STRINGS].length, path);
    if (error == KARAKA_OK) {
        m->weights = (const void *)(m->file.bytes + h->section[KARAKA_WEIGHTS].at);
        m->scales = (const void *)(m->file.bytes + h->section[KARAKA_SCALES].at);
        error = check_numbers(m->weights, m->net.weight_count, "weight", path);
    }
    if (error == KARAKA_OK)
        error = check_numbers(m->scales, h->section[KARAKA_SCALES].length / sizeof *m->scales, "scale", path);
    if (error == KARAKA_OK)
        error = karaka_network_round(&m->rounded, &m->net, m->weights);
    if (error < 0) {
        karaka_model_close(m);
        return error;
    }
    m->kernels = karaka_kernels_choose();
    m->words = (karaka_words){.slot = (const void *)(m->file.bytes + h->section[KARAKA_WORDS].at),
                              .slots = h->slots,
                              .cased = h->flags & KARAKA_MODEL_CASED};
    m->rows = (const void *)(m->file.bytes + h->section[KARAKA_ROWS].at);
    m->first_bucket = 1 + h->words;
    m->buckets = h->buckets;
    m->root_relation = h->root_relation;
    *out = m;
    return KARAKA_OK;
}

void karaka_model_close(karaka_model *model) {
    if (!model)
        return;
    karaka_scratches_free(model->scratch);
    pthread_mutex_destroy(&model->lock);
    karaka_network_rounded_free(&model->rounded);
    free(model->strings);
    free(model->tag_text);
    karaka_file_close(&model->file);
    free(model);
}

void karaka_model_embed(const karaka_model *m, float *x, const karaka_features *f) {
    size_t half = m->net.shape.width / 2;
    for (size_t i = 0; i < KARAKA_FEATURE_ROWS; i++) {
        uint32_t row = f->row[i] < m->first_bucket + m->buckets ? f->row[i] : 0;
        m->kernels->add_row(i == 0 ? x : x + half, m->rows + (size_t)row * half, m->scales[row], half);
    }
}
