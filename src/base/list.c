/* list: arrays, copies, formatted texts and growing lists in an arena.
 *
 * In: an arena; SIZE_MAX bytes are asked of it for what is too large, so that it knows. Out: pieces. Apart from
 * arena.c, so that a test can put an arena of its own below. Example: KARAKA_LIST(int) l = {0}; KARAKA_PUSH(arena, l,
 * 7); -> l.items[0] is 7, room for 8.
 */
#include "base/base.h"
#include <stdio.h>
#include <string.h>

enum { LONGEST_FORMAT = 1 << 26 };

void *karaka_arena_array(karaka_arena *arena, size_t count, size_t size) {
    return karaka_arena_alloc(arena, size && count > SIZE_MAX / size ? SIZE_MAX : count * size);
}

char *karaka_arena_copy(karaka_arena *arena, const char *bytes, size_t length) {
    char *copy = karaka_arena_alloc(arena, length < SIZE_MAX ? length + 1 : SIZE_MAX);
    if (copy && length)
        memcpy(copy, bytes, length);
    return copy;
}

char *karaka_arena_format(karaka_arena *arena, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = karaka_arena_alloc(arena, length < 0 || length > LONGEST_FORMAT ? SIZE_MAX : (size_t)length + 1);
    if (!text)
        return NULL;
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return text;
}

int karaka_arena_end(const karaka_arena *arena, int error) {
    if (error == KARAKA_OK && karaka_arena_failed(arena))
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    return error;
}

int karaka_list_grow(karaka_arena *arena, void **items, size_t *room, size_t count, size_t size) {
    if (*room > SIZE_MAX / 2)
        return karaka_fail(KARAKA_ERROR_MEMORY, "list too long");
    size_t larger = *room ? *room * 2 : 8;
    void *moved = karaka_arena_array(arena, larger, size);
    if (!moved)
        return KARAKA_ERROR_MEMORY;
    if (count)
        memcpy(moved, *items, count * size);
    *items = moved;
    *room = larger;
    return KARAKA_OK;
}
