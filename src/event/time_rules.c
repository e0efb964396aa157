/* time_rules: reads the table `times`.
 *
 * In: languages/hi/times (its form is told at its head). Out: karaka_time_rules.
 * Example: the row "word<tab>MONTH<tab>7<tab>जुलाई" makes the word जुलाई with one sense {MONTH, 7}.
 */
#include "event/time_rules.h"

#include <stdlib.h>
#include <string.h>

/* Everything that grows while the table is read. */
typedef struct reader {
    karaka_arena *arena;
    const karaka_spelling *spelling;
    const karaka_row *row;
    struct karaka_time_rules *rules;
    KARAKA_LIST(time_word) words;
    KARAKA_LIST(const char *) classes;
    KARAKA_LIST(time_part) parts;
    KARAKA_LIST(time_rule) found;
} reader;

static const struct {
    const char *name;
    class_kind kind;
} class_kinds[] = {
    {"NUMBER", CLASS_NUMBER},   {"MONTH", CLASS_MONTH},         {"WEEKDAY", CLASS_WEEKDAY},
    {"UNIT", CLASS_UNIT},       {"DIRECTION", CLASS_DIRECTION}, {"NEAR", CLASS_NEAR},
    {"SECTION", CLASS_SECTION}, {"ORDINAL", CLASS_ORDINAL},     {"FIXED", CLASS_FIXED},
};

static const struct {
    const char *name;
    element_kind kind;
} number_elements[] = {
    {"NUMBER", ELEMENT_NUMBER}, {"DAY", ELEMENT_DAY},           {"YEAR", ELEMENT_YEAR},
    {"DAYNUM", ELEMENT_DAYNUM}, {"MONTHNUM", ELEMENT_MONTHNUM}, {"YEARNUM", ELEMENT_YEARNUM},
    {"DIGITS", ELEMENT_DIGITS},
};

static const char *const meanings[] = {"not",   "none", "date", "weekday", "near",  "period", "ago",
                                       "after", "last", "next", "decade",  "fixed", "lastday"};
static const char *const units[] = {"", "minute", "hour", "day", "week", "month", "year"};
static const char *const sections[] = {"", "begin", "middle", "end"};

static int index_of(const char *const *names, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (names[i][0] && strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

#define INDEX_OF(names, name) index_of((names), sizeof(names) / sizeof *(names), (name))

uint32_t karaka_time_rules_word(const karaka_time_rules *rules, const char *form, size_t length) {
    if (!rules->slots)
        return NO_WORD;
    for (uint32_t at = (uint32_t)karaka_hash(form, length, 0) & rules->slot_mask;; at = (at + 1) & rules->slot_mask) {
        uint32_t id = rules->slots[at];
        if (id == NO_WORD)
            return NO_WORD;
        if (strncmp(rules->words[id].form, form, length) == 0 && !rules->words[id].form[length])
            return id;
    }
}

static void put_slot(karaka_time_rules *rules, uint32_t id) {
    const char *form = rules->words[id].form;
    uint32_t at = (uint32_t)karaka_hash(form, strlen(form), 0) & rules->slot_mask;
    while (rules->slots[at] != NO_WORD)
        at = (at + 1) & rules->slot_mask;
    rules->slots[at] = id;
}

static int grow_slots(reader *r) {
    uint32_t room = r->rules->slots ? (r->rules->slot_mask + 1) * 2 : 1024;
    uint32_t *slots = karaka_arena_array(r->arena, room, sizeof *slots);
    if (!slots)
        return KARAKA_ERROR_MEMORY;
    memset(slots, 0xff, room * sizeof *slots);
    r->rules->slots = slots;
    r->rules->slot_mask = room - 1;
    for (uint32_t id = 0; id < r->words.count; id++)
        put_slot(r->rules, id);
    return 0;
}

/* Id of a word of the table, made when it is new. */
static int intern(uint32_t *out, reader *r, const char *text) {
    char folded[WORD_ROOM];
    size_t length = karaka_spelling_fold(r->spelling, folded, sizeof folded, text, strlen(text));
    if (length == 0)
        return karaka_row_fail(r->row, "empty word");
    *out = karaka_time_rules_word(r->rules, folded, length);
    if (*out != NO_WORD)
        return 0;
    time_word word = {.form = karaka_arena_copy(r->arena, folded, length)};
    if (!word.form || KARAKA_PUSH(r->arena, r->words, word) < 0)
        return KARAKA_ERROR_MEMORY;
    r->rules->words = r->words.items;
    *out = (uint32_t)r->words.count - 1;
    if (!r->rules->slots || r->words.count * 2 > r->rules->slot_mask)
        return grow_slots(r);
    put_slot(r->rules, *out);
    return 0;
}

static int class_named(uint32_t *out, reader *r, const char *name) {
    for (size_t i = 0; i < r->classes.count; i++)
        if (strcmp(r->classes.items[i], name) == 0)
            return *out = (uint32_t)i, 0;
    if (KARAKA_PUSH(r->arena, r->classes, name) < 0)
        return KARAKA_ERROR_MEMORY;
    *out = (uint32_t)r->classes.count - 1;
    return 0;
}

static int sense_value(time_sense *sense, reader *r, const char *text) {
    char *end = NULL;
    if (sense->kind == CLASS_PLAIN)
        return 0;
    if (sense->kind == CLASS_FIXED)
        return sense->fixed = text, 0;
    if (sense->kind == CLASS_UNIT || sense->kind == CLASS_SECTION) {
        sense->value = sense->kind == CLASS_UNIT ? INDEX_OF(units, text) : INDEX_OF(sections, text);
        return sense->value < 0 ? karaka_row_fail(r->row, "unknown value %.40s", text) : 0;
    }
    sense->by_tense = sense->kind == CLASS_NEAR && text[0] == '?';
    long value = strtol(text + sense->by_tense, &end, 10);
    if (end == text + sense->by_tense || *end || value < -9999 || value > 9999)
        return karaka_row_fail(r->row, "not a number: %.40s", text);
    bool month = sense->kind == CLASS_MONTH, weekday = sense->kind == CLASS_WEEKDAY;
    if ((month || weekday) && (value < 1 || value > (month ? 12 : 7)))
        return karaka_row_fail(r->row, "out of range: %ld", value);
    sense->value = (int)value;
    return 0;
}

/* word  CLASS  value  forms  [proper] */
static int read_word(reader *r) {
    const karaka_row *row = r->row;
    time_sense sense = {.proper = strcmp(row->cell[4], "proper") == 0};
    for (size_t i = 0; i < sizeof class_kinds / sizeof *class_kinds; i++)
        if (strcmp(class_kinds[i].name, row->cell[1]) == 0)
            sense.kind = class_kinds[i].kind;
    const char **forms;
    size_t count;
    int rc = class_named(&sense.class_id, r, row->cell[1]);
    if (rc == 0)
        rc = sense_value(&sense, r, row->cell[2]);
    if (rc == 0)
        rc = karaka_table_alternatives(&forms, &count, r->arena, row->cell[3]);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        uint32_t id;
        if ((rc = intern(&id, r, forms[i])) < 0)
            break;
        time_word *word = &r->words.items[id];
        time_sense *senses = karaka_arena_array(r->arena, word->sense_count + 1, sizeof *senses);
        if (!senses)
            return KARAKA_ERROR_MEMORY;
        if (word->sense_count)
            memcpy(senses, word->senses, word->sense_count * sizeof *senses);
        senses[word->sense_count++] = sense;
        word->senses = senses;
    }
    return rc;
}

/* The words of "a/b/c". A lone "/" is the mark itself. */
static int read_words(time_element *element, reader *r, char *text) {
    uint32_t words[64], count = 0;
    for (char *at = text; at;) {
        char *slash = at[0] == '/' && !at[1] ? NULL : strchr(at, '/');
        if (slash)
            *slash = 0;
        if (count == 64)
            return karaka_row_fail(r->row, "too many words in one element");
        int rc = intern(&words[count++], r, at);
        if (rc < 0)
            return rc;
        at = slash ? slash + 1 : NULL;
    }
    uint32_t *copy = karaka_arena_array(r->arena, count, sizeof *copy);
    if (!copy)
        return KARAKA_ERROR_MEMORY;
    memcpy(copy, words, count * sizeof *copy);
    element->words = copy;
    element->word_count = count;
    return 0;
}

static int read_element(time_element *element, reader *r, char *text) {
    *element = (time_element){.kind = ELEMENT_WORDS};
    static const char looks[] = {'&', '!', '^', '~'};
    for (size_t i = 0; i < sizeof looks; i++)
        if (text[0] == looks[i] && text[1]) {
            element->look = (element_look)(LOOK_AHEAD + i);
            text++;
            break;
        }
    size_t length = strlen(text);
    if (length > 1 && text[length - 1] == '?')
        element->optional = true, text[--length] = 0;
    if (length > 1 && text[length - 1] == '*')
        element->proper_only = true, text[--length] = 0;
    if (text[0] == '{') {
        if (length < 3 || text[length - 1] != '}')
            return karaka_row_fail(r->row, "bad element %s", text);
        text[length - 1] = 0;
        for (size_t i = 0; i < r->parts.count; i++)
            if (strcmp(r->parts.items[i].name, text + 1) == 0) {
                element->kind = ELEMENT_SUB;
                element->id = (uint32_t)i;
                return element->look == LOOK_TAKE ? 0 : karaka_row_fail(r->row, "a part cannot be looked at");
            }
        return karaka_row_fail(r->row, "no part %s above this line", text + 1);
    }
    for (size_t i = 0; i < sizeof number_elements / sizeof *number_elements; i++)
        if (strcmp(text, number_elements[i].name) == 0)
            return element->kind = number_elements[i].kind, 0;
    for (size_t i = 0; i < r->classes.count; i++)
        if (strcmp(text, r->classes.items[i]) == 0) {
            element->kind = ELEMENT_CLASS;
            element->id = (uint32_t)i;
            return 0;
        }
    if (text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z')
        return karaka_row_fail(r->row, "no class %s above this line", text);
    return read_words(element, r, text);
}

static int read_sequence(time_sequence *out, reader *r, const char *text) {
    time_element elements[24];
    uint32_t count = 0;
    char *copy = karaka_arena_copy(r->arena, text, strlen(text)), *rest = NULL;
    if (!copy)
        return KARAKA_ERROR_MEMORY;
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        if (count == 24)
            return karaka_row_fail(r->row, "more than 24 elements");
        int rc = read_element(&elements[count++], r, word);
        if (rc < 0)
            return rc;
    }
    time_element *kept = karaka_arena_array(r->arena, count ? count : 1, sizeof *kept);
    if (!kept)
        return KARAKA_ERROR_MEMORY;
    bool takes = false;
    for (uint32_t i = 0; i < count; i++)
        takes |= elements[i].look == LOOK_TAKE && !elements[i].optional;
    if (!takes)
        return karaka_row_fail(r->row, "a sequence that takes no word");
    memcpy(kept, elements, count * sizeof *kept);
    *out = (time_sequence){kept, count};
    return 0;
}

static int read_sequences(time_sequence **out, size_t *count, reader *r, const char *cell) {
    const char **texts;
    int rc = karaka_table_alternatives(&texts, count, r->arena, cell);
    if (rc < 0)
        return rc;
    *out = karaka_arena_array(r->arena, *count ? *count : 1, sizeof **out);
    if (!*out)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; rc == 0 && i < *count; i++)
        rc = read_sequence(&(*out)[i], r, texts[i]);
    return rc;
}

/* part  NAME  sequences */
static int read_part(reader *r) {
    time_part part = {.name = r->row->cell[1]};
    time_sequence *sequences;
    size_t count;
    int rc = read_sequences(&sequences, &count, r, r->row->cell[2]);
    if (rc < 0)
        return rc;
    part.sequences = sequences;
    part.sequence_count = (uint32_t)count;
    return KARAKA_PUSH(r->arena, r->parts, part);
}

/* time  meaning  sequences  [example] */
static int read_rule(reader *r) {
    int meaning = INDEX_OF(meanings, r->row->cell[1]);
    if (meaning < 0)
        return karaka_row_fail(r->row, "unknown meaning %.40s", r->row->cell[1]);
    time_sequence *sequences;
    size_t count;
    int rc = read_sequences(&sequences, &count, r, r->row->cell[2]);
    const char *name = karaka_row_name(r->arena, r->row);
    if (rc == 0 && !name)
        rc = KARAKA_ERROR_MEMORY;
    for (size_t i = 0; rc == 0 && i < count; i++) {
        time_rule rule = {.meaning = (time_meaning)meaning, .name = name, .sequence = sequences[i]};
        rc = KARAKA_PUSH(r->arena, r->found, rule);
    }
    return rc;
}

static bool class_of(const time_word *word, uint32_t class_id) {
    for (uint32_t i = 0; i < word->sense_count; i++)
        if (word->senses[i].class_id == class_id)
            return true;
    return false;
}

/* Marks the words that a sequence may begin with; matching starts nowhere else. Parts refer only
 * to parts above them, so this ends. */
static void mark_starter(karaka_time_rules *rules, time_rule *rule, uint32_t word) {
    rules->words[word].starter = true;
    rule->begins[word / 64] |= (uint64_t)1 << word % 64;
}

static void mark_starters(karaka_time_rules *rules, time_rule *rule, const time_sequence *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        const time_element *e = &s->elements[i];
        if (e->look != LOOK_TAKE)
            continue;
        if (e->kind == ELEMENT_WORDS) {
            for (uint32_t w = 0; w < e->word_count; w++)
                mark_starter(rules, rule, e->words[w]);
        } else if (e->kind == ELEMENT_CLASS) {
            for (uint32_t w = 0; w < rules->word_count; w++)
                if (class_of(&rules->words[w], e->id))
                    mark_starter(rules, rule, w);
        } else if (e->kind == ELEMENT_SUB) {
            for (uint32_t k = 0; k < rules->parts[e->id].sequence_count; k++)
                mark_starters(rules, rule, &rules->parts[e->id].sequences[k]);
        } else {
            rules->number_starts = rule->begins_number = true;
        }
        if (!e->optional)
            return;
    }
}

/* How many units the sequence takes at least; what it is made of is counted already. */
static uint32_t shortest(const karaka_time_rules *rules, const time_sequence *s) {
    enum { LONG = 2048 }; /* more than are looked at of a sentence: the sum of an absurd table ends there */
    uint32_t sum = 0;
    for (uint32_t i = 0; i < s->count && sum < LONG; i++) {
        const time_element *e = &s->elements[i];
        if (e->look == LOOK_TAKE && !e->optional)
            sum += e->kind == ELEMENT_SUB ? rules->parts[e->id].shortest : 1;
    }
    return sum;
}

static void count_shortest(karaka_time_rules *rules) {
    for (uint32_t i = 0; i < rules->part_count; i++) {
        time_part *part = &rules->parts[i];
        part->shortest = UINT32_MAX / 2;
        for (uint32_t k = 0; k < part->sequence_count; k++) {
            uint32_t n = shortest(rules, &part->sequences[k]);
            part->shortest = n < part->shortest ? n : part->shortest;
        }
    }
    for (uint32_t i = 0; i < rules->rule_count; i++)
        rules->rules[i].shortest = shortest(rules, &rules->rules[i].sequence);
}

int karaka_time_rules_load(karaka_time_rules **out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling) {
    karaka_time_rules *rules = karaka_arena_alloc(arena, sizeof *rules);
    karaka_table table;
    if (!rules)
        return KARAKA_ERROR_MEMORY;
    int rc = karaka_table_read(&table, arena, directory, "times");
    reader r = {.arena = arena, .spelling = spelling, .rules = rules};
    for (size_t i = 0; rc == 0 && i < table.count; i++) {
        r.row = &table.rows[i];
        const char *kind = r.row->cell[0];
        if (strcmp(kind, "word") == 0) {
            rc = read_word(&r);
        } else if (strcmp(kind, "part") == 0) {
            rc = read_part(&r);
        } else if (strcmp(kind, "time") == 0) {
            rc = read_rule(&r);
        } else {
            rc = karaka_row_fail(r.row, "expected word, part or time");
        }
    }
    if (rc < 0)
        return rc;
    rules->words = r.words.items, rules->word_count = (uint32_t)r.words.count;
    rules->classes = r.classes.items, rules->class_count = (uint32_t)r.classes.count;
    rules->parts = r.parts.items, rules->part_count = (uint32_t)r.parts.count;
    rules->rules = r.found.items, rules->rule_count = (uint32_t)r.found.count;
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        time_rule *rule = &rules->rules[i];
        rule->begins = karaka_arena_array(arena, (rules->word_count + 63) / 64, sizeof *rule->begins);
        if (!rule->begins)
            return KARAKA_ERROR_MEMORY;
        mark_starters(rules, rule, &rule->sequence);
    }
    count_shortest(rules);
    *out = rules;
    return KARAKA_OK;
}
