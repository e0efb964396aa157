/* rows: the rows of a query as text.
 *
 * In: a statement of select.c. Out: JSON Lines, CSV, GeoJSON or a table, row by row, so that a million need no memory.
 * Example (table of a summary): "2025-07    12  ████████▌         mean  2.3  cooperation 11, conflict 1"
 */
#include "store/store.h"

#include "output/writer.h"

#include <string.h>

static karaka_slice column(const karaka_rows *rows, int i) {
    const char *bytes = (const char *)sqlite3_column_text(rows->statement, i);
    return (karaka_slice){bytes ? bytes : "", bytes ? (size_t)sqlite3_column_bytes(rows->statement, i) : 0};
}

/* The column of that name, -1 where there is none. */
static int column_named(const karaka_rows *rows, const char *name) {
    int count = sqlite3_column_count(rows->statement);
    for (int i = 0; i < count; i++)
        if (strcmp(sqlite3_column_name(rows->statement, i), name) == 0)
            return i;
    return -1;
}

static karaka_slice named(const karaka_rows *rows, const char *name) {
    int i = column_named(rows, name);
    return i < 0 ? (karaka_slice){"", 0} : column(rows, i);
}

/* What serves a form and is no part of the row: the event's number, the scale of bars. */
static bool is_hidden(const karaka_rows *rows, int i) {
    const char *name = sqlite3_column_name(rows->statement, i);
    return strcmp(name, rows->summary ? "most" : "number") == 0;
}

/* ---- JSON ---- */

static void put_value(karaka_writer *w, const karaka_rows *rows, int i) {
    karaka_slice value = column(rows, i);
    switch (sqlite3_column_type(rows->statement, i)) {
    case SQLITE_NULL:
        karaka_put(w, "null");
        break;
    case SQLITE_TEXT:
        karaka_put_json_bytes(w, value.bytes, value.length);
        break;
    default:
        karaka_put_bytes(w, value.bytes, value.length);
    }
}

static void put_object(karaka_writer *w, const karaka_rows *rows) {
    int count = sqlite3_column_count(rows->statement);
    bool any = false;
    for (int i = 0; i < count; i++) {
        if (is_hidden(rows, i))
            continue;
        karaka_put(w, any ? "," : "{");
        karaka_put_json(w, sqlite3_column_name(rows->statement, i));
        karaka_put(w, ":");
        put_value(w, rows, i);
        any = true;
    }
    karaka_put(w, "}\n");
}

static void put_jsonl(karaka_writer *w, const karaka_rows *rows) {
    if (rows->summary) {
        put_object(w, rows);
        return;
    }
    karaka_slice record = column(rows, 0);
    karaka_put_bytes(w, record.bytes, record.length);
    karaka_put(w, "\n");
}

static void put_feature(karaka_writer *w, const karaka_rows *rows) {
    karaka_slice record = column(rows, 0);
    karaka_put(w, rows->count ? ",\n" : "");
    karaka_put(w, "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
    karaka_put_number(w, sqlite3_column_double(rows->statement, 1), 5, "0");
    karaka_put(w, ",");
    karaka_put_number(w, sqlite3_column_double(rows->statement, 2), 5, "0");
    karaka_put(w, "]},\"properties\":");
    karaka_put_bytes(w, record.bytes, record.length);
    karaka_put(w, "}");
}

/* ---- CSV, tabs ---- */

/* A cell between tabs cannot hold one, nor a line break. */
static void put_plain(karaka_writer *w, const char *bytes, size_t length) {
    size_t done = 0;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] >= 0x20)
            continue;
        karaka_put_bytes(w, bytes + done, i - done);
        karaka_put(w, " ");
        done = i + 1;
    }
    karaka_put_bytes(w, bytes + done, length - done);
}

static void put_cells(karaka_writer *w, const karaka_rows *rows, bool header) {
    bool tabs = rows->form == KARAKA_ROWS_ICEWS || rows->form == KARAKA_ROWS_GDELT;
    int count = sqlite3_column_count(rows->statement);
    bool any = false;
    for (int i = 0; i < count; i++) {
        const char *name = sqlite3_column_name(rows->statement, i);
        karaka_slice cell = header ? karaka_slice_of(name) : column(rows, i);
        if (is_hidden(rows, i))
            continue;
        karaka_put(w, !any ? "" : tabs ? "\t" : ",");
        (tabs ? put_plain : karaka_put_cell)(w, cell.bytes, cell.length);
        any = true;
    }
    karaka_put(w, tabs ? "\n" : "\r\n");
}

/* ---- GraphML ---- */

static void put_xml(karaka_writer *w, karaka_slice text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (strchr("&<>\"'", c) || (unsigned char)c < 0x20)
            karaka_put_format(w, "&#%d;", (unsigned char)c < 0x20 ? ' ' : c);
        else
            karaka_put_bytes(w, &c, 1);
    }
}

static const char *const graph_keys[] = {"events", "cooperation", "conflict", "goldstein"};

static void put_graph_begin(karaka_writer *w) {
    karaka_put(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (size_t i = 0; i < 4; i++)
        karaka_put_format(w, "<key id=\"%s\" for=\"edge\" attr.name=\"%s\" attr.type=\"%s\"/>\n", graph_keys[i],
                          graph_keys[i], i < 3 ? "int" : "double");
    karaka_put(w, "<graph edgedefault=\"directed\">\n");
}

static void put_graph_row(karaka_writer *w, const karaka_rows *rows) {
    bool edge = sqlite3_column_int(rows->statement, 0) != 0;
    karaka_put(w, edge ? "<edge source=\"" : "<node id=\"");
    put_xml(w, column(rows, 1));
    if (!edge) {
        karaka_put(w, "\"/>\n");
        return;
    }
    karaka_put(w, "\" target=\"");
    put_xml(w, column(rows, 2));
    karaka_put(w, "\">");
    for (int i = 0; i < 4; i++) {
        if (sqlite3_column_type(rows->statement, 3 + i) == SQLITE_NULL)
            continue;
        karaka_put_format(w, "<data key=\"%s\">", graph_keys[i]);
        put_xml(w, column(rows, 3 + i));
        karaka_put(w, "</data>");
    }
    karaka_put(w, "</edge>\n");
}

/* ---- A table for people ---- */

static void put_width(karaka_writer *w, karaka_slice text, size_t width) {
    size_t used = karaka_columns(text.bytes, text.length);
    karaka_put_line(w, text.bytes, text.length, 0);
    do
        karaka_put(w, " ");
    while (++used < width);
}

static void put_event(karaka_writer *w, const karaka_rows *rows) {
    karaka_slice day = named(rows, "day"), mode = named(rows, "mode"), status = named(rows, "status");
    karaka_slice sentence = named(rows, "sentence"), outlet = named(rows, "outlet"), doc = named(rows, "doc");
    karaka_slice place = named(rows, "place"), key = named(rows, "key");
    bool mutual = sqlite3_column_int(rows->statement, column_named(rows, "mutual")) != 0;
    put_width(w, day.length ? day : karaka_slice_of("no date"), 11);
    karaka_put_line(w, named(rows, "actors").bytes, named(rows, "actors").length, 0);
    karaka_put(w, mutual ? "  ◀─ " : "  ── ");
    karaka_put_line(w, named(rows, "type").bytes, named(rows, "type").length, 0);
    karaka_put(w, mode.length ? "/" : "");
    karaka_put_line(w, mode.bytes, mode.length, 0);
    karaka_put(w, " ─▶  ");
    karaka_put_line(w, named(rows, "recipients").bytes, named(rows, "recipients").length, 0);
    if (!karaka_slice_is(status, "asserted")) {
        karaka_put(w, "  ");
        karaka_put_line(w, status.bytes, status.length, 0);
    }
    karaka_put(w, "\n           ");
    karaka_put_wrapped(w, sentence.bytes, sentence.length, (karaka_span){0, 0}, 11, 11, 110);
    karaka_put(w, "\n           ");
    karaka_put_line(w, outlet.length ? outlet.bytes : doc.bytes, outlet.length ? outlet.length : doc.length, 0);
    karaka_put(w, place.length ? " · " : "");
    karaka_put_line(w, place.bytes, place.length, 0);
    karaka_put(w, " · ");
    karaka_put_line(w, key.bytes, key.length, 0);
    karaka_put(w, "\n");
}

/* `share` of `width` columns, in eighths of a column. */
static void put_bar(karaka_writer *w, double share, size_t width) {
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    size_t eighths = (size_t)(share * (double)width * 8 + 0.5), used = eighths / 8;
    if (!eighths)
        eighths = 1;
    for (size_t i = 0; i < used; i++)
        karaka_put(w, "█");
    karaka_put(w, parts[eighths % 8]);
    for (used += eighths % 8 != 0; used < width; used++)
        karaka_put(w, " ");
}

static void put_summary(karaka_writer *w, const karaka_rows *rows) {
    static const char *const keys[] = {"period", "actor", "recipient", "type", "place", "country", "outlet"};
    static const size_t widths[] = {11, 16, 16, 11, 24, 8, 24};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (column_named(rows, keys[i]) < 0)
            continue;
        karaka_slice key = named(rows, keys[i]);
        put_width(w, key.length ? key : karaka_slice_of(i ? "-" : "no date"), widths[i]);
    }
    double events = sqlite3_column_double(rows->statement, column_named(rows, "events"));
    double most = sqlite3_column_double(rows->statement, column_named(rows, "most"));
    karaka_put_format(w, "%7.0f  ", events);
    put_bar(w, most > 0 ? events / most : 0, 24);
    karaka_put_format(w, "  stories %d, cooperation %d, conflict %d",
                      sqlite3_column_int(rows->statement, column_named(rows, "stories")),
                      sqlite3_column_int(rows->statement, column_named(rows, "cooperation")),
                      sqlite3_column_int(rows->statement, column_named(rows, "conflict")));
    int mean = column_named(rows, "goldstein");
    if (sqlite3_column_type(rows->statement, mean) != SQLITE_NULL)
        karaka_put_format(w, ", mean %+.1f", sqlite3_column_double(rows->statement, mean));
    karaka_put(w, "\n");
}

/* ---- Rows ---- */

static void put_begin(karaka_writer *w, const karaka_rows *rows) {
    if (rows->form == KARAKA_ROWS_CSV || rows->form == KARAKA_ROWS_POLECAT || rows->form == KARAKA_ROWS_ICEWS)
        put_cells(w, rows, true);
    if (rows->form == KARAKA_ROWS_GEOJSON)
        karaka_put(w, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    if (rows->form == KARAKA_ROWS_GRAPHML)
        put_graph_begin(w);
}

static void put_end(karaka_writer *w, const karaka_rows *rows) {
    if (rows->form == KARAKA_ROWS_GEOJSON)
        karaka_put(w, "\n]}\n");
    if (rows->form == KARAKA_ROWS_GRAPHML)
        karaka_put(w, "</graph>\n</graphml>\n");
}

static void put_row(karaka_writer *w, const karaka_rows *rows) {
    switch (rows->form) {
    case KARAKA_ROWS_JSONL:
        put_jsonl(w, rows);
        break;
    case KARAKA_ROWS_TABLE:
        (rows->summary ? put_summary : put_event)(w, rows);
        break;
    case KARAKA_ROWS_GEOJSON:
        put_feature(w, rows);
        break;
    case KARAKA_ROWS_GRAPHML:
        put_graph_row(w, rows);
        break;
    default:
        put_cells(w, rows, false);
    }
}

/* To the next row; as sqlite3_step. */
static int step_on(karaka_rows *rows) {
    for (;;) {
        int step = !rows->chosen || rows->inside ? sqlite3_step(rows->statement) : SQLITE_DONE;
        if (step != SQLITE_DONE || !rows->chosen)
            return step;
        sqlite3_reset(rows->statement);
        step = sqlite3_step(rows->chosen);
        rows->inside = step == SQLITE_ROW;
        if (!rows->inside || sqlite3_bind_int64(rows->statement, 1, sqlite3_column_int64(rows->chosen, 0)) != SQLITE_OK)
            return step == SQLITE_ROW ? SQLITE_ERROR : step;
    }
}

int karaka_rows_next(bool *more, karaka_rows *rows, karaka_text *out) {
    *more = false;
    if (rows->ended)
        return KARAKA_OK;
    int step = step_on(rows);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return karaka_store_fail(rows->store, "cannot be read");
    karaka_writer w = karaka_writer_begin(out, false);
    if (!rows->begun)
        put_begin(&w, rows);
    if (step == SQLITE_ROW)
        put_row(&w, rows);
    else
        put_end(&w, rows);
    /* A number that found no memory to become text looks like NULL. */
    if (!w.error && (sqlite3_errcode(rows->store->db) & 0xff) == SQLITE_NOMEM)
        w.error = karaka_store_fail(rows->store, "cannot be read");
    int error = karaka_writer_end(&w);
    if (error < 0)
        return error;
    rows->begun = true;
    rows->count += step == SQLITE_ROW;
    rows->ended = step == SQLITE_DONE;
    *more = !rows->ended;
    return KARAKA_OK;
}

int karaka_store_document(karaka_text *out, karaka_store *store, const char *id) {
    static const char sql[] =
        "SELECT json_object('id', document.key, 'url', url, 'outlet', outlet.name, 'title', title, 'section', section, "
        "'lang', language, 'published', published, 'duplicate_of', duplicate_of, 'text', text, 'sentences', "
        "(SELECT json_group_array(json_array(start, stop)) FROM (SELECT start, stop FROM sentence "
        "WHERE document = document.id ORDER BY number))) "
        "FROM document LEFT JOIN outlet ON outlet.id = document.outlet WHERE document.key = ?";
    karaka_rows one = {.store = store};
    int error = KARAKA_OK, step = SQLITE_ERROR;
    karaka_store_begin_question(store);
    if (sqlite3_prepare_v2(store->db, sql, -1, &one.statement, NULL) == SQLITE_OK &&
        sqlite3_bind_text(one.statement, 1, id, -1, SQLITE_STATIC) == SQLITE_OK)
        step = sqlite3_step(one.statement);
    if (step == SQLITE_ROW) {
        karaka_writer w = karaka_writer_begin(out, false);
        put_jsonl(&w, &one);
        error = karaka_writer_end(&w);
    } else if (step == SQLITE_DONE) {
        error = karaka_fail(KARAKA_ERROR_ARGUMENT, "%s: no document '%.100s'", store->path, id);
    } else {
        error = karaka_store_fail(store, "cannot be read");
    }
    sqlite3_finalize(one.statement);
    return error;
}
