/* codec: zlib, libzstd, liblzma, libbz2 and libbrotlidec behind one interface.
 *
 * In: compressed bytes, of which nothing is believed. Out: decoded bytes. Each library checks the checksums that its
 * format has; what a window may take is bounded (zstd: 128 MiB, xz: 256 MiB).
 * Example: "\x1F\x8B..." in pieces of any size -> step, step, ..., 1.
 */
#include "archive/codec.h"

#include <brotli/decode.h>
#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#define XZ_MEMORY ((uint64_t)256 << 20)

struct karaka_codec {
    karaka_coding coding;
    bool begun, raw; /* raw: deflate without zlib's head */
    z_stream zlib;
    lzma_stream xz;
    bz_stream bzip2;
    ZSTD_DCtx *zstd;
    BrotliDecoderState *brotli;
};

static int damaged(const karaka_codec *codec, const char *why) {
    return karaka_fail(KARAKA_ERROR_INPUT, "%s is damaged: %s", karaka_coding_piece(codec->coding), why);
}

static int no_memory(void) {
    return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
}

static void end(karaka_codec *c) {
    if (!c->begun)
        return;
    c->begun = false;
    if (c->coding == KARAKA_CODING_GZIP || c->coding == KARAKA_CODING_DEFLATE)
        inflateEnd(&c->zlib);
    else if (c->coding == KARAKA_CODING_XZ)
        lzma_end(&c->xz);
    else if (c->coding == KARAKA_CODING_BZIP2)
        BZ2_bzDecompressEnd(&c->bzip2);
    else if (c->coding == KARAKA_CODING_BROTLI)
        BrotliDecoderDestroyInstance(c->brotli);
}

static int begin(karaka_codec *c) {
    bool good = true;
    if (c->coding == KARAKA_CODING_GZIP || c->coding == KARAKA_CODING_DEFLATE) {
        c->zlib = (z_stream){0};
        good = inflateInit2(&c->zlib, c->coding == KARAKA_CODING_GZIP ? 16 + MAX_WBITS
                                      : c->raw                        ? -MAX_WBITS
                                                                      : MAX_WBITS) == Z_OK;
    } else if (c->coding == KARAKA_CODING_XZ) {
        c->xz = (lzma_stream)LZMA_STREAM_INIT;
        good = lzma_stream_decoder(&c->xz, XZ_MEMORY, 0) == LZMA_OK;
    } else if (c->coding == KARAKA_CODING_BZIP2) {
        c->bzip2 = (bz_stream){0};
        good = BZ2_bzDecompressInit(&c->bzip2, 0, 0) == BZ_OK;
    } else if (c->coding == KARAKA_CODING_BROTLI) {
        c->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
        good = c->brotli != NULL;
    } else if (!c->zstd) {
        c->zstd = ZSTD_createDCtx();
        good = c->zstd != NULL;
    }
    c->begun = good;
    return good ? KARAKA_OK : no_memory();
}

int karaka_codec_new(karaka_codec **out, karaka_coding coding) {
    karaka_codec *c = calloc(1, sizeof *c);
    if (!c)
        return no_memory();
    c->coding = coding;
    int error = begin(c);
    if (error < 0)
        free(c);
    else
        *out = c;
    return error;
}

void karaka_codec_free(karaka_codec *codec) {
    if (!codec)
        return;
    end(codec);
    ZSTD_freeDCtx(codec->zstd);
    free(codec);
}

int karaka_codec_reset(karaka_codec *c) {
    if (c->coding == KARAKA_CODING_GZIP)
        return inflateReset(&c->zlib) == Z_OK ? KARAKA_OK : no_memory();
    if (c->coding == KARAKA_CODING_ZSTD)
        return ZSTD_isError(ZSTD_DCtx_reset(c->zstd, ZSTD_reset_session_only)) ? no_memory() : KARAKA_OK;
    end(c);
    return begin(c);
}

int karaka_codec_dictionary(karaka_codec *codec, karaka_slice dictionary) {
    size_t result = ZSTD_DCtx_loadDictionary(codec->zstd, dictionary.bytes, dictionary.length);
    return ZSTD_isError(result) ? damaged(codec, ZSTD_getErrorName(result)) : KARAKA_OK;
}

/* ---- A step of each ---- */

static unsigned at_most(size_t size) {
    return size < (1U << 30) ? (unsigned)size : 1U << 30;
}

static void move_on(karaka_slice *in, char **out, size_t *room, size_t used, size_t made) {
    in->bytes += used;
    in->length -= used;
    *out += made;
    *room -= made;
}

static int step_zlib(karaka_codec *c, karaka_slice *in, char **out, size_t *room) {
    const unsigned have = at_most(in->length), space = at_most(*room);
    c->zlib.next_in = (unsigned char *)(uintptr_t)in->bytes;
    c->zlib.avail_in = have;
    c->zlib.next_out = (unsigned char *)*out;
    c->zlib.avail_out = space;
    int result = inflate(&c->zlib, Z_NO_FLUSH);
    move_on(in, out, room, have - c->zlib.avail_in, space - c->zlib.avail_out);
    if (result == Z_OK || result == Z_BUF_ERROR || result == Z_STREAM_END)
        return result == Z_STREAM_END;
    if (result == Z_MEM_ERROR)
        return no_memory();
    return damaged(c, c->zlib.msg ? c->zlib.msg : "it needs a dictionary");
}

static int step_zstd(karaka_codec *c, karaka_slice *in, char **out, size_t *room) {
    ZSTD_inBuffer from = {in->bytes, in->length, 0};
    ZSTD_outBuffer to = {*out, *room, 0};
    size_t result = ZSTD_decompressStream(c->zstd, &to, &from);
    move_on(in, out, room, from.pos, to.pos);
    return ZSTD_isError(result) ? damaged(c, ZSTD_getErrorName(result)) : result == 0;
}

static int step_xz(karaka_codec *c, karaka_slice *in, char **out, size_t *room) {
    c->xz.next_in = (const uint8_t *)in->bytes;
    c->xz.avail_in = in->length;
    c->xz.next_out = (uint8_t *)*out;
    c->xz.avail_out = *room;
    lzma_ret result = lzma_code(&c->xz, LZMA_RUN);
    move_on(in, out, room, in->length - c->xz.avail_in, *room - c->xz.avail_out);
    if (result == LZMA_MEM_ERROR)
        return no_memory();
    if (result == LZMA_MEMLIMIT_ERROR)
        return damaged(c, "it needs more than 256 MiB");
    if (result == LZMA_OK || result == LZMA_BUF_ERROR || result == LZMA_STREAM_END)
        return result == LZMA_STREAM_END;
    return damaged(c, result == LZMA_OPTIONS_ERROR ? "unknown options" : "incorrect data");
}

static int step_bzip2(karaka_codec *c, karaka_slice *in, char **out, size_t *room) {
    const unsigned have = at_most(in->length), space = at_most(*room);
    c->bzip2.next_in = (char *)(uintptr_t)in->bytes;
    c->bzip2.avail_in = have;
    c->bzip2.next_out = *out;
    c->bzip2.avail_out = space;
    int result = BZ2_bzDecompress(&c->bzip2);
    move_on(in, out, room, have - c->bzip2.avail_in, space - c->bzip2.avail_out);
    if (result == BZ_MEM_ERROR)
        return no_memory();
    return result == BZ_OK || result == BZ_STREAM_END ? result == BZ_STREAM_END : damaged(c, "incorrect data");
}

static int step_brotli(karaka_codec *c, karaka_slice *in, char **out, size_t *room) {
    size_t have = in->length, space = *room;
    const uint8_t *from = (const uint8_t *)in->bytes;
    uint8_t *to = (uint8_t *)*out;
    BrotliDecoderResult result = BrotliDecoderDecompressStream(c->brotli, &have, &from, &space, &to, NULL);
    move_on(in, out, room, in->length - have, *room - space);
    if (result == BROTLI_DECODER_RESULT_ERROR)
        return damaged(c, "incorrect data");
    return result == BROTLI_DECODER_RESULT_SUCCESS;
}

int karaka_codec_step(karaka_codec *codec, karaka_slice *in, char **out, size_t *room) {
    switch (codec->coding) {
    case KARAKA_CODING_ZSTD:
        return step_zstd(codec, in, out, room);
    case KARAKA_CODING_XZ:
        return step_xz(codec, in, out, room);
    case KARAKA_CODING_BZIP2:
        return step_bzip2(codec, in, out, room);
    case KARAKA_CODING_BROTLI:
        return step_brotli(codec, in, out, room);
    default:
        return step_zlib(codec, in, out, room);
    }
}

/* ---- First bytes ---- */

static const struct {
    const char *magic, *piece;
    size_t length;
} codings[] = {
    [KARAKA_CODING_NONE] = {"", "", 0},
    [KARAKA_CODING_GZIP] = {"\x1F\x8B\x08", "the gzip member", 3},
    [KARAKA_CODING_ZSTD] = {"\x28\xB5\x2F\xFD", "the zstd frame", 4},
    [KARAKA_CODING_XZ] = {"\xFD\x37zXZ\x00", "the xz stream", 6},
    [KARAKA_CODING_BZIP2] = {"BZh", "the bzip2 stream", 3},
    [KARAKA_CODING_DEFLATE] = {"", "the deflate stream", 0},
    [KARAKA_CODING_BROTLI] = {"", "the brotli stream", 0},
};

const char *karaka_coding_piece(karaka_coding coding) {
    return codings[coding].piece;
}

karaka_slice karaka_coding_magic(karaka_coding coding) {
    return (karaka_slice){codings[coding].magic, codings[coding].length};
}

/* "BZh9" alone could begin a text; the first block or the end of an empty stream follows at once. */
static bool is_bzip2(karaka_slice start) {
    return start.length >= 10 && start.bytes[3] >= '1' && start.bytes[3] <= '9' &&
           (memcmp(start.bytes + 4, "1AY&SY", 6) == 0 || memcmp(start.bytes + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

karaka_coding karaka_coding_of(karaka_slice start) {
    for (karaka_coding c = KARAKA_CODING_GZIP; c <= KARAKA_CODING_BZIP2; c++)
        if (start.length >= codings[c].length && memcmp(start.bytes, codings[c].magic, codings[c].length) == 0)
            return c == KARAKA_CODING_BZIP2 && !is_bzip2(start) ? KARAKA_CODING_NONE : c;
    /* A skippable zstd frame. */
    if (start.length >= 4 && (start.bytes[0] & 0xF0) == 0x50 && memcmp(start.bytes + 1, "\x2A\x4D\x18", 3) == 0)
        return KARAKA_CODING_ZSTD;
    return KARAKA_CODING_NONE;
}

/* ---- A whole body ---- */

static bool has_zlib_head(karaka_slice in) {
    const unsigned char *head = (const unsigned char *)in.bytes;
    return in.length >= 2 && (head[0] & 15) == 8 && (head[0] * 256 + head[1]) % 31 == 0;
}

static int decode_members(karaka_buffer *out, karaka_codec *codec, karaka_slice in, size_t limit) {
    char piece[16384];
    for (size_t total = 0;;) {
        char *to = piece;
        size_t room = sizeof piece, before = in.length;
        int ended = karaka_codec_step(codec, &in, &to, &room);
        if (ended < 0)
            return ended;
        size_t made = sizeof piece - room;
        total += made;
        if (total > limit)
            return karaka_fail(KARAKA_ERROR_LIMIT, "larger than %zu bytes, skipped", limit);
        int error = karaka_buffer_add(out, piece, made);
        if (error < 0)
            return error;
        if (ended && karaka_coding_of(in) != codec->coding)
            return KARAKA_OK; /* what may follow is padding */
        if (ended && (error = karaka_codec_reset(codec)) < 0)
            return error;
        if (!ended && !made && in.length == before)
            return damaged(codec, "it breaks off");
    }
}

int karaka_decode(karaka_buffer *out, karaka_coding coding, karaka_slice in, size_t limit) {
    karaka_codec *codec = NULL;
    int error = karaka_codec_new(&codec, coding);
    if (error < 0)
        return error;
    if (coding == KARAKA_CODING_DEFLATE && !has_zlib_head(in)) {
        codec->raw = true;
        error = karaka_codec_reset(codec);
    }
    if (error == KARAKA_OK)
        error = decode_members(out, codec, in, limit);
    karaka_codec_free(codec);
    return error;
}
