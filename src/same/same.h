/* same: finds the older document that a new one was copied from.
 *
 * In: documents, one after the other. Out: for each its likeness: new, copy, longer, passage.
 *
 *   sketch.c    text -> some hundred numbers at most: a sample of its shingles (four words in a row)
 *   postings.c  number -> documents that have it; in memory
 *   log.c       the file: what is known of each document, one record after the other, each with its checksum
 *   answer.c    what is told of a document and its events
 *   index.c     the public functions
 *
 * The method is Broder's containment sketch ("On the resemblance and containment of documents", 1997, section 4): of
 * all hashes of shingles those are kept that are 0 modulo m. Which are kept depends on nothing but the shingle, so the
 * kept ones of the common part of two texts are the common ones of those kept: |A and B| / |A|, the share of A that
 * stands in B, comes out unbiased, however much else B holds. A fixed number of minima (MinHash) tells only how much
 * two texts are alike as wholes, and loses an agency's report inside a longer article. m is a power of two and smaller
 * for short texts, so that these keep enough; two texts are compared at the larger m, where both samples are whole.
 *
 * Example: A of 400 words, its first half reprinted as B: A keeps about 100 numbers, B about 50, all of them A's;
 * B stands in A to 100 %, A in B to 50 %: B is a copy.
 */
#ifndef KARAKA_SAME_H
#define KARAKA_SAME_H

#include "document.h"

#include <pthread.h>

/* ---- sketch.c ---- */

enum {
    KARAKA_SHINGLE = 4,        /* words of a shingle */
    KARAKA_SKETCH_MOST = 2048, /* numbers kept of one text, however long */
    KARAKA_SKETCH_LEVELS = 3,  /* levels whose counts are kept; the level of nearly all news is the last, 2 */
};

/* The sample of one text at level l: hashes of shingles with l or more zero bits at the end. */
typedef struct karaka_sketch {
    uint64_t text;   /* hash of all words; 0 where there is none */
    uint32_t *keys;  // [count], upper halves of the hashes, ascending, each once
    uint32_t *ranks; // [count], which of them comes how far on in the text
    uint32_t count;
    uint16_t counts[KARAKA_SKETCH_LEVELS]; // how many of them are left at a level
    uint8_t level;
} karaka_sketch;

int karaka_sketch_make(karaka_sketch **out, karaka_arena *arena, const karaka_spelling *spelling, karaka_slice text);
/* How many numbers are left at level `at`, which is not below the sketch's own. */
uint32_t karaka_sketch_left(uint32_t count, const uint16_t counts[KARAKA_SKETCH_LEVELS], uint8_t level, uint8_t at);

/* ---- postings.c ---- */

/* (key, document) pairs in one open-addressing table; at most KARAKA_POSTINGS_MOST documents a key. */
typedef struct karaka_posting {
    uint32_t key, document; /* document: number + 1; 0: free */
} karaka_posting;

typedef struct karaka_postings {
    karaka_posting *slots; // [size]
    size_t size, used;
} karaka_postings;

enum { KARAKA_POSTINGS_MOST = 32 };

/* Room for `more` pairs, so that adding them cannot fail. */
int karaka_postings_reserve(karaka_postings *p, size_t more);
void karaka_postings_add(karaka_postings *p, const uint32_t *keys, size_t count, uint32_t document);
/* A document that has a key, and the key's index. */
typedef struct karaka_hit {
    uint32_t document, key;
} karaka_hit;
typedef KARAKA_LIST(karaka_hit) karaka_hits;
int karaka_postings_find(karaka_hits *out, karaka_arena *arena, const karaka_postings *p, const uint32_t *keys,
                         size_t count);
void karaka_postings_free(karaka_postings *p);

/* ---- log.c ---- */

#define KARAKA_SAME_NONE UINT32_MAX

/* An event of a document, and the one that it is a copy of (itself if none). */
typedef struct karaka_same_event {
    uint64_t deed;   /* hash of type, codes and trigger */
    uint64_t days;   /* hash of the first and last day; 0: none told */
    uint64_t id;     /* of the event that was first */
    uint32_t owner;  /* the document which that stands in */
    uint32_t copied; /* 1: its sentence, or the event, is another document's */
} karaka_same_event;

/* What is known of one document. */
typedef struct karaka_same_entry {
    uint64_t text;    /* of its sketch */
    uint32_t cluster; /* numbers of documents, in the order of adding */
    uint32_t other;   /* KARAKA_SAME_NONE: new */
    float score;
    uint32_t count; /* of its sketch */
    uint16_t counts[KARAKA_SKETCH_LEVELS];
    uint8_t level, kind;
    uint32_t key_count; /* numbers that follow: `count`, or 0 in memory, where nothing is read again */
    uint32_t event_count, id_length, unused;
} karaka_same_entry;

/* An entry with what follows it in the record; borrowed from `bytes`. */
typedef struct karaka_same_record {
    karaka_same_entry entry;
    const char *keys, *events, *id; /* unaligned; id is not NUL-terminated */
} karaka_same_record;

typedef struct karaka_same_log {
    int file; /* -1: in memory */
    bool writes;
    char *path;      /* owned; for messages */
    uint64_t length; /* bytes of whole records */
    uint64_t size;   /* bytes of the file when it was opened */
    char *memory;    /* owned; the log itself without a file */
    size_t room;
} karaka_same_log;

/* Opens or makes the file, locks it for writing, checks its head. */
int karaka_same_log_open(karaka_same_log *log, const char *path, unsigned flags);
void karaka_same_log_close(karaka_same_log *log);
/* `*offset` is where the record stands, for karaka_same_log_read. */
int karaka_same_log_append(karaka_same_log *log, uint64_t *offset, const karaka_same_entry *entry, const uint32_t *keys,
                           const karaka_same_event *events, const char *id);
/* The record at `offset` into the arena. */
int karaka_same_log_read(const karaka_same_log *log, karaka_arena *arena, karaka_same_record *out, uint64_t offset);
/* Each record of a file that was just opened, in order; `take` returns 0 to go on. Cuts off an incomplete end when the
 * log is open for writing. */
int karaka_same_log_walk(karaka_same_log *log, int (*take)(void *context, const karaka_same_record *r, uint64_t offset),
                         void *context);
/* A record's bytes, of which nothing is believed, as an entry of document `number`; false: it cannot be one. */
bool karaka_same_record_of(karaka_same_record *out, const char *bytes, size_t length, uint64_t number);

/* ---- index.c ---- */

/* What is held in memory of each document. */
typedef struct karaka_same_known {
    uint64_t offset;
    uint32_t count;
    uint16_t counts[KARAKA_SKETCH_LEVELS];
    uint8_t level;
} karaka_same_known;

struct karaka_same {
    pthread_rwlock_t lock;
    karaka_same_log log;
    karaka_postings postings;
    karaka_same_known *known; // [count], malloc'd
    size_t count, room;
};

/* ---- answer.c ---- */

/* An older document that shares text with the new one. */
typedef struct karaka_same_match {
    uint32_t document;
    karaka_same_kind kind;
    double score;
} karaka_same_match;

enum { KARAKA_SAME_MATCHES = 8 };

/* The best matches, best first. */
int karaka_same_match_all(karaka_same_match out[KARAKA_SAME_MATCHES], size_t *count, const karaka_same *index,
                          karaka_arena *arena, const karaka_sketch *sketch);
/* Fills the document's likeness and its events; `entry` and `*events` are what the index will know of it. */
int karaka_same_answer(karaka_document *document, karaka_same_entry *entry, karaka_same_event **events,
                       const karaka_same *index, const karaka_same_match *matches, size_t count);
/* The answer once more from the record of the same document. */
int karaka_same_repeat(karaka_document *document, const karaka_same *index, const karaka_same_record *record,
                       uint32_t number);

#endif
