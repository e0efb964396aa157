/* flow: the window that all flows share, and flows from a file or a callback.
 *
 * In: what a kind of flow fills in. Out: the window. The window keeps KARAKA_FLOW_HISTORY bytes behind its reader, so
 * that after damage the search for the next whole piece can begin close behind the beginning of the damaged one.
 * Example: peek(4) -> "\r\n\r\n", take(4); back(2) -> peek(2) "\r\n"
 */
#include "archive/flow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int karaka_flow_new(karaka_flow **out, size_t size) {
    karaka_flow *f = calloc(1, size);
    char *window = malloc(KARAKA_FLOW_WINDOW);
    if (!f || !window) {
        free(f);
        free(window);
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    }
    f->window = window;
    f->room = KARAKA_FLOW_WINDOW;
    *out = f;
    return KARAKA_OK;
}

void karaka_flow_close(karaka_flow *f) {
    if (!f)
        return;
    if (f->close)
        f->close(f);
    free(f->window);
    free(f);
}

size_t karaka_flow_fail(karaka_flow *f, int error, uint64_t place, const char *what) {
    f->error = error;
    f->trouble_place = place;
    snprintf(f->trouble, sizeof f->trouble, "%s", what);
    return 0;
}

bool karaka_flow_mend(karaka_flow *f, const char *start) {
    bool mended = f->error != KARAKA_ERROR_MEMORY && f->mend && f->mend(f, start);
    f->error = 0;
    f->ended = !mended;
    return mended;
}

/* ---- The window ---- */

static void make_room(karaka_flow *f) {
    size_t kept = f->at < KARAKA_FLOW_HISTORY ? f->at : KARAKA_FLOW_HISTORY, from = f->at - kept;
    if (!from)
        return;
    memmove(f->window, f->window + from, f->end - from);
    f->at -= from;
    f->end -= from;
}

karaka_slice karaka_flow_peek(karaka_flow *f, size_t want) {
    while (f->end - f->at < want && !f->ended && !f->error) {
        if (f->end + KARAKA_FLOW_PEEK > f->room)
            make_room(f);
        /* Not all of a window that has grown, so that it need not grow again. */
        size_t room = f->room - f->end < KARAKA_FLOW_WINDOW ? f->room - f->end : KARAKA_FLOW_WINDOW;
        size_t got = f->fill(f, f->window + f->end, room);
        f->end += got;
        if (!got && !f->error)
            f->ended = true;
    }
    return (karaka_slice){f->window + f->at, f->end - f->at};
}

void karaka_flow_take(karaka_flow *f, size_t length) {
    f->at += length;
    f->offset += length;
}

size_t karaka_flow_back(karaka_flow *f, size_t length) {
    size_t back = length < f->at ? length : f->at;
    f->at -= back;
    f->offset -= back;
    return back;
}

int karaka_flow_return(karaka_flow *f, const char *bytes, size_t length) {
    if (length > f->at) {
        /* The window has lost some of them: a larger one takes its place. */
        size_t unread = f->end - f->at, room = length + unread + KARAKA_FLOW_WINDOW;
        char *grown = malloc(room);
        if (!grown)
            return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
        memcpy(grown, bytes, length);
        memcpy(grown + length, f->window + f->at, unread);
        free(f->window);
        f->window = grown;
        f->room = room;
        f->at = length;
        f->end = length + unread;
    }
    karaka_flow_back(f, length);
    return KARAKA_OK;
}

/* ---- Places ---- */

void karaka_flow_mark_here(karaka_flow *f, uint64_t at, uint64_t place) {
    if (f->mark_count && f->marks[f->mark_count - 1].at == at)
        f->mark_count--; /* the member before gave nothing */
    if (f->mark_count < KARAKA_FLOW_MARKS)
        f->marks[f->mark_count++] = (karaka_flow_mark){at, place};
}

uint64_t karaka_flow_place(karaka_flow *f) {
    size_t passed = 0;
    while (passed + 1 < f->mark_count && f->marks[passed + 1].at <= f->offset)
        passed++;
    if (passed) {
        f->mark_count -= passed;
        memmove(f->marks, f->marks + passed, f->mark_count * sizeof *f->marks);
    }
    return f->mark_count ? f->marks[0].place : f->offset;
}

size_t karaka_flow_to_mark(const karaka_flow *f) {
    for (size_t i = 0; i < f->mark_count; i++)
        if (f->marks[i].at > f->offset)
            return (size_t)(f->marks[i].at - f->offset);
    return SIZE_MAX;
}

/* ---- From a file or a callback ---- */

typedef struct raw {
    karaka_flow flow;
    int descriptor; /* -1: by the callback */
    karaka_flow_read read;
    void *context;
} raw;

static size_t fill_raw(karaka_flow *f, char *into, size_t room) {
    raw *r = (raw *)f;
    ptrdiff_t got;
    do
        got = r->descriptor >= 0 ? read(r->descriptor, into, room) : r->read(r->context, into, room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return karaka_flow_fail(f, KARAKA_ERROR_FILE, f->offset, strerror(errno));
    return (size_t)got;
}

static void close_raw(karaka_flow *f) {
    raw *r = (raw *)f;
    if (r->descriptor >= 0)
        close(r->descriptor);
}

int karaka_flow_callback(karaka_flow **out, karaka_flow_read read, void *context) {
    int error = karaka_flow_new(out, sizeof(raw));
    if (error < 0)
        return error;
    raw *r = (raw *)*out;
    r->flow.fill = fill_raw;
    r->flow.close = close_raw;
    r->descriptor = -1;
    r->read = read;
    r->context = context;
    return KARAKA_OK;
}

int karaka_flow_file(karaka_flow **out, const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return karaka_fail(KARAKA_ERROR_FILE, "%s", strerror(errno));
    int error = karaka_flow_callback(out, NULL, NULL);
    if (error < 0) {
        close(descriptor);
        return error;
    }
    ((raw *)*out)->descriptor = descriptor;
    return KARAKA_OK;
}
