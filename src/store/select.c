/* select: a query's rows, one by one.
 *
 * In: karaka_query. Out: a statement whose rows rows.c writes: events, or summaries with counts and mean Goldstein
 * values. Example: {.pair = {"RUS", "PRK"}, .by = KARAKA_BY_MONTH} -> SELECT substr(event.day, 1, 7) AS period,
 * count(*) ...
 */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#define PERIODS (KARAKA_BY_DAY | KARAKA_BY_WEEK | KARAKA_BY_MONTH | KARAKA_BY_YEAR)

static const char *order_of(const karaka_query *query) {
    switch (query->order) {
    case KARAKA_ORDER_DAY_LAST:
        return "event.day DESC, event.id DESC";
    case KARAKA_ORDER_GOLDSTEIN:
        return "event.goldstein IS NULL, event.goldstein, event.id";
    case KARAKA_ORDER_OUTLETS:
        return KARAKA_INDEPENDENT " DESC, event.day, event.id";
    default:
        return "event.day, event.id";
    }
}

/* ---- The SELECT ---- */

/* What the rows of a form are made of, event by event, and which events have one. */
static const struct {
    const char *row, *condition;
    bool export;
} forms[] = {
    [KARAKA_ROWS_JSONL] = {"SELECT json FROM record WHERE id = ?", NULL, false},
    [KARAKA_ROWS_CSV] = {"SELECT * FROM flat WHERE number = ?", NULL, false},
    [KARAKA_ROWS_TABLE] = {"SELECT * FROM reading WHERE id = ?", NULL, false},
    [KARAKA_ROWS_GEOJSON] =
        {"SELECT json, lon, lat FROM record JOIN event USING (id) JOIN place ON place.id = event.place "
         "WHERE record.id = ?",
         "event.place IN (SELECT id FROM place WHERE lat NOT NULL)", false},
    [KARAKA_ROWS_POLECAT] = {"SELECT * FROM polecat WHERE number = ?", NULL, true},
    [KARAKA_ROWS_ICEWS] = {"SELECT * FROM icews WHERE number = ?", NULL, true},
    [KARAKA_ROWS_GDELT] = {"SELECT * FROM gdelt WHERE number = ?", NULL, true},
};

/* The events alone, so that sorting a million of them takes room for numbers and not for records. */
static int select_events(karaka_buffer *sql, const karaka_query *query, karaka_rows_form form, const char *where) {
    const char *condition = forms[form].condition ? forms[form].condition : "TRUE";
    return karaka_buffer_format(sql, "SELECT event.id FROM event%s%s%s ORDER BY %s", where,
                                *where ? " AND " : " WHERE ", condition, order_of(query));
}

/* Nodes first, then edges: kind, id, other end, counts. */
static int select_graph(karaka_buffer *sql, const char *where) {
    return karaka_buffer_format(
        sql,
        "WITH edge AS (SELECT dyad.actor AS a, dyad.recipient AS b, count(*) AS events, "
        "count(*) FILTER (WHERE quad IN (1, 2)) AS cooperation, count(*) FILTER (WHERE quad IN (3, 4)) AS conflict, "
        "round(avg(goldstein), 2) AS goldstein FROM event JOIN dyad ON dyad.event = event.id%s GROUP BY a, b) "
        "SELECT 0 AS kind, a, NULL AS b, 0, 0, 0, 0 FROM (SELECT a FROM edge UNION SELECT b FROM edge) "
        "UNION ALL SELECT 1, * FROM edge ORDER BY kind, a, b",
        where);
}

/* Of all events by one thing: the counts that the writer keeps. */
static int select_tally(karaka_buffer *sql, const karaka_grouping *by) {
    int error = karaka_buffer_text(sql, "SELECT ");
    for (size_t i = 0; i < 4 && by->keys[i].name && error == KARAKA_OK; i++)
        error = karaka_buffer_format(sql, "%s AS %s, ", by->keys[i].found, by->keys[i].name);
    return error < 0 ? error
                     : karaka_buffer_format(
                           sql,
                           "events, stories, documents, cooperation, conflict, " KARAKA_GOLDSTEIN_MEAN(
                               "tally.goldstein",
                               "rated") ", "
                                        "max(events) OVER () AS most FROM tally%s WHERE kind = '%s' AND events > 0 "
                                        "ORDER BY %s",
                           by->found, by->name, by->by & PERIODS ? "period" : "events DESC, 1, 2");
}

static int select_summary(karaka_buffer *sql, const karaka_query *query, const char *where) {
    karaka_buffer keys = {0}, columns = {0}, joins = {0};
    int error = KARAKA_OK;
    for (size_t i = 0; i < KARAKA_GROUPINGS && error == KARAKA_OK; i++) {
        const karaka_grouping *by = &karaka_groupings[i];
        if (!(query->by & by->by))
            continue;
        for (size_t j = 0; j < 4 && by->keys[j].name && error == KARAKA_OK; j++) {
            error = karaka_buffer_format(&keys, "%s%s", keys.length ? ", " : "", by->keys[j].name);
            if (error == KARAKA_OK)
                error = karaka_buffer_format(&columns, "%s AS %s, ", by->keys[j].sql, by->keys[j].name);
        }
        if (error == KARAKA_OK)
            error = karaka_buffer_text(&joins, by->join);
    }
    if (error == KARAKA_OK)
        error = karaka_buffer_format(
            sql,
            "SELECT %scount(*) AS events, count(DISTINCT event.story) AS stories, "
            "count(DISTINCT event.document) AS documents, "
            "count(*) FILTER (WHERE event.quad IN (1, 2)) AS cooperation, count(*) FILTER "
            "(WHERE event.quad IN (3, 4)) AS conflict, " KARAKA_GOLDSTEIN_MEAN(
                KARAKA_GOLDSTEIN_SUM, "count(event.goldstein)") ", max(count(*)) OVER () AS most "
                                                                "FROM event%s%s GROUP BY %s ORDER BY %s",
            columns.bytes, joins.bytes ? joins.bytes : "", where, keys.bytes,
            query->by & PERIODS ? keys.bytes : "events DESC, 1, 2");
    karaka_buffer_free(&keys);
    karaka_buffer_free(&columns);
    karaka_buffer_free(&joins);
    return error;
}

/* The one grouping that a question without conditions asks for; NULL where it is not that simple, or nothing is kept.
 */
static int find_tally(const karaka_grouping **out, karaka_store *store, const karaka_query *query, const char *where) {
    int64_t kept = 0;
    *out = NULL;
    for (size_t i = 0; i < KARAKA_GROUPINGS && !*where; i++)
        if (karaka_groupings[i].by == query->by && karaka_groupings[i].kept)
            *out = &karaka_groupings[i];
    int error = *out ? karaka_store_read(store, "SELECT EXISTS (SELECT 1 FROM tally)", &kept) : KARAKA_OK;
    if (!kept)
        *out = NULL;
    return error;
}

static int prepare(sqlite3_stmt **out, karaka_store *store, const char *sql) {
    return sqlite3_prepare_v2(store->db, sql, -1, out, NULL) == SQLITE_OK ? KARAKA_OK
                                                                          : karaka_store_fail(store, "cannot be asked");
}

static int bind_values(karaka_store *store, sqlite3_stmt *statement, const karaka_filter *filter) {
    for (int i = 0; i < filter->count; i++) {
        const char *text = filter->values[i].text;
        int result = text ? sqlite3_bind_text(statement, i + 1, text, -1, SQLITE_TRANSIENT)
                          : sqlite3_bind_double(statement, i + 1, filter->values[i].number);
        if (result != SQLITE_OK)
            return karaka_store_fail(store, "cannot be asked");
    }
    return KARAKA_OK;
}

/* Days that leave no event out are no condition: the page asks from the first day to the last. */
static int forget_days(karaka_query *query, karaka_store *store) {
    static const char sql[] = "SELECT min(a) > '' AND min(a) >= ?1 AND max(a) <= ?2 || '~' FROM tally "
                              "WHERE kind = 'day' AND events > 0";
    sqlite3_stmt *statement = NULL;
    if (!query->by || (!query->since && !query->until))
        return KARAKA_OK;
    int error = prepare(&statement, store, sql);
    if (error == KARAKA_OK &&
        (sqlite3_bind_text(statement, 1, query->since ? query->since : "", -1, SQLITE_STATIC) != SQLITE_OK ||
         sqlite3_bind_text(statement, 2, query->until ? query->until : "~", -1, SQLITE_STATIC) != SQLITE_OK ||
         sqlite3_step(statement) != SQLITE_ROW))
        error = karaka_store_fail(store, "cannot be asked");
    if (error == KARAKA_OK && sqlite3_column_int(statement, 0))
        query->since = query->until = NULL;
    sqlite3_finalize(statement);
    return error;
}

/* One SELECT for a summary or a graph; for events one that chooses them, and one for the row of each. */
static int begin(karaka_rows *rows, const karaka_query *asked) {
    karaka_query most = *asked;
    const karaka_query *query = &most;
    karaka_filter filter = {0};
    karaka_buffer sql = {0};
    const karaka_grouping *by = NULL;
    karaka_store *store = rows->store;
    bool events = !query->by && rows->form != KARAKA_ROWS_GRAPHML;
    int error = forget_days(&most, store);
    if (error == KARAKA_OK)
        error = karaka_filter_build(&filter, query);
    const char *where = filter.sql.length ? filter.sql.bytes : "";
    if (error == KARAKA_OK && events && forms[rows->form].export)
        error = karaka_store_exports_make(store);
    if (error == KARAKA_OK)
        error = find_tally(&by, store, query, where);
    if (error == KARAKA_OK)
        error = by          ? select_tally(&sql, by)
                : query->by ? select_summary(&sql, query, where)
                : events    ? select_events(&sql, query, rows->form, where)
                            : select_graph(&sql, where);
    if (error == KARAKA_OK)
        error = karaka_buffer_format(&sql, " LIMIT %lld OFFSET %lld", query->limit ? (long long)query->limit : -1LL,
                                     (long long)query->offset);
    if (error == KARAKA_OK)
        error = prepare(events ? &rows->chosen : &rows->statement, store, sql.bytes);
    if (error == KARAKA_OK && events)
        error = prepare(&rows->statement, store, forms[rows->form].row);
    if (error == KARAKA_OK)
        error = bind_values(store, events ? rows->chosen : rows->statement, &filter);
    karaka_filter_free(&filter);
    karaka_buffer_free(&sql);
    return error;
}

static int check(const karaka_query *query, karaka_rows_form form) {
    unsigned period = query->by & PERIODS;
    if (period & (period - 1))
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a summary has one period");
    if ((unsigned)form > KARAKA_ROWS_GRAPHML)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "no such form of rows");
    if (query->by && form >= KARAKA_ROWS_GEOJSON)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a summary is JSON Lines, CSV or a table");
    if (query->limit > INT64_MAX || query->offset > INT64_MAX)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "limit or offset too large");
    return KARAKA_OK;
}

int karaka_store_query(karaka_rows **out, karaka_store *store, const karaka_query *query, karaka_rows_form form) {
    int error = check(query, form);
    if (error < 0)
        return error;
    karaka_rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    karaka_store_begin_question(store);
    *rows = (karaka_rows){.store = store, .form = form, .summary = query->by != 0};
    error = begin(rows, query);
    if (error < 0) {
        karaka_rows_free(rows);
        return error;
    }
    *out = rows;
    return KARAKA_OK;
}

void karaka_rows_free(karaka_rows *rows) {
    if (rows) {
        sqlite3_finalize(rows->statement);
        sqlite3_finalize(rows->chosen);
    }
    free(rows);
}
