/* draft: an event as it is put together: who fills the slots of a candidate, before it is judged.
 *
 * In: a candidate and its frame (parts.c). Out: actors, recipients, and the reason why it is no event, if it is none.
 * Example: "भारत ने चीन से बातचीत की" -> actors भारत, recipients चीन, mutual.
 */
#ifndef KARAKA_EVENT_DRAFT_H
#define KARAKA_EVENT_DRAFT_H

#include "event/reading.h"

/* Indices into karaka_event_types. */
enum {
    TYPE_AGREE,
    TYPE_CONSULT,
    TYPE_SUPPORT,
    TYPE_CONCEDE,
    TYPE_COOPERATE,
    TYPE_AID,
    TYPE_RETREAT,
    TYPE_REQUEST,
    TYPE_ACCUSE,
    TYPE_REJECT,
    TYPE_THREATEN,
    TYPE_PROTEST,
    TYPE_SANCTION,
    TYPE_MOBILIZE,
    TYPE_COERCE,
    TYPE_ASSAULT
};

typedef struct karaka_draft {
    karaka_frame frame;
    int32_t actors[KARAKA_PARTIES], recipients[KARAKA_PARTIES];
    uint32_t actor_count, recipient_count;
    uint32_t actor_rank, recipient_rank;
    bool mutual, with;  /* with: the recipient is a companion */
    const char *reason; /* why it is no event, "" if it is one */
    int score;
} karaka_draft;

void karaka_draft_make(karaka_reading *r, const karaka_candidate *c, karaka_draft *d);
/* The whole group of a name, each party once, into out[KARAKA_PARTIES]; how many. */
uint32_t karaka_draft_group(const karaka_reading *r, int32_t name, int32_t *out);
/* Parts a mutual group into two sides; false where a party would stand on both. */
bool karaka_draft_settle(const karaka_reading *r, karaka_draft *d);
/* Whether all parties of both sides are of one country. */
bool karaka_draft_same_sides(const karaka_reading *r, const karaka_draft *d);

/* tell.c: the type that is told in the end: a future act of harm is a threat, of help a promise. */
uint8_t karaka_tell_type(karaka_reading *r, const karaka_candidate *c, karaka_status *status, const karaka_draft *d);

/* governed.c */
/* The event that says this one only as its content; NULL if there is none. */
const karaka_predicate_line *karaka_governed_absorber(karaka_reading *r, const karaka_candidate *c);
bool karaka_governed_only_plans(karaka_reading *r, const karaka_candidate *c);
bool karaka_governed_only_named(const karaka_reading *r, const karaka_candidate *c, const karaka_frame *frame,
                                karaka_status status);
bool karaka_governed_only_wished(const karaka_reading *r, const karaka_candidate *c);

#endif
