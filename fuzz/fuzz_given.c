/* fuzz_given: any bytes as word vectors that are given for training.
 *
 * In: bytes. Checked: no step outside memory, all numbers in the table are numbers, no row beyond the words.
 */
#include "train/train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HALF = 8 };

/* What load and allocate in train.c do around it. */
static void read_given(karaka_trainer *t, const char *path) {
    t->half = HALF;
    t->inventory.words.arena = t->arena;
    if (karaka_names_of(&t->inventory.words, "The", true) == KARAKA_NO_NAME || karaka_given_count(t, path) < 0)
        return;
    size_t given = 0, room = (1 + (size_t)t->inventory.words.count) * t->half;
    t->table = karaka_arena_array(t->arena, room, sizeof *t->table);
    if (!t->table || karaka_given_read(t, &given, path) < 0)
        return;
    if (given > HALF)
        abort();
    for (size_t i = 0; i < room; i++)
        if (!isfinite(t->table[i]))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    karaka_trainer *t = calloc(1, sizeof *t);
    int file = memfd_create("vectors", 0);
    char path[64];
    if (!t || file < 0 || write(file, data, size) != (ssize_t)size || karaka_arena_new(&t->arena) < 0)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    read_given(t, path);
    karaka_arena_free(t->arena);
    close(file);
    free(t);
    return 0;
}
