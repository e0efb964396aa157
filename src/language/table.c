/* table: reads the text tables of a language (table.h, docs/tables.md).
 *
 * In: files DIRECTORY/NAME and DIRECTORY/NAME.*. Out: rows with macros expanded in place, in the arena.
 * Example: "@do<tab>=<tab>a | b" then "x<tab>@do | c" -> one row, cell[1] = "a | b | c".
 */
#include "language/table.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXPANSION_LIMIT = 1 << 16, /* bytes of one expanded cell: macros of macros grow by powers */
    TABLE_FILES = 256,
};

typedef struct macro {
    karaka_slice name; /* without the @ */
    karaka_slice value;
} macro;

typedef KARAKA_LIST(macro) macro_list;
typedef KARAKA_LIST(karaka_row) row_list;

typedef struct reader {
    karaka_arena *arena;
    row_list rows;
    macro_list macros; /* of the file being read */
    const char *file;  /* "hi/predicates" */
    uint32_t line;
} reader;

static int fail_here(const reader *r, const char *what, karaka_slice about) {
    int shown = about.length < 60 ? (int)about.length : 60;
    return karaka_fail(KARAKA_ERROR_FORMAT, "%s:%u: %s%s%.*s", r->file, r->line, what, shown ? " " : "", shown,
                       shown ? about.bytes : "");
}

/* Takes off `*rest` what stands before `separator`, trimmed. */
static karaka_slice next_part(karaka_slice *rest, char separator) {
    const char *found = memchr(rest->bytes, separator, rest->length);
    size_t length = found ? (size_t)(found - rest->bytes) : rest->length;
    karaka_slice part = karaka_slice_trim((karaka_slice){rest->bytes, length});
    size_t eaten = found ? length + 1 : length;
    *rest = (karaka_slice){rest->bytes + eaten, rest->length - eaten};
    return part;
}

static bool has_byte(karaka_slice s, char byte) {
    return s.length && memchr(s.bytes, byte, s.length);
}

static const macro *find_macro(const reader *r, karaka_slice name) {
    for (size_t i = r->macros.count; i-- > 0;)
        if (karaka_slice_equal(r->macros.items[i].name, name))
            return &r->macros.items[i];
    return NULL;
}

/* A cell with each alternative that is a macro replaced by the macro's value. */
static int expand(karaka_slice *out, reader *r, karaka_slice cell) {
    if (!has_byte(cell, '@')) {
        *out = cell;
        return KARAKA_OK;
    }
    karaka_buffer text = {0};
    int error = KARAKA_OK;
    while (cell.length && error == KARAKA_OK) {
        karaka_slice part = next_part(&cell, '|');
        if (part.length > 1 && part.bytes[0] == '@') {
            const macro *known = find_macro(r, (karaka_slice){part.bytes + 1, part.length - 1});
            if (!known) {
                error = fail_here(r, "unknown macro", part);
                break;
            }
            part = known->value;
        }
        if (text.length + part.length > EXPANSION_LIMIT)
            error = fail_here(r, "macro grows too long", part);
        if (error == KARAKA_OK && text.length)
            error = karaka_buffer_text(&text, " | ");
        if (error == KARAKA_OK)
            error = karaka_buffer_add(&text, part.bytes, part.length);
    }
    if (error == KARAKA_OK) {
        char *kept = karaka_arena_copy(r->arena, text.length ? text.bytes : "", text.length);
        *out = (karaka_slice){kept, text.length};
        error = kept ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    }
    karaka_buffer_free(&text);
    return error;
}

/* "@do = a | b": true where the line defines a macro; its second word is "=". */
static bool is_macro(karaka_slice line, karaka_slice *name, karaka_slice *value) {
    if (!line.length || line.bytes[0] != '@')
        return false;
    size_t end = 1;
    while (end < line.length && line.bytes[end] != ' ' && line.bytes[end] != '\t')
        end++;
    *name = (karaka_slice){line.bytes + 1, end - 1};
    karaka_slice rest = karaka_slice_trim((karaka_slice){line.bytes + end, line.length - end});
    if (!rest.length || rest.bytes[0] != '=' || (rest.length > 1 && rest.bytes[1] != ' ' && rest.bytes[1] != '\t'))
        return false;
    *value = karaka_slice_trim((karaka_slice){rest.bytes + 1, rest.length - 1});
    return true;
}

static int read_row(reader *r, karaka_slice line) {
    karaka_row row = {.file = r->file, .line = r->line};
    for (size_t i = 0; i < KARAKA_TABLE_CELLS; i++)
        row.cell[i] = "";
    while (line.length) {
        karaka_slice cell = next_part(&line, '\t');
        if (!cell.length) /* several tabs are one */
            continue;
        if (row.count == KARAKA_TABLE_CELLS)
            return fail_here(r, "too many cells at", cell);
        int error = expand(&cell, r, cell);
        if (error < 0)
            return error;
        if (!karaka_slice_is(cell, "-"))
            row.cell[row.count] = karaka_arena_copy(r->arena, cell.bytes, cell.length);
        if (!row.cell[row.count])
            return KARAKA_ERROR_MEMORY;
        row.count++;
    }
    return KARAKA_PUSH(r->arena, r->rows, row);
}

static int read_line(reader *r, karaka_slice line) {
    karaka_slice name, value;
    if (has_byte(line, '\0'))
        return fail_here(r, "NUL byte", (karaka_slice){"", 0});
    size_t bad = karaka_utf8_check(line.bytes, line.length);
    if (bad != line.length)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s:%u: bad UTF-8 at byte %zu of the line", r->file, r->line, bad + 1);
    if (!line.length || line.bytes[0] == '#' || !karaka_slice_trim(line).length)
        return KARAKA_OK;
    int error = karaka_nfc(&line, r->arena, line);
    if (error < 0)
        return error;
    if (!is_macro(line, &name, &value))
        return read_row(r, line);
    error = expand(&value, r, value);
    if (error < 0)
        return error;
    char *kept = karaka_arena_copy(r->arena, line.bytes, name.length + 1);
    char *kept_value = karaka_arena_copy(r->arena, value.bytes, value.length);
    if (!kept || !kept_value)
        return KARAKA_ERROR_MEMORY;
    macro fresh = {{kept + 1, name.length}, {kept_value, value.length}};
    return KARAKA_PUSH(r->arena, r->macros, fresh);
}

static int read_text(reader *r, karaka_slice text) {
    if (text.length >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0)
        text = (karaka_slice){text.bytes + 3, text.length - 3};
    r->line = 0;
    r->macros = (macro_list){0};
    while (text.length) {
        const char *end = memchr(text.bytes, '\n', text.length);
        size_t length = end ? (size_t)(end - text.bytes) : text.length;
        size_t kept = length && text.bytes[length - 1] == '\r' ? length - 1 : length;
        r->line++;
        int error = read_line(r, (karaka_slice){text.bytes, kept});
        if (error < 0)
            return error;
        size_t eaten = end ? length + 1 : length;
        text = (karaka_slice){text.bytes + eaten, text.length - eaten};
    }
    return KARAKA_OK;
}

/* The last part of a path: "languages/hi/" -> "hi". */
static karaka_slice last_part(const char *path) {
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    return (karaka_slice){path + start, end - start};
}

static int read_file(reader *r, const char *directory, const char *name) {
    karaka_slice language = last_part(directory);
    const char *path = karaka_arena_format(r->arena, "%s/%s", directory, name);
    r->file = karaka_arena_format(r->arena, "%.*s/%s", (int)language.length, language.bytes, name);
    if (!path || !r->file)
        return KARAKA_ERROR_MEMORY;
    karaka_file file = {0};
    int error = karaka_file_open(&file, path);
    if (error < 0)
        return error;
    error = read_text(r, (karaka_slice){file.bytes, file.length});
    karaka_file_close(&file);
    return error;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "predicates.assault" belongs to "predicates"; an editor's left-overs ("predicates.assault~", "predicates.swp") and
 * hidden files do not. */
static bool belongs(const char *file, const char *name) {
    size_t length = strlen(name), whole = strlen(file);
    if (strncmp(file, name, length) != 0)
        return false;
    if (file[length] == '\0')
        return true;
    return file[length] == '.' && file[whole - 1] != '~' && strcmp(file + whole - 4, ".swp") != 0 &&
           strcmp(file + whole - 4, ".bak") != 0;
}

static int list_files(const char **out, size_t *count, reader *r, const char *directory, const char *name) {
    DIR *folder = opendir(directory);
    if (!folder)
        return karaka_fail(KARAKA_ERROR_FILE, "%s: %s", directory, strerror(errno));
    int error = KARAKA_OK;
    *count = 0;
    for (const struct dirent *entry; error == KARAKA_OK && (entry = readdir(folder));) {
        if (!belongs(entry->d_name, name))
            continue;
        char *kept = karaka_arena_copy(r->arena, entry->d_name, strlen(entry->d_name));
        if (!kept)
            error = KARAKA_ERROR_MEMORY;
        else if (*count == TABLE_FILES)
            error =
                karaka_fail(KARAKA_ERROR_FORMAT, "%s: more than %d files of table %s", directory, TABLE_FILES, name);
        else
            out[(*count)++] = kept;
    }
    closedir(folder);
    qsort(out, *count, sizeof *out, by_name);
    return error;
}

int karaka_table_read(karaka_table *out, karaka_arena *arena, const char *directory, const char *name) {
    reader r = {.arena = arena};
    const char *files[TABLE_FILES];
    size_t count = 0;
    int error = list_files(files, &count, &r, directory, name);
    for (size_t i = 0; i < count && error == KARAKA_OK; i++)
        error = read_file(&r, directory, files[i]);
    if (error < 0)
        return error;
    *out = (karaka_table){r.rows.items, r.rows.count};
    return KARAKA_OK;
}

int karaka_table_parse(karaka_table *out, karaka_arena *arena, const char *file, karaka_slice text) {
    reader r = {.arena = arena};
    r.file = karaka_arena_copy(arena, file, strlen(file));
    int error = r.file ? read_text(&r, text) : KARAKA_ERROR_MEMORY;
    if (error == KARAKA_OK)
        *out = (karaka_table){r.rows.items, r.rows.count};
    return error;
}

int karaka_table_alternatives(const char ***out, size_t *count, karaka_arena *arena, const char *cell) {
    KARAKA_LIST(const char *) found = {0};
    karaka_slice rest = karaka_slice_of(cell);
    while (rest.length) {
        karaka_slice part = next_part(&rest, '|');
        if (!part.length)
            continue;
        const char *kept = karaka_slice_is(part, "-") ? "" : karaka_arena_copy(arena, part.bytes, part.length);
        if (!kept || KARAKA_PUSH(arena, found, kept) < 0)
            return KARAKA_ERROR_MEMORY;
    }
    *out = found.items;
    *count = found.count;
    return KARAKA_OK;
}

const char *karaka_row_name(karaka_arena *arena, const karaka_row *row) {
    char digits[16];
    size_t at = sizeof digits, length = strlen(row->file); /* called for every row: no printf */
    uint32_t line = row->line;
    do
        digits[--at] = (char)('0' + line % 10);
    while (line /= 10);
    char *name = karaka_arena_alloc(arena, length + 1 + sizeof digits - at + 1);
    if (!name)
        return NULL;
    memcpy(name, row->file, length);
    name[length] = ':';
    memcpy(name + length + 1, digits + at, sizeof digits - at);
    return name;
}

int karaka_row_fail(const karaka_row *row, const char *format, ...) {
    va_list list;
    va_start(list, format);
    char message[512];
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    return karaka_fail(KARAKA_ERROR_FORMAT, "%s:%u: %s", row->file, row->line, message);
}
