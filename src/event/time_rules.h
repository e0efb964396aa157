/* time_rules: the table `times` as loaded: words with their classes, and the patterns over them.
 *
 * In: languages/hi/times (its form is told at its head). Out: interned words, sequences of elements, rules.
 * Example: "time<tab>date<tab>DAY MONTH YEAR" -> one rule, meaning MEANING_DATE, a sequence of three elements.
 */
#ifndef KARAKA_EVENT_TIME_RULES_H
#define KARAKA_EVENT_TIME_RULES_H

#include "event/time.h"

enum { WORD_ROOM = 96, NO_WORD = UINT32_MAX };

/* Word classes that carry a value. Any other class name of the table only groups words. */
typedef enum class_kind {
    CLASS_PLAIN,
    CLASS_NUMBER,
    CLASS_MONTH,
    CLASS_WEEKDAY,
    CLASS_UNIT,
    CLASS_DIRECTION,
    CLASS_NEAR,
    CLASS_SECTION,
    CLASS_ORDINAL,
    CLASS_FIXED,
} class_kind;

typedef enum time_unit { UNIT_NONE, UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } time_unit;
typedef enum time_section { SECTION_NONE, SECTION_BEGIN, SECTION_MIDDLE, SECTION_END } time_section;

/* One sense of a word: its class and value. Senses of one word follow each other. */
typedef struct time_sense {
    uint32_t class_id;
    class_kind kind;
    int value;
    bool by_tense;     /* CLASS_NEAR: the sign of `value` is the clause's tense */
    bool proper;       /* also a common word: counts only as a proper noun where the pattern asks (`CLASS*`) */
    const char *fixed; /* CLASS_FIXED: "MM-DD" or "YYYY-MM-DD" */
} time_sense;

typedef struct time_word {
    const char *form; /* folded */
    const time_sense *senses;
    uint32_t sense_count;
    bool starter; /* some rule may begin with it */
} time_word;

typedef enum element_kind {
    ELEMENT_WORDS,    /* one of `words` */
    ELEMENT_CLASS,    /* any word of the class */
    ELEMENT_NUMBER,   /* digits or number word */
    ELEMENT_DAY,      /* the same, 1..31 */
    ELEMENT_YEAR,     /* four digits, 1500..2199, no decimal or thousands mark beside them */
    ELEMENT_DAYNUM,   /* digits 1..31, marks beside them allowed */
    ELEMENT_MONTHNUM, /* digits 1..12, as before */
    ELEMENT_YEARNUM,  /* four digits, as before */
    ELEMENT_DIGITS,   /* digits, no value */
    ELEMENT_SUB,      /* a named part */
} element_kind;

typedef enum element_look { LOOK_TAKE, LOOK_AHEAD, LOOK_NOT_AHEAD, LOOK_BEHIND, LOOK_NOT_BEHIND } element_look;

typedef struct time_element {
    element_kind kind;
    element_look look;
    bool optional;
    bool proper_only;
    uint32_t id;           /* class or part */
    const uint32_t *words; /* ELEMENT_WORDS: word ids */
    uint32_t word_count;
} time_element;

typedef struct time_sequence {
    const time_element *elements;
    uint32_t count;
} time_sequence;

typedef struct time_part {
    const char *name;
    const time_sequence *sequences;
    uint32_t sequence_count;
    uint32_t shortest; /* units that it takes at least */
} time_part;

typedef enum time_meaning {
    MEANING_NOT,     /* no time: a name or another word */
    MEANING_NONE,    /* a time, but not one that a date can be given for */
    MEANING_DATE,    /* day, month, year as far as told; with a direction + unit counted from there */
    MEANING_WEEKDAY, /* weekday, with a direction strictly before or after */
    MEANING_NEAR,    /* today, yesterday, ... */
    MEANING_PERIOD,  /* direction + unit (+ section): the calendar week, month, year */
    MEANING_AGO,     /* number + unit before publication */
    MEANING_AFTER,   /* number + unit after publication */
    MEANING_LAST,    /* the number + unit that end with publication */
    MEANING_NEXT,    /* the number + unit that begin with publication */
    MEANING_DECADE,  /* number: the ten years from it */
    MEANING_FIXED,   /* a day of the year, or one famous day */
    MEANING_LASTDAY, /* the night or evening before publication */
} time_meaning;

typedef struct time_rule {
    time_meaning meaning;
    const char *name; /* "hi/times:12" */
    time_sequence sequence;
    uint64_t *begins;   /* a bit a word: it may begin with it */
    bool begins_number; /* it may begin with a number */
    uint32_t shortest;  /* units that it takes at least */
} time_rule;

struct karaka_time_rules {
    time_word *words;
    uint32_t word_count;
    uint32_t *slots; /* hash table of word ids, NO_WORD where free */
    uint32_t slot_mask;
    const char **classes;
    uint32_t class_count;
    time_part *parts;
    uint32_t part_count;
    time_rule *rules;
    uint32_t rule_count;
    bool number_starts; /* some rule may begin with a number */
};

/* Id of a folded form, or NO_WORD. */
uint32_t karaka_time_rules_word(const karaka_time_rules *rules, const char *form, size_t length);

/* What a match collected. Counts say how many of each were met. */
typedef struct time_values {
    int day[2], month[2], year[2], number[2], weekday[2];
    uint8_t days, months, years, numbers, weekdays;
    bool has_direction, has_near, near_by_tense;
    int direction, near, ordinal;
    time_unit unit;
    time_section section;
    const char *fixed;
} time_values;

typedef struct time_moment {
    bool known, has_clock;
    long day; /* days since 1970-01-01 */
    int hour;
} time_moment;

/* ISO 8601 "2025-07-14T14:20:39+05:30" or "2025-07-14"; unknown where it is NULL or something else. */
time_moment karaka_time_moment(const char *published);
/* The days [*first, *last] that `values` mean, false where they cannot be told. */
bool karaka_time_resolve(long *first, long *last, time_meaning meaning, const time_values *values, time_moment now,
                         karaka_tense tense);
/* "2025-07-12" into out[16]; false outside the years 1..9999. */
bool karaka_time_iso(char out[16], long day);

#endif
