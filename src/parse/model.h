/* model: the trained reader of a language: one mapped file, read-only, shared by all threads.
 *
 * In: a model file (written by src/train/save.c). Out: tags, lemmas and trees for segmented sentences.
 *
 * The file, little-endian, every section at a multiple of 64 bytes:
 *   header   karaka_model_header, with the XXH3 of itself (hash field 0) and of the rest
 *   strings  the name and values of each tag group, then the relations, NUL-terminated
 *   weights  float[weight_count], matrices as panels (kernel.h)
 *   words    uint32[slots][2], see karaka_words
 *   scales   float[rows]
 *   rows     int8[rows][width / 2]; a row's true value is scale * int8
 * Groups: the first is the part of speech ("NOUN\tNN": UPOS, XPOS), the last the lemma script, those between are the
 * morphological features by name, value 0 meaning absent. A lemma script "2:यह" takes two code points off the end of
 * the cleaned form and puts the rest there; "l1:" does so with the form in lower case.
 */
#ifndef KARAKA_MODEL_H
#define KARAKA_MODEL_H

#include "document.h"
#include "parse/word_features.h"
#include "parse/network.h"

#include <pthread.h>

#define KARAKA_MODEL_MAGIC "karaka\x1a\n"
enum { KARAKA_MODEL_VERSION = 1, KARAKA_MODEL_ALIGN = 64 };
enum { KARAKA_MODEL_CASED = 1 }; /* a flag: words are looked up as in a script with upper case (word_features.h) */

typedef struct karaka_section {
    uint64_t at, length; /* bytes from the start of the file */
} karaka_section;

enum { KARAKA_STRINGS, KARAKA_WEIGHTS, KARAKA_WORDS, KARAKA_SCALES, KARAKA_ROWS, KARAKA_SECTIONS };

typedef struct karaka_model_header {
    char magic[8];
    uint16_t version, flags;
    uint32_t byte_order; /* 0x01020304 */
    karaka_shape shape;
    uint32_t words, slots, buckets, root_relation;
    uint64_t weight_count;
    karaka_section section[KARAKA_SECTIONS];
    uint64_t length; /* of the file */
    uint64_t payload_hash, header_hash;
} karaka_model_header;

/* Writes length and checksums of a model file of `length` bytes, at least a header, into its header. */
void karaka_model_seal(char *file, size_t length);

/* What one document needs while it is read (reader.c). */
typedef struct karaka_scratch karaka_scratch;
void karaka_scratches_free(karaka_scratch *first);

struct karaka_model {
    karaka_file file;
    karaka_network net;
    const karaka_kernels *kernels;
    const float *weights;
    karaka_rounded_network rounded; /* owned */
    const float *scales;
    const int8_t *rows;
    karaka_words words;
    uint32_t first_bucket, buckets, root_relation;
    const char **strings; /* owned array; the text is the file's */
    const char *group_name[KARAKA_GROUPS];
    const char **value[KARAKA_GROUPS]; /* [group_size[g]] */
    const char **relation;             /* [relations] */
    const char **upos, **xpos;         /* [group_size[0]]: group 0's values cut in two; owned text */
    char *tag_text;
    pthread_mutex_t lock;    /* of `scratch` alone: all else is read-only once opened */
    karaka_scratch *scratch; /* not lent now; owned */
};

/* x of one token into x[D], zeroed before. */
void karaka_model_embed(const karaka_model *model, float *x, const karaka_features *features);

/* Lemma of a form by a script, in `arena`; the cleaned form itself where the script does not fit. */
const char *karaka_lemma_apply(karaka_arena *arena, const char *form, const char *script);
/* The script that turns a form into a lemma, in out[room]. */
void karaka_lemma_script(char *out, size_t room, const char *form, const char *lemma);

#endif
