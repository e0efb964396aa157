/* buffer: bytes that grow, for output and for reading.
 *
 * In: pieces of text. Out: one malloc'd text, NUL after its length; unchanged when memory runs out.
 * Example: karaka_buffer b = {0}; karaka_buffer_format(&b, "%d:", 7); -> b.bytes "7:", b.length 2.
 */
#include "base/base.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and a NUL. */
static int reserve(karaka_buffer *b, size_t more) {
    if (more > SIZE_MAX / 2 - b->length - 1)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory (%zu bytes asked)", more);
    size_t need = b->length + more + 1;
    if (need <= b->room)
        return KARAKA_OK;
    size_t room = b->room ? b->room : 256;
    while (room < need)
        room *= 2;
    char *moved = realloc(b->bytes, room);
    if (!moved)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory (%zu bytes asked)", room);
    b->bytes = moved;
    b->room = room;
    return KARAKA_OK;
}

int karaka_buffer_add(karaka_buffer *b, const void *bytes, size_t length) {
    int error = reserve(b, length);
    if (error < 0)
        return error;
    if (length)
        memcpy(b->bytes + b->length, bytes, length);
    b->length += length;
    b->bytes[b->length] = '\0';
    return KARAKA_OK;
}

int karaka_buffer_text(karaka_buffer *b, const char *text) {
    return karaka_buffer_add(b, text, strlen(text));
}

int karaka_buffer_format(karaka_buffer *b, const char *format, ...) {
    int error = reserve(b, 127);
    if (error < 0)
        return error;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(b->bytes + b->length, b->room - b->length, format, list);
    va_end(list);
    if (length >= 0 && (size_t)length >= b->room - b->length) {
        error = reserve(b, (size_t)length);
        if (error == KARAKA_OK) {
            va_start(list, format);
            length = vsnprintf(b->bytes + b->length, b->room - b->length, format, list);
            va_end(list);
        }
    }
    if (length < 0)
        error = karaka_fail(KARAKA_ERROR_ARGUMENT, "text cannot be formatted");
    if (error == KARAKA_OK)
        b->length += (size_t)length;
    b->bytes[b->length] = '\0';
    return error;
}

void karaka_buffer_free(karaka_buffer *b) {
    free(b->bytes);
    *b = (karaka_buffer){0};
}
