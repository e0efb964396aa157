/* store: opening a database, its version, and batches.
 *
 * In: a path. Out: a karaka_store with foreign keys on, in WAL mode when it is written to: many may read while one
 * writes, and a process that is killed leaves all batches that were committed. Example: karaka_store_open(&store,
 * "news.db", KARAKA_STORE_WRITE) makes the file with the tables of schema.sql.
 */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

extern const unsigned char karaka_store_schema[], karaka_store_views[], karaka_store_exports[];

int karaka_store_fail(const karaka_store *store, const char *doing) {
    int code = sqlite3_errcode(store->db);
    if ((code & 0xff) == SQLITE_INTERRUPT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "%s: the question takes longer than %u ms; ask for less", store->path,
                           store->time_limit);
    int error = (code & 0xff) == SQLITE_NOMEM ? KARAKA_ERROR_MEMORY : KARAKA_ERROR_FILE;
    return karaka_fail(error, "%s: %s: %s", store->path, doing, sqlite3_errmsg(store->db));
}

int karaka_store_run(karaka_store *store, const char *sql) {
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? KARAKA_OK
                                                                       : karaka_store_fail(store, "cannot be used");
}

int karaka_store_read(karaka_store *store, const char *sql, int64_t *out) {
    sqlite3_stmt *statement = NULL;
    int error = KARAKA_OK;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    else
        error = karaka_store_fail(store, "is no database of karaka");
    sqlite3_finalize(statement);
    return error;
}

/* Later versions add their steps here: from user_version to the next, each in the same transaction. */
static int migrate(karaka_store *store, int64_t version) {
    if (version == KARAKA_STORE_VERSION)
        return KARAKA_OK;
    return karaka_store_run(store, (const char *)karaka_store_schema);
}

/* Somebody has emptied it. */
static int fill_tally(karaka_store *store) {
    int64_t empty = 0;
    int error =
        karaka_store_read(store, "SELECT NOT EXISTS (SELECT 1 FROM tally) AND EXISTS (SELECT 1 FROM document)", &empty);
    return error < 0 || !empty ? error : karaka_store_tally(store, 0, INT64_MAX, 1);
}

/* Version 0 without tables is a new file. */
static int check_version(karaka_store *store, bool write) {
    int64_t version = 0, application = 0, tables = 0;
    int error = karaka_store_read(store, "PRAGMA user_version", &version);
    if (error == KARAKA_OK)
        error = karaka_store_read(store, "PRAGMA application_id", &application);
    if (error == KARAKA_OK)
        error = karaka_store_read(store, "SELECT count(*) FROM sqlite_schema", &tables);
    if (error < 0)
        return error;
    bool empty = !version && !tables;
    if (!empty && application != KARAKA_STORE_APPLICATION)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: a database of another program", store->path);
    if (version > KARAKA_STORE_VERSION)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: version %lld, made by a newer karaka; this one knows %d",
                           store->path, (long long)version, KARAKA_STORE_VERSION);
    if (!write)
        return empty ? karaka_fail(KARAKA_ERROR_FORMAT, "%s: an empty database", store->path) : KARAKA_OK;
    error = migrate(store, version);
    if (error == KARAKA_OK)
        error = fill_tally(store);
    return error < 0 ? error : karaka_store_run(store, "COMMIT");
}

static int open_for_writing(karaka_store *store) {
    int error =
        karaka_store_run(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                                "PRAGMA cache_size = -131072; PRAGMA wal_autocheckpoint = 32768; BEGIN IMMEDIATE");
    if (error == KARAKA_OK)
        error = check_version(store, true);
    return error;
}

int karaka_store_open(karaka_store **out, const char *path, unsigned flags) {
    bool write = flags & KARAKA_STORE_WRITE;
    karaka_store *store = calloc(1, sizeof *store);
    if (!store || !(store->path = strdup(path))) {
        free(store);
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    }
    int mode = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int error = KARAKA_OK;
    if (sqlite3_open_v2(path, &store->db, mode | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        error = store->db ? karaka_store_fail(store, "cannot be opened")
                          : karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    if (error == KARAKA_OK) {
        sqlite3_busy_timeout(store->db, 10000);
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        error = karaka_store_run(store, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                                        "PRAGMA foreign_keys = ON");
    }
    if (error == KARAKA_OK && flags) /* a writer's savepoints are temporary files too */
        error = karaka_store_run(store, "PRAGMA temp_store = MEMORY");
    if (error == KARAKA_OK)
        error = write ? open_for_writing(store) : check_version(store, false);
    if (error == KARAKA_OK)
        error = karaka_store_run(store, (const char *)karaka_store_views);
    if (error < 0) {
        karaka_store_close(store);
        return error;
    }
    *out = store;
    return KARAKA_OK;
}

int karaka_store_exports_make(karaka_store *store) {
    int error = store->exports ? KARAKA_OK : karaka_store_run(store, (const char *)karaka_store_exports);
    store->exports = error == KARAKA_OK;
    return error;
}

/* ---- Time ---- */

static int64_t milliseconds_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int too_late(void *context) {
    const karaka_store *store = context;
    return milliseconds_now() >= store->deadline;
}

void karaka_store_time_limit(karaka_store *store, unsigned milliseconds) {
    enum { STEPS = 10000 }; /* of SQLite's machine between two looks at the clock */
    store->time_limit = milliseconds;
    sqlite3_progress_handler(store->db, STEPS, milliseconds ? too_late : NULL, store);
}

void karaka_store_begin_question(karaka_store *store) {
    store->deadline = milliseconds_now() + store->time_limit;
}

void karaka_store_drop_batch(karaka_store *store) {
    /* The message of what failed is to stay, whatever this says. */
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    memset(store->known, 0, sizeof store->known);
    store->uncounted = 0;
    store->in_batch = false;
}

int karaka_store_commit(karaka_store *store) {
    if (!store->in_batch)
        return KARAKA_OK;
    int error = karaka_store_count(store);
    if (error == KARAKA_OK)
        error = karaka_store_run(store, "COMMIT");
    if (error < 0)
        karaka_store_drop_batch(store);
    store->in_batch = false;
    return error;
}

void karaka_store_close(karaka_store *store) {
    if (!store)
        return;
    for (size_t i = 0; i < ADD_STATEMENTS; i++)
        sqlite3_finalize(store->add[i]);
    for (size_t i = 0; i < KARAKA_GROUPINGS; i++)
        sqlite3_finalize(store->tally[i]);
    /* The file alone holds all then, though a reader keeps the log of it open. */
    if (store->db && !sqlite3_db_readonly(store->db, "main"))
        sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    sqlite3_close_v2(store->db);
    free(store->path);
    free(store);
}
