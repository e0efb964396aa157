/* flow: bytes that come one piece after the other: from a file, a pipe, a decompressor, a file in an archive.
 *
 * In: a file, a callback, or the flow below. Out: a window on the next bytes, and the place in the file on disk that an
 * error message can name. Memory is the window, however long the flow.
 * Example: karaka_flow_file(&f, "a.warc.gz"); karaka_flow_unpack(&g, f, KARAKA_CODING_GZIP);
 *          karaka_flow_peek(g, 5) -> "WARC/..."; karaka_flow_place(g) -> 0; karaka_flow_take(g, 5)
 */
#ifndef KARAKA_ARCHIVE_FLOW_H
#define KARAKA_ARCHIVE_FLOW_H

#include "archive/codec.h"
#include "base/base.h"

enum {
    KARAKA_FLOW_WINDOW = 1 << 18,
    KARAKA_FLOW_HISTORY = 1 << 16, /* bytes taken already that karaka_flow_back can still reach */
    KARAKA_FLOW_PEEK = 1 << 16,    /* the most that karaka_flow_peek may be asked for */
    KARAKA_FLOW_MARKS = 256,
};

/* Where a gzip member or a zstd frame begins. When too many lie in one window the later ones are left out, and the
 * place named is that of an earlier one. */
typedef struct karaka_flow_mark {
    uint64_t at;    /* in this flow */
    uint64_t place; /* in the file on disk */
} karaka_flow_mark;

typedef struct karaka_flow karaka_flow;
struct karaka_flow {
    /* Puts at most `room` bytes, returns how many; 0 at the end, or in trouble, which it tells by karaka_flow_fail. */
    size_t (*fill)(karaka_flow *f, char *into, size_t room);
    /* After trouble: goes on where whole data begins again (with `start` if that is not NULL), which trouble_place then
     * tells. False: there is none. */
    bool (*mend)(karaka_flow *f, const char *start);
    void (*close)(karaka_flow *f); /* what the kind of flow owns, not `f` itself */
    char *window;
    size_t room, at, end;
    uint64_t offset; /* bytes taken */
    bool ended;
    int error; /* KARAKA_ERROR_* while in trouble, else 0 */
    uint64_t trouble_place;
    char trouble[256];
    karaka_flow_mark marks[KARAKA_FLOW_MARKS];
    size_t mark_count;
};

typedef ptrdiff_t (*karaka_flow_read)(void *context, void *into, size_t room);

int karaka_flow_file(karaka_flow **out, const char *path);
int karaka_flow_callback(karaka_flow **out, karaka_flow_read read, void *context);
/* The flow under `coding`. On success it owns `below`. */
int karaka_flow_unpack(karaka_flow **out, karaka_flow *below, karaka_coding coding);
void karaka_flow_close(karaka_flow *f); /* NULL is allowed */

/* For kinds of flows: `size` bytes that begin with a karaka_flow. */
int karaka_flow_new(karaka_flow **out, size_t size);
/* Tells trouble; returns 0, so that `fill` can return it. */
size_t karaka_flow_fail(karaka_flow *f, int error, uint64_t place, const char *what);
void karaka_flow_mark_here(karaka_flow *f, uint64_t at, uint64_t place);

/* The next bytes, at least `want` (KARAKA_FLOW_PEEK at most) unless the flow ends or is in trouble before. Valid until
 * the next call. */
karaka_slice karaka_flow_peek(karaka_flow *f, size_t want);
/* `length` bytes of what peek showed are done with. */
void karaka_flow_take(karaka_flow *f, size_t length);
/* Up to `length` bytes back; returns how many. */
size_t karaka_flow_back(karaka_flow *f, size_t length);
/* Back over `length` bytes that were taken last, given again where the window has them no longer. */
int karaka_flow_return(karaka_flow *f, const char *bytes, size_t length);
/* Byte of the file on disk where the next byte, or the member or frame with it, begins. */
uint64_t karaka_flow_place(karaka_flow *f);
/* Bytes up to where the next member or frame is known to begin; SIZE_MAX: not known. */
size_t karaka_flow_to_mark(const karaka_flow *f);
/* Out of trouble, or false with the flow at its end. */
bool karaka_flow_mend(karaka_flow *f, const char *start);

#endif
