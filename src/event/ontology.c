/* ontology: the tables of the folder `ontology` and the language's table `contexts`, loaded (ontology.h). A bad line
 * fails with file and line. Example: "CONSULT<tab>visit<tab>042<tab>1.9" -> a scale of CONSULT visit. */
#include "event/ontology.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A number of the whole cell; NAN for an empty one. */
static int number_of(const karaka_row *row, const char *cell, double *out) {
    char *end = NULL;
    *out = NAN;
    if (!*cell)
        return KARAKA_OK;
    *out = strtod(cell, &end);
    if (*end || !isfinite(*out))
        return karaka_row_fail(row, "no number: \"%s\"", cell);
    return KARAKA_OK;
}

static int read_type(karaka_ontology *o, karaka_arena *arena, const karaka_row *row) {
    (void)arena;
    double quad = 0;
    int rc = number_of(row, row->cell[1], &quad);
    if (rc < 0)
        return rc;
    if (!(quad >= 1 && quad <= 4))
        return karaka_row_fail(row, "a quad class is 1, 2, 3 or 4");
    if (o->type_count == sizeof o->types / sizeof *o->types)
        return karaka_row_fail(row, "too many types");
    o->types[o->type_count].name = row->cell[0];
    o->types[o->type_count++].quad = (int)quad;
    return KARAKA_OK;
}

static int read_scale(karaka_ontology *o, karaka_arena *arena, const karaka_row *row) {
    karaka_scale scale = {.type = row->cell[0], .mode = row->cell[1], .cameo = *row->cell[2] ? row->cell[2] : NULL};
    int rc = number_of(row, row->cell[3], &scale.goldstein);
    if (rc == KARAKA_OK && fabs(scale.goldstein) > 10)
        rc = karaka_row_fail(row, "a Goldstein value is from -10 to 10");
    return rc < 0 ? rc : KARAKA_PUSH(arena, o->scales, scale);
}

static int read_name(karaka_ontology *o, karaka_arena *arena, const karaka_row *row) {
    (void)arena;
    if (o->context_count == KARAKA_CONTEXTS)
        return karaka_row_fail(row, "more than %d contexts", KARAKA_CONTEXTS);
    o->contexts[o->context_count++] = row->cell[0];
    return KARAKA_OK;
}

/* "role:MIL": a sign; anything else: words. */
static int add_sign(karaka_ontology *o, karaka_arena *arena, const char *text, uint64_t contexts, bool *taken) {
    static const char *const kinds[] = {"role:", "code:", "mode:", "sides:"};
    *taken = false;
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i]);
        if (strncmp(text, kinds[i], n) != 0)
            continue;
        karaka_context_sign sign = {.kind = i, .value = text + n, .contexts = contexts};
        *taken = true;
        return KARAKA_PUSH(arena, o->signs, sign);
    }
    return KARAKA_OK;
}

static int read_context(karaka_ontology *o, karaka_arena *arena, const karaka_row *row) {
    uint32_t item = 0; /* of no context: words that hide those inside them */
    for (uint32_t i = 0; i < o->context_count && *row->cell[0]; i++)
        if (strcmp(o->contexts[i], row->cell[0]) == 0)
            item = i + 1;
    if (*row->cell[0] && !item)
        return karaka_row_fail(row, "unknown context \"%s\"", row->cell[0]);
    const char **words = NULL;
    size_t count = 0;
    int rc = karaka_table_alternatives(&words, &count, arena, row->cell[1]);
    for (size_t i = 0; rc == KARAKA_OK && i < count; i++) {
        bool taken = false;
        rc = add_sign(o, arena, words[i], item ? UINT64_C(1) << (item - 1) : 0, &taken);
        if (rc < 0 || taken)
            continue;
        karaka_key keys[KARAKA_WORD_KEYS];
        size_t n = karaka_word_pieces(keys, o->phrases.spelling, words[i], 0);
        rc = karaka_phrasebook_add(&o->phrases, 1, keys, n, item);
    }
    return rc;
}

typedef int (*row_reader)(karaka_ontology *, karaka_arena *, const karaka_row *);
static int read_table(karaka_ontology *o, karaka_arena *arena, const char *directory, const char *name,
                      row_reader each) {
    karaka_table table = {0};
    int rc = karaka_table_read(&table, arena, directory, name);
    for (size_t i = 0; rc == KARAKA_OK && i < table.count; i++)
        rc = each(o, arena, &table.rows[i]);
    return rc;
}

int karaka_ontology_load(karaka_ontology **out, karaka_arena *arena, const char *directory,
                         const karaka_spelling *spelling) {
    karaka_ontology *o = karaka_arena_alloc(arena, sizeof *o);
    const char *folder = karaka_arena_format(arena, "%s/../../ontology", directory);
    if (!o || !folder)
        return KARAKA_ERROR_MEMORY;
    int rc = karaka_phrasebook_init(&o->phrases, arena, spelling, 1);
    if (rc == KARAKA_OK && access(folder, R_OK) != 0) {
        *out = o; /* empty */
        return KARAKA_OK;
    }
    if (rc == KARAKA_OK)
        rc = read_table(o, arena, folder, "types", read_type);
    if (rc == KARAKA_OK)
        rc = read_table(o, arena, folder, "cameo", read_scale);
    if (rc == KARAKA_OK)
        rc = read_table(o, arena, folder, "contexts", read_name);
    if (rc == KARAKA_OK && o->context_count) /* the words of contexts that nobody defines are not read */
        rc = read_table(o, arena, directory, "contexts", read_context);
    if (rc == KARAKA_OK)
        *out = o;
    return rc;
}

const karaka_scale *karaka_ontology_find(const karaka_ontology *o, const char *type, const char *mode) {
    const karaka_scale *best = NULL;
    for (size_t i = 0; i < o->scales.count; i++) {
        const karaka_scale *s = &o->scales.items[i];
        if (strcmp(s->type, type) != 0)
            continue;
        if (mode && strcmp(s->mode, mode) == 0)
            return s;
        if (!*s->mode)
            best = s;
    }
    return best;
}

int karaka_ontology_quad(const karaka_ontology *o, const char *type) {
    for (uint32_t i = 0; i < o->type_count; i++)
        if (strcmp(o->types[i].name, type) == 0)
            return o->types[i].quad;
    return 0;
}
