/* columns: what a row has, for each of the tables.
 *
 * In: a place in a document. Out: its columns, named as those of `karaka code --to csv` and of CoNLL-U. What is not
 * known is NULL. Example: event_columns.declared = "id TEXT, type TEXT, mode TEXT, ..."
 */
#ifndef KARAKA_SQLITE_COLUMNS_H
#define KARAKA_SQLITE_COLUMNS_H

#include "extension.h"

typedef struct row {
    const karaka_article *article;
    const karaka_sentence *sentences;
    const karaka_event *events;
    size_t event, sentence, token; /* of the row's table, those that it needs */
} row;

typedef struct columns {
    const char *declared; /* as CREATE TABLE has them, with a comma behind the last */
    int count;
    void (*put)(sqlite3_context *to, const row *r, int column);
} columns;
extern const columns event_columns, sentence_columns, token_columns;

#endif
