/* serve_api: the JSON that the page asks for (docs/openapi.yaml).
 *
 * In: a path below /api/ and parameters. Out: JSON, or text; errors as {"error": "..."}.
 *   /api/events    the conditions of karaka query   -> {"rows": [record, ...], "more": true}
 *   /api/summary   the same, with by=pair,month ... -> {"rows": [{...}, ...], "more": false}
 *   /api/document  doc=ID                           -> the article and its sentences
 *   /api/headline  doc=ID                           -> whether the body bears out the headline
 *   /api/tree      doc=ID                           -> CoNLL-U
 *   /api/explain   doc=ID                           -> every decision, as karaka explain prints it
 */
#include "serve.h"

#include <stdlib.h>
#include <string.h>

static const char json_type[] = "application/json; charset=utf-8", text_type[] = "text/plain; charset=utf-8";

static bool add(karaka_text *out, const char *bytes, size_t length) {
    if (out->length + length + 1 > out->room) {
        size_t room = (out->length + length + 1) * 2;
        char *grown = realloc(out->bytes, room);
        if (!grown)
            return false;
        out->bytes = grown;
        out->room = room;
    }
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = '\0';
    return true;
}

static bool add_text(karaka_text *out, const char *text) {
    return add(out, text, strlen(text));
}

/* In place of what was begun. Messages are ours, in ASCII; what else a value brought in may be cut or no UTF-8. */
static void fail(answer *out, unsigned status, const char *message) {
    out->status = status;
    out->type = json_type;
    out->body.length = 0;
    add_text(&out->body, "{\"error\":\"");
    for (const char *at = message; *at; at++) {
        if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7f)
            add_text(&out->body, "?");
        else if (strchr("\"\\", *at))
            add(&out->body, (const char[]){'\\', *at}, 2);
        else
            add(&out->body, at, 1);
    }
    add_text(&out->body, "\"}\n");
}

static void fail_as_told(answer *out, int error) {
    fail(out, error == KARAKA_ERROR_ARGUMENT ? 400 : error == KARAKA_ERROR_LIMIT ? 503 : 500, karaka_error_text());
}

/* ---- Stores ---- */

/* NULL where as many exports are being sent as there may be; a request that is no export finds one always. */
static karaka_store *take_store(server *s, bool sends) {
    karaka_store *store = NULL;
    pthread_mutex_lock(&s->lock);
    if (!sends || s->exports < SERVE_EXPORTS) {
        store = s->idle[--s->idle_count];
        s->exports += sends;
    }
    pthread_mutex_unlock(&s->lock);
    return store;
}

static void give_back(server *s, karaka_store *store, bool sends) {
    pthread_mutex_lock(&s->lock);
    s->idle[s->idle_count++] = store;
    s->exports -= sends;
    pthread_mutex_unlock(&s->lock);
}

/* ---- Rows ---- */

/* JSON Lines into one array, a line at a time. */
static int add_rows(karaka_text *out, karaka_rows *rows, uint64_t most, bool *rest) {
    karaka_text line = {0};
    bool more = true;
    int error = KARAKA_OK;
    uint64_t count = 0;
    for (;;) {
        line.length = 0;
        error = karaka_rows_next(&more, rows, &line);
        if (error < 0 || !more)
            break;
        if (count == most)
            break;
        if ((count++ && !add_text(out, ",\n")) || !add(out, line.bytes, line.length - 1))
            error = KARAKA_ERROR_MEMORY;
        if (error < 0)
            break;
    }
    *rest = error == KARAKA_OK && more;
    karaka_text_free(&line);
    return error;
}

static void answer_rows(answer *out, karaka_store *store, conditions *c) {
    karaka_rows *rows = NULL;
    uint64_t cap = c->query.by ? SERVE_COUNTS : SERVE_ROWS; /* a row of counts is short, and many are summed up */
    uint64_t most = c->query.limit && c->query.limit < cap ? c->query.limit : cap;
    bool rest = false;
    c->query.limit = most + 1; /* one more tells whether there are more */
    int error = karaka_store_query(&rows, store, &c->query, KARAKA_ROWS_JSONL);
    if (error == KARAKA_OK && !add_text(&out->body, "{\"rows\":["))
        error = KARAKA_ERROR_MEMORY;
    if (error == KARAKA_OK)
        error = add_rows(&out->body, rows, most, &rest);
    karaka_rows_free(rows);
    if (error == KARAKA_OK && add_text(&out->body, rest ? "],\"more\":true}\n" : "],\"more\":false}\n"))
        return;
    fail_as_told(out, error);
}

static void api_rows(answer *out, karaka_store *store, const parameter *parameters, size_t count, bool summary) {
    conditions c = {0};
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        if (!*parameters[i].value)
            continue; /* an empty field of a form asks nothing */
        good = condition_take(&c, parameters[i].name, parameters[i].value);
    }
    if (!good)
        fail(out, 400, c.wrong);
    else if (summary != (c.query.by != 0))
        fail(out, 400, summary ? "by: give pair, type, place, outlet or a period" : "by: ask /api/summary");
    else
        answer_rows(out, store, &c);
    conditions_free(&c);
}

/* ---- A document ---- */

static const char *parameter_named(const parameter *parameters, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(parameters[i].name, name) == 0)
            return parameters[i].value;
    return NULL;
}

/* The stored article read anew: its text begins with the title, which is given apart. */
static int read_again(karaka_document **out, const server *s, const karaka_text *json) {
    karaka_input input = {0};
    karaka_text store = {0};
    int error = karaka_input_from_json(&input, &store, json->bytes, json->length);
    if (error == KARAKA_OK) {
        size_t title = input.title ? strlen(input.title) : 0;
        if (title && title < input.length && memcmp(input.bytes, input.title, title) == 0) {
            input.bytes += title;
            input.length -= title;
        }
        const karaka_language *language =
            languages_choose(s->session->others, s->session->language, input.bytes, input.length);
        error = karaka_document_read(out, language, &input);
    }
    karaka_text_free(&store);
    return error;
}

static int write_reading(answer *out, const char *what, karaka_document *document) {
    int error;
    out->type = text_type;
    if (strcmp(what, "headline") == 0) {
        out->type = json_type;
        error = karaka_document_judge(document);
        return error < 0 ? error : karaka_write_headline(&out->body, document, true, false);
    }
    if (strcmp(what, "tree") == 0) {
        error = karaka_document_parse(document);
        return error < 0 ? error : karaka_write_conllu(&out->body, document);
    }
    error = karaka_document_explain(document);
    return error < 0 ? error : karaka_write_explain(&out->body, document, false);
}

static void api_document(answer *out, const server *s, karaka_store *store, const char *what, const char *id) {
    karaka_text json = {0};
    karaka_document *document = NULL;
    bool stored = strcmp(what, "document") == 0;
    if (!id || !*id) {
        fail(out, 400, "doc: give the id of a document");
        return;
    }
    int error = karaka_store_document(stored ? &out->body : &json, store, id);
    if (error == KARAKA_ERROR_ARGUMENT) {
        fail(out, 404, "there is no such document");
        return;
    }
    if (error == KARAKA_OK && !stored)
        error = read_again(&document, s, &json);
    if (error == KARAKA_OK && !stored)
        error = write_reading(out, what, document);
    karaka_document_free(document);
    karaka_text_free(&json);
    if (error < 0)
        fail_as_told(out, error);
}

/* ---- Export: as many rows as there are ---- */

enum { EXPORT_MILLISECONDS = 600000 };

struct export {
    server *server;
    karaka_store *store;
    karaka_rows *rows;
    karaka_text text;
    size_t sent; /* bytes of `text` */
    bool ended;
};

export *export_begin(answer *out, server *s, const parameter *parameters, size_t count) {
    conditions c = {.form = KARAKA_ROWS_CSV};
    bool good = true;
    *out = (answer){.status = 200, .type = text_type};
    for (size_t i = 0; i < count && good; i++)
        good = !*parameters[i].value || condition_take(&c, parameters[i].name, parameters[i].value);
    export *e = good ? calloc(1, sizeof *e) : NULL;
    if (e)
        *e = (export){.server = s, .store = take_store(s, true)};
    if (e && e->store)
        karaka_store_time_limit(e->store, EXPORT_MILLISECONDS);
    if (!good || c.form == KARAKA_ROWS_TABLE)
        fail(out, 400, good ? "to: give csv, jsonl, geojson, polecat, icews, gdelt or graphml" : c.wrong);
    else if (!e || !e->store)
        fail(out, 503, e ? "as many exports are being sent as there may be; try again" : "out of memory");
    else {
        int error = karaka_store_query(&e->rows, e->store, &c.query, c.form);
        if (error < 0)
            fail_as_told(out, error);
    }
    conditions_free(&c);
    if (e && e->rows)
        return e;
    export_end(e);
    return NULL;
}

long export_read(export *e, char *bytes, size_t room) {
    if (e->sent == e->text.length)
        e->text.length = e->sent = 0;
    /* Few large pieces: each is a piece of HTTP and a call of the kernel. */
    while (e->text.length < room && !e->ended) {
        bool more = true;
        if (karaka_rows_next(&more, e->rows, &e->text) < 0)
            return -2;
        e->ended = !more;
    }
    size_t length = e->text.length - e->sent;
    if (!length)
        return -1;
    length = length < room ? length : room;
    memcpy(bytes, e->text.bytes + e->sent, length);
    e->sent += length;
    return (long)length;
}

void export_end(export *e) {
    if (!e)
        return;
    karaka_rows_free(e->rows);
    if (e->store) {
        karaka_store_time_limit(e->store, SERVE_MILLISECONDS);
        give_back(e->server, e->store, true);
    }
    karaka_text_free(&e->text);
    free(e);
}

void api_answer(answer *out, server *s, const char *path, const parameter *parameters, size_t count) {
    static const char *const names[] = {"events", "summary", "document", "headline", "tree", "explain"};
    size_t which = 0, all = sizeof names / sizeof *names;
    *out = (answer){.status = 200, .type = json_type};
    while (which < all && strcmp(path, names[which]) != 0)
        which++;
    if (which == all) {
        fail(out, 404, "there is no such address");
        return;
    }
    karaka_store *store = take_store(s, false);
    if (which < 2)
        api_rows(out, store, parameters, count, which == 1);
    else
        api_document(out, s, store, names[which], parameter_named(parameters, count, "doc"));
    give_back(s, store, false);
}
