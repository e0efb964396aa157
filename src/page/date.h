/* date: dates as pages write them become ISO 8601.
 *
 * In: text, and the table `dates` (months, weekdays, zones, halves of the day). Out: the first full date, with its time
 * and zone where they stand beside it.
 * Example: "Published: July 14, 2025 2:20:39 PM IST" -> 2025-07-14T14:20:39+05:30; "14 जुलाई 2025" -> 2025-07-14.
 */
#ifndef KARAKA_PAGE_DATE_H
#define KARAKA_PAGE_DATE_H

#include "page/words.h"

typedef struct karaka_date_word {
    enum karaka_date_word_kind {
        KARAKA_DATE_MONTH,
        KARAKA_DATE_WEEKDAY,
        KARAKA_DATE_ZONE,
        KARAKA_DATE_HALF,
        KARAKA_DATE_CLOCK, /* o'clock */
        KARAKA_DATE_SKIP,
    } kind;
    int value; /* month 1..12, minutes east of Greenwich, 'a' 'p' 'n' (morning, afternoon, night) */
} karaka_date_word;

typedef struct karaka_date_rules {
    karaka_page_phrases phrases; /* rule: index into items */
    karaka_date_word *items;
    size_t count, room;
    const karaka_spelling *spelling;
    bool month_first; /* 7/14/2025 */
} karaka_date_rules;

int karaka_date_rules_load(karaka_date_rules *out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling);

typedef struct karaka_stamp {
    int year, month, day, hour, minute, second;
    int offset; /* minutes east of Greenwich */
    bool timed, zoned;
} karaka_stamp;

/* The first date in tokens[*from..count) that has a year; its tokens are then [*from, *to), time and zone included. */
bool karaka_date_find(karaka_stamp *out, size_t *from, size_t *to, const karaka_date_rules *rules,
                      const karaka_page_token *tokens, size_t count);
/* ISO 8601 with offset; the bare date where no zone is known (a time without a zone is no point in time). */
const char *karaka_date_format(karaka_arena *arena, const karaka_stamp *stamp);
/* The first date of `text` in ISO 8601; *out NULL where there is none. */
int karaka_date_read(const char **out, karaka_arena *arena, const karaka_date_rules *rules, karaka_slice text);

#endif
