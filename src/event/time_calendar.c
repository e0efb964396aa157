/* time_calendar: from what a pattern collected to days of the calendar.
 *
 * In: day, month, year, weekday, unit, ... as found; the time of publication; the tense. Out: first and last day.
 * Example: weekday 6 (Saturday), published Monday 2025-07-14, past -> 2025-07-12 .. 2025-07-12.
 */
#include "event/time_rules.h"

#include <stdio.h>
#include <string.h>

typedef struct civil {
    int year, month, day;
} civil;

/* Days since 1970-01-01 of a Gregorian date, by counting 400-year eras from March (Howard Hinnant's method). */
static long day_of(int year, int month, int day) {
    long y = month <= 2 ? (long)year - 1 : year;
    long era = (y >= 0 ? y : y - 399) / 400;
    long of_era = y - era * 400;
    long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static civil civil_of(long day) {
    long z = day + 719468;
    long era = (z >= 0 ? z : z - 146096) / 146097;
    long doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;
    civil c = {.day = (int)(doy - (153 * mp + 2) / 5 + 1), .month = (int)(mp < 10 ? mp + 3 : mp - 9)};
    c.year = (int)(yoe + era * 400 + (c.month <= 2));
    return c;
}

/* 1 = Monday .. 7 = Sunday; 1970-01-01 was a Thursday. */
static int weekday_of(long day) {
    long w = (day + 3) % 7;
    return (int)(w < 0 ? w + 7 : w) + 1;
}

static int month_length(int year, int month) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

static long month_first(int year, int month) {
    return day_of(year, month, 1);
}

static long month_last(int year, int month) {
    return day_of(year, month, month_length(year, month));
}

/* Moves a year and month by `count` months. */
static civil month_shift(civil c, long count) {
    long months = (long)c.year * 12 + c.month - 1 + count;
    long year = months / 12, month = months % 12;
    if (month < 0)
        month += 12, year--;
    civil moved = {(int)year, (int)month + 1, c.day};
    int length = month_length(moved.year, moved.month);
    if (moved.day > length)
        moved.day = length;
    return moved;
}

bool karaka_time_iso(char out[16], long day) {
    if (day < day_of(1, 1, 1) || day > day_of(9999, 12, 31))
        return false;
    civil c = civil_of(day);
    snprintf(out, 16, "%04d-%02d-%02d", c.year % 10000, c.month % 100, c.day % 100);
    return true;
}

static bool digits(int *out, const char *text, int count) {
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

time_moment karaka_time_moment(const char *published) {
    time_moment none = {.known = false};
    if (!published || strlen(published) < 10)
        return none;
    int year, month, day, hour;
    if (!digits(&year, published, 4) || published[4] != '-' || !digits(&month, published + 5, 2) ||
        published[7] != '-' || !digits(&day, published + 8, 2))
        return none;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return none;
    time_moment now = {.known = true, .day = day_of(year, month, day)};
    if (strlen(published) >= 13 && published[10] == 'T' && digits(&hour, published + 11, 2) && hour < 24)
        now.has_clock = true, now.hour = hour;
    return now;
}

/* ---- Dates ------------------------------------------------------------------------------------------------------ */

/* The part of [first, last] that "beginning", "middle", "end" mean: thirds, a month by its decades of days. */
static void cut(long *first, long *last, time_section section, bool is_month) {
    if (section == SECTION_NONE)
        return;
    long length = *last - *first + 1, third = is_month ? 10 : length / 3;
    if (section == SECTION_BEGIN) {
        *last = *first + third - 1;
    } else if (section == SECTION_MIDDLE) {
        *first += third;
        *last = *first + third - 1;
    } else {
        *first += 2 * third;
    }
}

/* The days that (day, month) .. (day, month) mean in the year `year` (the year of the later end). */
static bool date_in_year(long *first, long *last, const time_values *v, int year) {
    int from_month = v->month[0], to_month = v->months > 1 ? v->month[1] : v->month[0];
    int from_year = v->years > 1 ? v->year[0] : from_month > to_month ? year - 1 : year;
    int from_day = v->days ? v->day[0] : 1;
    int to_day = v->days > 1 || (v->days == 1 && v->months < 2) ? v->day[v->days - 1] : month_length(year, to_month);
    if (from_day > month_length(from_year, from_month) || to_day > month_length(year, to_month))
        return false;
    *first = day_of(from_year, from_month, from_day);
    *last = day_of(year, to_month, to_day);
    if (v->ordinal && !v->days) {
        if (v->ordinal > 4)
            return false;
        *first = v->ordinal < 0 ? *last - 6 : *first + 7L * (v->ordinal - 1);
        *last = *first + 6;
    }
    cut(first, last, v->section, v->days == 0 && v->months < 2);
    return *first <= *last;
}

/* No year told: past is the latest that has begun, future the earliest that is not over, else the nearest. */
static bool date_without_year(long *first, long *last, const time_values *v, time_moment now, karaka_tense tense) {
    int this_year = civil_of(now.day).year;
    bool found = false;
    long best = 0;
    for (int year = this_year - 1; year <= this_year + 1; year++) {
        long a, b;
        if (!date_in_year(&a, &b, v, year))
            continue;
        if (tense == KARAKA_PAST && a > now.day)
            continue;
        if (tense == KARAKA_FUTURE && b < now.day)
            continue;
        long far = a > now.day ? a - now.day : now.day > b ? now.day - b : 0;
        if (found && far >= best)
            continue;
        found = true, best = far, *first = a, *last = b;
    }
    return found;
}

static bool resolve_date(long *first, long *last, const time_values *given, time_moment now, karaka_tense tense) {
    time_values v = *given;
    if (v.has_direction && v.unit != UNIT_NONE) {
        if (!now.known)
            return false;
        civil here = civil_of(now.day);
        if (v.unit == UNIT_MONTH) {
            here = month_shift((civil){here.year, here.month, 1}, v.direction);
            if (v.months == 0)
                v.month[0] = here.month, v.months = 1;
        } else if (v.unit == UNIT_YEAR) {
            here.year += v.direction;
        } else {
            return false;
        }
        if (v.years == 0)
            v.year[0] = here.year, v.years = 1;
    } else if (v.has_direction && v.months) { /* "last October" */
        if (!now.known || v.days)
            return false;
        if (v.direction < 0)
            now.day = month_first(civil_of(now.day).year, civil_of(now.day).month) - 1;
        if (v.direction > 0)
            now.day = month_last(civil_of(now.day).year, civil_of(now.day).month) + 1;
        tense = v.direction < 0 ? KARAKA_PAST : v.direction > 0 ? KARAKA_FUTURE : tense;
    }
    if (v.months == 0 && v.days) { /* "the 5th": of the month that the tense asks for */
        if (!now.known)
            return false;
        civil here = civil_of(now.day);
        long step = tense == KARAKA_PAST && v.day[0] > here.day ? -1 : tense == KARAKA_FUTURE && v.day[0] < here.day;
        here = month_shift((civil){here.year, here.month, 1}, step);
        v.month[0] = here.month, v.months = 1, v.year[0] = here.year, v.years = 1;
    }
    if (v.months == 0) {
        if (v.years == 0)
            return false;
        int to = v.years > 1 ? v.year[1] : v.year[0];
        *first = day_of(v.year[0], 1, 1);
        *last = day_of(to, 12, 31);
        cut(first, last, v.section, false);
        return *first <= *last;
    }
    if (v.years)
        return date_in_year(first, last, &v, v.year[v.years - 1]);
    return now.known && date_without_year(first, last, &v, now, tense);
}

static bool resolve_weekday(long *first, long *last, const time_values *v, time_moment now, karaka_tense tense) {
    if (!now.known || !v->weekdays)
        return false;
    int today = weekday_of(now.day);
    bool future = v->has_direction && v->direction != 0 ? v->direction > 0 : tense == KARAKA_FUTURE;
    int back = (today - v->weekday[0] + 7) % 7, forth = (v->weekday[0] - today + 7) % 7;
    if (v->has_direction && v->direction < 0 && back == 0)
        back = 7;
    if (v->has_direction && v->direction > 0 && forth == 0)
        forth = 7;
    *first = future ? now.day + forth : now.day - back;
    *last = *first;
    if (v->weekdays > 1) {
        int more = (v->weekday[1] - v->weekday[0] + 7) % 7;
        if (!future && *first + more > now.day)
            *first -= 7;
        *last = *first + more;
    }
    return true;
}

static bool resolve_near(long *first, long *last, const time_values *v, time_moment now, karaka_tense tense) {
    if (!now.known)
        return false;
    int sign = 1;
    if (v->near_by_tense) {
        if (tense == KARAKA_TENSE_UNKNOWN)
            return false;
        sign = tense == KARAKA_PAST ? -1 : 1;
    }
    *first = *last = now.day + sign * v->near;
    return true;
}

static bool resolve_period(long *first, long *last, const time_values *v, time_moment now, karaka_tense tense) {
    if (!now.known)
        return false;
    if (!v->has_direction && tense != KARAKA_FUTURE)
        return false;
    civil here = civil_of(now.day);
    if (v->unit == UNIT_WEEK) {
        *first = now.day - (weekday_of(now.day) - 1) + 7L * v->direction;
        *last = *first + 6;
    } else if (v->unit == UNIT_MONTH) {
        here = month_shift((civil){here.year, here.month, 1}, v->direction);
        *first = month_first(here.year, here.month);
        *last = month_last(here.year, here.month);
        if (v->ordinal > 4)
            return false;
        if (v->ordinal)
            *first = v->ordinal < 0 ? *last - 6 : *first + 7L * (v->ordinal - 1), *last = *first + 6;
    } else if (v->unit == UNIT_YEAR) {
        *first = day_of(here.year + v->direction, 1, 1);
        *last = day_of(here.year + v->direction, 12, 31);
    } else {
        return false;
    }
    cut(first, last, v->section, v->unit == UNIT_MONTH);
    return true;
}

/* ---- Counts of units -------------------------------------------------------------------------------------------- */

/* `count` units from `now`, as a day; hours need the clock of publication or whole days. */
static bool step(long *out, time_moment now, time_unit unit, long count) {
    civil here = civil_of(now.day);
    switch (unit) {
    case UNIT_MINUTE:
    case UNIT_HOUR: {
        long hours = unit == UNIT_HOUR ? count : count / 60;
        if (!now.has_clock && hours % 24 != 0)
            return false;
        long at = now.day * 24 + now.hour + hours;
        *out = (at >= 0 ? at : at - 23) / 24;
        return true;
    }
    case UNIT_DAY:
        *out = now.day + count;
        return true;
    case UNIT_WEEK:
        *out = now.day + 7 * count;
        return true;
    case UNIT_MONTH:
        here = month_shift(here, count);
        break;
    case UNIT_YEAR:
        here = month_shift(here, 12 * count);
        break;
    default:
        return false;
    }
    *out = day_of(here.year, here.month, here.day);
    return true;
}

/* "Two years ago" is as exact as its unit: a day, a calendar week, month or year. */
static void widen(long *first, long *last, time_unit unit) {
    civil a = civil_of(*first), b = civil_of(*last);
    if (unit == UNIT_WEEK) {
        *first -= weekday_of(*first) - 1;
        *last += 7 - weekday_of(*last);
    } else if (unit == UNIT_MONTH) {
        *first = month_first(a.year, a.month);
        *last = month_last(b.year, b.month);
    } else if (unit == UNIT_YEAR) {
        *first = day_of(a.year, 1, 1);
        *last = day_of(b.year, 12, 31);
    }
}

static bool resolve_count(long *first, long *last, time_meaning meaning, const time_values *v, time_moment now,
                          karaka_tense tense) {
    if (!now.known || !v->numbers || v->unit == UNIT_NONE)
        return false;
    long near = v->number[0], far = v->number[v->numbers - 1];
    if (near > far || far > 5000)
        return false;
    bool back = meaning == MEANING_AGO || meaning == MEANING_LAST;
    if (meaning == MEANING_AFTER && tense != KARAKA_FUTURE)
        return false;
    if (meaning == MEANING_AGO || meaning == MEANING_AFTER) {
        if (!step(first, now, v->unit, back ? -far : near) || !step(last, now, v->unit, back ? -near : far))
            return false;
        widen(first, last, v->unit);
        return true;
    }
    long edge;
    if (!step(&edge, now, v->unit, back ? -far : far))
        return false;
    *first = back ? edge : now.day;
    *last = back ? now.day : edge;
    return true;
}

static bool resolve_fixed(long *first, long *last, const time_values *v, time_moment now, karaka_tense tense) {
    time_moment whole = karaka_time_moment(v->fixed);
    if (whole.known) {
        *first = *last = whole.day;
        return true;
    }
    time_values date = {.days = 1,
                        .months = 1,
                        .has_direction = v->has_direction,
                        .direction = v->direction,
                        .unit = v->unit,
                        .years = v->years,
                        .year = {v->year[0], v->year[1]}};
    if (!v->fixed || strlen(v->fixed) != 5 || !digits(&date.month[0], v->fixed, 2) ||
        !digits(&date.day[0], v->fixed + 3, 2) || date.month[0] < 1 || date.month[0] > 12 || date.day[0] < 1)
        return false;
    return resolve_date(first, last, &date, now, tense);
}

static bool resolve_decade(long *first, long *last, const time_values *v) {
    int year = v->years ? v->year[0] : v->numbers ? 1900 + v->number[0] : 0;
    if (year % 10 != 0 || year < 1000 || year > 2190)
        return false;
    *first = day_of(year, 1, 1);
    *last = day_of(year + 9, 12, 31);
    return true;
}

bool karaka_time_resolve(long *first, long *last, time_meaning meaning, const time_values *values, time_moment now,
                         karaka_tense tense) {
    switch (meaning) {
    case MEANING_DATE:
        return resolve_date(first, last, values, now, tense) && *first <= *last;
    case MEANING_WEEKDAY:
        return resolve_weekday(first, last, values, now, tense);
    case MEANING_NEAR:
        return resolve_near(first, last, values, now, tense);
    case MEANING_PERIOD:
        return resolve_period(first, last, values, now, tense) && *first <= *last;
    case MEANING_AGO:
    case MEANING_AFTER:
    case MEANING_LAST:
    case MEANING_NEXT:
        return resolve_count(first, last, meaning, values, now, tense) && *first <= *last;
    case MEANING_DECADE:
        return resolve_decade(first, last, values);
    case MEANING_FIXED:
        return resolve_fixed(first, last, values, now, tense) && *first <= *last;
    case MEANING_LASTDAY:
        *first = *last = now.day - 1;
        return now.known;
    default:
        return false;
    }
}
