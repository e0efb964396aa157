/* store: coded documents in one SQLite file, and questions to it.
 *
 * In: documents that were coded (src/event). Out: rows, as records or summaries. The tables: schema.sql.
 * Inside: store.c opens and migrates, add.c writes documents, filter.c and select.c turn a karaka_query into SQL,
 * rows.c writes what it gives. A database may come from anywhere: it is opened with SQLite's defences against a hostile
 * schema.
 */
#ifndef KARAKA_STORE_H
#define KARAKA_STORE_H

#include "base/base.h"

#include <sqlite3.h>

enum { KARAKA_GROUPINGS = 8 };
enum { KARAKA_STORE_KNOWN = 8192, KARAKA_STORE_VERSION = 1, KARAKA_STORE_APPLICATION = 0x6b61726b };

/* Statements that adding needs; the texts stand in add.c. */
enum {
    ADD_FIND_DOCUMENT,
    ADD_DROP_DOCUMENT,
    ADD_DOCUMENT,
    ADD_DROP_WORDS,
    ADD_WORDS,
    ADD_SENTENCE,
    ADD_EVENT,
    ADD_PARTY,
    ADD_DYADS,
    ADD_CREDIT,
    ADD_CONTEXT,
    ADD_MENTION,
    ADD_FIND_OUTLET,
    ADD_OUTLET,
    ADD_FIND_ACTOR,
    ADD_ACTOR,
    ADD_FIND_PLACE,
    ADD_PLACE,
    ADD_FIND_SOURCE,
    ADD_SOURCE,
    ADD_STATEMENTS
};

struct karaka_store {
    sqlite3 *db;
    char *path;
    bool in_batch, exports; /* the views of exports.sql are there */
    unsigned time_limit;    /* milliseconds, 0: none */
    int64_t deadline;       /* of the question in hand */
    int64_t uncounted;      /* documents of this id and higher are not in document_text and tally yet; 0: all are */
    sqlite3_stmt *add[ADD_STATEMENTS]; /* prepared when first needed */
    sqlite3_stmt *tally[KARAKA_GROUPINGS];
    /* Rows that were found or made lately, by the hash of what they hold; empty after a rollback. */
    struct {
        uint64_t key;
        int64_t id; /* 0: empty */
    } known[KARAKA_STORE_KNOWN];
};

/* KARAKA_ERROR_FILE with SQLite's message; KARAKA_ERROR_MEMORY where that was the reason. */
int karaka_store_fail(const karaka_store *store, const char *doing);
int karaka_store_run(karaka_store *store, const char *sql);
/* The number in the first column of the first row. */
int karaka_store_read(karaka_store *store, const char *sql, int64_t *out);
/* Takes back what was added since the last commit; SQLite may have done so by itself, as on a full disk. */
void karaka_store_drop_batch(karaka_store *store);
/* add.c: puts the documents of the batch into document_text and tally. */
int karaka_store_count(karaka_store *store);

/* The sum of Goldstein values in thousandths, and the mean out of that and a count. */
#define KARAKA_GOLDSTEIN_SUM "coalesce(sum(CAST(round(event.goldstein * 1000) AS INTEGER)), 0)"
#define KARAKA_GOLDSTEIN_MEAN(sum, count) "round(" sum " / 1000.0 / nullif(" count ", 0), 2) AS goldstein"

/* What events are counted by. */
typedef struct karaka_grouping {
    unsigned by;       /* KARAKA_BY_DAY, ... */
    const char *name;  /* tally.kind */
    const char *kept;  /* SQL over event and `join`: tally.a, tally.b; NULL: not kept, the page does not ask for it */
    const char *join;  /* other tables that it needs */
    const char *found; /* the same to tally */
    const char *same;  /* SQL: another event, `e`, of the same story is counted by the same */
    struct {
        const char *name, *sql, *found; /* a column of the summary, over event and over tally */
    } keys[4];                          /* up to name NULL */
} karaka_grouping;
extern const karaka_grouping karaka_groupings[KARAKA_GROUPINGS];
/* Counts the documents with ids first to last that come (sign 1) or go (-1). */
int karaka_store_tally(karaka_store *store, int64_t first, int64_t last, int sign);

/* Makes the views of exports.sql, once. */
int karaka_store_exports_make(karaka_store *store);
/* From now the time limit counts. */
void karaka_store_begin_question(karaka_store *store);

/* How many outlets tell an event, each in a document that repeats no other; a document without an outlet is its own.
 * (Copies count in GDELT's NumSources, so exports.sql has a count of its own.) */
#define KARAKA_INDEPENDENT                                                                                       \
    "(SELECT count(DISTINCT coalesce(d.outlet, -d.id)) FROM event AS e JOIN document AS d ON d.id = e.document " \
    "WHERE e.story = event.story AND d.duplicate_of IS NULL)"

/* Conditions, and the values of their "?" in order. Zero it before use. */
typedef struct karaka_filter {
    karaka_buffer sql, match;
    struct {
        const char *text; /* borrowed from the query, or of `match`; NULL: a number */
        double number;
    } values[64];
    int count;
} karaka_filter;

/* " WHERE ..." over the table event for all that the query asks, "" where it asks nothing; KARAKA_ERROR_ARGUMENT where
 * that makes no sense. */
int karaka_filter_build(karaka_filter *filter, const karaka_query *query);
void karaka_filter_free(karaka_filter *filter);

struct karaka_rows {
    karaka_store *store;
    sqlite3_stmt *chosen;    /* ids of events in their order; NULL: `statement` has all rows */
    sqlite3_stmt *statement; /* of the event in hand */
    karaka_rows_form form;
    bool summary;              /* columns as named; else one event a row */
    bool begun, ended, inside; /* inside: of a statement for one event */
    uint64_t count;            /* rows written */
};

#endif
