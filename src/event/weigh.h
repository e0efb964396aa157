/* weigh: how much each piece of evidence says for or against a proposal for an event.
 *
 * In: the table `weights` (feature, weight), learnt from annotated passages by tools/learn-weights. Out: sums of
 * weights. A proposal is one way to fill a predicate's slots; the model is log-linear over the proposals of a predicate
 * and "no event", which weighs 0: P(proposal) = exp(sum) / (1 + sum over all exp). Maximum entropy: Berger, Della
 * Pietra and Della Pietra 1996, section 3. Example: "actor.part.doer.0<tab>0.61": a doer that the tree hangs on the
 * predicate speaks for the proposal.
 */
#ifndef KARAKA_EVENT_WEIGH_H
#define KARAKA_EVENT_WEIGH_H

#include "base/base.h"

typedef struct karaka_weights karaka_weights;

/* NULL where the language has no such table: then the rules alone decide. */
int karaka_weights_load(karaka_weights **out, karaka_arena *arena, const char *directory);

enum { KARAKA_REMEMBERED_BITS = 10, KARAKA_REMEMBERED = 1 << KARAKA_REMEMBERED_BITS };

/* The weight of a feature, found by where its parts stand in memory: most features of a document come again. */
typedef struct karaka_remembered {
    const char *a, *b, *c, *d; /* a NULL: none */
    float weight;
} karaka_remembered;

/* What has been put on the scales so far. */
typedef struct karaka_evidence {
    const karaka_weights *weights; /* NULL: nothing weighs anything */
    karaka_remembered *remembered; /* [KARAKA_REMEMBERED], of one document; NULL: nothing is remembered */
    float sum;
    karaka_buffer *names; /* NULL, or gets each feature as "name<tab>" */
    bool failed;          /* there was no memory for a name */
} karaka_evidence;

/* Adds the feature "a.b.c.d"; trailing parts may be NULL. The parts stay as they are while their document lives. */
void karaka_weigh(karaka_evidence *e, const char *a, const char *b, const char *c, const char *d);
/* The same for parts that may change. */
void karaka_weigh_once(karaka_evidence *e, const char *a, const char *b, const char *c, const char *d);
/* The weight of one feature, 0 where none is known. */
float karaka_weight_of(const karaka_weights *w, const char *name, size_t length);

#endif
