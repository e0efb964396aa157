/* markup: the table `ontology/markup`, ready for use.
 *
 * In: rows. Out: patterns of words, sorted by the first of them, and facts by name.
 * Example: "drop<tab>class<tab>comments<tab>comment list" fits the class names "comment-list" and "StoryCommentList2".
 */
#include "html/html.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS = 16 /* of a name that are looked at */, PATTERN_WORDS = 4, LONGEST = 48 /* bytes of a word */ };

typedef enum place { PLACE_TAG, PLACE_CLASS, PLACE_ITEM, PLACE_META, PLACE_JSON, PLACE_REL, PLACES } place;

static const char *const kind_names[KARAKA_MARKUP_KINDS] = {
    [KARAKA_MARKUP_DROP] = "drop", [KARAKA_MARKUP_DOUBT] = "doubt",   [KARAKA_MARKUP_BODY] = "body",
    [KARAKA_MARKUP_FACT] = "fact", [KARAKA_MARKUP_OBJECT] = "object",
};
static const char *const place_names[PLACES] = {"tag", "class", "item", "meta", "json", "rel"};
static const char *const fact_names[KARAKA_FACTS] = {"title",   "author", "published", "modified",
                                                     "section", "outlet", "url",       "lang"};

typedef struct word {
    char bytes[LONGEST]; /* in small letters */
    size_t length;
} word;

typedef struct pattern {
    word words[PATTERN_WORDS];
    size_t count;
    bool open; /* the last word may go on */
    const karaka_markup_rule *rule;
} pattern;

/* A name taken whole: of an element, an itemprop, a meta element, a key. */
typedef struct entry {
    uint64_t hash;
    place place;
    const karaka_markup_rule *rule;
} entry;

struct karaka_markup {
    KARAKA_LIST(pattern) patterns; /* by first word; open ones of one word apart */
    KARAKA_LIST(pattern) open;
    KARAKA_LIST(entry) entries; /* by hash */
};

static bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool letter(char c) {
    return upper(c) || (c >= 'a' && c <= 'z');
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static char small(char c) {
    return upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* "storyBody_2" -> story, body, 2. */
static size_t split(word *out, size_t room, karaka_slice name) {
    size_t count = 0;
    for (size_t at = 0; at < name.length && count < room;) {
        size_t start = at;
        char c = name.bytes[at++];
        if (!letter(c) && !digit(c))
            continue;
        while (at < name.length && (digit(c) ? digit(name.bytes[at]) : letter(name.bytes[at])) &&
               !(upper(name.bytes[at]) && !upper(name.bytes[at - 1])))
            at++;
        word *w = &out[count++];
        w->length = at - start < LONGEST ? at - start : LONGEST;
        for (size_t i = 0; i < w->length; i++)
            w->bytes[i] = small(name.bytes[start + i]);
    }
    return count;
}

static uint64_t name_hash(place where, karaka_slice name) {
    char folded[128];
    size_t length = name.length < sizeof folded ? name.length : sizeof folded;
    for (size_t i = 0; i < length; i++)
        folded[i] = small(name.bytes[i]);
    return karaka_hash(folded, length, where);
}

/* ---- Loading ---- */

static size_t find_name(const char *const *names, size_t count, const char *name) {
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0)
        i++;
    return i;
}

static int add_pattern(karaka_markup *m, karaka_arena *arena, const karaka_row *row, const char *text,
                       const karaka_markup_rule *rule) {
    pattern p = {.rule = rule};
    karaka_slice s = karaka_slice_of(text);
    p.open = s.length && s.bytes[s.length - 1] == '*';
    p.count = split(p.words, PATTERN_WORDS, s);
    if (!p.count)
        return karaka_row_fail(row, "\"%s\" holds no word", text);
    return p.open && p.count == 1 ? KARAKA_PUSH(arena, m->open, p) : KARAKA_PUSH(arena, m->patterns, p);
}

static int add_names(karaka_markup *m, karaka_arena *arena, const karaka_row *row, place where,
                     karaka_markup_rule rule) {
    const char **names = NULL;
    size_t count = 0;
    int error = karaka_table_alternatives(&names, &count, arena, row->cell[3]);
    for (size_t i = 0; error == KARAKA_OK && i < count; i++) {
        karaka_markup_rule *own = karaka_arena_alloc(arena, sizeof *own);
        if (!own)
            return KARAKA_ERROR_MEMORY;
        *own = rule;
        own->order = row->line * 256 + (uint32_t)i;
        entry e = {name_hash(where, karaka_slice_of(names[i])), where, own};
        error = where == PLACE_CLASS ? add_pattern(m, arena, row, names[i], own) : KARAKA_PUSH(arena, m->entries, e);
    }
    return error;
}

static int read_row(karaka_markup *m, karaka_arena *arena, const karaka_row *row) {
    karaka_markup_rule rule = {.value = row->cell[2], .name = karaka_row_name(arena, row)};
    if (!rule.name)
        return KARAKA_ERROR_MEMORY;
    rule.kind = (karaka_markup_kind)find_name(kind_names, KARAKA_MARKUP_KINDS, row->cell[0]);
    place where = (place)find_name(place_names, PLACES, row->cell[1]);
    if (rule.kind == KARAKA_MARKUP_KINDS)
        return karaka_row_fail(row, "unknown kind \"%s\"", row->cell[0]);
    if (where == PLACES || !*rule.value)
        return karaka_row_fail(row, "tag, class, item, meta, json or rel is wanted, and a value");
    if (rule.kind == KARAKA_MARKUP_FACT)
        rule.fact = (karaka_fact)find_name(fact_names, KARAKA_FACTS, rule.value);
    if (rule.fact == KARAKA_FACTS)
        return karaka_row_fail(row, "unknown fact \"%s\"", rule.value);
    return add_names(m, arena, row, where, rule);
}

static int compare_words(const word *a, const word *b) {
    size_t least = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->bytes, b->bytes, least);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare_patterns(const void *a, const void *b) {
    const pattern *x = a, *y = b;
    int order = compare_words(&x->words[0], &y->words[0]);
    return order ? order : (x->rule->order > y->rule->order) - (x->rule->order < y->rule->order);
}

static int compare_entries(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->rule->order > y->rule->order) - (x->rule->order < y->rule->order);
}

int karaka_markup_load(karaka_markup **out, karaka_arena *arena, const char *directory) {
    karaka_markup *m = karaka_arena_alloc(arena, sizeof *m);
    const char *folder = karaka_arena_format(arena, "%s/../../ontology", directory);
    karaka_table table = {0};
    if (!m || !folder)
        return KARAKA_ERROR_MEMORY;
    int error = KARAKA_OK;
    if (access(folder, R_OK) == 0) /* a language may stand alone: then no name says anything */
        error = karaka_table_read(&table, arena, folder, "markup");
    for (size_t i = 0; error == KARAKA_OK && i < table.count; i++)
        error = read_row(m, arena, &table.rows[i]);
    if (error < 0)
        return error;
    if (m->patterns.count)
        qsort(m->patterns.items, m->patterns.count, sizeof *m->patterns.items, compare_patterns);
    if (m->entries.count)
        qsort(m->entries.items, m->entries.count, sizeof *m->entries.items, compare_entries);
    xmlInitParser(); /* once and before any thread: libxml2 keeps tables of its own */
    *out = m;
    return KARAKA_OK;
}

/* ---- Finding ---- */

static void note(const karaka_markup_rule **slot, const karaka_markup_rule *rule) {
    if (!*slot || rule->order < (*slot)->order)
        *slot = rule;
}

static void note_rule(karaka_markup_match *match, const karaka_markup_rule *rule) {
    if (rule->kind == KARAKA_MARKUP_DROP)
        note(&match->drop, rule);
    else if (rule->kind == KARAKA_MARKUP_DOUBT)
        note(&match->doubt, rule);
    else if (rule->kind == KARAKA_MARKUP_BODY)
        note(&match->body, rule);
}

static bool fits(const pattern *p, const word *words, size_t count) {
    if (p->count > count)
        return false;
    for (size_t i = 0; i < p->count; i++) {
        const word *want = &p->words[i], *have = &words[i];
        bool open = p->open && i + 1 == p->count;
        if (open ? have->length < want->length : have->length != want->length)
            return false;
        if (memcmp(have->bytes, want->bytes, want->length) != 0)
            return false;
    }
    return true;
}

static size_t first_pattern(const karaka_markup *m, const word *w) {
    size_t low = 0, high = m->patterns.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_words(&m->patterns.items[middle].words[0], w) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

karaka_markup_match karaka_markup_class(const karaka_markup *markup, karaka_slice name) {
    karaka_markup_match match = {0};
    word words[WORDS];
    size_t count = split(words, WORDS, name);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = first_pattern(markup, &words[i]); k < markup->patterns.count; k++) {
            const pattern *p = &markup->patterns.items[k];
            if (compare_words(&p->words[0], &words[i]) != 0)
                break;
            if (fits(p, words + i, count - i))
                note_rule(&match, p->rule);
        }
        for (size_t k = 0; k < markup->open.count; k++)
            if (fits(&markup->open.items[k], words + i, count - i))
                note_rule(&match, markup->open.items[k].rule);
    }
    return match;
}

/* Kinds as bits 1 << kind; an entry of another kind may bear the same name. */
static const karaka_markup_rule *find_entry(const karaka_markup *m, place where, karaka_slice name, unsigned kinds) {
    const uint64_t hash = name_hash(where, name);
    size_t low = 0, high = m->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->entries.items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < m->entries.count && m->entries.items[low].hash == hash; low++)
        if (kinds >> m->entries.items[low].rule->kind & 1u)
            return m->entries.items[low].rule;
    return NULL;
}

static karaka_markup_match match_whole(const karaka_markup *markup, place where, const char *name) {
    karaka_markup_match match = {0};
    const unsigned kinds = 1u << KARAKA_MARKUP_DROP | 1u << KARAKA_MARKUP_DOUBT | 1u << KARAKA_MARKUP_BODY;
    const karaka_markup_rule *rule = find_entry(markup, where, karaka_slice_of(name), kinds);
    if (rule)
        note_rule(&match, rule);
    return match;
}

karaka_markup_match karaka_markup_tag(const karaka_markup *markup, const char *name) {
    return match_whole(markup, PLACE_TAG, name);
}

karaka_markup_match karaka_markup_item(const karaka_markup *markup, const char *name) {
    return match_whole(markup, PLACE_ITEM, name);
}

const karaka_markup_rule *karaka_markup_fact(const karaka_markup *markup, const char *where, karaka_slice name) {
    place at = (place)find_name(place_names, PLACES, where);
    return find_entry(markup, at, name, 1u << KARAKA_MARKUP_FACT);
}

bool karaka_markup_article(const karaka_markup *markup, karaka_slice type) {
    return find_entry(markup, PLACE_JSON, type, 1u << KARAKA_MARKUP_OBJECT) != NULL;
}
