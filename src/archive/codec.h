/* codec: one interface to the decompressors.
 *
 * In: bytes of one gzip member, zstd frame, xz or bzip2 stream, zlib or brotli stream. Out: what they hold.
 * Example: karaka_decode(&out, KARAKA_CODING_GZIP, body, 16 << 20) -> the page that a server sent with
 *          `Content-Encoding: gzip`.
 */
#ifndef KARAKA_ARCHIVE_CODEC_H
#define KARAKA_ARCHIVE_CODEC_H

#include "base/base.h"

typedef enum karaka_coding {
    KARAKA_CODING_NONE,
    KARAKA_CODING_GZIP,
    KARAKA_CODING_ZSTD,
    KARAKA_CODING_XZ,
    KARAKA_CODING_BZIP2,
    KARAKA_CODING_DEFLATE, /* HTTP's: with zlib's head, or, as many servers send it, without */
    KARAKA_CODING_BROTLI,
} karaka_coding;

typedef struct karaka_codec karaka_codec;

int karaka_codec_new(karaka_codec **out, karaka_coding coding);
void karaka_codec_free(karaka_codec *codec); /* NULL is allowed */
/* Before each member but the first. */
int karaka_codec_reset(karaka_codec *codec);
/* A dictionary for all zstd frames that follow; copied. */
int karaka_codec_dictionary(karaka_codec *codec, karaka_slice dictionary);
/* Decodes some of `in` to `out`; both move on. 1: the member has ended; 0: go on with more bytes or more room;
 * negative: damaged. */
int karaka_codec_step(karaka_codec *codec, karaka_slice *in, char **out, size_t *room);

/* By the first bytes: how many tell, and what they tell. */
enum { KARAKA_CODING_BYTES = 10 };
karaka_coding karaka_coding_of(karaka_slice start);
/* "gzip member", for messages. */
const char *karaka_coding_piece(karaka_coding coding);
/* The bytes with which each member begins, for a search. */
karaka_slice karaka_coding_magic(karaka_coding coding);

/* All of `in`, members one after the other, appended to `out`. KARAKA_ERROR_LIMIT where that is more than `limit`
 * bytes. */
int karaka_decode(karaka_buffer *out, karaka_coding coding, karaka_slice in, size_t limit);

#endif
