/* extension: what SQLite calls when it loads karaka.so; the scalar functions.
 *
 * In: sqlite3_load_extension. Out: the functions of docs/sqlite.md in that connection.
 * Example: SELECT karaka_article(html, 'hi') ->> '$.published' FROM page
 */
#include "extension.h"

#include <stdio.h>

SQLITE_EXTENSION_INIT1

/* So that what SQLite makes of JSON takes it for JSON: json_extract(karaka_article(...), ...). */
enum { JSON = 'J' };

static void fail(sqlite3_context *to, int code, char *error) {
    if (error)
        sqlite3_result_error(to, error, -1);
    if (code == SQLITE_NOMEM)
        sqlite3_result_error_nomem(to);
    else if (code != SQLITE_ERROR || !error)
        sqlite3_result_error_code(to, code);
    sqlite3_free(error);
}

/* (text, lang [, kind]) */
static request request_of(const char *function, const char *usual_kind, int count, sqlite3_value **values) {
    return (request){.function = function,
                     .usual_kind = usual_kind,
                     .text = values[0],
                     .lang = values[1],
                     .kind = count > 2 ? values[2] : NULL};
}

static int judge(karaka_text *out, karaka_document *document) {
    int code = karaka_document_judge(document);
    return code < 0 ? code : karaka_write_headline(out, document, true, false);
}

static int tell(karaka_text *out, karaka_document *document) {
    int code = karaka_document_judge(document);
    return code < 0 ? code : karaka_write_article(out, document, true, true, false);
}

/* One JSON object without the line's end. */
static void put_json(sqlite3_context *to, const request *r, int (*write)(karaka_text *, karaka_document *)) {
    karaka_document *document = NULL;
    karaka_text text = {0};
    char *error = NULL;
    int code = languages_read(&document, sqlite3_user_data(to), r, &error);
    if (code == SQLITE_OK && document) {
        int written = write(&text, document);
        if (written < 0)
            code = karaka_failed(written, r, &error);
        else if (text.length) {
            sqlite3_result_text64(to, text.bytes, text.length - 1, SQLITE_TRANSIENT, SQLITE_UTF8);
            sqlite3_result_subtype(to, JSON);
        }
    }
    if (code != SQLITE_OK)
        fail(to, code, error);
    karaka_text_free(&text);
    karaka_document_free(document);
}

static void article(sqlite3_context *to, int count, sqlite3_value **values) {
    request r = request_of("karaka_article", "html", count, values);
    put_json(to, &r, tell);
}

static void headline(sqlite3_context *to, int count, sqlite3_value **values) {
    request r = request_of("karaka_headline", "html", count, values);
    put_json(to, &r, judge);
}

/* NULL where the text can be read, else why not: so that one bad row need not end a query over many. */
static void fault(sqlite3_context *to, int count, sqlite3_value **values) {
    request r = request_of("karaka_fault", "text", count, values);
    karaka_document *document = NULL;
    char *error = NULL;
    int code = languages_read(&document, sqlite3_user_data(to), &r, &error);
    if (code == SQLITE_NOMEM)
        fail(to, code, error);
    else if (code != SQLITE_OK)
        sqlite3_result_text(to, error ? error : sqlite3_errstr(code), -1, error ? sqlite3_free : SQLITE_STATIC);
    karaka_document_free(document);
}

static void folder(sqlite3_context *to, int count, sqlite3_value **values) {
    languages *l = sqlite3_user_data(to);
    const char *given = count ? (const char *)sqlite3_value_text(values[0]) : NULL;
    int code = given ? languages_set_folder(l, given) : SQLITE_OK;
    if (code != SQLITE_OK)
        fail(to, code, NULL);
    else
        sqlite3_result_text(to, languages_folder(l), -1, SQLITE_TRANSIENT);
}

static void version(sqlite3_context *to, int count, sqlite3_value **values) {
    (void)count, (void)values;
    sqlite3_result_text(to, karaka_version(), -1, SQLITE_STATIC);
}

static int functions_register(sqlite3 *connection, languages *l) {
    /* Safe in views and triggers of any schema, as they only read; but none is of the same answer for ever, since the
     * tables of a language may be mended. The folder is chosen by who holds the connection alone. */
    enum {
        READS = SQLITE_UTF8 | SQLITE_INNOCUOUS,
        CHOOSES = SQLITE_UTF8 | SQLITE_DIRECTONLY,
#ifdef SQLITE_RESULT_SUBTYPE /* from 3.45 on */
        GIVES_JSON = READS | SQLITE_RESULT_SUBTYPE,
#else
        GIVES_JSON = READS,
#endif
    };
    static const struct {
        const char *name;
        int arguments, flags;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"karaka_article", 2, GIVES_JSON, article},
        {"karaka_article", 3, GIVES_JSON, article},
        {"karaka_headline", 2, GIVES_JSON, headline},
        {"karaka_headline", 3, GIVES_JSON, headline},
        {"karaka_fault", 2, READS, fault},
        {"karaka_fault", 3, READS, fault},
        {"karaka_languages", 0, CHOOSES, folder},
        {"karaka_languages", 1, CHOOSES, folder},
        {"karaka_version", 0, READS, version},
    };
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && code == SQLITE_OK; i++) {
        languages_hold(l); /* given up by SQLite, on failure too */
        code = sqlite3_create_function_v2(connection, functions[i].name, functions[i].arguments, functions[i].flags, l,
                                          functions[i].call, NULL, NULL, languages_drop);
    }
    return code;
}

/* SQLite makes the name from that of the file. */
KARAKA_API int sqlite3_karaka_init(sqlite3 *connection, char **error, const sqlite3_api_routines *api);

int sqlite3_karaka_init(sqlite3 *connection, char **error, const sqlite3_api_routines *api) {
    SQLITE_EXTENSION_INIT2(api)
    if (sqlite3_libversion_number() < 3031000) {
        *error = sqlite3_mprintf("karaka needs SQLite 3.31 or later, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    languages *l = languages_new();
    if (!l)
        return SQLITE_NOMEM;
    int code = tables_register(connection, l);
    if (code == SQLITE_OK)
        code = functions_register(connection, l);
    languages_drop(l);
    /* Not taken out of the process with the connection: what ICU and libxml2 keep for it would stay behind. */
    return code == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : code;
}
