/* date: see date.h. A cursor goes over the tokens; each reader takes what it knows or gives the cursor back. */
#include "page/date.h"

typedef struct cursor {
    const karaka_date_rules *rules;
    const karaka_page_token *tokens;
    size_t count, at;
} cursor;

/* ---- Tokens ---- */

static const karaka_page_token *peek(const cursor *c) {
    return c->at < c->count ? &c->tokens[c->at] : NULL;
}

static bool sign(cursor *c, int32_t cp) {
    const karaka_page_token *t = peek(c);
    if (!t || t->kind != KARAKA_PAGE_SIGN || t->value != cp)
        return false;
    c->at++;
    return true;
}

static bool number(cursor *c, int *out, int digits_least, int digits_most) {
    const karaka_page_token *t = peek(c);
    if (!t || t->kind != KARAKA_PAGE_NUMBER || t->digits < digits_least || t->digits > digits_most)
        return false;
    *out = t->value;
    c->at++;
    return true;
}

static bool word(cursor *c, enum karaka_date_word_kind kind, int *value) {
    const karaka_page_phrase *found = NULL;
    size_t taken = 0;
    while ((found = karaka_page_phrases_next(&c->rules->phrases, found, &taken, c->tokens + c->at, c->count - c->at))) {
        const karaka_date_word *w = &c->rules->items[found->rule];
        if (w->kind != kind)
            continue;
        c->at += taken;
        if (value)
            *value = w->value;
        return true;
    }
    return false;
}

static bool any_sign(cursor *c, const char *signs) {
    for (; *signs; signs++)
        if (sign(c, *signs))
            return true;
    return false;
}

static bool dash(cursor *c) {
    return sign(c, '-') || sign(c, 0x2013) || sign(c, 0x2014) || sign(c, 0x2212);
}

/* ---- The day ---- */

static int days_in(int year, int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool valid_day(const karaka_stamp *s) {
    return s->year >= 1900 && s->year < 2200 && s->month >= 1 && s->month <= 12 && s->day >= 1 &&
           s->day <= days_in(s->year, s->month);
}

/* What may stand between the parts of a date written with the month's name. */
static void between(cursor *c) {
    for (int i = 0; i < 2; i++)
        if (!any_sign(c, ",.-/'") && !sign(c, 0x2019) && !word(c, KARAKA_DATE_SKIP, NULL))
            break;
}

static bool named_day(cursor *c, karaka_stamp *s) {
    size_t start = c->at;
    if (number(c, &s->day, 1, 2)) { /* 14 July 2025 */
        between(c);
        if (word(c, KARAKA_DATE_MONTH, &s->month)) {
            between(c);
            if (number(c, &s->year, 4, 4))
                return valid_day(s);
        }
    }
    c->at = start;
    if (word(c, KARAKA_DATE_MONTH, &s->month)) { /* July 14, 2025 */
        between(c);
        if (number(c, &s->day, 1, 2)) {
            between(c);
            if (number(c, &s->year, 4, 4))
                return valid_day(s);
        }
    }
    c->at = start;
    if (!number(c, &s->year, 4, 4)) /* 2025 July 14 */
        return false;
    between(c);
    if (!word(c, KARAKA_DATE_MONTH, &s->month))
        return false;
    between(c);
    return number(c, &s->day, 1, 2) && valid_day(s);
}

static bool numeric_day(cursor *c, karaka_stamp *s) {
    const karaka_page_token *head = peek(c);
    int a = 0, b = 0, last = 0;
    if (!head || !(number(c, &a, 4, 4) || number(c, &a, 1, 2)))
        return false;
    const karaka_page_token *mark = peek(c);
    if (!mark || !any_sign(c, "-/.") || !number(c, &b, 1, 2) || !sign(c, mark->value))
        return false;
    if (head->digits == 4) {
        if (!number(c, &last, 1, 2))
            return false;
        s->year = a, s->month = b, s->day = last;
        return valid_day(s);
    }
    if (!number(c, &last, 4, 4)) {
        if (!number(c, &last, 2, 2))
            return false;
        last += 2000;
    }
    bool month_first = a > 12 ? false : b > 12 ? true : c->rules->month_first;
    s->year = last, s->month = month_first ? a : b, s->day = month_first ? b : a;
    return valid_day(s);
}

static bool day(cursor *c, karaka_stamp *s) {
    size_t start = c->at;
    if (numeric_day(c, s))
        return true;
    c->at = start;
    return named_day(c, s);
}

/* ---- The time ---- */

static bool set_hour(karaka_stamp *s, int half) {
    bool twelve = half && s->hour >= 1 && s->hour <= 12;
    if (twelve && half == 'p' && s->hour < 12)
        s->hour += 12;
    else if (twelve && half == 'a' && s->hour == 12)
        s->hour = 0;
    else if (twelve && half == 'n') /* night: from six in the evening on, and after midnight */
        s->hour = s->hour == 12 ? 0 : s->hour >= 6 ? s->hour + 12 : s->hour;
    return s->hour < 24 && s->minute < 60 && s->second < 61;
}

/* +05:30, +0530, +5 */
static bool offset(cursor *c, int *out) {
    size_t start = c->at;
    bool west = false;
    int hours = 0, minutes = 0;
    if (!sign(c, '+')) {
        if (!dash(c))
            return false;
        west = true;
    }
    if (number(c, &hours, 4, 4)) {
        minutes = hours % 100;
        hours /= 100;
    } else if (number(c, &hours, 1, 2)) {
        if (sign(c, ':') && !number(c, &minutes, 2, 2))
            hours = 99;
    } else {
        hours = 99;
    }
    if (hours > 14 || minutes > 59) {
        c->at = start;
        return false;
    }
    *out = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static void zone(cursor *c, karaka_stamp *s) {
    size_t start = c->at;
    bool bracket = any_sign(c, "([");
    s->zoned = word(c, KARAKA_DATE_ZONE, &s->offset);
    int more = 0;
    if (s->zoned ? s->offset == 0 && offset(c, &more) : offset(c, &more)) { /* GMT+5:30 too */
        s->zoned = true;
        s->offset = more;
    }
    if (bracket)
        any_sign(c, ")]");
    if (!s->zoned)
        c->at = start;
}

static bool clock_time(cursor *c, karaka_stamp *s) {
    int half = 0;
    bool told = word(c, KARAKA_DATE_HALF, &half);
    s->minute = s->second = 0;
    if (!number(c, &s->hour, 1, 2))
        return false;
    bool minutes = false;
    if (any_sign(c, ":.")) {
        if (!number(c, &s->minute, 2, 2))
            return false;
        minutes = true;
        if (any_sign(c, ":.") && !number(c, &s->second, 2, 2))
            c->at--;
        int fraction = 0;
        size_t before = c->at;
        if (sign(c, '.') && !number(c, &fraction, 1, 9))
            c->at = before;
    }
    if (!told)
        told = word(c, KARAKA_DATE_HALF, &half);
    if (told)
        sign(c, '.'); /* a.m. */
    bool o_clock = word(c, KARAKA_DATE_CLOCK, NULL);
    if (!told && o_clock)
        told = word(c, KARAKA_DATE_HALF, &half);
    if (!(minutes || told || o_clock) || !set_hour(s, half))
        return false;
    s->timed = true;
    zone(c, s);
    return true;
}

static void skip(cursor *c) {
    for (int i = 0; i < 5; i++)
        if (!any_sign(c, ",|()") && !dash(c) && !sign(c, 0x2022) && !sign(c, 0xB7) &&
            !word(c, KARAKA_DATE_SKIP, NULL) && !word(c, KARAKA_DATE_WEEKDAY, NULL))
            break;
}

static void time_after(cursor *c, karaka_stamp *s) {
    karaka_stamp with = *s;
    size_t start = c->at;
    skip(c);
    if (clock_time(c, &with))
        *s = with;
    else
        c->at = start;
}

/* "02:20 PM IST, 14 July 2025": a time that ends where the date begins. */
static size_t time_before(const cursor *c, karaka_stamp *s, size_t date) {
    enum { REACH = 14 };
    for (size_t start = date > REACH ? date - REACH : 0; start < date; start++) {
        cursor before = {c->rules, c->tokens, date, start};
        karaka_stamp with = *s;
        if (!clock_time(&before, &with))
            continue;
        skip(&before);
        if (before.at != date)
            continue;
        *s = with;
        return start;
    }
    return date;
}

bool karaka_date_find(karaka_stamp *out, size_t *from, size_t *to, const karaka_date_rules *rules,
                      const karaka_page_token *tokens, size_t count) {
    for (size_t start = *from; start < count; start++) {
        cursor c = {rules, tokens, count, start};
        karaka_stamp s = {0};
        if (word(&c, KARAKA_DATE_WEEKDAY, NULL))
            any_sign(&c, ",");
        if (!day(&c, &s))
            continue;
        time_after(&c, &s);
        size_t first = start;
        if (!s.timed) {
            cursor later = {rules, tokens + *from, start - *from, 0};
            first = *from + time_before(&later, &s, start - *from);
        }
        *out = s;
        *from = first;
        *to = c.at;
        return true;
    }
    return false;
}

const char *karaka_date_format(karaka_arena *arena, const karaka_stamp *s) {
    if (!s->timed || !s->zoned)
        return karaka_arena_format(arena, "%04d-%02d-%02d", s->year, s->month, s->day);
    int east = s->offset < 0 ? -s->offset : s->offset;
    return karaka_arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", s->year, s->month, s->day, s->hour,
                               s->minute, s->second, s->offset < 0 ? '-' : '+', east / 60, east % 60);
}

int karaka_date_read(const char **out, karaka_arena *arena, const karaka_date_rules *rules, karaka_slice text) {
    enum { TOKENS = 256 };
    karaka_page_token tokens[TOKENS];
    size_t count = karaka_page_tokens(tokens, TOKENS, rules->spelling, text, true);
    size_t from = 0, to = 0;
    karaka_stamp stamp;
    *out = NULL;
    if (!karaka_date_find(&stamp, &from, &to, rules, tokens, count))
        return KARAKA_OK;
    *out = karaka_date_format(arena, &stamp);
    return *out ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}
