/* fuzz_model: model files of any bytes behind right checksums, and sentences read with what is opened.
 *
 * In: one byte. Even: the rest is a model file, header and all. Odd: the next bytes choose the shape of a small network
 * and its counts, then come its names, a line each up to a NUL; all else is numbers, over and over until the sections
 * are full. Out: karaka_model_open takes the file or refuses it; what it takes reads two sentences.
 * Checked: no step outside memory; every token has its strings, every sentence is a tree with one root.
 */
#include "document.h"
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct bytes {
    const uint8_t *at, *end;
} bytes;

static uint32_t below(bytes *in, uint32_t limit) {
    return in->at < in->end ? *in->at++ % limit : 0;
}

static void choose_shape(karaka_model_header *h, bytes *in) {
    karaka_shape *s = &h->shape;
    *s = (karaka_shape){.width = 32, .layers = 1 + below(in, 2), .arc = 16, .relation = 16};
    s->tag_layer = 1 + below(in, s->layers);
    s->relations = 1 + below(in, 5);
    s->group_count = 2 + below(in, 3);
    for (size_t g = 0; g < s->group_count; g++)
        s->tags += s->group_size[g] = below(in, 9);
    h->slots = 1u << below(in, 5);
    h->words = below(in, h->slots);
    h->buckets = 1 + below(in, 9);
    h->root_relation = below(in, s->relations);
    h->flags = (uint16_t)below(in, 2);
}

/* The lines up to a NUL, into out, each with a NUL of its own. */
static size_t take_names(char *out, bytes *in) {
    size_t length = 0;
    for (; in->at < in->end && *in->at; in->at++)
        out[length++] = *in->at == '\n' ? '\0' : (char)*in->at;
    in->at += in->at < in->end;
    return length;
}

/* Places a section behind the last one and fills it with the input's last bytes. */
static size_t add_section(karaka_model_header *h, char *file, size_t at, int section, size_t length, bytes numbers) {
    at = (at + KARAKA_MODEL_ALIGN - 1) / KARAKA_MODEL_ALIGN * KARAKA_MODEL_ALIGN;
    h->section[section] = (karaka_section){at, length};
    size_t count = (size_t)(numbers.end - numbers.at);
    for (size_t i = 0; i < length; i++)
        file[at + i] = count ? (char)numbers.at[i % count] : 0;
    return at + length;
}

/* The header is cleared first; returns the file's length. */
static size_t build(char *file, size_t room, bytes in) {
    karaka_model_header *h = (karaka_model_header *)file;
    memset(file, 0, room);
    choose_shape(h, &in);
    karaka_network net = {.shape = h->shape};
    if (karaka_network_layout(&net) < 0)
        return sizeof *h;
    h->weight_count = net.weight_count;
    char *names = file + (sizeof *h + KARAKA_MODEL_ALIGN - 1) / KARAKA_MODEL_ALIGN * KARAKA_MODEL_ALIGN;
    size_t length = take_names(names, &in), rows = 1 + h->words + h->buckets;
    h->section[KARAKA_STRINGS] = (karaka_section){(size_t)(names - file), length};
    size_t at = (size_t)(names - file) + length;
    at = add_section(h, file, at, KARAKA_WEIGHTS, net.weight_count * sizeof(float), in);
    at = add_section(h, file, at, KARAKA_WORDS, h->slots * 2 * sizeof(uint32_t), in);
    at = add_section(h, file, at, KARAKA_SCALES, rows * sizeof(float), in);
    return add_section(h, file, at, KARAKA_ROWS, rows * h->shape.width / 2, in);
}

static void seal(char *file, size_t length) {
    karaka_model_header h;
    if (length < sizeof h)
        return;
    memcpy(&h, file, sizeof h);
    memcpy(h.magic, KARAKA_MODEL_MAGIC, sizeof h.magic);
    h.version = KARAKA_MODEL_VERSION;
    h.byte_order = 0x01020304;
    memcpy(file, &h, sizeof h);
    karaka_model_seal(file, length);
}

static void check_tree(const karaka_sentence *s) {
    size_t roots = 0;
    for (uint32_t i = 0; i < s->token_count; i++) {
        const karaka_token *t = &s->tokens[i];
        if (strlen(t->upos) + strlen(t->xpos) + strlen(t->feats) + strlen(t->lemma) + strlen(t->deprel) == SIZE_MAX)
            abort();
        int32_t at = (int32_t)i;
        for (uint32_t steps = 0; at >= 0; at = s->tokens[at].head)
            if (at >= (int32_t)s->token_count || steps++ > s->token_count)
                abort();
        roots += t->head < 0;
    }
    if (roots != (s->token_count > 0))
        abort();
}

/* Two sentences, so that a batch holds more than one. */
static void read_sentences(karaka_model *model) {
    static const char *const forms[] = {"The", "नदी", "FLOWS", "\u200c", "2026", ".", "Why", "?"};
    enum { FORMS = sizeof forms / sizeof *forms, FIRST = 6 };
    karaka_token tokens[FORMS];
    karaka_sentence sentences[2] = {{.tokens = tokens, .token_count = FIRST},
                                    {.tokens = tokens + FIRST, .token_count = FORMS - FIRST}};
    karaka_language language = {.model = model};
    karaka_document document = {.language = &language, .sentences = sentences, .sentence_count = 2};
    memset(tokens, 0, sizeof tokens);
    for (size_t i = 0; i < FORMS; i++)
        tokens[i].form = forms[i];
    if (karaka_arena_new(&document.arena) < 0 || karaka_model_parse(&document) < 0)
        abort();
    check_tree(&sentences[0]);
    check_tree(&sentences[1]);
    karaka_arena_free(document.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { ROOM = 1 << 17 };
    char *file = malloc(ROOM + size), path[64];
    karaka_model *model = NULL;
    int descriptor = memfd_create("model", 0);
    if (!file || descriptor < 0)
        abort();
    bool whole = size && data[0] % 2 == 0;
    size_t length = whole ? size - 1 : build(file, ROOM + size, (bytes){data + (size > 0), data + size});
    if (whole)
        memcpy(file, data + 1, length);
    seal(file, length);
    if (write(descriptor, file, length) != (ssize_t)length)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    if (karaka_model_open(&model, path) == KARAKA_OK) {
        read_sentences(model);
        karaka_model_close(model);
    }
    close(descriptor);
    free(file);
    return 0;
}
