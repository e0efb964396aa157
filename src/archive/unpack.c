/* unpack: the flow under gzip, zstd, xz or bzip2: members, frames or streams one after the other.
 *
 * In: a compressed flow. Out: a flow that marks where each member begins, checks each, and after a damaged one finds
 * the next. A .warc.zst may begin with a dictionary for all of its frames.
 * Example: three gzip members, the second with a wrong checksum -> the bytes of the first and second, trouble "the gzip
 *          member is damaged: incorrect data check" at its place; after mending the bytes of the third.
 */
#include "archive/flow.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* More than this from one member at more than this ratio is made to fill memory or time, not to be read. */
enum { BOMB_BYTES = 64 << 20, BOMB_RATIO = 250 };
enum { DICTIONARY_MOST = 16 << 20, PROBE = 32 };
/* Hostile members could lie in each other, to be unpacked again and again. */
enum { AGAIN_ALWAYS = 64 << 20, AGAIN_TIMES = 8 };

typedef struct packed {
    karaka_flow flow;
    karaka_flow *below;
    karaka_codec *codec;
    karaka_coding coding;
    bool inside;     /* a member */
    uint64_t begun;  /* where in `below` it begins */
    uint64_t place;  /* the same, in the file on disk */
    uint64_t made;   /* bytes from it so far */
    uint64_t filled; /* bytes from all members */
    uint64_t again;  /* bytes from damaged members after which the search went back */
} packed;

static size_t trouble(packed *p, int error, const char *what) {
    return karaka_flow_fail(&p->flow, error, p->place, what);
}

static size_t trouble_below(packed *p) {
    char what[300];
    if (p->below->error) {
        snprintf(what, sizeof what, "%s", p->below->trouble);
        return trouble(p, p->below->error, what);
    }
    snprintf(what, sizeof what, "%s breaks off at the end of the file", karaka_coding_piece(p->coding));
    return trouble(p, KARAKA_ERROR_INPUT, what);
}

/* False at the end of the flow or in trouble. */
static bool begin_member(packed *p) {
    karaka_slice next = karaka_flow_peek(p->below, KARAKA_CODING_BYTES);
    /* tar and some disks pad with zeros. */
    while (p->filled && next.length && !next.bytes[0]) {
        size_t zeros = 0;
        while (zeros < next.length && !next.bytes[zeros])
            zeros++;
        karaka_flow_take(p->below, zeros);
        next = karaka_flow_peek(p->below, KARAKA_CODING_BYTES);
    }
    p->begun = p->below->offset;
    p->place = karaka_flow_place(p->below);
    p->made = 0;
    if (!next.length)
        return p->below->error && trouble_below(p);
    if (karaka_coding_of(next) != p->coding) {
        char what[100];
        snprintf(what, sizeof what, "bytes that are no %s", karaka_coding_piece(p->coding) + strlen("the "));
        return trouble(p, KARAKA_ERROR_INPUT, what);
    }
    if (karaka_codec_reset(p->codec) < 0)
        return trouble(p, KARAKA_ERROR_MEMORY, "out of memory");
    p->inside = true;
    karaka_flow_mark_here(&p->flow, p->filled, p->place);
    return true;
}

static bool is_bomb(const packed *p) {
    return p->made > BOMB_BYTES && p->made / BOMB_RATIO > p->below->offset - p->begun;
}

static size_t fill_packed(karaka_flow *f, char *into, size_t room) {
    packed *p = (packed *)f;
    for (;;) {
        if (!p->inside && !begin_member(p))
            return 0;
        karaka_slice next = karaka_flow_peek(p->below, 1), in = next;
        char *to = into;
        size_t left = room;
        int ended = karaka_codec_step(p->codec, &in, &to, &left);
        size_t used = next.length - in.length, made = room - left;
        karaka_flow_take(p->below, used);
        p->made += made;
        p->filled += made;
        if (ended < 0)
            return trouble(p, ended, karaka_error_text()) + made;
        if (ended)
            p->inside = false;
        if (is_bomb(p))
            return trouble(p, KARAKA_ERROR_INPUT, "it grows more than 250-fold when unpacked, and is not read further");
        if (made)
            return made;
        if (!ended && !next.length)
            return trouble_below(p);
        if (!ended && !used)
            return trouble(p, KARAKA_ERROR_INPUT, "the compressed data makes no progress");
    }
}

/* Whether a member begins at the next byte of `below`, one that begins with `start` if that is not NULL. */
static bool begins_well(packed *p, const char *start) {
    char first[PROBE], *to = first;
    size_t room = sizeof first;
    karaka_slice next = karaka_flow_peek(p->below, KARAKA_FLOW_PEEK);
    if (karaka_coding_of(next) != p->coding || karaka_codec_reset(p->codec) < 0 ||
        karaka_codec_step(p->codec, &next, &to, &room) < 0)
        return false;
    size_t made = sizeof first - room;
    return !start || (made >= strlen(start) && memcmp(first, start, strlen(start)) == 0);
}

/* The damaged member may have swallowed the beginning of the next, so the search begins right behind its own. */
static bool mend_packed(karaka_flow *f, const char *start) {
    packed *p = (packed *)f;
    const karaka_slice magic = karaka_coding_magic(p->coding);
    p->inside = false;
    if (p->below->error && !karaka_flow_mend(p->below, NULL))
        return false;
    p->again += p->made;
    if (p->again <= AGAIN_ALWAYS + AGAIN_TIMES * p->below->offset && p->below->offset > p->begun) {
        const uint64_t back = p->below->offset - p->begun - 1;
        karaka_flow_back(p->below, back > KARAKA_FLOW_HISTORY ? KARAKA_FLOW_HISTORY : (size_t)back);
    }
    if (p->below->offset == p->begun && karaka_flow_peek(p->below, 1).length)
        karaka_flow_take(p->below, 1);
    for (;;) {
        karaka_slice next = karaka_flow_peek(p->below, KARAKA_FLOW_PEEK);
        const char *found = memmem(next.bytes, next.length, magic.bytes, magic.length);
        if (found) {
            karaka_flow_take(p->below, (size_t)(found - next.bytes));
            if (begins_well(p, start)) {
                f->trouble_place = karaka_flow_place(p->below);
                return true;
            }
            karaka_flow_take(p->below, 1);
        } else if (next.length < KARAKA_FLOW_PEEK) {
            karaka_flow_take(p->below, next.length);
            return false;
        } else {
            karaka_flow_take(p->below, next.length - magic.length + 1);
        }
    }
}

static void close_packed(karaka_flow *f) {
    packed *p = (packed *)f;
    karaka_codec_free(p->codec);
    karaka_flow_close(p->below);
}

/* ---- The dictionary of a .warc.zst ---- */

static uint32_t little_endian(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static int load_dictionary(packed *p, karaka_slice frame) {
    karaka_buffer plain = {0};
    int error = KARAKA_OK;
    if (karaka_coding_of(frame) == KARAKA_CODING_ZSTD) {
        error = karaka_decode(&plain, KARAKA_CODING_ZSTD, frame, DICTIONARY_MOST);
        if (error == KARAKA_ERROR_LIMIT)
            error = karaka_fail(KARAKA_ERROR_INPUT, "a zstd dictionary larger than %d bytes", DICTIONARY_MOST);
        frame = (karaka_slice){plain.bytes, plain.length};
    }
    if (error == KARAKA_OK)
        error = karaka_codec_dictionary(p->codec, frame);
    karaka_buffer_free(&plain);
    return error;
}

/* A skippable frame 0x184D2A5D at the very beginning holds it, itself compressed or not. */
static int read_dictionary(packed *p) {
    karaka_slice head = karaka_flow_peek(p->below, 8);
    karaka_buffer frame = {0};
    if (head.length < 8 || little_endian(head.bytes) != 0x184D2A5D)
        return KARAKA_OK;
    size_t left = little_endian(head.bytes + 4);
    if (left > DICTIONARY_MOST)
        return karaka_fail(KARAKA_ERROR_INPUT, "a zstd dictionary larger than %d bytes", DICTIONARY_MOST);
    karaka_flow_take(p->below, 8);
    int error = KARAKA_OK;
    while (left && error == KARAKA_OK) {
        karaka_slice next = karaka_flow_peek(p->below, 1);
        size_t part = next.length < left ? next.length : left;
        if (!part)
            error = karaka_fail(KARAKA_ERROR_INPUT, "the zstd dictionary breaks off");
        else
            error = karaka_buffer_add(&frame, next.bytes, part);
        karaka_flow_take(p->below, part);
        left -= part;
    }
    if (error == KARAKA_OK)
        error = load_dictionary(p, (karaka_slice){frame.bytes, frame.length});
    karaka_buffer_free(&frame);
    return error;
}

int karaka_flow_unpack(karaka_flow **out, karaka_flow *below, karaka_coding coding) {
    karaka_flow *f = NULL;
    int error = karaka_flow_new(&f, sizeof(packed));
    if (error < 0)
        return error;
    packed *p = (packed *)f;
    p->coding = coding;
    p->flow.fill = fill_packed;
    p->flow.mend = mend_packed;
    error = karaka_codec_new(&p->codec, coding);
    p->below = below;
    if (error == KARAKA_OK && coding == KARAKA_CODING_ZSTD)
        error = read_dictionary(p);
    if (error < 0) {
        karaka_codec_free(p->codec);
        karaka_flow_close(f);
        return error;
    }
    f->close = close_packed;
    *out = f;
    return KARAKA_OK;
}
