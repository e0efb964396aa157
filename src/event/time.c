/* time: see time.h. Cuts the sentence into words, numbers and marks, tries the table's patterns at every word that some
 * pattern may begin with, keeps the longest, and asks time_calendar for the days that it means.
 *
 * Example: "13 जुलाई, 2025 को" -> units [13] [जुलाई] [,] [2025] [को]; the pattern DAY MONTH ,? YEAR takes four of them.
 */
#include "event/time_rules.h"

#include <string.h>

enum { MAX_UNITS = 1024, MAX_STEPS = 4000 };

/* A piece of a token: a run of digits, a run of letters, or one mark. */
typedef struct unit {
    uint32_t token;
    karaka_span span;
    uint32_t word;  /* id, NO_WORD where the table does not know it */
    int32_t number; /* value of digits, -1 where there are none */
    uint8_t digits; /* how many digits */
    bool glued;     /* no blank before it */
    bool fraction;  /* digits beside a point or comma with digits behind it: 12.5, 2,000 */
    bool letters;
} unit;

typedef struct matcher {
    const karaka_time_rules *rules;
    const karaka_sentence *sentence;
    const unit *units;
    uint32_t unit_count, start;
    uint32_t steps;
    const time_rule *rule, *best;
    uint32_t best_end;
    time_values best_values;
} matcher;

/* Where to go on when a part inside a sequence is through. */
typedef struct frame {
    const time_sequence *sequence;
    uint32_t next;
    const struct frame *up;
} frame;

/* ---- Units ------------------------------------------------------------------------------------------------------ */

static int digit_of(int32_t c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 0x0966 && c <= 0x096F)
        return c - 0x0966; /* Devanagari */
    if (c >= 0x0660 && c <= 0x0669)
        return c - 0x0660; /* Arabic */
    if (c >= 0x06F0 && c <= 0x06F9)
        return c - 0x06F0;
    return -1;
}

static bool is_mark(int32_t c) {
    if (c < 0)
        return true;
    if (c < 0x80)
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    return c == 0x0964 || c == 0x0965 || c == 0xA0 || (c >= 0x2010 && c <= 0x205E);
}

static bool is_dash(int32_t c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015);
}

/* Takes the next run out of form[*at ..]. */
static unit next_unit(const char *form, size_t length, size_t *at) {
    unit u = {.number = -1, .word = NO_WORD};
    size_t begin = *at, end = *at;
    int32_t c = karaka_utf8_next(form, length, &end);
    u.span.start = (uint32_t)begin;
    if (digit_of(c) >= 0) {
        for (u.number = 0; digit_of(c) >= 0; c = *at < length ? karaka_utf8_next(form, length, &end) : -1) {
            if (u.digits < 9)
                u.number = u.number * 10 + digit_of(c), u.digits++;
            *at = end;
        }
    } else if (is_mark(c)) {
        *at = end;
    } else {
        u.letters = true;
        for (; !is_mark(c) && digit_of(c) < 0; c = *at < length ? karaka_utf8_next(form, length, &end) : -1)
            *at = end;
    }
    u.span.end = (uint32_t)*at;
    return u;
}

static void name_unit(unit *u, const karaka_time_rules *rules, const karaka_spelling *spelling, const char *text,
                      size_t length) {
    size_t at = 0;
    char folded[WORD_ROOM];
    if (u->number >= 0 || length >= WORD_ROOM / 2)
        return;
    if (is_dash(karaka_utf8_next(text, length, &at)) && at == length)
        text = "-", length = 1;
    size_t got = karaka_spelling_fold(spelling, folded, sizeof folded, text, length);
    if (got > 0)
        u->word = karaka_time_rules_word(rules, folded, got);
}

static void mark_fractions(unit *units, uint32_t count, const karaka_sentence *sentence) {
    for (uint32_t i = 0; i + 2 < count; i++) {
        const unit *mark = &units[i + 1];
        const karaka_token *token = &sentence->tokens[mark->token];
        char c = token->form[mark->span.start];
        if ((c == '.' || c == ',') && units[i].number >= 0 && mark->glued && units[i + 2].glued &&
            units[i + 2].number >= 0)
            units[i].fraction = units[i + 2].fraction = true;
    }
}

static int cut_units(unit **out, uint32_t *count, karaka_arena *arena, const karaka_time_rules *rules,
                     const karaka_spelling *spelling, const karaka_sentence *sentence) {
    KARAKA_LIST(unit) units = {0};
    for (uint32_t t = 0; t < sentence->token_count && units.count < MAX_UNITS; t++) {
        const karaka_token *token = &sentence->tokens[t];
        size_t length = strlen(token->form), at = 0;
        while (at < length && units.count < MAX_UNITS) {
            size_t begin = at;
            unit u = next_unit(token->form, length, &at);
            u.token = t;
            u.glued = begin > 0 || (t > 0 && !token[-1].space_after);
            name_unit(&u, rules, spelling, token->form + begin, at - begin);
            if (KARAKA_PUSH(arena, units, u) < 0)
                return KARAKA_ERROR_MEMORY;
        }
    }
    mark_fractions(units.items, (uint32_t)units.count, sentence);
    *out = units.items;
    *count = (uint32_t)units.count;
    return KARAKA_OK;
}

/* ---- Matching --------------------------------------------------------------------------------------------------- */

static bool push_number(int values[2], uint8_t *count, int value) {
    if (*count >= 2)
        return false;
    values[(*count)++] = value;
    return true;
}

static bool keep_sense(time_values *v, const time_sense *sense) {
    switch (sense->kind) {
    case CLASS_MONTH:
        return push_number(v->month, &v->months, sense->value);
    case CLASS_WEEKDAY:
        return push_number(v->weekday, &v->weekdays, sense->value);
    case CLASS_NUMBER:
        return push_number(v->number, &v->numbers, sense->value);
    case CLASS_UNIT:
        v->unit = (time_unit)sense->value;
        return true;
    case CLASS_DIRECTION:
        v->has_direction = true, v->direction = sense->value;
        return true;
    case CLASS_NEAR:
        v->has_near = true, v->near = sense->value, v->near_by_tense = sense->by_tense;
        return true;
    case CLASS_SECTION:
        v->section = (time_section)sense->value;
        return true;
    case CLASS_ORDINAL:
        v->ordinal = sense->value;
        return true;
    case CLASS_FIXED:
        v->fixed = sense->fixed;
        return true;
    default:
        return true;
    }
}

static bool is_common_word(const matcher *m, const unit *u) {
    const char *upos = m->sentence->tokens[u->token].upos;
    return strcmp(upos, "PROPN") != 0 && strcmp(upos, "_") != 0;
}

static int number_of(const matcher *m, const unit *u) {
    if (u->number >= 0)
        return u->digits <= 4 && !u->fraction ? u->number : -1;
    if (u->word == NO_WORD)
        return -1;
    const time_word *word = &m->rules->words[u->word];
    for (uint32_t i = 0; i < word->sense_count; i++)
        if (word->senses[i].kind == CLASS_NUMBER)
            return word->senses[i].value;
    return -1;
}

/* The word as one of class `id`; a word of a class that only groups words still tells its unit. */
static bool fits_class(const matcher *m, const time_element *e, const unit *u, time_values *v) {
    if (u->word == NO_WORD)
        return false;
    const time_word *word = &m->rules->words[u->word];
    const time_sense *fit = NULL, *measure = NULL;
    for (uint32_t i = 0; i < word->sense_count; i++) {
        if (!fit && word->senses[i].class_id == e->id)
            fit = &word->senses[i];
        if (word->senses[i].kind == CLASS_UNIT)
            measure = &word->senses[i];
    }
    if (!fit || (e->proper_only && fit->proper && is_common_word(m, u)))
        return false;
    if (fit->kind == CLASS_PLAIN && measure)
        keep_sense(v, measure);
    return keep_sense(v, fit);
}

/* Does the element fit the unit? What it tells goes into `v`. */
static bool fits(const matcher *m, const time_element *e, const unit *u, time_values *v) {
    int n;
    switch (e->kind) {
    case ELEMENT_WORDS:
        for (uint32_t i = 0; i < e->word_count; i++)
            if (u->word == e->words[i])
                return true;
        return false;
    case ELEMENT_CLASS:
        return fits_class(m, e, u, v);
    case ELEMENT_NUMBER:
        n = number_of(m, u);
        return n >= 0 && push_number(v->number, &v->numbers, n);
    case ELEMENT_DAY:
        n = number_of(m, u);
        return n >= 1 && n <= 31 && u->digits <= 2 && push_number(v->day, &v->days, n);
    case ELEMENT_YEAR:
        return u->digits == 4 && !u->fraction && u->number >= 1500 && u->number < 2200 &&
               push_number(v->year, &v->years, u->number);
    case ELEMENT_DAYNUM:
        return u->digits && u->digits <= 2 && u->number >= 1 && u->number <= 31 &&
               push_number(v->day, &v->days, u->number);
    case ELEMENT_MONTHNUM:
        return u->digits && u->digits <= 2 && u->number >= 1 && u->number <= 12 &&
               push_number(v->month, &v->months, u->number);
    case ELEMENT_YEARNUM:
        return u->digits == 4 && u->number >= 1500 && u->number < 2200 && push_number(v->year, &v->years, u->number);
    case ELEMENT_DIGITS:
        return u->digits > 0;
    default:
        return false;
    }
}

static bool looks_right(const matcher *m, const time_element *e, uint32_t at) {
    time_values unused = {0};
    bool behind = e->look == LOOK_BEHIND || e->look == LOOK_NOT_BEHIND;
    bool there = behind ? at > 0 : at < m->unit_count;
    bool fit = there && fits(m, e, &m->units[behind ? at - 1 : at], &unused);
    return fit == (e->look == LOOK_AHEAD || e->look == LOOK_BEHIND);
}

/* A time does not end or begin inside a hyphenated word: not मई in मई-दिवस. */
static bool cuts_word(const matcher *m, uint32_t start, uint32_t end) {
    uint32_t dash = m->rules->words && m->unit_count ? karaka_time_rules_word(m->rules, "-", 1) : NO_WORD;
    const unit *u = m->units;
    if (start > 0 && u[start].glued && (u[start - 1].letters || u[start - 1].number >= 0) && u[start].number < 0)
        return true;
    if (end < m->unit_count && u[end].glued && u[end].letters && u[end - 1].letters)
        return true;
    if (dash == NO_WORD)
        return false;
    if (start > 1 && u[start].glued && u[start - 1].word == dash && u[start - 1].glued && u[start - 2].letters)
        return true;
    return end + 1 < m->unit_count && u[end].word == dash && u[end].glued && u[end + 1].glued && u[end + 1].letters;
}

static void match(matcher *m, const time_sequence *s, uint32_t at_element, uint32_t at, const time_values *values,
                  const frame *up) {
    if (++m->steps > MAX_STEPS)
        return;
    if (at_element == s->count) {
        if (up) {
            match(m, up->sequence, up->next, at, values, up->up);
        } else if ((!m->best || at > m->best_end) && at > m->start && !cuts_word(m, m->start, at)) {
            m->best = m->rule, m->best_end = at, m->best_values = *values;
        }
        return;
    }
    const time_element *e = &s->elements[at_element];
    if (e->look != LOOK_TAKE) {
        if (looks_right(m, e, at))
            match(m, s, at_element + 1, at, values, up);
        return;
    }
    if (e->kind == ELEMENT_SUB) {
        const time_part *part = &m->rules->parts[e->id];
        frame back = {s, at_element + 1, up};
        for (uint32_t i = 0; i < part->sequence_count; i++)
            match(m, &part->sequences[i], 0, at, values, &back);
    } else if (at < m->unit_count) {
        time_values more = *values;
        if (fits(m, e, &m->units[at], &more))
            match(m, s, at_element + 1, at + 1, &more, up);
    }
    if (e->optional)
        match(m, s, at_element + 1, at, values, up);
}

/* Units in a row from the start that some rule may take: words of the table, numbers. */
static uint32_t known_row(const matcher *m) {
    uint32_t at = m->start;
    while (at < m->unit_count && (m->units[at].word != NO_WORD || m->units[at].number >= 0 || m->units[at].digits))
        at++;
    return at - m->start;
}

/* Tries the rules that may begin with the unit; `number`: it tells one. */
static void match_rules(matcher *m, bool number) {
    uint32_t word = m->units[m->start].word, row = known_row(m);
    for (uint32_t i = 0; i < m->rules->rule_count; i++) {
        m->rule = &m->rules->rules[i];
        bool begins = word != NO_WORD && (m->rule->begins[word / 64] >> word % 64 & 1);
        if (m->rule->shortest > row || (!begins && !(number && m->rule->begins_number)))
            continue;
        m->steps = 0;
        match(m, &m->rule->sequence, 0, m->start, &(time_values){0}, NULL);
    }
}

/* ---- Mentions --------------------------------------------------------------------------------------------------- */

/* The article's own words, or the tokens' forms where there is no article (trees given as CoNLL-U without text). */
static const char *mention_text(karaka_arena *arena, const matcher *m, const karaka_article *article,
                                karaka_span span) {
    if (article->text && span.start < span.end && span.end <= article->length)
        return karaka_arena_copy(arena, article->text + span.start, span.end - span.start);
    const char *text = "";
    for (uint32_t i = m->start; text && i < m->best_end; i++) {
        const unit *u = &m->units[i];
        text =
            karaka_arena_format(arena, "%s%s%.*s", text, i > m->start && !u->glued ? " " : "",
                                (int)(u->span.end - u->span.start), m->sentence->tokens[u->token].form + u->span.start);
    }
    return text;
}

static uint8_t grade_of(const matcher *m) {
    switch (m->best->meaning) {
    case MEANING_NONE:
    case MEANING_FIXED: /* a feast is what a day is called more often than when something happens */
        return 0;
    case MEANING_WEEKDAY:
    case MEANING_NEAR:
    case MEANING_LASTDAY:
        return 2;
    case MEANING_DATE:
        return m->best_values.days ? 2 : 1;
    default:
        return 1;
    }
}

static int make_mention(karaka_time_mention *out, karaka_arena *arena, const matcher *m, const karaka_article *article,
                        time_moment now, karaka_tense tense) {
    const unit *from = &m->units[m->start], *to = &m->units[m->best_end - 1];
    const karaka_token *first = &m->sentence->tokens[from->token], *last = &m->sentence->tokens[to->token];
    *out = (karaka_time_mention){.first = from->token, .last = to->token, .rule = m->best->name, .grade = grade_of(m)};
    out->time.span = (karaka_span){first->span.start + from->span.start, last->span.start + to->span.end};
    if (!(out->time.text = mention_text(arena, m, article, out->time.span)))
        return KARAKA_ERROR_MEMORY;
    long a, b;
    char start[16], end[16];
    if (karaka_time_resolve(&a, &b, m->best->meaning, &m->best_values, now, tense) && karaka_time_iso(start, a) &&
        karaka_time_iso(end, b)) {
        out->time.start = karaka_arena_copy(arena, start, strlen(start));
        out->time.end = karaka_arena_copy(arena, end, strlen(end));
        if (!out->time.start || !out->time.end)
            return KARAKA_ERROR_MEMORY;
    }
    return KARAKA_OK;
}

int karaka_time_find(karaka_time_mention **out, size_t *count, karaka_arena *arena, const karaka_time_rules *rules,
                     const karaka_spelling *spelling, const karaka_sentence *sentence, const karaka_article *article,
                     karaka_tense tense) {
    KARAKA_LIST(karaka_time_mention) found = {0};
    unit *units;
    matcher m = {.rules = rules, .sentence = sentence};
    int rc = cut_units(&units, &m.unit_count, arena, rules, spelling, sentence);
    time_moment now = karaka_time_moment(article->published);
    m.units = units;
    for (uint32_t at = 0; rc == 0 && at < m.unit_count;) {
        bool number = rules->number_starts && (units[at].number >= 0 || number_of(&m, &units[at]) >= 0);
        bool word = units[at].word != NO_WORD && rules->words[units[at].word].starter;
        m.start = at, m.best = NULL;
        if (number || word)
            match_rules(&m, number);
        at = m.best ? m.best_end : at + 1;
        if (!m.best || m.best->meaning == MEANING_NOT)
            continue;
        karaka_time_mention mention;
        rc = make_mention(&mention, arena, &m, article, now, tense);
        if (rc == 0)
            rc = KARAKA_PUSH(arena, found, mention);
    }
    if (rc < 0)
        return rc;
    *out = found.items;
    *count = found.count;
    return KARAKA_OK;
}
