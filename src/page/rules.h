/* rules: the tables `page` and `dates`, ready for use.
 *
 * In: rows. Out: phrases, each with the rule it belongs to. Example: "drop line advertisement विज्ञापन" -> a line that
 * is the word alone is dropped, reason "advertisement", rule "hi/page:31".
 */
#ifndef KARAKA_PAGE_RULES_H
#define KARAKA_PAGE_RULES_H

#include "page/date.h"
#include "page/words.h"

typedef enum karaka_page_kind {
    KARAKA_PAGE_DROP,      /* the line goes */
    KARAKA_PAGE_LIST,      /* and the headlines that follow it */
    KARAKA_PAGE_END,       /* and all that follows, once the article has been told */
    KARAKA_PAGE_BYLINE,    /* a label before names; value: author, poster or other */
    KARAKA_PAGE_AND,       /* joins names */
    KARAKA_PAGE_ROLE,      /* what a byline calls its author */
    KARAKA_PAGE_PUBLISHED, /* labels before dates */
    KARAKA_PAGE_UPDATED,
    KARAKA_PAGE_OUTLET,  /* names of outlets */
    KARAKA_PAGE_AGENCY,  /* names of agencies */
    KARAKA_PAGE_HOME,    /* the first part of a breadcrumb */
    KARAKA_PAGE_SECTION, /* sections of a paper */
    KARAKA_PAGE_KICKER,  /* words before a colon that are a kicker */
    KARAKA_PAGE_COMMON,  /* words that say nothing about the subject */
    KARAKA_PAGE_KINDS,
} karaka_page_kind;

/* Where in the line the phrase must stand. */
typedef enum karaka_page_where {
    KARAKA_PAGE_LINE,  /* it is the line */
    KARAKA_PAGE_LABEL, /* at the start, and a colon, dash or bar follows, or nothing */
    KARAKA_PAGE_START, /* at the start */
    KARAKA_PAGE_LAST,  /* at the end */
    KARAKA_PAGE_ANY,   /* anywhere in a short line */
    KARAKA_PAGE_CUT,   /* at the start, or a label after the end of a sentence: what follows on the line goes with it */
    KARAKA_PAGE_WHERES,
} karaka_page_where;

typedef struct karaka_page_rule {
    karaka_page_kind kind;
    karaka_page_where where;
    const char *value; /* the reason, or the name of the outlet */
    const char *name;  /* "hi/page:31" */
} karaka_page_rule;

struct karaka_page_rules {
    karaka_date_rules dates;
    karaka_page_phrases phrases; /* rule: index into items */
    karaka_page_rule *items;
    size_t count, room;
    const karaka_spelling *spelling;
};

/* The longest phrase at tokens[0] whose rule is of one of `kinds` (bits 1 << kind); NULL where none stands there. */
const karaka_page_rule *karaka_page_rule_at(const karaka_page_rules *rules, size_t *taken, unsigned kinds,
                                            const karaka_page_token *tokens, size_t count);

#endif
