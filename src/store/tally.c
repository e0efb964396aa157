/* tally: what events are counted by, and counts by one such thing over all events, kept by the writer.
 *
 * In: documents that come or go. Out: rows of the table tally, so that the first view of a page over a million events
 * reads hundreds of rows and not all events. Its numbers are those that select.c counts where there are conditions.
 * Example: three documents of July in a batch -> ("month", "2025-07") has 3 documents more.
 */
#include "store/store.h"

/* The Thursday of an ISO week decides the year that it belongs to (ISO 8601, 3.2.3). It stands for the week in tally.
 */
#define THURSDAY "date(event.day, '-3 days', 'weekday 4')"
#define WEEK_OF(thursday) "strftime('%Y', " thursday ") || printf('-W%02d', (strftime('%j', " thursday ") - 1) / 7 + 1)"
#define MONTH "substr(event.day, 1, 7)"
#define YEAR "substr(event.day, 1, 4)"
#define PERIOD(sql) .join = "", .found = "", .same = "", .keys = {{"period", sql, "nullif(a, '')"}}

const karaka_grouping karaka_groupings[KARAKA_GROUPINGS] = {
    {.by = KARAKA_BY_DAY, .name = "day", .kept = "coalesce(event.day, ''), ''", PERIOD("event.day")},
    {.by = KARAKA_BY_WEEK,
     .name = "week",
     .kept = "coalesce(" THURSDAY ", ''), ''",
     .join = "",
     .found = "",
     .same = "",
     .keys = {{"period", WEEK_OF(THURSDAY), WEEK_OF("a")}}},
    {.by = KARAKA_BY_MONTH, .name = "month", .kept = "coalesce(" MONTH ", ''), ''", PERIOD(MONTH)},
    {.by = KARAKA_BY_YEAR, .name = "year", PERIOD(YEAR)},
    {.by = KARAKA_BY_PAIR,
     .name = "pair",
     .kept = "dyad.actor, dyad.recipient",
     .join = " JOIN dyad ON dyad.event = event.id",
     .found = "",
     .same = " AND EXISTS (SELECT 1 FROM dyad AS d WHERE d.event = e.id AND d.actor = dyad.actor "
             "AND d.recipient = dyad.recipient)",
     .keys = {{"actor", "dyad.actor", "a"}, {"recipient", "dyad.recipient", "b"}}},
    {.by = KARAKA_BY_TYPE,
     .name = "type",
     .kept = "event.type, ''",
     .join = "",
     .found = "",
     .same = "",
     .keys = {{"type", "event.type", "a"}}},
    {.by = KARAKA_BY_PLACE,
     .name = "place",
     .kept = "place.id, ''",
     .join = " JOIN place ON place.id = event.place AND place.lat NOT NULL",
     .found = " JOIN place ON place.id = tally.a",
     .same = " AND e.place = event.place",
     .keys = {{"place", "place.name", "place.name"},
              {"country", "place.country", "place.country"},
              {"lat", "place.lat", "place.lat"},
              {"lon", "place.lon", "place.lon"}}},
    {.by = KARAKA_BY_OUTLET,
     .name = "outlet",
     .kept = "coalesce(outlet.name, ''), ''",
     .join = " JOIN document ON document.id = event.document LEFT JOIN outlet ON outlet.id = document.outlet",
     .found = "",
     .same = " AND (SELECT d.outlet FROM document AS d WHERE d.id = e.document) IS document.outlet",
     .keys = {{"outlet", "outlet.name", "nullif(a, '')"}}},
};

/* ?1, ?2: the first and last document that come (?3 is 1) or go (-1); ?4: those of this id and higher are not counted.
 * A story is counted where no other document that is counted tells it. */
static const char count[] =
    "INSERT INTO tally SELECT '%s', %s, ?3 * count(*), ?3 * count(DISTINCT event.story) FILTER (WHERE NOT EXISTS "
    "(SELECT 1 FROM event AS e WHERE e.story = event.story AND e.document < ?4 AND e.document NOT BETWEEN ?1 AND "
    "?2%s)), "
    "?3 * count(DISTINCT event.document), ?3 * count(*) FILTER (WHERE event.quad IN (1, 2)), "
    "?3 * count(*) FILTER (WHERE event.quad IN (3, 4)), ?3 * " KARAKA_GOLDSTEIN_SUM ", "
    "?3 * count(event.goldstein) FROM event%s WHERE event.document BETWEEN ?1 AND ?2 GROUP BY %s "
    "ON CONFLICT DO UPDATE SET events = events + excluded.events, stories = stories + excluded.stories, "
    "documents = documents + excluded.documents, cooperation = cooperation + excluded.cooperation, "
    "conflict = conflict + excluded.conflict, goldstein = goldstein + excluded.goldstein, "
    "rated = rated + excluded.rated";

static int prepare(sqlite3_stmt **out, karaka_store *store, const karaka_grouping *by) {
    karaka_buffer sql = {0};
    int error = karaka_buffer_format(&sql, count, by->name, by->kept, by->same, by->join, by->kept);
    if (error == KARAKA_OK &&
        sqlite3_prepare_v3(store->db, sql.bytes, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
        error = karaka_store_fail(store, "cannot be written");
    karaka_buffer_free(&sql);
    return error;
}

int karaka_store_tally(karaka_store *store, int64_t first, int64_t last, int sign) {
    int error = KARAKA_OK;
    for (size_t i = 0; i < KARAKA_GROUPINGS && error == KARAKA_OK; i++) {
        if (!karaka_groupings[i].kept)
            continue;
        if (!store->tally[i])
            error = prepare(&store->tally[i], store, &karaka_groupings[i]);
        if (error < 0)
            break;
        sqlite3_bind_int64(store->tally[i], 1, first);
        sqlite3_bind_int64(store->tally[i], 2, last);
        sqlite3_bind_int(store->tally[i], 3, sign);
        sqlite3_bind_int64(store->tally[i], 4, store->uncounted ? store->uncounted : INT64_MAX);
        if (sqlite3_step(store->tally[i]) != SQLITE_DONE)
            error = karaka_store_fail(store, "cannot be written");
        sqlite3_reset(store->tally[i]);
    }
    return error;
}
