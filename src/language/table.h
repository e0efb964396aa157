/* table: the text tables of a language (docs/tables.md).
 *
 * In: languages/hi/NAME and languages/hi/NAME.*. Out: rows of cells, macros expanded, each with file and line.
 * Example: "GOV<tab>title<tab>राष्ट्रपति | प्रधानमंत्री" -> row.cell[0] = "GOV", row.cell[2] = "राष्ट्रपति | प्रधानमंत्री",
 *          alternatives of cell 2: "राष्ट्रपति", "प्रधानमंत्री".
 */
#ifndef KARAKA_TABLE_H
#define KARAKA_TABLE_H

#include "base/base.h"

enum { KARAKA_TABLE_CELLS = 12 };

typedef struct karaka_row {
    const char *file;                     /* "hi/predicates.assault": language and file name, for messages and "rule" */
    uint32_t line;                        /* from 1 */
    uint32_t count;                       /* cells given */
    const char *cell[KARAKA_TABLE_CELLS]; /* NUL-terminated, trimmed; "" where absent or "-" */
} karaka_row;

typedef struct karaka_table {
    karaka_row *rows;
    size_t count;
} karaka_table;

/* Reads `directory`/`name` and `directory`/`name`.* in order of file name into `arena`. A table with no file has no
 * rows. Errors (KARAKA_ERROR_FORMAT: bad UTF-8, too many cells, unknown macro) name file and line. */
int karaka_table_read(karaka_table *out, karaka_arena *arena, const char *directory, const char *name);

/* The same from text in memory; `file` is what messages and rows call it. Strings are copied into `arena`. */
int karaka_table_parse(karaka_table *out, karaka_arena *arena, const char *file, karaka_slice text);

/* The alternatives of a cell, macros expanded: `*out` is an array of `*count` NUL-terminated strings in `arena`. */
int karaka_table_alternatives(const char ***out, size_t *count, karaka_arena *arena, const char *cell);

/* "hi/predicates:214" for a row, in `arena`. */
const char *karaka_row_name(karaka_arena *arena, const karaka_row *row);
/* karaka_fail(KARAKA_ERROR_FORMAT, "FILE:LINE: message"). */
int karaka_row_fail(const karaka_row *row, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
