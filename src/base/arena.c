/* arena: memory that is handed out piece by piece and freed at once.
 *
 * In: sizes. Out: zeroed, 16-byte aligned pieces from blocks that double up to 1 MiB; a larger piece gets a block of
 * its own. A large arena takes blocks of 2 MiB that the kernel may back with one huge page each: a language's tables
 * are some 10 MB, and touching them page by page costs more than reading them. Example: 3 pieces of 24 bytes lie 32
 * bytes apart in one 4 KiB block.
 */
#include "base/base.h"
#include <stdlib.h>
#include <sys/mman.h>

enum { ALIGN = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, HUGE_PAGE = 2 << 20 };

typedef struct block {
    struct block *next;
    size_t size, used; /* of `bytes` */
    bool mapped;
    _Alignas(ALIGN) char bytes[];
} block;

struct karaka_arena {
    block *blocks; /* the one being filled first */
    size_t next_size, used;
    bool large, failed;
};

/* A block that fills whole huge pages and begins on one; NULL where the system has none to give. */
static block *block_map(size_t size) {
#ifdef MADV_HUGEPAGE
    size_t whole = (sizeof(block) + size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE, room = whole + HUGE_PAGE;
    char *bytes = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED)
        return NULL;
    size_t before = (HUGE_PAGE - (uintptr_t)bytes % HUGE_PAGE) % HUGE_PAGE;
    if (before)
        munmap(bytes, before);
    if (HUGE_PAGE - before)
        munmap(bytes + before + whole, HUGE_PAGE - before);
    (void)madvise(bytes + before, whole, MADV_HUGEPAGE); /* a hint */
    block *b = (block *)(void *)(bytes + before);
    b->size = whole - sizeof *b;
    b->mapped = true;
    return b;
#else
    (void)size;
    return NULL;
#endif
}

static block *block_new(const karaka_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        return NULL;
    block *b = arena->large ? block_map(size) : NULL;
    if (b)
        return b;
    b = calloc(1, sizeof *b + size);
    if (b)
        b->size = size;
    return b;
}

int karaka_arena_new(karaka_arena **out) {
    karaka_arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    arena->next_size = FIRST_BLOCK;
    *out = arena;
    return KARAKA_OK;
}

int karaka_arena_new_large(karaka_arena **out) {
    int error = karaka_arena_new(out);
    if (error == KARAKA_OK) {
        (*out)->large = true;
        (*out)->next_size = HUGE_PAGE - sizeof(block);
    }
    return error;
}

void karaka_arena_free(karaka_arena *arena) {
    if (!arena)
        return;
    for (block *b = arena->blocks; b;) {
        block *next = b->next;
        if (b->mapped)
            munmap(b, sizeof *b + b->size);
        else
            free(b);
        b = next;
    }
    free(arena);
}

/* A block with room for `size` bytes; NULL when there is no memory. */
static block *block_for(karaka_arena *arena, size_t size) {
    block *front = arena->blocks;
    if (front && front->size - front->used >= size)
        return front;
    if (size > arena->next_size / 2) {
        block *own = block_new(arena, size);
        if (!own)
            return NULL;
        /* Behind the front, so that what is left of the front is still used. */
        own->next = front ? front->next : NULL;
        if (front)
            front->next = own;
        else
            arena->blocks = own;
        return own;
    }
    block *fresh = block_new(arena, arena->next_size);
    if (!fresh)
        return NULL;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    fresh->next = front;
    arena->blocks = fresh;
    return fresh;
}

void *karaka_arena_alloc(karaka_arena *arena, size_t size) {
    if (size <= SIZE_MAX - ALIGN) {
        size_t rounded = (size + ALIGN - 1) / ALIGN * ALIGN;
        if (!rounded)
            rounded = ALIGN;
        block *b = block_for(arena, rounded);
        if (b) {
            void *piece = b->bytes + b->used;
            b->used += rounded;
            arena->used += rounded;
            return piece;
        }
    }
    arena->failed = true;
    karaka_fail(KARAKA_ERROR_MEMORY, "out of memory (%zu bytes asked)", size);
    return NULL;
}

bool karaka_arena_failed(const karaka_arena *arena) {
    return arena->failed;
}

size_t karaka_arena_used(const karaka_arena *arena) {
    return arena->used;
}
