/* headline: whether the body bears out what the title and the kicker claim (docs/headline.md).
 *
 * In: a parsed document with a title, the language's table `headlines`. Out: document->headline.
 * Example: title "किम ने रूस पर हमला किया", body "किम ने रूस का समर्थन किया।" -> one claim, ASSAULT, unsupported: "the body
 * tells the opposite (SUPPORT)".
 * The chain: headline.c reads body and title into tales apart, headline_words.c finds the words of the table,
 * headline_claims.c makes claims of the title's sentences (headline_sides.c: who is on their sides), headline_match.c
 * compares one claim with one tale, headline_body.c a claim with the whole body, and headline_story.c the words of the
 * title with those of the body.
 */
#ifndef KARAKA_EVENT_HEADLINE_H
#define KARAKA_EVENT_HEADLINE_H

#include "event/reading.h"

int karaka_headline_judge(karaka_document *document);

/* ---- Words of the table ------------------------------------------------------------------------------------------ */

enum karaka_headline_kind {
    KARAKA_HEADLINE_OVERSTATE, /* strong words of a headline; they bear each other out */
    KARAKA_HEADLINE_PLAIN,     /* what bears them out in plain words */
    KARAKA_HEADLINE_DEGREE,    /* superlatives: no claim by themselves */
    KARAKA_HEADLINE_HEDGE,     /* makes what the sentence claims only possible */
    KARAKA_HEADLINE_WORLD,     /* of whom strong words may be said though nobody is named */
    KARAKA_HEADLINE_ACT,       /* acts that headlines tell without the words that make them events elsewhere */
    KARAKA_HEADLINE_UNDO,      /* what takes an act back: put off, dismissed, lifted */
};

enum { KARAKA_HEADLINE_KEYS = 6 };

typedef struct karaka_headline_phrase {
    karaka_key keys[KARAKA_HEADLINE_KEYS]; /* in any order, near each other */
    uint8_t count, kind;
    bool alone;     /* a claim although nobody is named */
    bool both;      /* of an act: only between two parties */
    uint32_t class; /* of an act: its type */
    const char *rule;
} karaka_headline_phrase;

struct karaka_headline_words {
    KARAKA_LIST(karaka_headline_phrase) phrases; /* by first key */
    KARAKA_LIST(const char *) classes;
};

typedef struct karaka_headline_hit {
    uint32_t sentence, first, last; /* tokens */
    karaka_span span;
    uint32_t phrase;
} karaka_headline_hit;

typedef struct karaka_headline_hits {
    karaka_headline_hit *items;
    size_t count, room;
} karaka_headline_hits;

/* The phrases in the sentence that `r` has just read. */
int karaka_headline_words_find(karaka_headline_hits *hits, const karaka_headline_words *words, const karaka_reading *r);

/* ---- Comparing --------------------------------------------------------------------------------------------------- */

/* An act that some sentence tells, with who is known of its sides. */
typedef struct karaka_tale {
    uint32_t sentence, token, last; /* `last`: of the trigger */
    karaka_span trigger;
    uint8_t type;
    karaka_status status;
    bool mutual;
    bool whole;           /* an event; else a predicate whose parties are not all known */
    bool noun;            /* not whole, and a noun alone */
    karaka_key key, verb; /* lemmas: of the noun part, or of the verb; of the verb after a noun part, or 0 */
    const char *rule;
    int32_t actors[KARAKA_PARTIES], recipients[KARAKA_PARTIES]; /* names */
    uint32_t actor_count, recipient_count;
} karaka_tale;

typedef struct karaka_tales {
    karaka_tale *items;
    size_t count, room;
} karaka_tales;

/* Names of sentence i: [at[i], at[i] + count[i]) of the reading's names. */
typedef struct karaka_headline_names {
    uint32_t *at, *count;
} karaka_headline_names;

typedef struct karaka_finding {
    karaka_verdict verdict;
    int score;          /* the higher, the more it decides */
    bool contradiction; /* the body tells it otherwise */
    const char *reason; /* format with at most one %s: the type told */
    uint8_t told;
} karaka_finding;

/* Whether two names may mean the same party: 0 no, 1 by their codes, 2 by person, name or words. */
int karaka_headline_same_party(const karaka_reading *r, int32_t a, int32_t b);
/* Whether a name of `sentence`, or of the body sentence before it, may mean `name`. */
bool karaka_headline_near(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence, int32_t name);
/* What the markers of the body's sentence say of the sides of the claim. */
enum karaka_roles {
    KARAKA_ROLES_AGAINST, /* somebody acts in the one and receives in the other */
    KARAKA_ROLES_OPEN,
    KARAKA_ROLES_STRAIGHT, /* both are marked as in the claim */
    KARAKA_ROLES_TURNED,   /* both are marked the other way round */
};
enum karaka_roles karaka_headline_roles(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence,
                                        const karaka_tale *claim);
/* The best likeness of a party of one side to one of the other. */
int karaka_headline_likeness(const karaka_reading *r, const int32_t *a, uint32_t na, const int32_t *b, uint32_t nb);
/* `told` is a weaker act of the same kind, or a demand, by him who acts in the claim. */
bool karaka_headline_weaker(const karaka_reading *r, const karaka_tale *claim, const karaka_tale *told);
/* `told` is the act of the claim, done by somebody else with the same code. */
bool karaka_headline_others(const karaka_reading *r, const karaka_headline_names *names, const karaka_tale *claim,
                            const karaka_tale *told);
/* What a tale of the body says about a claim; score 0: nothing. */
karaka_finding karaka_headline_compare(const karaka_reading *r, const karaka_headline_names *names,
                                       const karaka_tale *claim, const karaka_tale *told);

/* ---- A headline being judged ---------------------------------------------------------------------------------------
 */

enum { KARAKA_HEADLINE_CLAIMS = 32, KARAKA_HEADLINE_EVIDENCE = 3 }; /* at most */
enum { KARAKA_STRONG_NONE = -1, KARAKA_STRONG_STORY = -2, KARAKA_STRONG_DEED = -3 };

typedef struct karaka_claim_draft {
    karaka_tale tale; /* type, parties; of strong words only the place and `actors` */
    int32_t strong;   /* phrase of the table; KARAKA_STRONG_NONE: an event; _DEED: what somebody does to another */
    bool hedged;
    bool dropped; /* a deed of which the body tells neither this nor the contrary: no claim that can be judged */
    karaka_finding best;
    karaka_mention evidence[KARAKA_HEADLINE_EVIDENCE];
    int scores[KARAKA_HEADLINE_EVIDENCE];
    uint32_t evidence_count;
    const char *reason; /* in place of best.reason */
} karaka_claim_draft;

enum { KARAKA_STORY_WORDS = 64, KARAKA_STORY_OTHER = 30, KARAKA_STORY_SAME = 40 }; /* hundredths of the title's words */

/* headline_story.c: the words of the title in the body. */
typedef struct karaka_story {
    karaka_key keys[KARAKA_STORY_WORDS]; /* lemmas of the title's nouns, adjectives, numbers */
    uint32_t count, sentence;            /* the first of the title */
    bool named;                          /* one of them is a proper noun */
    uint8_t *share;                      /* [sentences]: hundredths of them in this sentence and the next of the body */
    uint8_t best;
} karaka_story;

typedef struct karaka_judging {
    karaka_reading r;
    karaka_document *document;
    const karaka_headline_words *words;
    karaka_headline_names names; /* of the body's sentences */
    size_t body_names;           /* names of the body stand before this */
    karaka_tales body;
    karaka_headline_hits body_hits, title_hits;
    karaka_claim_draft claims[KARAKA_HEADLINE_CLAIMS];
    uint32_t claim_count;
    karaka_story story;
    bool titled;
} karaka_judging;

int karaka_headline_story_read(karaka_judging *j);
/* The sentence and one beside it have so many hundredths of the title's words. */
bool karaka_headline_story_told(const karaka_judging *j, uint32_t sentence, uint8_t bound);
/* The body tells another story: no two sentences have the words of the title, and it names nobody of it. */
bool karaka_headline_story_other(const karaka_judging *j);

/* The sentence belongs to the title or the kicker. */
bool karaka_headline_title(const karaka_document *document, uint32_t sentence);
/* It belongs neither to them nor to a subhead. */
bool karaka_headline_body(const karaka_document *document, uint32_t sentence);
/* The words of a name, in the document's arena. */
const char *karaka_headline_name_text(karaka_judging *j, int32_t name);

/* headline_claims.c: claims of the sentence of the title that was just read, whose hits and names begin there. */
void karaka_headline_claims_make(karaka_judging *j, const karaka_tales *tales, size_t hits_from, size_t names_from);
/* headline_sides.c: fills both sides of the tale from the names in its stretch, by their markers. */
void karaka_headline_sides(const karaka_judging *j, size_t names_from, karaka_tale *tale);
/* The deed of the sentence: somebody who acts and another whom it reaches, in one stretch; false: none. */
bool karaka_headline_deed(const karaka_judging *j, size_t names_from, uint32_t sentence, karaka_tale *tale);
/* Adds one; NULL if there are too many. */
karaka_claim_draft *karaka_headline_claim(karaka_judging *j, karaka_tale tale);
/* Both tokens stand in one stretch of the sentence, between commas and dashes. */
bool karaka_headline_one_stretch(const karaka_sentence *sentence, uint32_t a, uint32_t b);

/* headline_body.c: verdict, reason and evidence of every claim; where there is none, whether it is another story. */
void karaka_headline_body_judge(karaka_judging *j);

#endif
