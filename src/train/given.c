/* given: word vectors that somebody else has learnt.
 *
 * In: a text file, a word and its numbers a line, parted by blanks (as GloVe is given out), all lines of the same
 * length. Out: the first numbers of the embedding table's word rows; what is left of a row is learnt from raw text.
 * A word that the file has in lower case only gets that vector too; one that it lacks gets zeros.
 * Example: "the 0.418 0.24968\nof 0.7 0.57\n" gives rows of "the", "The" and "of" two numbers each.
 */
#include "train/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORD = 256, NUMBERS = 512 };

typedef struct vector_line {
    char word[WORD];
    size_t count;
    float number[NUMBERS];
} vector_line;

/* The line at *at of the file; *at moves to the next. */
static int read_line(vector_line *line, const karaka_file *file, size_t *at, const char *path, size_t number) {
    char text[16384];
    const char *start = file->bytes + *at, *end = memchr(start, '\n', file->length - *at);
    size_t length = end ? (size_t)(end - start) : file->length - *at;
    *at += length + (end != NULL);
    if (length >= sizeof text)
        return karaka_fail(KARAKA_ERROR_INPUT, "%s:%zu: line too long", path, number);
    memcpy(text, start, length);
    text[length] = 0;
    size_t word = strcspn(text, " ");
    if (word == 0 || word >= WORD || text[word] == 0)
        return karaka_fail(KARAKA_ERROR_INPUT, "%s:%zu: a word and its numbers are wanted", path, number);
    memcpy(line->word, text, word);
    line->word[word] = 0;
    line->count = 0;
    for (char *p = text + word, *next; line->count < NUMBERS; p = next) {
        line->number[line->count] = strtof(p, &next);
        if (next == p)
            break;
        if (!isfinite(line->number[line->count]))
            return karaka_fail(KARAKA_ERROR_INPUT, "%s:%zu: \"%.*s\" is no finite number", path, number,
                               (int)(next - p), p);
        line->count++;
    }
    return KARAKA_OK;
}

static int each_line(karaka_trainer *t, const char *path, int (*see)(karaka_trainer *, const vector_line *, void *),
                     void *context) {
    karaka_file file;
    vector_line line;
    int error = karaka_file_open(&file, path);
    if (error < 0)
        return error;
    size_t width = 0, number = 0;
    for (size_t at = 0; error == KARAKA_OK && at < file.length;) {
        error = read_line(&line, &file, &at, path, ++number);
        width = width ? width : line.count;
        if (error == KARAKA_OK && (line.count != width || width == 0 || width > t->half))
            error = karaka_fail(KARAKA_ERROR_INPUT, "%s:%zu: %zu numbers, where %zu are wanted and %zu are the most",
                                path, number, line.count, width, t->half);
        if (error == KARAKA_OK)
            error = see(t, &line, context);
    }
    karaka_file_close(&file);
    return error;
}

static int add_word(karaka_trainer *t, const vector_line *line, void *context) {
    (void)context;
    if (karaka_names_of(&t->inventory.words, line->word, false) != KARAKA_NO_NAME)
        return KARAKA_OK;
    return karaka_names_of(&t->inventory.words, line->word, true) == KARAKA_NO_NAME ? KARAKA_ERROR_MEMORY : KARAKA_OK;
}

int karaka_given_count(karaka_trainer *t, const char *path) {
    return each_line(t, path, add_word, NULL);
}

typedef struct filling {
    bool *filled; /* [words] */
    size_t width;
} filling;

static int fill_row(karaka_trainer *t, const vector_line *line, void *context) {
    filling *f = context;
    uint32_t word = karaka_names_of(&t->inventory.words, line->word, false);
    f->width = line->count;
    if (word == KARAKA_NO_NAME)
        return KARAKA_OK;
    f->filled[word] = true;
    memcpy(t->table + (1 + (size_t)word) * t->half, line->number, line->count * sizeof *line->number);
    return KARAKA_OK;
}

/* Rows of words that the file lacks as they are written. */
static void fill_others(karaka_trainer *t, const filling *f) {
    for (uint32_t w = 0; w < t->inventory.words.count; w++) {
        float *row = t->table + (1 + (size_t)w) * t->half;
        char small[WORD];
        if (f->filled[w])
            continue;
        karaka_form_lower(small, sizeof small, t->inventory.words.name[w]);
        uint32_t like = karaka_names_of(&t->inventory.words, small, false);
        if (like != KARAKA_NO_NAME && f->filled[like])
            memcpy(row, t->table + (1 + (size_t)like) * t->half, f->width * sizeof *row);
        else
            memset(row, 0, f->width * sizeof *row);
    }
}

int karaka_given_read(karaka_trainer *t, size_t *given, const char *path) {
    filling f = {.filled = calloc(t->inventory.words.count + 1, sizeof *f.filled)};
    if (!f.filled)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    int error = each_line(t, path, fill_row, &f);
    if (error == KARAKA_OK) {
        fill_others(t, &f);
        karaka_vectors_scale(t, 0, f.width);
        *given = f.width;
    }
    free(f.filled);
    return error;
}
