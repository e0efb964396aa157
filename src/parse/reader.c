/* reader: the sentences of a document through the network, in batches.
 *
 * In: a segmented document and its language's model. Out: tags, lemmas and trees of its tokens.
 * Example: two sentences of 20 and 30 tokens are one batch: each matrix of the network is read once for both.
 *
 * What a document needs while it is read (activations, and the inputs of words met lately) is lent by the model and
 * given back, so that a thread that reads many documents neither asks for memory nor sums up the same words again.
 */
#include "document.h"
#include "parse/model.h"

#include <stdlib.h>
#include <string.h>

enum {
    BATCH_TOKENS = 64,
    ROOM = BATCH_TOKENS + KARAKA_SENTENCE_TOKENS,
    KNOWN_WORDS = 8192,
    KNOWN_BYTES = 56,
    KNOWN_FEATS = 128
};

/* A word met before; what stands in `scratch.known_x` at its place is the network's input for it. */
typedef struct known_word {
    char form[KNOWN_BYTES]; /* whole, so that no two words are taken for each other; "": none */
} known_word;

/* The features that a document's tokens have had: one string for all that have the same. */
typedef struct known_feats {
    uint16_t tags[KARAKA_GROUPS];
    const char *text; /* in the document's arena; NULL: none */
} known_feats;

typedef struct karaka_scratch {
    karaka_scratch *next;
    karaka_pass pass;
    uint16_t *tags; /* [ROOM][groups] */
    uint16_t relations[ROOM];
    int32_t heads[ROOM];
    uint32_t lengths[ROOM];
    known_word known[KNOWN_WORDS];
    float *known_x; /* [KNOWN_WORDS][D] */
    known_feats feats[KNOWN_FEATS];
} karaka_scratch;

static void scratch_free(karaka_scratch *s) {
    karaka_pass_free(&s->pass);
    free(s->tags);
    free(s->known_x);
    free(s);
}

void karaka_scratches_free(karaka_scratch *first) {
    while (first) {
        karaka_scratch *next = first->next;
        scratch_free(first);
        first = next;
    }
}

static int scratch_new(karaka_scratch **out, const karaka_network *net) {
    karaka_scratch *s = calloc(1, sizeof *s);
    if (s) {
        s->tags = calloc(ROOM * net->shape.group_count, sizeof *s->tags);
        s->known_x = malloc(KNOWN_WORDS * net->shape.width * sizeof *s->known_x);
    }
    int error = s && s->tags && s->known_x ? karaka_pass_reserve(&s->pass, net, ROOM, false)
                                           : karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    if (error < 0 && s)
        scratch_free(s);
    else if (error == KARAKA_OK)
        *out = s;
    return error;
}

static int borrow(karaka_scratch **out, karaka_model *m) {
    pthread_mutex_lock(&m->lock);
    karaka_scratch *s = m->scratch;
    if (s)
        m->scratch = s->next;
    pthread_mutex_unlock(&m->lock);
    *out = s;
    return s ? KARAKA_OK : scratch_new(out, &m->net);
}

static void give_back(karaka_model *m, karaka_scratch *s) {
    pthread_mutex_lock(&m->lock);
    s->next = m->scratch;
    m->scratch = s;
    pthread_mutex_unlock(&m->lock);
}

static void embed(const karaka_model *m, float *x, const char *form) {
    karaka_features f;
    karaka_features_of(&f, &m->words, m->first_bucket, m->buckets, form);
    memset(x, 0, m->net.shape.width * sizeof *x);
    karaka_model_embed(m, x, &f);
}

static void embed_known(const karaka_model *m, karaka_scratch *s, float *x, const char *form) {
    size_t width = m->net.shape.width, length = strlen(form);
    if (length == 0 || length >= KNOWN_BYTES) {
        embed(m, x, form);
        return;
    }
    size_t at = karaka_hash(form, length, 0) % KNOWN_WORDS;
    if (memcmp(s->known[at].form, form, length + 1) != 0) {
        memcpy(s->known[at].form, form, length + 1);
        embed(m, s->known_x + at * width, form);
    }
    memcpy(x, s->known_x + at * width, width * sizeof *x);
}

/* "Case=Obl|Number=Sing" of the values chosen in the groups between the first and the last; "_" for none. */
static const char *write_feats(const karaka_model *m, karaka_arena *arena, const uint16_t *tags) {
    char text[512];
    size_t used = 0;
    for (size_t g = 1; g + 1 < m->net.shape.group_count; g++) {
        const char *name = m->group_name[g], *value = m->value[g][tags[g]];
        size_t n = strlen(name), v = strlen(value);
        if (tags[g] == 0 || used + n + v + 3 > sizeof text)
            continue;
        if (used)
            text[used++] = '|';
        memcpy(text + used, name, n);
        text[used + n] = '=';
        memcpy(text + used + n + 1, value, v);
        used += n + v + 1;
    }
    const char *copy = used ? karaka_arena_copy(arena, text, used) : "_";
    return copy ? copy : "_";
}

static const char *feats_of(const karaka_model *m, karaka_scratch *s, karaka_arena *arena, const uint16_t *tags) {
    const uint16_t *features = tags + 1; /* behind the part of speech; the lemma script comes last */
    size_t bytes = (m->net.shape.group_count - 2) * sizeof *features;
    known_feats *at = &s->feats[karaka_hash(features, bytes, 0) % KNOWN_FEATS];
    if (!at->text || memcmp(at->tags, features, bytes) != 0) {
        memcpy(at->tags, features, bytes);
        at->text = write_feats(m, arena, tags);
    }
    return at->text;
}

static int read_batch(const karaka_model *m, karaka_scratch *b, karaka_arena *arena, karaka_sentence *sentences,
                      size_t count) {
    const karaka_shape *s = &m->net.shape;
    size_t t = 0;
    for (size_t i = 0; i < count; i++) {
        b->lengths[i] = sentences[i].token_count;
        for (size_t j = 0; j < sentences[i].token_count; j++, t++)
            embed_known(m, b, b->pass.x + t * s->width, sentences[i].tokens[j].form);
    }
    b->pass.tokens = t;
    int error = karaka_network_run(&m->net, m->weights, &m->rounded, m->kernels, &b->pass, b->lengths, count, b->tags,
                                   b->heads, b->relations, m->root_relation);
    t = 0;
    for (size_t i = 0; i < count && error == KARAKA_OK; i++)
        for (size_t j = 0; j < sentences[i].token_count; j++, t++) {
            karaka_token *token = (karaka_token *)&sentences[i].tokens[j];
            const uint16_t *tags = b->tags + t * s->group_count;
            token->upos = m->upos[tags[0]];
            token->xpos = m->xpos[tags[0]];
            token->feats = feats_of(m, b, arena, tags);
            token->lemma =
                karaka_lemma_apply(arena, token->form, m->value[s->group_count - 1][tags[s->group_count - 1]]);
            token->head = b->heads[t];
            token->deprel = m->relation[b->relations[t]];
        }
    return error;
}

int karaka_model_parse(karaka_document *document) {
    karaka_model *m = document->language->model;
    if (!m)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "the language was opened without its model");
    karaka_scratch *scratch = NULL;
    int error = borrow(&scratch, m);
    if (error == KARAKA_OK)
        memset(scratch->feats, 0, sizeof scratch->feats);
    for (size_t i = 0; error == KARAKA_OK && i < document->sentence_count;) {
        size_t from = i, tokens = 0;
        for (; i < document->sentence_count; i++) {
            size_t n = document->sentences[i].token_count;
            if (n > KARAKA_SENTENCE_TOKENS) {
                error =
                    karaka_fail(KARAKA_ERROR_LIMIT, "a sentence of %zu tokens: at most %d", n, KARAKA_SENTENCE_TOKENS);
                break;
            }
            if (i > from && tokens + n > BATCH_TOKENS)
                break;
            tokens += n;
        }
        if (error == KARAKA_OK)
            error = read_batch(m, scratch, document->arena, document->sentences + from, i - from);
    }
    if (scratch)
        give_back(m, scratch);
    return error;
}
