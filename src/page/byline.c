/* byline: who wrote the article, when it was published, for whom.
 *
 * In: lines, and where the article's paragraphs begin. Out: authors, stamp, outlet; the lines that tell them go.
 * Example: "By: Asha Rao | Published: July 14, 2025 2:20 PM IST" -> author "Asha Rao", 2025-07-14T14:20:00+05:30.
 */
#include "page/reading.h"
#include <string.h>

enum {
    LINE_TOKENS = 96, /* a longer line is no byline */
    DATES = 4,
    FIELDS = 12,
    NEAR = 8, /* lines before the article's first paragraph, and 2 after */
    NAME_WORDS = 5,
    DATELINE_WORDS = 6,
    OTHER_WORDS = 4, /* that a byline may hold besides what is known */
    LABELS = 1 << KARAKA_PAGE_BYLINE | 1 << KARAKA_PAGE_PUBLISHED | 1 << KARAKA_PAGE_UPDATED,
    NAMES = 1 << KARAKA_PAGE_OUTLET | 1 << KARAKA_PAGE_AGENCY,
};

/* How much is believed; more wins. */
enum { RANK_FAR = 1, RANK_POSTER, RANK_ROLE, RANK_AUTHOR };
enum { OUTLET_AGENCY = 1, OUTLET_RIGHTS, OUTLET_BYLINE };
enum { STAMP_UPDATED = 1, STAMP_BARE, STAMP_NEAR = 4, STAMP_PUBLISHED = 8 };

typedef struct date {
    karaka_stamp stamp;
    size_t from, to; /* tokens */
} date;

/* A stretch of the line between separators and labels. */
typedef struct field {
    const karaka_page_rule *label;
    size_t from, to;
} field;

typedef struct byline {
    karaka_page *page;
    karaka_page_line *line;
    ptrdiff_t at; /* its number */
    bool near;
    karaka_page_token tokens[LINE_TOKENS];
    size_t count;
    date dates[DATES];
    size_t date_count;
    field fields[FIELDS];
    size_t field_count;
    const karaka_page_rule *role, *outlet;
    bool after_name; /* the outlet stands after words that no comma parts from it: a name */
    size_t other;    /* words that are nothing known */
} byline;

typedef struct findings {
    int author_rank, outlet_rank, stamp_rank;
    const karaka_page_rule *open_label; /* a byline label whose name is on the next line */
} findings;

/* ---- A line into fields ---- */

static void find_dates(byline *b) {
    size_t from = 0, to = 0;
    while (b->date_count < DATES) {
        date *d = &b->dates[b->date_count];
        if (!karaka_date_find(&d->stamp, &from, &to, &b->page->rules->dates, b->tokens, b->count))
            return;
        d->from = from;
        d->to = to;
        b->date_count++;
        from = to;
    }
}

static const date *date_at(const byline *b, size_t token) {
    for (size_t i = 0; i < b->date_count; i++)
        if (token >= b->dates[i].from && token < b->dates[i].to)
            return &b->dates[i];
    return NULL;
}

static bool is_sign(const byline *b, size_t at, int32_t cp) {
    return at < b->count && b->tokens[at].kind == KARAKA_PAGE_SIGN && b->tokens[at].value == cp;
}

static bool separates(const byline *b, size_t at) {
    const karaka_page_token *t = &b->tokens[at];
    if (t->kind != KARAKA_PAGE_SIGN)
        return false;
    bool spaced = t->after_blank && at + 1 < b->count && b->tokens[at + 1].after_blank;
    return t->value == '|' || t->value == 0x2022 || t->value == 0xB7 || t->value == ';' ||
           (spaced && (t->value == '-' || t->value == '/' || t->value == 0x2013 || t->value == 0x2014));
}

/* A label inside a field has two words, or a date after it. */
static const karaka_page_rule *label_at(const byline *b, size_t at, bool first, size_t *taken) {
    const karaka_page_rule *rule = karaka_page_rule_at(b->page->rules, taken, LABELS, b->tokens + at, b->count - at);
    if (!rule || first)
        return rule;
    size_t end = at + *taken;
    bool dated = rule->kind != KARAKA_PAGE_BYLINE && (date_at(b, end) || is_sign(b, end, ':'));
    bool certain = dated || *taken > 1;
    return certain ? rule : NULL;
}

static field *open_field(byline *b, size_t at, const karaka_page_rule *label) {
    if (b->field_count == FIELDS)
        return NULL;
    b->fields[b->field_count] = (field){label, at, at};
    return &b->fields[b->field_count++];
}

static void find_fields(byline *b) {
    field *open = NULL;
    for (size_t at = 0; at < b->count;) {
        size_t taken = 0;
        bool dated = date_at(b, at) != NULL;
        const karaka_page_rule *label = dated ? NULL : label_at(b, at, !open, &taken);
        if (label) {
            at += taken;
            while (is_sign(b, at, ':') || is_sign(b, at, '-') || is_sign(b, at, 0x2013))
                at++;
            open = open_field(b, at, label);
            if (!open)
                return;
            continue;
        }
        if (!dated && separates(b, at)) {
            open = NULL;
            at++;
            continue;
        }
        if (!open && !(open = open_field(b, at, NULL)))
            return;
        open->to = ++at;
    }
}

/* Words of fields without a label, and of those of dates, that are neither date nor role nor outlet. */
static void count_other(byline *b) {
    for (size_t i = 0; i < b->field_count; i++) {
        const field *f = &b->fields[i];
        for (size_t at = f->from; at < f->to;) {
            size_t taken = 0;
            const karaka_page_rule *known =
                karaka_page_rule_at(b->page->rules, &taken, 1u << KARAKA_PAGE_ROLE | NAMES, b->tokens + at, f->to - at);
            /* A role that is an outlet's name too ("BBC correspondent") is both. */
            size_t also = 0;
            const karaka_page_rule *name =
                karaka_page_rule_at(b->page->rules, &also, NAMES, b->tokens + at, f->to - at);
            if (name && (!b->outlet || (b->outlet->kind == KARAKA_PAGE_AGENCY && name->kind == KARAKA_PAGE_OUTLET)))
                b->outlet = name;
            if (name && name->kind == KARAKA_PAGE_OUTLET && !f->label && b->date_count && at > f->from &&
                b->tokens[at - 1].kind == KARAKA_PAGE_WORD)
                b->after_name = true;
            if (known && known->kind == KARAKA_PAGE_ROLE)
                b->role = known;
            if (known) {
                at += taken;
                continue;
            }
            bool named = f->label && f->label->kind == KARAKA_PAGE_BYLINE;
            b->other += b->tokens[at].kind != KARAKA_PAGE_SIGN && !date_at(b, at) && !named;
            at++;
        }
    }
}

static size_t field_words(const byline *b, const field *f) {
    size_t words = 0;
    for (size_t at = f->from; at < f->to; at++)
        words += b->tokens[at].kind != KARAKA_PAGE_SIGN && !date_at(b, at);
    return words;
}

/* ---- Is it a byline? ---- */

static const char *judge(const byline *b) {
    const field *f = &b->fields[0];
    if (!b->field_count)
        return NULL;
    bool colon = f->label && f->from > 0 && is_sign(b, f->from - 1, ':');
    if (f->label && (colon || b->date_count) && b->other <= OTHER_WORDS)
        return f->label->kind != KARAKA_PAGE_BYLINE || b->date_count || field_words(b, f) <= NAME_WORDS || b->role
                   ? f->label->name
                   : NULL;
    if (b->line->final)
        return NULL;
    if (f->label && f->label->kind == KARAKA_PAGE_BYLINE && b->near && field_words(b, f) <= NAME_WORDS)
        return f->label->name;
    for (size_t i = 1; i < b->field_count; i++)
        if (b->fields[i].label && b->other <= OTHER_WORDS)
            return b->fields[i].label->name;
    if (b->date_count && b->other <= OTHER_WORDS)
        return "";
    if (b->role && b->near && b->other <= OTHER_WORDS)
        return b->role->name;
    if (b->outlet && b->near && b->other <= (is_sign(b, 1, ',') || is_sign(b, 2, ',') ? 3u : 0u))
        return b->outlet->name;
    return NULL;
}

/* ---- What it tells ---- */

static int add_author(byline *b, findings *f, int rank, size_t from, size_t to) {
    while (from < to && b->tokens[from].kind == KARAKA_PAGE_SIGN)
        from++;
    while (to > from && b->tokens[to - 1].kind == KARAKA_PAGE_SIGN)
        to--;
    if (from == to || to - from > 2 * NAME_WORDS || b->tokens[from].kind == KARAKA_PAGE_NUMBER || rank < f->author_rank)
        return KARAKA_OK;
    if (rank > f->author_rank)
        b->page->authors.count = 0;
    f->author_rank = rank;
    size_t start = b->tokens[from].start;
    karaka_slice name = {b->line->line.text.bytes + start, b->tokens[to - 1].end - start};
    for (size_t i = 0; i < b->page->authors.count; i++)
        if (karaka_slice_equal(b->page->authors.items[i], name))
            return KARAKA_OK;
    return KARAKA_PUSH(b->page->arena, b->page->authors, name);
}

/* Names of a field: up to a date, a role or an outlet; joined by "and"; after a comma only where "and" follows too, for
 * most often a place stands there. */
static int read_names(byline *b, findings *f, int rank, const field *fd) {
    const karaka_page_rules *rules = b->page->rules;
    size_t from = fd->from, to = fd->from, taken = 0;
    bool joined = false;
    for (; to < fd->to && !date_at(b, to); to++) {
        joined = joined || karaka_page_rule_at(rules, &taken, 1u << KARAKA_PAGE_AND, b->tokens + to, 1);
        if (karaka_page_rule_at(rules, &taken, 1u << KARAKA_PAGE_ROLE | NAMES, b->tokens + to, fd->to - to) &&
            to > from)
            break;
    }
    if (!fd->label &&
        karaka_page_rule_at(rules, &taken, 1u << KARAKA_PAGE_ROLE | NAMES, b->tokens + from, fd->to - from))
        return KARAKA_OK; /* a desk */
    int error = KARAKA_OK;
    for (size_t at = from; at <= to && error == KARAKA_OK; at++) {
        bool comma = at < to && (is_sign(b, at, ',') || is_sign(b, at, '('));
        bool and = at < to && karaka_page_rule_at(rules, &taken, 1u << KARAKA_PAGE_AND, b->tokens + at, 1);
        if (at < to && !comma && !and)
            continue;
        error = add_author(b, f, rank, from, at);
        from = at + 1;
        if (comma && !joined)
            break;
    }
    return error;
}

static void read_date(byline *b, findings *f, const date *d) {
    const karaka_page_rule *label = NULL;
    for (size_t i = 0; i < b->field_count; i++)
        if (b->fields[i].from <= d->from && b->fields[i].label && b->fields[i].label->kind != KARAKA_PAGE_BYLINE)
            label = b->fields[i].label;
    int rank = (b->near ? STAMP_NEAR : 0) + (!label                                 ? STAMP_BARE
                                             : label->kind == KARAKA_PAGE_PUBLISHED ? STAMP_PUBLISHED
                                                                                    : STAMP_UPDATED);
    bool late = b->at > b->page->first && b->page->first != KARAKA_PAGE_NONE && !b->near;
    if (rank <= f->stamp_rank || (late && !label)) /* a bare date below the article is another thing's */
        return;
    f->stamp_rank = rank;
    b->page->stamp = d->stamp;
    b->page->stamped = true;
}

static void read_outlet(karaka_page *page, findings *f, const karaka_page_rule *rule, int rank) {
    if (rule->kind == KARAKA_PAGE_AGENCY)
        rank = OUTLET_AGENCY;
    if (rank <= f->outlet_rank)
        return;
    f->outlet_rank = rank;
    page->outlet = rule->value;
}

static int author_rank(const byline *b, const karaka_page_rule *label) {
    if (!label)
        return b->role || b->after_name ? RANK_ROLE : 0;
    if (strcmp(label->value, "author") == 0)
        return b->near ? RANK_AUTHOR : RANK_FAR;
    return strcmp(label->value, "poster") == 0 && b->near ? RANK_POSTER : 0;
}

static int tell(byline *b, findings *f) {
    int error = KARAKA_OK;
    f->open_label = NULL;
    for (size_t i = 0; i < b->field_count && error == KARAKA_OK; i++) {
        const field *fd = &b->fields[i];
        bool names = fd->label ? fd->label->kind == KARAKA_PAGE_BYLINE : b->role || b->after_name;
        int rank = names ? author_rank(b, fd->label) : 0;
        if (rank)
            error = read_names(b, f, rank, fd);
        if (rank && fd->label && fd->from >= fd->to)
            f->open_label = fd->label;
    }
    for (size_t i = 0; i < b->date_count; i++)
        read_date(b, f, &b->dates[i]);
    if (b->outlet && b->near)
        read_outlet(b->page, f, b->outlet, OUTLET_BYLINE);
    return error;
}

static void take_tokens(byline *b, karaka_page *page, size_t at) {
    memset(b, 0, sizeof *b);
    b->page = page;
    b->line = &page->lines[at];
    b->at = (ptrdiff_t)at;
    ptrdiff_t first = page->first;
    b->near = first == KARAKA_PAGE_NONE || ((ptrdiff_t)at + NEAR >= first && (ptrdiff_t)at <= first + 2);
    b->count = karaka_page_tokens(b->tokens, LINE_TOKENS, page->rules->spelling, b->line->line.text, true);
}

/* A line of a few words before the article's first paragraph may be a name. */
static bool may_be_name(const karaka_page_line *line) {
    return !line->reason && !line->paragraph && !line->final && !line->calls && line->word_count >= 1 &&
           line->word_count <= NAME_WORDS && line->words[0].kind == KARAKA_PAGE_WORD;
}

static int name_line(karaka_page *page, size_t at, findings *f, int rank, const char *rule) {
    byline b;
    take_tokens(&b, page, at);
    if (!b.near || !may_be_name(b.line))
        return KARAKA_OK;
    karaka_page_drop(b.line, "byline", rule);
    return add_author(&b, f, rank, 0, b.count);
}

static int read_line(karaka_page *page, size_t at, findings *f) {
    byline b;
    take_tokens(&b, page, at);
    if (b.count == LINE_TOKENS)
        return KARAKA_OK;
    find_dates(&b);
    find_fields(&b);
    count_other(&b);
    const char *rule = judge(&b);
    const karaka_page_rule *open = f->open_label;
    f->open_label = NULL;
    if (!rule)
        return open ? name_line(page, at, f, author_rank(&b, open), open->name) : KARAKA_OK;
    karaka_page_drop(b.line, "byline", rule);
    b.line->byline = *rule != '\0';
    int before = f->author_rank;
    int error = tell(&b, f);
    if (error == KARAKA_OK && b.role && f->author_rank == before && before < RANK_ROLE && at > 0 && !b.date_count)
        error = name_line(page, at - 1, f, RANK_ROLE, rule); /* the name on the line above what its bearer is */
    return error;
}

/* "New Delhi, 14 July (PTI) ...", "New Delhi, PTI. ..." */
static bool dateline(const karaka_page_line *line, size_t at, size_t taken) {
    karaka_slice text = line->line.text;
    size_t start = line->words[at].start, end = line->words[at + taken - 1].end;
    if (start > 0 && text.bytes[start - 1] == '(')
        return true;
    bool opens = at == 0 || (start > 1 && text.bytes[start - 2] == ',');
    int32_t cp = end < text.length ? karaka_utf8_next(text.bytes, text.length, &end) : 0;
    return opens && at < DATELINE_WORDS && (cp == 0x964 || cp == '.' || cp == ',');
}

/* "Copyright (c) 2025 ..." */
static void outlet_of(karaka_page *page, size_t at, findings *f) {
    const karaka_page_line *line = &page->lines[at];
    bool lead = (ptrdiff_t)at == page->first;
    for (size_t i = 0; i < line->word_count && i < 16; i++) {
        size_t taken = 0;
        const karaka_page_rule *rule =
            karaka_page_rule_at(page->rules, &taken, NAMES, line->words + i, line->word_count - i);
        if (rule && (!lead || dateline(line, i, taken)))
            read_outlet(page, f, rule, OUTLET_RIGHTS);
    }
}

int karaka_page_bylines(karaka_page *page) {
    findings f = {0};
    int error = KARAKA_OK;
    for (size_t i = 0; i < page->count && error == KARAKA_OK; i++) {
        const karaka_page_line *line = &page->lines[i];
        if ((line->reason && strcmp(line->reason, "copyright") == 0) || (ptrdiff_t)i == page->first)
            outlet_of(page, i, &f);
        if (!line->reason && line->word_count < LINE_TOKENS)
            error = read_line(page, i, &f);
    }
    return error;
}
