/* languages: opened once for a connection, when they are first asked for; and texts read with them.
 *
 * In: the arguments of an SQL function. Out: a document, or a message of one line.
 * Example: karaka_events: document 'a-17': byte 9: malformed UTF-8
 */
#include "extension.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

SQLITE_EXTENSION_INIT3

enum { LANGUAGES = 16, CODE = 8 };

struct languages {
    unsigned held;
    char folder[PATH_MAX];
    struct {
        char path[PATH_MAX];
        karaka_language *language;
    } open[LANGUAGES];
    size_t count;
};

/* Beside the extension in a build folder (build/sqlite/karaka.so, build/asan/sqlite/karaka.so), then as it was
 * installed, wherever that was moved to. */
static void find_folder(char *out, size_t room) {
    static const char *const beside[] = {"../../languages", "../../../languages", "../../share/karaka/languages",
                                         "../share/karaka/languages"};
    const char *variable = getenv("KARAKA_LANGUAGES");
    char self[PATH_MAX];
    Dl_info told;
    if (variable && *variable) {
        snprintf(out, room, "%s", variable);
        return;
    }
    char *slash = dladdr(beside, &told) && realpath(told.dli_fname, self) ? strrchr(self, '/') : NULL;
    for (size_t i = 0; slash && i < sizeof beside / sizeof *beside; i++) {
        int length = snprintf(out, room, "%.*s/%s", (int)(slash - self), self, beside[i]);
        if (length > 0 && (size_t)length < room && access(out, R_OK | X_OK) == 0)
            return;
    }
    snprintf(out, room, "%s", KARAKA_DATADIR "/languages");
}

languages *languages_new(void) {
    languages *l = sqlite3_malloc64(sizeof *l);
    if (!l)
        return NULL;
    memset(l, 0, sizeof *l);
    find_folder(l->folder, sizeof l->folder);
    l->held = 1;
    return l;
}

void languages_hold(languages *l) {
    l->held++;
}

void languages_drop(void *held) {
    languages *l = held;
    if (--l->held)
        return;
    for (size_t i = 0; i < l->count; i++)
        karaka_language_close(l->open[i].language);
    sqlite3_free(l);
}

const char *languages_folder(const languages *l) {
    return l->folder;
}

/* Those that are open stay so: a cursor may be reading with them. */
int languages_set_folder(languages *l, const char *folder) {
    if (strlen(folder) >= sizeof l->folder)
        return SQLITE_TOOBIG;
    strcpy(l->folder, folder);
    return SQLITE_OK;
}

int karaka_failed(int code, const request *r, char **error) {
    const char *doc = r->doc ? (const char *)sqlite3_value_text(r->doc) : NULL;
    *error = doc ? sqlite3_mprintf("%s: document '%s': %s", r->function, doc, karaka_error_text())
                 : sqlite3_mprintf("%s: %s", r->function, karaka_error_text());
    return code == KARAKA_ERROR_MEMORY ? SQLITE_NOMEM : code == KARAKA_ERROR_LIMIT ? SQLITE_TOOBIG : SQLITE_ERROR;
}

/* "hi": never a path. */
static bool is_code(const char *code) {
    size_t length = strspn(code, "abcdefghijklmnopqrstuvwxyz");
    return length >= 2 && length < CODE && !code[length];
}

static int open_language(const karaka_language **out, languages *l, const request *r, char **error) {
    const char *code = (const char *)sqlite3_value_text(r->lang);
    char path[PATH_MAX + CODE];
    if (!code || !is_code(code)) {
        *error = sqlite3_mprintf("%s: lang is %s; give the code of a language, as 'hi'", r->function,
                                 code ? "no code" : "NULL");
        return SQLITE_ERROR;
    }
    if (snprintf(path, sizeof path, "%s/%s", l->folder, code) >= PATH_MAX)
        return SQLITE_TOOBIG;
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->open[i].path, path) == 0)
            return *out = l->open[i].language, SQLITE_OK;
    if (l->count == LANGUAGES) {
        *error = sqlite3_mprintf("%s: %d languages are open, no more can be", r->function, LANGUAGES);
        return SQLITE_ERROR;
    }
    int code_of_error = karaka_language_open(&l->open[l->count].language, path, KARAKA_OPEN_ALL);
    if (code_of_error < 0) {
        int result = karaka_failed(code_of_error, &(request){.function = r->function}, error);
        char *more = sqlite3_mprintf("%z; SELECT karaka_languages('FOLDER') says where the languages are", *error);
        *error = more;
        return result;
    }
    strcpy(l->open[l->count].path, path);
    *out = l->open[l->count++].language;
    return SQLITE_OK;
}

static bool read_kind(karaka_input_kind *out, const char *kind) {
    static const char *const names[] = {
        [KARAKA_INPUT_PAGE] = "page", [KARAKA_INPUT_TEXT] = "text", [KARAKA_INPUT_HTML] = "html"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(kind, names[i]) == 0)
            return *out = (karaka_input_kind)i, true;
    return false;
}

static const char *text_of(sqlite3_value *value) {
    return value ? (const char *)sqlite3_value_text(value) : NULL;
}

int languages_read(karaka_document **out, languages *l, const request *r, char **error) {
    const karaka_language *language = NULL;
    karaka_input input = {.published = text_of(r->published), .id = text_of(r->doc)};
    const char *kind = text_of(r->kind);
    if (!read_kind(&input.kind, kind ? kind : r->usual_kind)) {
        *error = sqlite3_mprintf("%s: kind '%s' is unknown; give 'text', 'page' or 'html'", r->function, kind);
        return SQLITE_ERROR;
    }
    int result = open_language(&language, l, r, error);
    if (result != SQLITE_OK)
        return result;
    /* A BLOB is taken byte for byte: a page in any encoding. */
    input.bytes = sqlite3_value_type(r->text) == SQLITE_BLOB ? sqlite3_value_blob(r->text) : text_of(r->text);
    input.length = (size_t)sqlite3_value_bytes(r->text);
    if (!input.length)
        return SQLITE_OK;
    int code = input.bytes ? karaka_document_read(out, language, &input) : KARAKA_ERROR_MEMORY;
    return code < 0 ? karaka_failed(code, r, error) : SQLITE_OK;
}
