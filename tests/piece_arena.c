/* piece_arena: an arena in which each piece is a block of malloc's own. Linked before the library it takes the place of
 * src/base/arena.c.
 *
 * In: sizes. Out: zeroed pieces; a sanitizer sees each step out of one, and each can be the one that there is no memory
 * for. Example: tests/test_memory.c, the targets in fuzz/.
 */
#include "base/base.h"
#include <stdlib.h>

typedef struct piece {
    struct piece *next;
    _Alignas(16) char bytes[];
} piece;

struct karaka_arena {
    piece *pieces;
    size_t used;
    bool failed;
};

int karaka_arena_new(karaka_arena **out) {
    karaka_arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    *out = arena;
    return KARAKA_OK;
}

int karaka_arena_new_large(karaka_arena **out) {
    return karaka_arena_new(out);
}

void karaka_arena_free(karaka_arena *arena) {
    for (piece *p = arena ? arena->pieces : NULL; p;) {
        piece *next = p->next;
        free(p);
        p = next;
    }
    free(arena);
}

void *karaka_arena_alloc(karaka_arena *arena, size_t size) {
    piece *p = size < SIZE_MAX / 2 ? calloc(1, sizeof *p + size) : NULL;
    if (!p) {
        arena->failed = true;
        karaka_fail(KARAKA_ERROR_MEMORY, "out of memory (%zu bytes asked)", size);
        return NULL;
    }
    p->next = arena->pieces;
    arena->pieces = p;
    arena->used += size;
    return p->bytes;
}

bool karaka_arena_failed(const karaka_arena *arena) {
    return arena->failed;
}

size_t karaka_arena_used(const karaka_arena *arena) {
    return arena->used;
}
