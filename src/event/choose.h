/* choose: the proposals for an event that one predicate allows, and the likeliest of them.
 *
 * In: a candidate, the names of its sentence and of those before. Out: the sides that weigh most (weigh.h), and whether
 * they weigh more than no event. The rules of draft.c propose one way to fill the slots; every other party nearby is
 * another. Example: "X के राष्ट्रपति ने Y में कहा ...": actor X or Y or nobody, recipient Y or X or nobody.
 */
#ifndef KARAKA_EVENT_CHOOSE_H
#define KARAKA_EVENT_CHOOSE_H

#include "event/draft.h"
#include "event/weigh.h"

enum { KARAKA_SIDES = 14 }; /* ways to fill one slot */

enum karaka_where { KARAKA_NOWHERE, KARAKA_HERE, KARAKA_BEFORE, KARAKA_ELSEWHERE };

/* One way to fill a slot. */
typedef struct karaka_side {
    int32_t names[KARAKA_PARTIES];
    uint32_t count;
    const karaka_filler *filler; /* of the frame, NULL: it plays no part by the tree or the markers */
    bool rule;                   /* the rules choose it */
    uint8_t where;               /* karaka_where */
    const char *path;            /* of a name HERE: karaka_path */
} karaka_side;

/* What holds of a candidate whoever fills its slots. */
typedef struct karaka_stance {
    const karaka_candidate *candidate;
    const karaka_predicate_line *line, *over; /* over: the line that swallows it, or NULL */
    karaka_status status;
    bool negated, plans, wished, named, passive;
    int32_t doer; /* of the verb: a name, -1, -2 */
} karaka_stance;

void karaka_stance_take(karaka_stance *s, karaka_reading *r, const karaka_candidate *c, const karaka_draft *rule);

enum { KARAKA_PATH = 64 };

/* The relations from the token up to the predicate, four at most: "k1>verb", "r6<k2>noun"; "apart" where they do not
 * get there. Written to `out`, or a literal. */
const char *karaka_path(const karaka_reading *r, const karaka_candidate *c, int32_t token, char out[KARAKA_PATH]);

/* evidence.c: what speaks for and against. */
void karaka_evidence_stance(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s,
                            const karaka_draft *rule);
void karaka_evidence_side(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_draft *rule,
                          const karaka_side *side, bool actor);
void karaka_evidence_pair(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_side *actor,
                          const karaka_side *recipient);

typedef struct karaka_choice {
    karaka_stance stance;
    karaka_draft draft;  /* the sides chosen */
    float score;         /* log odds: of its probability against that of all other readings and of no event */
    const char *grounds; /* what weighed most, "" if nobody asked */
} karaka_choice;

/* The likeliest reading of the same words, which `count` candidates from `c` on give with a line each (one of them an
 * event's at least). Without weights, that of the rules. */
int karaka_choose(karaka_reading *r, const karaka_candidate *c, uint32_t count, karaka_choice *out);

#endif
