/* feed_date: the dates of feeds.
 *
 * In: RFC 822 as RSS has it, or ISO 8601 as Atom and Dublin Core have it. Out: ISO 8601 with the offset that was told.
 * The names of days, months and zones are words of RFC 822, not of a language.
 * Example: "Mon, 14 Jul 2025 14:20:39 +0530" -> "2025-07-14T14:20:39+05:30"
 */
#include "archive/archive.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef struct moment {
    int year, month, day, hour, minute, second;
    int offset; /* minutes east */
    bool timed, zoned;
} moment;

static bool number(int *out, const char **at, int least, int most) {
    int digits = 0;
    for (*out = 0; **at >= '0' && **at <= '9'; (*at)++, digits++)
        if (digits < most)
            *out = *out * 10 + (**at - '0');
    return digits >= least && digits <= most;
}

static bool taken(const char **at, char c) {
    return **at == c && (*at)++;
}

/* "+0530", "+05:30", "-05" */
static bool numeric_zone(moment *m, const char **at) {
    int hours, minutes = 0, sign = **at == '-' ? -1 : 1;
    const char *p = *at;
    if (*p != '+' && *p != '-')
        return false;
    p++;
    for (int i = 0; i < 2; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    hours = (p[0] - '0') * 10 + (p[1] - '0');
    p += p[2] == ':' ? 3 : 2;
    if (*p >= '0' && *p <= '9' && !number(&minutes, &p, 2, 2))
        return false;
    *at = p;
    m->offset = sign * (hours * 60 + minutes);
    return m->zoned = hours <= 14 && minutes < 60;
}

static void named_zone(moment *m, const char *at) {
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"GMT", 0},  {"UTC", 0},  {"UT", 0},   {"Z", 0},    {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (strcasecmp(at, zones[i].name) == 0) {
            m->zoned = true;
            m->offset = zones[i].hours * 60;
        }
}

static bool clock_time(moment *m, const char **at) {
    if (!number(&m->hour, at, 1, 2) || !taken(at, ':') || !number(&m->minute, at, 2, 2))
        return false;
    if (taken(at, ':') && !number(&m->second, at, 2, 2))
        return false;
    if (**at == '.' || **at == ',')
        for (++*at; **at >= '0' && **at <= '9';)
            ++*at;
    m->timed = true;
    return m->hour < 24 && m->minute < 60 && m->second <= 60;
}

static void blanks(const char **at) {
    while (**at == ' ' || **at == '\t')
        ++*at;
}

static bool iso(moment *m, const char *at) {
    if (!number(&m->year, &at, 4, 4) || !taken(&at, '-') || !number(&m->month, &at, 2, 2) || !taken(&at, '-') ||
        !number(&m->day, &at, 2, 2))
        return false;
    if (!*at)
        return true;
    if (!taken(&at, 'T') && !taken(&at, 't') && !taken(&at, ' '))
        return false;
    if (!clock_time(m, &at))
        return false;
    if (!numeric_zone(m, &at)) {
        named_zone(m, at);
        return m->zoned || !*at;
    }
    return !*at;
}

static bool rfc822(moment *m, const char *at) {
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *comma = strchr(at, ',');
    at = comma ? comma + 1 : at;
    blanks(&at);
    if (!number(&m->day, &at, 1, 2))
        return false;
    blanks(&at);
    for (int i = 0; i < 12 && !m->month; i++)
        if (strncasecmp(at, months + 3 * (size_t)i, 3) == 0)
            m->month = i + 1;
    while ((*at | 32) >= 'a' && (*at | 32) <= 'z')
        at++;
    blanks(&at);
    const char *digits = at;
    if (!m->month || !number(&m->year, &at, 2, 4))
        return false;
    if (at - digits < 4) /* RFC 2822 on years of two or three digits */
        m->year += at - digits == 2 && m->year < 50 ? 2000 : 1900;
    blanks(&at);
    if (!*at)
        return true;
    if (!clock_time(m, &at))
        return false;
    blanks(&at);
    if (!numeric_zone(m, &at))
        named_zone(m, at);
    return true;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool karaka_feed_date(char out[KARAKA_FEED_DATE], karaka_slice text) {
    char copy[64];
    text = karaka_slice_trim(text);
    if (!text.length || text.length >= sizeof copy)
        return false;
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = '\0';
    moment m = {0};
    if (!iso(&m, copy)) {
        m = (moment){0};
        if (!rfc822(&m, copy))
            return false;
    }
    if (m.month < 1 || m.month > 12 || m.year < 1000 || m.day < 1 || m.day > days_of(m.year, m.month))
        return false;
    int used = snprintf(out, KARAKA_FEED_DATE, "%04d-%02d-%02d", m.year % 10000, m.month % 100, m.day % 100);
    if (!m.timed || !m.zoned) /* a time in an unknown zone tells the day at most */
        return true;
    unsigned east = (unsigned)(m.offset < 0 ? -m.offset : m.offset);
    snprintf(out + used, KARAKA_FEED_DATE - (size_t)used, "T%02d:%02d:%02d%c%02u:%02u", m.hour, m.minute, m.second,
             m.offset < 0 ? '-' : '+', east / 60 % 100, east % 60);
    return true;
}
