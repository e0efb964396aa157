/* place_table: reads the tables of place names and indexes them by form.
 *
 * In: the files named in place_table.h; a line of places is "forms | ...<tab>name<tab>country<tab>kind<tab>lat<tab>lon
 * <tab>geonames<tab>population". Out: karaka_gazetteer.
 * Loading folds every form once (some 10,000) and keeps 64-bit hashes and offsets; a line is taken apart when it is
 * hit.
 */
#include "event/place_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_PLACES, FILE_MORE, FILE_CITIES, LINE_STEP = 4096, CELLS = 8 };

static const char *const file_names[] = {"places", "places.more", "places.cities"};
static const char *const kind_names[] = {"",         "country", "capital", "city", "province",
                                         "district", "region",  "water",   "site"};

static place_kind kind_of(const char *name, size_t length) {
    for (size_t i = 1; i < sizeof kind_names / sizeof *kind_names; i++)
        if (strlen(kind_names[i]) == length && memcmp(kind_names[i], name, length) == 0)
            return (place_kind)i;
    return KIND_NONE;
}

/* ---- Forms ------------------------------------------------------------------------------------------------------ */

size_t karaka_place_normal(char out[PLACE_FORM_ROOM], const karaka_spelling *spelling, const char *text,
                           size_t length) {
    char folded[PLACE_FORM_ROOM];
    size_t got = karaka_spelling_fold(spelling, folded, sizeof folded, text, length), used = 0;
    for (size_t i = 0; i < got; i++) {
        bool gap = folded[i] == ' ' || folded[i] == '-' || folded[i] == '.' || folded[i] == '\'';
        if (!gap)
            out[used++] = folded[i];
        else if (used > 0 && out[used - 1] != ' ')
            out[used++] = ' ';
    }
    while (used > 0 && out[used - 1] == ' ')
        used--;
    out[used] = 0;
    return used;
}

static uint64_t hash_of(const char *text, size_t length) {
    uint64_t hash = karaka_hash(text, length, 0);
    return hash ? hash : 1;
}

/* Doubles an open hash table of items that begin with their hash when it is more than half full. */
static int make_room(void **items, uint32_t *mask, uint32_t count, size_t size, karaka_arena *arena,
                     uint32_t first_room) {
    if (*items && count * 2 < *mask)
        return 0;
    uint32_t room = *items ? (*mask + 1) * 2 : first_room;
    char *fresh = karaka_arena_array(arena, room, size);
    if (!fresh)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; *items && i <= *mask; i++) {
        const char *item = (const char *)*items + i * size;
        uint64_t hash;
        memcpy(&hash, item, sizeof hash);
        if (!hash)
            continue;
        uint32_t at = (uint32_t)hash & (room - 1);
        for (uint64_t there = 1; there; at = there ? (at + 1) & (room - 1) : at)
            memcpy(&there, fresh + at * size, sizeof there);
        memcpy(fresh + at * size, item, size);
    }
    *items = fresh;
    *mask = room - 1;
    return 0;
}

static int put_first(karaka_gazetteer *g, karaka_arena *arena, const char *form, size_t length) {
    size_t first = 0;
    uint32_t words = 1;
    while (first < length && form[first] != ' ')
        first++;
    for (size_t i = first; i < length; i++)
        words += form[i] == ' ';
    int rc = make_room((void **)&g->firsts, &g->first_mask, g->first_count, sizeof *g->firsts, arena, 16384);
    if (rc < 0)
        return rc;
    uint64_t hash = hash_of(form, first);
    uint32_t at = (uint32_t)hash & g->first_mask;
    while (g->firsts[at].hash && g->firsts[at].hash != hash)
        at = (at + 1) & g->first_mask;
    g->first_count += !g->firsts[at].hash;
    g->firsts[at].hash = hash;
    if (g->firsts[at].words < words)
        g->firsts[at].words = words;
    return 0;
}

static int put_form(karaka_gazetteer *g, karaka_arena *arena, const karaka_spelling *spelling, const char *text,
                    size_t length, form_slot slot) {
    char form[PLACE_FORM_ROOM];
    size_t got = length < PLACE_FORM_ROOM / 2 ? karaka_place_normal(form, spelling, text, length) : 0;
    if (got == 0)
        return 0;
    int rc = make_room((void **)&g->forms, &g->form_mask, g->form_count, sizeof *g->forms, arena, 32768);
    if (rc < 0)
        return rc;
    slot.hash = hash_of(form, got);
    uint32_t at = (uint32_t)slot.hash & g->form_mask;
    while (g->forms[at].hash)
        at = (at + 1) & g->form_mask;
    g->forms[at] = slot;
    g->form_count++;
    return put_first(g, arena, form, got);
}

uint32_t karaka_place_first(const karaka_gazetteer *g, uint64_t hash) {
    if (!g->firsts)
        return 0;
    for (uint32_t at = (uint32_t)hash & g->first_mask; g->firsts[at].hash; at = (at + 1) & g->first_mask)
        if (g->firsts[at].hash == hash)
            return g->firsts[at].words;
    return 0;
}

const place_word *karaka_place_word(const karaka_gazetteer *g, uint64_t hash) {
    if (!g->words)
        return NULL;
    for (uint32_t at = (uint32_t)hash & g->word_mask; g->words[at].hash; at = (at + 1) & g->word_mask)
        if (g->words[at].hash == hash)
            return &g->words[at];
    return NULL;
}

int karaka_place_rows(place_row out[PLACE_CANDIDATES], uint32_t *count, karaka_arena *arena, const karaka_gazetteer *g,
                      uint64_t hash) {
    *count = 0;
    if (!g->forms)
        return 0;
    for (uint32_t at = (uint32_t)hash & g->form_mask; g->forms[at].hash && *count < PLACE_CANDIDATES;
         at = (at + 1) & g->form_mask) {
        const form_slot *slot = &g->forms[at];
        if (slot->hash != hash)
            continue;
        int rc = karaka_place_line(&out[(*count)++], arena, g, slot->file, slot->offset, slot->line);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* ---- Lines ------------------------------------------------------------------------------------------------------ */

static double number_of(karaka_slice cell) {
    char text[32], *end = NULL;
    if (cell.length == 0 || cell.length >= sizeof text)
        return NAN;
    memcpy(text, cell.bytes, cell.length);
    text[cell.length] = 0;
    double value = strtod(text, &end);
    return end == text || *end ? NAN : value;
}

static uint32_t count_of(karaka_slice cell) {
    double value = number_of(cell);
    return value >= 0 && value < 4e9 ? (uint32_t)value : 0;
}

/* Cells of the line that begins at `at`, trimmed; cells that are not there are empty. */
static void cut_cells(karaka_slice cells[CELLS], place_text text, uint32_t at) {
    const char *p = text.bytes + at, *end = memchr(p, '\n', text.length - at);
    if (!end)
        end = text.bytes + text.length;
    for (int i = 0; i < CELLS; i++) {
        const char *tab = p < end ? memchr(p, '\t', (size_t)(end - p)) : NULL;
        const char *stop = tab ? tab : end;
        cells[i] = karaka_slice_trim((karaka_slice){p, p < end ? (size_t)(stop - p) : 0});
        if (cells[i].length == 1 && cells[i].bytes[0] == '-')
            cells[i].length = 0;
        for (p = tab ? tab + 1 : end; tab && p < end && *p == '\t';)
            p++;
    }
}

int karaka_place_line(place_row *out, karaka_arena *arena, const karaka_gazetteer *g, uint32_t file, uint32_t offset,
                      uint32_t line) {
    karaka_slice cells[CELLS];
    cut_cells(cells, g->files[file], offset);
    for (int i = 1; i <= 2; i++)
        cells[i].length = karaka_utf8_check(cells[i].bytes, cells[i].length);
    *out = (place_row){
        .name = karaka_arena_copy(arena, cells[1].bytes, cells[1].length),
        .country = cells[2].length ? karaka_arena_copy(arena, cells[2].bytes, cells[2].length) : NULL,
        .kind = kind_of(cells[3].bytes, cells[3].length),
        .lat = number_of(cells[4]),
        .lon = number_of(cells[5]),
        .geonames = count_of(cells[6]),
        .population = count_of(cells[7]),
        .file = file,
        .line = line,
    };
    return out->name && (out->country || !cells[2].length) ? 0 : KARAKA_ERROR_MEMORY;
}

/* Lines before `offset` of places.cities are counted from the last mark. */
static uint32_t line_at(const karaka_gazetteer *g, uint32_t offset) {
    const char *text = g->files[FILE_CITIES].bytes;
    uint32_t line = g->lines[offset / LINE_STEP], from = offset / LINE_STEP * LINE_STEP;
    for (const char *p = text + from; (p = memchr(p, '\n', (size_t)(text + offset - p))); p++)
        line++;
    return line;
}

const char *karaka_place_rule(karaka_arena *arena, const karaka_gazetteer *g, const place_row *row, bool by_sound) {
    uint32_t line = row->file == FILE_CITIES ? line_at(g, row->line) : row->line;
    return karaka_arena_format(arena, "%s/%s:%u%s", g->code, file_names[row->file], line,
                               by_sound ? " (by sound)" : "");
}

/* ---- Loading ---------------------------------------------------------------------------------------------------- */

static int open_file(place_text *out, karaka_file *file, karaka_arena *arena, const char *directory, const char *name) {
    const char *path = karaka_arena_format(arena, "%s/%s", directory, name);
    *out = (place_text){"", 0};
    if (!path)
        return KARAKA_ERROR_MEMORY;
    if (karaka_file_open(file, path) < 0) {
        *file = (karaka_file){0};
        return KARAKA_OK; /* a language may do without */
    }
    if (file->length > UINT32_MAX / 2)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: larger than 2 GiB", path);
    *out = (place_text){file->bytes, (uint32_t)file->length};
    return KARAKA_OK;
}

/* The forms in front of the first tab; the other cells are looked at when the line is hit. */
static int index_line(karaka_gazetteer *g, karaka_arena *arena, const karaka_spelling *spelling, uint32_t file,
                      uint32_t at, uint32_t line, uint32_t stop) {
    const char *p = g->files[file].bytes + at, *end = memchr(p, '\t', stop - at);
    if (!end)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s/%s:%u: no tab", g->code, file_names[file], line);
    while (p < end) {
        const char *bar = memchr(p, '|', (size_t)(end - p));
        size_t length = (size_t)((bar ? bar : end) - p);
        form_slot slot = {.file = file, .offset = at, .line = line};
        int rc = put_form(g, arena, spelling, p, length, slot);
        if (rc < 0)
            return rc;
        p = bar ? bar + 1 : end;
    }
    return 0;
}

static int index_file(karaka_gazetteer *g, karaka_arena *arena, const karaka_spelling *spelling, uint32_t file) {
    place_text text = g->files[file];
    uint32_t line = 1;
    for (uint32_t at = 0; at < text.length; line++) {
        const char *end = memchr(text.bytes + at, '\n', text.length - at);
        uint32_t stop = end ? (uint32_t)(end - text.bytes) : text.length;
        if (stop > at && text.bytes[at] != '#' && text.bytes[at] != '\r') {
            int rc = index_line(g, arena, spelling, file, at, line, stop);
            if (rc < 0)
                return rc;
        }
        at = stop + 1;
    }
    return 0;
}

static int mark_lines(karaka_gazetteer *g, karaka_arena *arena) {
    place_text text = g->files[FILE_CITIES];
    uint32_t line = 1, marks = text.length / LINE_STEP + 1;
    if (!(g->lines = karaka_arena_array(arena, marks, sizeof *g->lines)))
        return KARAKA_ERROR_MEMORY;
    for (uint32_t m = 0; m < marks; m++) {
        uint32_t from = m * LINE_STEP, to = from + LINE_STEP < text.length ? from + LINE_STEP : text.length;
        g->lines[m] = line;
        for (const char *p = text.bytes + from; (p = memchr(p, '\n', (size_t)(text.bytes + to - p))); p++)
            line++;
    }
    return 0;
}

/* ---- places.words ----------------------------------------------------------------------------------------------- */

static int word_for(place_word **out, karaka_gazetteer *g, karaka_arena *arena, const karaka_spelling *spelling,
                    const char *text) {
    char form[PLACE_FORM_ROOM];
    size_t length = karaka_place_normal(form, spelling, text, strlen(text));
    int rc = make_room((void **)&g->words, &g->word_mask, g->word_count, sizeof *g->words, arena, 2048);
    if (rc < 0)
        return rc;
    if (length == 0) /* a mark such as a comma keeps its own spelling */
        length = strlen(text) < sizeof form ? strlen(text) : 0, memcpy(form, text, length);
    uint64_t hash = hash_of(form, length);
    uint32_t at = (uint32_t)hash & g->word_mask;
    while (g->words[at].hash && g->words[at].hash != hash)
        at = (at + 1) & g->word_mask;
    g->word_count += !g->words[at].hash;
    g->words[at].hash = hash;
    *out = &g->words[at];
    return 0;
}

static int read_sound(karaka_gazetteer *g, const karaka_row *row, const char *text) {
    sound_letter *s = &g->sounds[g->sound_count];
    size_t at = 0, length = strlen(text);
    s->letters[0] = karaka_utf8_next(text, length, &at);
    s->letters[1] = at < length ? karaka_utf8_next(text, length, &at) : 0;
    if (at < length || strlen(row->cell[1]) >= sizeof s->sound)
        return karaka_row_fail(row, "a sound is one or two letters for at most three");
    memcpy(s->sound, row->cell[1], strlen(row->cell[1]));
    g->sound_count++;
    return 0;
}

static int read_word(karaka_gazetteer *g, karaka_arena *arena, const karaka_spelling *spelling, const karaka_row *row,
                     const char *text) {
    const char *kind = row->cell[0];
    if (strcmp(kind, "sound") == 0)
        return read_sound(g, row, text);
    if (strcmp(kind, "ending") == 0) {
        g->endings[g->ending_count++] = (place_ending){text, row->cell[1]};
        return 0;
    }
    if (strcmp(kind, "script") == 0 || strcmp(kind, "strip") == 0 || strcmp(kind, "bare") == 0)
        return 0; /* for tools/gazetteer */
    place_word *word;
    int rc = word_for(&word, g, arena, spelling, text);
    if (rc < 0)
        return rc;
    if (strcmp(kind, "stop") == 0)
        word->stop = true;
    else if (strcmp(kind, "risky") == 0)
        word->risky = true;
    else if (strcmp(kind, "after") == 0)
        word->after = true;
    else if (strcmp(kind, "direction") == 0)
        word->direction = row->cell[1];
    else if (strcmp(kind, "type") == 0)
        word->type = kind_of(row->cell[1], strlen(row->cell[1]));
    else
        return karaka_row_fail(row, "unknown kind %.40s", kind);
    if (strcmp(kind, "type") == 0 && word->type == KIND_NONE)
        return karaka_row_fail(row, "unknown kind of place %.40s", row->cell[1]);
    return 0;
}

static int read_words(karaka_gazetteer *g, karaka_arena *arena, const char *directory,
                      const karaka_spelling *spelling) {
    karaka_table table;
    int rc = karaka_table_read(&table, arena, directory, "places.words");
    size_t forms = 0;
    for (size_t i = 0; rc == 0 && i < table.count; i++) {
        const char *p = table.rows[i].cell[2];
        for (forms++; (p = strchr(p, '|')); p++)
            forms++;
    }
    if (rc < 0)
        return rc;
    g->sounds = karaka_arena_array(arena, forms + 1, sizeof *g->sounds);
    g->endings = karaka_arena_array(arena, forms + 1, sizeof *g->endings);
    if (!g->sounds || !g->endings)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; rc == 0 && i < table.count; i++) {
        const char **texts;
        size_t count;
        rc = karaka_table_alternatives(&texts, &count, arena, table.rows[i].cell[2]);
        for (size_t k = 0; rc == 0 && k < count; k++)
            rc = read_word(g, arena, spelling, &table.rows[i], texts[k]);
    }
    return rc;
}

int karaka_gazetteer_load(karaka_gazetteer **out, karaka_arena *arena, const char *directory,
                          const karaka_spelling *spelling) {
    karaka_gazetteer *g = karaka_arena_alloc(arena, sizeof *g);
    if (!g)
        return KARAKA_ERROR_MEMORY;
    const char *end = directory + strlen(directory);
    while (end > directory && end[-1] == '/')
        end--;
    const char *begin = end;
    while (begin > directory && begin[-1] != '/')
        begin--;
    if (!(g->code = karaka_arena_copy(arena, begin, (size_t)(end - begin))))
        return KARAKA_ERROR_MEMORY;
    int rc = read_words(g, arena, directory, spelling);
    for (uint32_t i = 0; rc == 0 && i < 3; i++)
        rc = open_file(&g->files[i], &g->mapped[i], arena, directory, file_names[i]);
    for (uint32_t i = FILE_PLACES; rc == 0 && i <= FILE_MORE; i++)
        rc = index_file(g, arena, spelling, i);
    if (rc == 0)
        rc = mark_lines(g, arena);
    if (rc < 0) {
        karaka_gazetteer_close(g);
        return rc;
    }
    *out = g;
    return KARAKA_OK;
}

void karaka_gazetteer_close(karaka_gazetteer *g) {
    for (int i = 0; g && i < 3; i++)
        if (g->mapped[i].bytes)
            karaka_file_close(&g->mapped[i]);
}
