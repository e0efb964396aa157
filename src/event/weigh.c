/* weigh: the table `weights`, and sums over it (weigh.h). */
#include "event/weigh.h"

#include "language/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME = 192,       /* bytes of a feature's name, at most; the rest is cut */
    LARGEST = 1000000 /* no weight is */
};

struct karaka_weights {
    struct weight {
        uint64_t key; /* 0: free */
        float value;
    } * slots; /* open addressing, [mask + 1] */
    size_t mask;
};

static struct weight *slot_of(const karaka_weights *w, uint64_t key) {
    size_t at = (size_t)key & w->mask;
    while (w->slots[at].key && w->slots[at].key != key)
        at = (at + 1) & w->mask;
    return &w->slots[at];
}

static uint64_t key_of(const char *name, size_t length) {
    uint64_t key = karaka_hash(name, length, 0);
    return key ? key : 1;
}

float karaka_weight_of(const karaka_weights *w, const char *name, size_t length) {
    return w ? slot_of(w, key_of(name, length))->value : 0;
}

int karaka_weights_load(karaka_weights **out, karaka_arena *arena, const char *directory) {
    karaka_table table;
    int rc = karaka_table_read(&table, arena, directory, "weights");
    *out = NULL;
    if (rc < 0 || table.count == 0)
        return rc;
    karaka_weights *w = karaka_arena_alloc(arena, sizeof *w);
    size_t room = 16;
    while (room < table.count * 2)
        room *= 2;
    if (!w || !(w->slots = karaka_arena_array(arena, room, sizeof *w->slots)))
        return KARAKA_ERROR_MEMORY;
    w->mask = room - 1;
    for (size_t i = 0; i < table.count; i++) {
        const karaka_row *row = &table.rows[i];
        char *end = NULL;
        float value = row->count == 2 ? strtof(row->cell[1], &end) : 0;
        if (row->count != 2 || !*row->cell[0] || end == row->cell[1] || *end || !(fabsf(value) < LARGEST))
            return karaka_row_fail(row, "not a feature and its weight");
        uint64_t key = key_of(row->cell[0], strlen(row->cell[0]));
        struct weight *slot = slot_of(w, key);
        if (slot->key)
            return karaka_row_fail(row, "\"%s\" has a weight already", row->cell[0]);
        *slot = (struct weight){.key = key, .value = value};
    }
    *out = w;
    return KARAKA_OK;
}

/* Features are joined by tabs where they are kept, so none may hold one. */
static bool keep_name(karaka_buffer *names, char *name, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (name[i] == '\t' || name[i] == '\n')
            name[i] = ' ';
    return karaka_buffer_add(names, name, n) == 0 && karaka_buffer_add(names, "\t", 1) == 0;
}

static size_t append(char name[NAME], size_t n, const char *part) {
    if (n && n < NAME)
        name[n++] = '.';
    size_t length = strnlen(part, NAME - n);
    memcpy(name + n, part, length);
    return n + length;
}

void karaka_weigh_once(karaka_evidence *e, const char *a, const char *b, const char *c, const char *d) {
    const char *parts[] = {a, b, c, d};
    char name[NAME];
    size_t n = 0;
    for (size_t i = 0; i < 4 && parts[i]; i++)
        n = append(name, n, parts[i]);
    e->sum += karaka_weight_of(e->weights, name, n);
    if (e->names && !keep_name(e->names, name, n))
        e->failed = true;
}

static size_t place_of(const char *a, const char *b, const char *c, const char *d) {
    const uint64_t mix = 0x9E3779B97F4A7C15u;
    uint64_t h = ((((uintptr_t)a * mix ^ (uintptr_t)b) * mix ^ (uintptr_t)c) * mix ^ (uintptr_t)d) * mix;
    return (size_t)(h >> (64 - KARAKA_REMEMBERED_BITS));
}

void karaka_weigh(karaka_evidence *e, const char *a, const char *b, const char *c, const char *d) {
    if (!e->remembered || e->names) {
        karaka_weigh_once(e, a, b, c, d);
        return;
    }
    karaka_remembered *m = &e->remembered[place_of(a, b, c, d)];
    if (m->a != a || m->b != b || m->c != c || m->d != d) {
        karaka_evidence alone = {.weights = e->weights};
        karaka_weigh_once(&alone, a, b, c, d);
        *m = (karaka_remembered){a, b, c, d, alone.sum};
    }
    e->sum += m->weight;
}
