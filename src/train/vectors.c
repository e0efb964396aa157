/* vectors: what raw text tells of words before the treebank does.
 *
 * In: plain text, blanks between words (punctuation is cut off here). Out: rows of the embedding table for all words
 * seen often enough, more than the treebank knows.
 *
 * Structured skip-gram (Ling et al. 2015, "Two/Too Simple Adaptations of Word2Vec for Syntax Problems", section 3.1):
 * a word predicts each neighbour with a matrix of its own for the neighbour's place, with negative sampling:
 *   loss = -log s(in_w . out_p,c) - sum over 5 random words r of log s(-in_w . out_p,r)
 * Order is kept, which is what a parser wants to know of a word.
 * Example: "उन्होंने बैठक की ।" with window 2: बैठक predicts उन्होंने at -1, की at +1, । at +2.
 */
#include "train/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum { WINDOW = 3, PLACES = 2 * WINDOW, NEGATIVE = 5, ROUNDS = 4, DRAWS = 1 << 20, RARE = 4, BREAK = UINT32_MAX };

typedef struct raw_text {
    uint32_t *word; /* numbers, BREAK between lines */
    size_t count;
} raw_text;

/* Calls `see` for each word and each piece of punctuation of the text. */
static int cut_words(const char *text, size_t length, int (*see)(void *, const char *, size_t), void *context) {
    char clean[1024];
    size_t from = 0;
    int error = KARAKA_OK;
    for (size_t at = 0; error == KARAKA_OK && at <= length;) {
        size_t here = at;
        int32_t cp = at < length ? karaka_utf8_next(text, length, &at) : (at++, ' ');
        bool blank = cp < 0 || u_isspace(cp), mark = !blank && cp != '-' && u_ispunct(cp);
        if (!blank && !mark)
            continue;
        if (here > from && here - from < sizeof clean / 2) {
            char form[sizeof clean / 2];
            memcpy(form, text + from, here - from);
            form[here - from] = 0;
            error = see(context, clean, karaka_form_clean(clean, sizeof clean, form));
        }
        if (error == KARAKA_OK && mark)
            error = see(context, text + here, at - here);
        if (error == KARAKA_OK && cp == '\n')
            error = see(context, NULL, 0);
        from = at;
    }
    return error;
}

static int count_word(void *context, const char *bytes, size_t length) {
    char word[1024];
    if (!bytes || length == 0 || length >= sizeof word)
        return KARAKA_OK;
    memcpy(word, bytes, length);
    word[length] = 0;
    return karaka_names_of(context, word, true) == KARAKA_NO_NAME ? KARAKA_ERROR_MEMORY : KARAKA_OK;
}

typedef struct numbering {
    karaka_names *words;
    raw_text *out;
    size_t room;
} numbering;

static int number_word(void *context, const char *bytes, size_t length) {
    numbering *n = context;
    char word[1024];
    uint32_t number = BREAK;
    if (bytes && length < sizeof word) {
        memcpy(word, bytes, length);
        word[length] = 0;
        number = karaka_names_of(n->words, word, false);
        if (number == KARAKA_NO_NAME)
            return KARAKA_OK; /* a rare word: its neighbours close up */
    }
    if (n->out->count == n->room) {
        size_t room = n->room ? 2 * n->room : 1 << 20;
        uint32_t *more = realloc(n->out->word, room * sizeof *more);
        if (!more)
            return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
        n->out->word = more;
        n->room = room;
    }
    n->out->word[n->out->count++] = number;
    return KARAKA_OK;
}

int karaka_vectors_count(karaka_trainer *t, const char *path) {
    karaka_file file;
    karaka_names all = {.arena = t->arena};
    int error = karaka_file_open(&file, path);
    if (error < 0)
        return error;
    error = cut_words(file.bytes, file.length, count_word, &all);
    karaka_file_close(&file);
    for (uint32_t i = 0; error == KARAKA_OK && i < all.count; i++)
        if (all.times[i] >= RARE && karaka_names_of(&t->inventory.words, all.name[i], false) == KARAKA_NO_NAME) {
            uint32_t at = karaka_names_of(&t->inventory.words, all.name[i], true);
            if (at == KARAKA_NO_NAME)
                return KARAKA_ERROR_MEMORY;
        }
    return error;
}

/* draws[DRAWS]: words in proportion to count^0.75; times[words] filled. */
static void make_draws(uint32_t *draws, const raw_text *text, uint32_t *times, uint32_t words) {
    double sum = 0.0, upto = 0.0;
    for (size_t i = 0; i < text->count; i++)
        if (text->word[i] != BREAK)
            times[text->word[i]]++;
    for (uint32_t w = 0; w < words; w++)
        sum += pow(times[w], 0.75);
    size_t at = 0;
    for (uint32_t w = 0; w < words; w++) {
        upto += pow(times[w], 0.75);
        while (at < DRAWS && (double)at < upto / sum * DRAWS)
            draws[at++] = w;
    }
    while (at < DRAWS)
        draws[at++] = 0;
}

/* One pair (word, neighbour or random word): moves `out`, gathers the change of `in`. */
static void pull(float *restrict in, float *restrict out, float *restrict change, size_t half, float target,
                 float rate) {
    float dot = 0.0f;
    for (size_t j = 0; j < half; j++)
        dot += in[j] * out[j];
    float g = rate * (target - 1.0f / (1.0f + expf(-dot)));
    for (size_t j = 0; j < half; j++) {
        change[j] += g * out[j];
        out[j] += g * in[j];
    }
}

static void skip_gram(karaka_trainer *t, const raw_text *text, const uint32_t *draws, const uint32_t *times, float *out,
                      size_t given, uint64_t seed) {
    size_t half = t->half - given, words = t->inventory.words.count;
    double total = (double)text->count * ROUNDS, done = 0.0;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < text->count; i++, done++) {
            uint32_t w = text->word[i];
            if (w == BREAK)
                continue;
            /* Frequent words are passed over as in word2vec: kept with probability sqrt(10^-4 N / count). */
            double keep = sqrt(1e-4 * (double)text->count / times[w]);
            if (keep < 1.0 && (double)(karaka_random_next(&seed) >> 11) / 9007199254740992.0 > keep)
                continue;
            float rate = 0.04f * (float)(1.0 - done / total) + 1e-4f, change[512] = {0};
            float *in = t->table + (1 + (size_t)w) * t->half + given;
            for (int p = 0; p < PLACES; p++) {
                int step = p < WINDOW ? p - WINDOW : p - WINDOW + 1;
                if ((step < 0 && i < (size_t)-step) || (step > 0 && i + (size_t)step >= text->count))
                    continue;
                uint32_t c = text->word[step < 0 ? i - (size_t)-step : i + (size_t)step];
                if (c == BREAK)
                    continue;
                float *place = out + (size_t)p * words * half;
                pull(in, place + c * half, change, half, 1.0f, rate);
                for (int n = 0; n < NEGATIVE; n++)
                    pull(in, place + draws[karaka_random_next(&seed) % DRAWS] * half, change, half, 0.0f, rate);
            }
            for (size_t j = 0; j < half; j++)
                in[j] += change[j];
        }
}

/* Takes the first, random numbers of words that the text has not. */
static void forget_unseen(karaka_trainer *t, const uint32_t *times, size_t from) {
    for (size_t w = 0; w < t->inventory.words.count; w++)
        for (size_t j = from; times[w] == 0 && j < t->half; j++)
            t->table[(1 + w) * t->half + j] = 0.0f;
}

/* Rows that are all zero do not count. In double: 1e-40, which a given file may hold, has no reciprocal in float. */
void karaka_vectors_scale(karaka_trainer *t, size_t from, size_t to) {
    double sum = 0.0;
    size_t n = 0, words = t->inventory.words.count;
    for (size_t w = 1; w <= words; w++) {
        double square = 0.0;
        for (size_t j = from; j < to; j++)
            square += (double)t->table[w * t->half + j] * (double)t->table[w * t->half + j];
        sum += square;
        n += square > 0.0 ? to - from : 0;
    }
    double by = sum > 0.0 ? 0.15 / sqrt(sum / (double)n) : 1.0;
    for (size_t w = 1; w <= words; w++)
        for (size_t j = from; j < to; j++)
            t->table[w * t->half + j] = (float)((double)t->table[w * t->half + j] * by);
}

int karaka_vectors_learn(karaka_trainer *t, const char *path, size_t given, uint64_t seed) {
    karaka_file file;
    raw_text text = {0};
    int error = karaka_file_open(&file, path);
    if (error < 0)
        return error;
    numbering n = {.words = &t->inventory.words, .out = &text};
    error = cut_words(file.bytes, file.length, number_word, &n);
    karaka_file_close(&file);
    uint32_t words = t->inventory.words.count;
    uint32_t *draws = malloc(DRAWS * sizeof *draws), *times = calloc(words, sizeof *times);
    float *out = calloc((size_t)PLACES * words * (t->half - given), sizeof *out);
    if (error == KARAKA_OK && (!draws || !times || !out))
        error = karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for the vectors of %u words", words);
    if (error == KARAKA_OK && text.count) {
        make_draws(draws, &text, times, words);
        skip_gram(t, &text, draws, times, out, given, seed);
        forget_unseen(t, times, given);
        karaka_vectors_scale(t, given, t->half);
    }
    free(text.word);
    free(draws);
    free(times);
    free(out);
    return error;
}
