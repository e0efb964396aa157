/* filter: what a query asks, as SQL with its values bound apart, so that no word of a query can be SQL.
 *
 * In: karaka_query. Out: " WHERE event.type = ? AND event.day >= ?" and {"ACCUSE", "2025-06"}.
 */
#include "store/store.h"

#include <ctype.h>
#include <string.h>

/* Events in which a party meets a test on one side; a mutual event has it on both. */
#define PARTY                                                                                                         \
    "SELECT event FROM party WHERE actor IN (SELECT id FROM actor WHERE country = ? OR code = ? OR name = ? COLLATE " \
    "NOCASE)"
#define PARTY_ON(which) "event.id IN (" PARTY ") AND (event.mutual OR event.id IN (" PARTY " AND side = '" which "'))"
#define ACTOR PARTY_ON("actor")
#define RECIPIENT PARTY_ON("recipient")
enum { PARTY_VALUES = 6 };

static int add_value(karaka_filter *filter, const char *text, double number) {
    if ((size_t)filter->count == sizeof filter->values / sizeof *filter->values)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "too many conditions");
    filter->values[filter->count].text = text;
    filter->values[filter->count++].number = number;
    return KARAKA_OK;
}

static int add_condition(karaka_filter *filter, const char *sql) {
    const char *word = filter->sql.length ? " AND " : " WHERE ";
    int error = karaka_buffer_text(&filter->sql, word);
    return error < 0 ? error : karaka_buffer_text(&filter->sql, sql);
}

static int check_text(const char *text) {
    size_t length = strlen(text), good = karaka_utf8_check(text, length);
    return good == length ? KARAKA_OK
                          : karaka_fail(KARAKA_ERROR_ARGUMENT, "a condition is no UTF-8 text: its byte %zu", good + 1);
}

/* One condition with `times` places for the same text; nothing where that is NULL. */
static int ask(karaka_filter *filter, const char *sql, const char *text, int times) {
    if (!text)
        return KARAKA_OK;
    int error = check_text(text);
    if (error == KARAKA_OK)
        error = add_condition(filter, sql);
    for (int i = 0; i < times && error == KARAKA_OK; i++)
        error = add_value(filter, text, 0);
    return error;
}

static int ask_number(karaka_filter *filter, const char *sql, double number) {
    int error = add_condition(filter, sql);
    return error < 0 ? error : add_value(filter, NULL, number);
}

/* "RUS", "---", "IGO:UN": what the table dyad holds; "NATO" and "रूस" are names. */
static bool is_country_code(const char *text) {
    size_t capitals = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    bool organisation = (capitals == 3 && text[3] == ':') && text[4] && !strpbrk(text, " abcdefghijklmnopqrstuvwxyz");
    return organisation || (capitals == 3 && !text[3]) || strcmp(text, "---") == 0;
}

/* By country through the table made for that; else party by party. */
static int ask_pair(karaka_filter *filter, const char *a, const char *b) {
    if (!a && !b)
        return KARAKA_OK;
    if (!a || !b)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a pair has two sides");
    bool countries = is_country_code(a) && is_country_code(b);
    const char *const order[] = {a, b, b, a};
    int times = countries ? 1 : PARTY_VALUES, error = check_text(a);
    if (error == KARAKA_OK)
        error = check_text(b);
    if (error == KARAKA_OK)
        error =
            add_condition(filter, countries ? "event.id IN (SELECT event FROM dyad WHERE actor = ? AND recipient = ? "
                                              "UNION ALL SELECT event FROM dyad WHERE actor = ? AND recipient = ?)"
                                            : "((" ACTOR " AND " RECIPIENT ") OR (" ACTOR " AND " RECIPIENT "))");
    for (int i = 0; i < 4 * times && error == KARAKA_OK; i++)
        error = add_value(filter, order[i / times], 0);
    return error;
}

static int ask_box(karaka_filter *filter, const double box[4]) {
    const double west = box[0], south = box[1], east = box[2], north = box[3];
    if (!(west >= -180 && west <= 180 && east >= -180 && east <= 180 && south >= -90 && south <= north && north <= 90))
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a box is west,south,east,north in degrees");
    const double values[] = {west, east, south, north};
    /* A box whose west is east of its east lies over the date line. */
    int error =
        add_condition(filter, west <= east ? "event.place IN (SELECT id FROM place WHERE (lon >= ? AND lon <= ?) "
                                             "AND lat >= ? AND lat <= ?)"
                                           : "event.place IN (SELECT id FROM place WHERE (lon >= ? OR lon <= ?) "
                                             "AND lat >= ? AND lat <= ?)");
    for (size_t i = 0; i < 4 && error == KARAKA_OK; i++)
        error = add_value(filter, NULL, values[i]);
    return error;
}

/* Words as SQLite's full-text search takes them: each a string, so that its operators and signs mean nothing:
 *   war "south korea" AND  ->  "war" "south korea" "AND" */
static int match_text(karaka_buffer *out, const char *text) {
    int error = KARAKA_OK;
    bool any = false;
    for (const char *at = text; *at && error == KARAKA_OK;) {
        bool phrase = *at == '"';
        if (isspace((unsigned char)*at) || (phrase && !at[1])) {
            at++;
            continue;
        }
        at += phrase;
        size_t length = phrase ? strcspn(at, "\"") : strcspn(at, " \t\r\n\"");
        if (length)
            error = karaka_buffer_format(out, "%s\"%.*s\"", any ? " " : "", (int)length, at);
        any = any || length;
        at += length;
        at += phrase && *at == '"';
    }
    if (error == KARAKA_OK && !any)
        error = karaka_fail(KARAKA_ERROR_ARGUMENT, "no word to search for");
    return error;
}

static int ask_text(karaka_filter *filter, const char *text) {
    if (!text)
        return KARAKA_OK;
    if (strlen(text) > 10000)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "more than 10000 bytes to search for");
    int error = match_text(&filter->match, text);
    if (error < 0)
        return error;
    return ask(filter, "event.document IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)",
               filter->match.bytes, 1);
}

static int ask_numbers(karaka_filter *filter, const karaka_query *query) {
    int error = KARAKA_OK;
    if (query->quad < 0 || query->quad > 4)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a quad class is 1 to 4");
    if (query->quad)
        error = ask_number(filter, "event.quad = ?", query->quad);
    if (error == KARAKA_OK && query->boxed)
        error = ask_box(filter, query->box);
    if (error == KARAKA_OK && query->outlets > 1)
        error = ask_number(filter, KARAKA_INDEPENDENT " >= ?", query->outlets);
    if (error == KARAKA_OK && query->reprints == KARAKA_REPRINTS_ONLY)
        error = add_condition(filter, "event.document IN (SELECT id FROM document WHERE duplicate_of NOT NULL)");
    if (error == KARAKA_OK && query->reprints == KARAKA_REPRINTS_NO)
        error = add_condition(filter, "event.document NOT IN (SELECT id FROM document WHERE duplicate_of NOT NULL)");
    return error;
}

int karaka_filter_build(karaka_filter *filter, const karaka_query *query) {
    const struct {
        const char *sql, *text;
        int times;
    } asked[] = {
        {"event.type = ? COLLATE NOCASE", query->type, 1},
        {"event.mode = ? COLLATE NOCASE", query->mode, 1},
        {"event.status = ? COLLATE NOCASE", query->status, 1},
        {"event.day >= ?", query->since, 1},
        {"event.day <= ? || '~'", query->until, 1}, /* '~' sorts behind every digit: "2025-06" holds all of June */
        {ACTOR, query->actor, PARTY_VALUES},
        {RECIPIENT, query->recipient, PARTY_VALUES},
        {"event.id IN (SELECT event FROM context WHERE name = ?)", query->context, 1},
        {"event.place IN (SELECT id FROM place WHERE country = ? COLLATE NOCASE)", query->country, 1},
        {"event.id IN (SELECT event FROM credit JOIN source ON source.id = credit.source "
         "WHERE name = ? COLLATE NOCASE OR code = ?)",
         query->source, 2},
        {"event.document IN (SELECT document.id FROM document JOIN outlet ON outlet.id = document.outlet "
         "WHERE name = ? COLLATE NOCASE)",
         query->outlet, 1},
        {"event.document IN (SELECT id FROM document WHERE key = ?)", query->doc, 1},
    };
    int error = KARAKA_OK;
    for (size_t i = 0; i < sizeof asked / sizeof *asked && error == KARAKA_OK; i++)
        error = ask(filter, asked[i].sql, asked[i].text, asked[i].times);
    if (error == KARAKA_OK)
        error = ask_pair(filter, query->pair[0], query->pair[1]);
    if (error == KARAKA_OK)
        error = ask_text(filter, query->text);
    return error < 0 ? error : ask_numbers(filter, query);
}

void karaka_filter_free(karaka_filter *filter) {
    karaka_buffer_free(&filter->sql);
    karaka_buffer_free(&filter->match);
}
