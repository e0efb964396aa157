/* base: memory, text slices, error text, growable buffers: what every other module stands on.
 *
 * In: nothing. Out: arenas, slices, buffers, the thread's last error, UTF-8 steps, NFC.
 * Example:  karaka_arena *a = NULL;
 *           if (karaka_arena_new(&a) < 0) return -1;
 *           char *s = karaka_arena_format(a, "%s:%u", "hi/predicates", 214u);   // lives until karaka_arena_free(a)
 */
#ifndef KARAKA_BASE_H
#define KARAKA_BASE_H

#include <karaka.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Arena: memory that goes at once -------------------------------------------------------------------------- */

typedef struct karaka_arena karaka_arena;

int karaka_arena_new(karaka_arena **out);
/* For some megabytes that live long: blocks of 2 MiB, huge pages where the system has them. */
int karaka_arena_new_large(karaka_arena **out);
void karaka_arena_free(karaka_arena *arena); /* NULL is allowed */
/* Zeroed memory, aligned to 16 bytes; NULL (and KARAKA_ERROR_MEMORY as last error) when there is none. */
void *karaka_arena_alloc(karaka_arena *arena, size_t size);
/* `count * size` with an overflow check. */
void *karaka_arena_array(karaka_arena *arena, size_t count, size_t size);
/* NUL-terminated copy of `length` bytes. */
char *karaka_arena_copy(karaka_arena *arena, const char *bytes, size_t length);
char *karaka_arena_format(karaka_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* True once there was no memory for a piece: what was made here may be wanting, so that no stage need ask at each. */
bool karaka_arena_failed(const karaka_arena *arena);
/* `error`, or where that is 0 and the arena has failed KARAKA_ERROR_MEMORY: the end of a stage. */
int karaka_arena_end(const karaka_arena *arena, int error);
/* Bytes handed out so far, for limits. */
size_t karaka_arena_used(const karaka_arena *arena);

/* A growable array in an arena: KARAKA_PUSH(arena, list, item) with struct { T *items; size_t count, room; } list.
 * Evaluates to 0, or KARAKA_ERROR_MEMORY. */
#define KARAKA_LIST(T)      \
    struct {                \
        T *items;           \
        size_t count, room; \
    }
int karaka_list_grow(karaka_arena *arena, void **items, size_t *room, size_t count, size_t size);
#define KARAKA_PUSH(arena, list, item)                                                                          \
    (((list).count < (list).room ||                                                                             \
      karaka_list_grow((arena), (void **)&(list).items, &(list).room, (list).count, sizeof *(list).items) == 0) \
         ? ((list).items[(list).count++] = (item), 0)                                                           \
         : KARAKA_ERROR_MEMORY)

/* ---- Errors ---------------------------------------------------------------------------------------------------- */

/* Sets the calling thread's last error and returns `code` (a negative KARAKA_ERROR_*), so that one writes
 * `return karaka_fail(KARAKA_ERROR_FORMAT, "%s:%zu: ...", path, line);`. */
int karaka_fail(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- Slices ---------------------------------------------------------------------------------------------------- */

/* Borrowed bytes, not NUL-terminated. */
typedef struct karaka_slice {
    const char *bytes;
    size_t length;
} karaka_slice;

karaka_slice karaka_slice_of(const char *text); /* of a NUL-terminated string */
karaka_slice karaka_slice_trim(karaka_slice s); /* ASCII and Unicode blanks off both ends */
bool karaka_slice_equal(karaka_slice a, karaka_slice b);
bool karaka_slice_is(karaka_slice a, const char *text);
uint64_t karaka_hash(const void *bytes, size_t length, uint64_t seed); /* XXH3: stable from run to run */

/* ---- Growable buffer (malloc'd; for output and reading) --------------------------------------------------------- */

typedef struct karaka_buffer {
    char *bytes; /* owned; NUL after `length` */
    size_t length, room;
} karaka_buffer;

int karaka_buffer_add(karaka_buffer *b, const void *bytes, size_t length);
int karaka_buffer_text(karaka_buffer *b, const char *text);
int karaka_buffer_format(karaka_buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void karaka_buffer_free(karaka_buffer *b);

/* ---- Files ------------------------------------------------------------------------------------------------------ */

/* Whole file, mapped read-only where possible. Unmap with karaka_file_close. Empty file: bytes "" length 0. */
typedef struct karaka_file {
    const char *bytes;
    size_t length;
    bool mapped;
} karaka_file;
int karaka_file_open(karaka_file *out, const char *path);
void karaka_file_close(karaka_file *file);

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------ */

/* Next code point at text[*at], moving *at; -1 on a malformed sequence (*at moves one byte). */
int32_t karaka_utf8_next(const char *text, size_t length, size_t *at);
/* Appends `cp` to out[4]; returns bytes written. */
size_t karaka_utf8_put(char out[4], int32_t cp);
/* Unicode White_Space, the byte order mark, zero-width spaces and direction marks. The joiners U+200C and U+200D are
 * part of words. */
bool karaka_utf8_blank(int32_t cp);
/* Offset of the first malformed byte, or `length` if the text is well-formed. */
size_t karaka_utf8_check(const char *text, size_t length);
/* NFC (ICU) of well-formed text into the arena; *out borrows `text` itself if that is NFC already. */
int karaka_nfc(karaka_slice *out, karaka_arena *arena, karaka_slice text);

#endif
