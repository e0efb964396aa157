/* spelling: folds the spellings that newspapers mix into one, for comparing.
 *
 * In: NFC text, and the pairs of the table `spelling`. Out: folded text.
 * Two steps, so that the order of the pairs in the table does not matter: first each code point by itself (simple case
 * folding, then the pairs of one code point: joiners and nukta go), then the pairs of several code points on what came
 * out, longest match first.
 * Example: pairs "U+093C -" and "म्ब ंब": "ज़ख़्म" -> "जख्म", "मुम्बई" -> "मुंबई".
 */
#include "language/language.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
    LONGEST = 8,    /* code points on a side of a pair */
    QUICK = 0x2100, /* code points with a direct entry: the alphabets and the joiners */
    WINDOW = 64,
    REMOVED = -1,
    LISTED = -2,
};

typedef struct pair {
    int32_t from[LONGEST], to[LONGEST];
    uint32_t from_count, to_count;
    uint32_t line;
} pair;

typedef KARAKA_LIST(pair) pair_list;

struct karaka_spelling {
    int32_t quick[QUICK]; /* what a code point becomes, REMOVED, or LISTED: see `singles` */
    pair_list singles;    /* from one code point, sorted */
    pair_list sequences;  /* from several, sorted by the first and then longest first */
    uint64_t starts[64];  /* bit start_bit(first, second): some sequence may start with these two */
    bool short_sequence;  /* some sequence is left with one code point: `starts` says nothing */
};

/* Code points on their way from the first step to the second. */
typedef struct window {
    int32_t cp[WINDOW];
    size_t start, end;
} window;

static int compare_pairs(const void *a, const void *b) {
    const pair *x = a, *y = b;
    if (x->from[0] != y->from[0])
        return x->from[0] < y->from[0] ? -1 : 1;
    if (x->from_count != y->from_count)
        return x->from_count > y->from_count ? -1 : 1;
    for (uint32_t i = 1; i < x->from_count; i++)
        if (x->from[i] != y->from[i])
            return x->from[i] < y->from[i] ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* The first pair that starts with `cp`, or the list's end. */
static const pair *find_first(const pair_list *list, int32_t cp) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].from[0] < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return list->items ? list->items + low : NULL;
}

/* First step: what `cp` becomes is put into out[LONGEST]; returns how many code points. */
static size_t fold_one(const karaka_spelling *s, int32_t out[LONGEST], int32_t cp) {
    int32_t known = cp >= 0 && cp < QUICK ? s->quick[cp] : LISTED;
    if (known >= 0) {
        out[0] = known;
        return 1;
    }
    if (known == REMOVED)
        return 0;
    cp = cp < 0 ? 0xFFFD : (int32_t)u_foldCase(cp, U_FOLD_CASE_DEFAULT);
    const pair *found = find_first(&s->singles, cp);
    if (!found || found == s->singles.items + s->singles.count || found->from[0] != cp) {
        out[0] = cp;
        return 1;
    }
    memcpy(out, found->to, sizeof found->to);
    return found->to_count;
}

/* Most text starts no sequence: one look-up by the first two code points says so. */
static uint32_t start_bit(int32_t first, int32_t second) {
    return ((uint32_t)first * 67 + (uint32_t)second) % (64 * 64);
}

/* Second step: the longest sequence at the window's start, or NULL. */
static const pair *find_sequence(const karaka_spelling *s, const window *w) {
    int32_t first = w->cp[w->start];
    size_t left = w->end - w->start;
    uint32_t bit = left > 1 ? start_bit(first, w->cp[w->start + 1]) : 0;
    if (!s->short_sequence && (left < 2 || !(s->starts[bit / 64] >> (bit % 64) & 1)))
        return NULL;
    const pair *end = s->sequences.items + s->sequences.count;
    for (const pair *p = find_first(&s->sequences, first); p && p != end && p->from[0] == first; p++)
        if (p->from_count <= left && memcmp(p->from, w->cp + w->start, p->from_count * sizeof *p->from) == 0)
            return p;
    return NULL;
}

static void fill(const karaka_spelling *s, window *w, const char *text, size_t length, size_t *at) {
    if (w->start) {
        memmove(w->cp, w->cp + w->start, (w->end - w->start) * sizeof *w->cp);
        w->end -= w->start;
        w->start = 0;
    }
    while (w->end + LONGEST <= WINDOW && *at < length)
        w->end += fold_one(s, w->cp + w->end, karaka_utf8_next(text, length, at));
}

/* Appends; false when the room is used up. */
static bool put(char *out, size_t room, size_t *used, const int32_t *cps, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char bytes[4];
        size_t length = karaka_utf8_put(bytes, cps[i]);
        if (length >= room - *used)
            return false;
        memcpy(out + *used, bytes, length);
        *used += length;
    }
    return true;
}

size_t karaka_spelling_fold(const karaka_spelling *spelling, char *out, size_t room, const char *text, size_t length) {
    if (!room)
        return 0;
    window w;
    w.start = w.end = 0;
    size_t at = 0, used = 0;
    for (bool more = true; more;) {
        if (w.end - w.start < LONGEST && at < length)
            fill(spelling, &w, text, length, &at);
        if (w.start == w.end)
            break;
        const pair *p = find_sequence(spelling, &w);
        more = p ? put(out, room, &used, p->to, p->to_count) : put(out, room, &used, w.cp + w.start, 1);
        w.start += p ? p->from_count : 1;
    }
    out[used] = '\0';
    return used;
}

/* ---- Loading ----------------------------------------------------------------------------------------------------- */

/* "U+093C" -> 0x93C; -1 where the text is none. */
static int32_t named_code_point(karaka_slice text) {
    if (text.length < 6 || text.length > 8 || memcmp(text.bytes, "U+", 2) != 0)
        return -1;
    int32_t cp = 0;
    for (size_t i = 2; i < text.length; i++) {
        int digit = u_digit((unsigned char)text.bytes[i], 16);
        if (digit < 0)
            return -1;
        cp = cp * 16 + digit;
    }
    return cp > 0 && cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF) ? cp : -1;
}

/* Code points of a side: blank-separated words, each U+XXXX or the text itself. */
static int read_side(int32_t out[LONGEST], uint32_t *count, const karaka_row *row, const char *side) {
    *count = 0;
    size_t length = strlen(side);
    for (size_t at = 0; at < length;) {
        size_t word = strcspn(side + at, " ");
        int32_t named = named_code_point((karaka_slice){side + at, word});
        size_t end = at + word;
        while (at < end) {
            if (*count == LONGEST)
                return karaka_row_fail(row, "more than %d code points on a side", LONGEST);
            int32_t cp = named >= 0 ? named : karaka_utf8_next(side, length, &at);
            out[(*count)++] = (int32_t)u_foldCase(cp, U_FOLD_CASE_DEFAULT);
            if (named >= 0)
                at = end;
        }
        at += strspn(side + at, " ");
    }
    return KARAKA_OK;
}

static int read_pairs(pair_list *out, karaka_arena *arena, const karaka_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        const karaka_row *row = &table->rows[i];
        const char **forms;
        size_t count;
        if (row->count > 2)
            return karaka_row_fail(row, "a pair has two cells: from, to");
        int error = karaka_table_alternatives(&forms, &count, arena, row->cell[0]);
        if (error == KARAKA_OK && !count)
            error = karaka_row_fail(row, "a pair from nothing");
        for (size_t j = 0; j < count && error == KARAKA_OK; j++) {
            pair p = {.line = row->line};
            error = read_side(p.from, &p.from_count, row, forms[j]);
            if (error == KARAKA_OK)
                error = read_side(p.to, &p.to_count, row, row->cell[1]);
            if (error == KARAKA_OK && !p.from_count)
                error = karaka_row_fail(row, "a pair from nothing");
            if (error == KARAKA_OK)
                error = KARAKA_PUSH(arena, *out, p);
        }
        if (error < 0)
            return error;
    }
    return KARAKA_OK;
}

static void sort(pair_list *list) {
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_pairs);
}

static void fill_quick(karaka_spelling *s) {
    for (int32_t cp = 0; cp < QUICK; cp++)
        s->quick[cp] = LISTED;
    for (int32_t cp = 0; cp < QUICK; cp++) {
        int32_t to[LONGEST];
        size_t count = fold_one(s, to, cp);
        if (count < 2)
            s->quick[cp] = count ? to[0] : REMOVED;
    }
}

/* A sequence is matched on what the first step leaves, so its own `from` takes the first step too. */
static int add_sequence(karaka_spelling *s, karaka_arena *arena, const pair *given) {
    pair p = *given;
    p.from_count = 0;
    for (uint32_t i = 0; i < given->from_count; i++) {
        int32_t to[LONGEST];
        size_t count = fold_one(s, to, given->from[i]);
        for (size_t j = 0; j < count && p.from_count < LONGEST; j++)
            p.from[p.from_count++] = to[j];
    }
    if (!p.from_count)
        return KARAKA_OK;
    s->short_sequence |= p.from_count == 1;
    uint32_t bit = start_bit(p.from[0], p.from[1]);
    s->starts[bit / 64] |= UINT64_C(1) << (bit % 64);
    return KARAKA_PUSH(arena, s->sequences, p);
}

int karaka_spelling_make(karaka_spelling **out, karaka_arena *arena, const karaka_table *table) {
    pair_list pairs = {0};
    karaka_spelling *s = karaka_arena_alloc(arena, sizeof *s);
    int error = s ? read_pairs(&pairs, arena, table) : KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < pairs.count && error == KARAKA_OK; i++)
        if (pairs.items[i].from_count == 1)
            error = KARAKA_PUSH(arena, s->singles, pairs.items[i]);
    if (error < 0)
        return error;
    sort(&s->singles);
    fill_quick(s);
    for (size_t i = 0; i < pairs.count && error == KARAKA_OK; i++)
        if (pairs.items[i].from_count > 1)
            error = add_sequence(s, arena, &pairs.items[i]);
    if (error < 0)
        return error;
    sort(&s->sequences);
    *out = s;
    return KARAKA_OK;
}

int karaka_spelling_load(karaka_spelling **out, karaka_arena *arena, const char *directory) {
    karaka_table table;
    int error = karaka_table_read(&table, arena, directory, "spelling");
    return error < 0 ? error : karaka_spelling_make(out, arena, &table);
}
