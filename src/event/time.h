/* time: time expressions in a sentence, and the dates they mean, counted from the day of publication.
 *
 * In: a parsed sentence, the published time. Out: spans with ISO dates.
 * Example: published 2025-07-14 (a Monday), "शनिवार को ... की" (past tense) -> शनिवार, 2025-07-12 .. 2025-07-12.
 */
#ifndef KARAKA_EVENT_TIME_H
#define KARAKA_EVENT_TIME_H

#include "document.h"

typedef struct karaka_time_mention {
    uint32_t first, last; /* tokens [first, last] */
    karaka_time time;     /* text, span, start, end (end >= start; NULL where not resolved) */
    const char *rule;
    uint8_t grade; /* what it dates: 2 a day, 1 a longer span, 0 nothing ("in these days") */
} karaka_time_mention;

typedef enum karaka_tense { KARAKA_TENSE_UNKNOWN, KARAKA_PAST, KARAKA_PRESENT, KARAKA_FUTURE } karaka_tense;

/* All time expressions of a sentence, in order. */
int karaka_time_find(karaka_time_mention **out, size_t *count, karaka_arena *arena, const karaka_time_rules *rules,
                     const karaka_spelling *spelling, const karaka_sentence *sentence, const karaka_article *article,
                     karaka_tense tense);

#endif
