/* extension: what the files of the SQLite extension share. It stands on the public API of karaka alone.
 *
 * In: a connection of SQLite. Out: table-valued functions, a row for each event, sentence or token of a text, and
 * scalar functions (docs/sqlite.md). Example: SELECT type, actor_code FROM karaka_events('ईरान ने रविवार को इजरायल की
 * कड़ी निंदा की।', 'hi') -> ACCUSE|IRN
 */
#ifndef KARAKA_SQLITE_EXTENSION_H
#define KARAKA_SQLITE_EXTENSION_H

#include <karaka.h>
#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3

/* ---- languages.c: the languages that a connection has opened ---- */
typedef struct languages languages;
languages *languages_new(void); /* held once; NULL: out of memory */
void languages_hold(languages *l);
void languages_drop(void *l); /* the last one closes them */
/* The folder that the next languages are opened in: what was set, else KARAKA_LANGUAGES, else the one beside the
 * extension or where it was installed. */
const char *languages_folder(const languages *l);
int languages_set_folder(languages *l, const char *folder);

/* What a function was given; a pointer is NULL where the argument was left out. */
typedef struct request {
    const char *function; /* for messages */
    sqlite3_value *text, *lang, *published, *doc, *kind;
    const char *usual_kind; /* where none is given */
} request;

/* Reads the text. *out stays NULL where text is NULL or empty. On error an SQLite code, and *error is what is wrong, to
 * be freed with sqlite3_free. */
int languages_read(karaka_document **out, languages *l, const request *r, char **error);
/* The SQLite code of a failed call of karaka; *error as above. */
int karaka_failed(int error_code, const request *r, char **error);

/* ---- table.c ---- */
int tables_register(sqlite3 *connection, languages *l);

#endif
