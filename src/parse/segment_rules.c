/* segment_rules: the table `segments`: classes of characters, sets of words. See segment.h.
 *
 * In: languages/hi/segments. Out: karaka_segment_rules.
 * Example: "abbreviation<tab>डॉ | प्रो" -> segment_word_kinds("डॉ") is WORD_ABBREVIATION.
 */
#include "parse/segment.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

static const struct {
    const char *name;
    uint32_t kind;
} word_kinds[] = {
    {"abbreviation", WORD_ABBREVIATION},
    {"letter", WORD_LETTER},
    {"letter-word", WORD_LETTER_WORD},
    {"colon", WORD_COLON},
    {"conjunction", WORD_CONJUNCTION},
    {"final", WORD_FINAL},
    {"continuation", WORD_CONTINUATION},
    {"domain", WORD_DOMAIN},
    {"clitic", WORD_CLITIC},
    {"parts", WORD_PARTS},
    {"prefix", WORD_PREFIX},
    {"digits", WORD_DIGITS},
    {"opening", WORD_OPENING},
    {"dateline", WORD_DATELINE},
    {"sign", WORD_SIGN},
};

static const struct {
    const char *name;
    segment_class class;
} sign_kinds[] = {
    {"end", CLASS_END},     {"soft-end", CLASS_SOFT_END},  {"weak-end", CLASS_WEAK_END},
    {"comma", CLASS_COMMA}, {"letter-sign", CLASS_LETTER},
};

/* What Unicode says of a character. */
static segment_class natural_class(int32_t cp) {
    if (cp == '\'' || cp == '"' || cp == '`')
        return CLASS_QUOTE;
    if (cp == '.')
        return CLASS_DOT;
    if (karaka_utf8_blank(cp))
        return CLASS_BLANK;
    if (cp == 0x200C || cp == 0x200D || cp == 0xAD)
        return CLASS_MARK;
    switch (u_charType(cp)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER:
        return CLASS_LETTER;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
        return CLASS_MARK;
    case U_DECIMAL_DIGIT_NUMBER:
        return CLASS_DIGIT;
    case U_DASH_PUNCTUATION:
        return CLASS_DASH;
    case U_START_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
        return CLASS_OPEN;
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
        return CLASS_CLOSE;
    default:
        return CLASS_OTHER;
    }
}

segment_class segment_class_of(const karaka_segment_rules *rules, int32_t cp) {
    if (cp < 0)
        return CLASS_OTHER;
    return cp < 0x10000 ? (segment_class)rules->classes[cp] : natural_class(cp);
}

/* ---- The set of words ------------------------------------------------------------------------------------------- */

static segment_slot *find(const karaka_segment_rules *rules, const char *text, size_t length) {
    size_t mask = rules->slot_count - 1;
    for (size_t i = karaka_hash(text, length, 0) & mask;; i = (i + 1) & mask) {
        segment_slot *slot = &rules->slots[i];
        if (!slot->text || (slot->length == length && memcmp(slot->text, text, length) == 0))
            return slot;
    }
}

uint32_t segment_word_kinds(const karaka_segment_rules *rules, const char *text, size_t length) {
    return find(rules, text, length)->kinds;
}

size_t segment_word_first(const karaka_segment_rules *rules, const char *text, size_t length) {
    return find(rules, text, length)->first;
}

/* ---- Reading the table ------------------------------------------------------------------------------------------ */

/* A sign of the basic plane: itself, or "U+007C". */
static int read_sign(uint16_t *out, const karaka_row *row, const char *text) {
    size_t length = strlen(text), at = 0;
    int32_t cp = karaka_utf8_next(text, length, &at);
    if (length > 2 && memcmp(text, "U+", 2) == 0) {
        char *end;
        unsigned long number = strtoul(text + 2, &end, 16);
        at = (size_t)(end - text);
        cp = number < 0x10000 ? (int32_t)number : -1;
    }
    if (cp <= ' ' || cp > 0xFFFF || at != length)
        return karaka_row_fail(row, "not one sign: %s", text);
    *out = (uint16_t)cp;
    return KARAKA_OK;
}

/* "can not" -> "cannot", whose first token has 3 bytes. */
static int join_parts(const char **text, uint32_t *first, karaka_arena *arena, const karaka_row *row) {
    const char *blank = strchr(*text, ' ');
    if (!blank || blank == *text || strchr(blank + 1, ' '))
        return karaka_row_fail(row, "two words with a blank between them are wanted: %s", *text);
    *first = (uint32_t)(blank - *text);
    *text = karaka_arena_format(arena, "%.*s%s", (int)*first, *text, blank + 1);
    return *text ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

static int add_word(karaka_segment_rules *rules, karaka_arena *arena, const karaka_row *row, const char *text,
                    uint32_t kind) {
    uint32_t first = 0;
    uint16_t sign;
    int rc = kind == WORD_PARTS ? join_parts(&text, &first, arena, row) : KARAKA_OK;
    if (rc == KARAKA_OK && strncmp(text, "U+", 2) == 0 && (rc = read_sign(&sign, row, text)) == KARAKA_OK) {
        char bytes[4];
        text = karaka_arena_copy(arena, bytes, karaka_utf8_put(bytes, sign));
        rc = text ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    }
    if (rc < 0)
        return rc;
    segment_slot *slot = find(rules, text, strlen(text));
    slot->text = text;
    slot->length = (uint32_t)strlen(text);
    slot->kinds |= kind;
    slot->first = first ? first : slot->first;
    rules->has_clitics = rules->has_clitics || kind == WORD_CLITIC;
    return KARAKA_OK;
}

static int read_row(karaka_segment_rules *rules, karaka_arena *arena, const karaka_row *row, const char *const *items,
                    size_t count) {
    for (size_t k = 0; k < sizeof word_kinds / sizeof *word_kinds; k++) {
        if (strcmp(row->cell[0], word_kinds[k].name) != 0)
            continue;
        int rc = KARAKA_OK;
        for (size_t i = 0; i < count && rc == KARAKA_OK; i++)
            rc = add_word(rules, arena, row, items[i], word_kinds[k].kind);
        return rc;
    }
    for (size_t k = 0; k < sizeof sign_kinds / sizeof *sign_kinds; k++) {
        if (strcmp(row->cell[0], sign_kinds[k].name) != 0)
            continue;
        for (size_t i = 0; i < count; i++) {
            uint16_t cp = 0;
            if (read_sign(&cp, row, items[i]) < 0)
                return KARAKA_ERROR_FORMAT;
            rules->classes[cp] = (uint8_t)sign_kinds[k].class;
        }
        return KARAKA_OK;
    }
    if (strcmp(row->cell[0], "lower-case") == 0) {
        rules->lower_opens = strcmp(row->cell[1], "opens") == 0;
        return rules->lower_opens ? KARAKA_OK : karaka_row_fail(row, "\"opens\" is wanted: %s", row->cell[1]);
    }
    return karaka_row_fail(row, "unknown kind: %s", row->cell[0]);
}

typedef struct items {
    const char **texts;
    size_t count;
} items;

static int read_table(karaka_segment_rules *rules, karaka_arena *arena, const karaka_table *table) {
    items *all = karaka_arena_array(arena, table->count, sizeof *all);
    if (!all)
        return KARAKA_ERROR_MEMORY;
    size_t words = 0;
    for (size_t i = 0; i < table->count; i++) {
        int rc = karaka_table_alternatives(&all[i].texts, &all[i].count, arena, table->rows[i].cell[1]);
        if (rc < 0)
            return rc;
        words += all[i].count;
    }
    for (rules->slot_count = 64; rules->slot_count < 2 * words;)
        rules->slot_count *= 2;
    rules->slots = karaka_arena_array(arena, rules->slot_count, sizeof *rules->slots);
    if (!rules->slots)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < table->count; i++) {
        int rc = read_row(rules, arena, &table->rows[i], all[i].texts, all[i].count);
        if (rc < 0)
            return rc;
    }
    return KARAKA_OK;
}

int karaka_segment_rules_load(karaka_segment_rules **out, karaka_arena *arena, const char *directory) {
    karaka_table table;
    int rc = karaka_table_read(&table, arena, directory, "segments");
    if (rc < 0)
        return rc;
    karaka_segment_rules *rules = karaka_arena_alloc(arena, sizeof *rules);
    if (!rules)
        return KARAKA_ERROR_MEMORY;
    for (int32_t cp = 0; cp < 0x10000; cp++)
        rules->classes[cp] = (uint8_t)natural_class(cp);
    rc = read_table(rules, arena, &table);
    if (rc == KARAKA_OK)
        *out = rules;
    return rc;
}
