/* shapes: trees in which content words are heads (setting `heads content`), brought to the shape that the rest of the
 * chain reads: a conjunction stands above what it joins, a copula is the verb of its clause, and what a verb group is
 * (finite, infinitive, passive) is told of its verb, whatever auxiliaries stand before it.
 *
 * In: r->words with heads and classes. Out: the same, changed. Nothing is done for a language without the setting.
 * Example: "X and Y are ready": X <- conj Y, ready the root -> "are" the root, X and Y under "and" under "are".
 */
#include "event/reading.h"

/* Gives `to` the place of `from` in the tree. */
static void take_place(karaka_reading *r, uint32_t to, uint32_t from) {
    karaka_word *a = &r->words[to], *b = &r->words[from];
    uint32_t told = a->by_relation;
    a->classes = (a->classes & ~told) | b->by_relation;
    b->classes &= ~b->by_relation;
    a->by_relation = b->by_relation;
    b->by_relation = 0;
    a->shapes = b->shapes;
    b->shapes = 0;
    a->head = b->head;
    a->relation = b->relation;
    b->head = (int32_t)to;
}

/* ---- copulas --------------------------------------------------------------------------------------------------------
 */

static void raise_copula(karaka_reading *r, uint32_t copula) {
    int32_t carried = r->words[copula].head;
    if (carried < 0 || r->words[carried].pos == POS_VERB || r->words[carried].pos == POS_AUX)
        return;
    take_place(r, copula, (uint32_t)carried);
    r->words[copula].pos = POS_VERB;
    for (uint32_t i = 0; i < r->count; i++) /* what stands before it is the clause's, what stands after the noun's */
        if (r->words[i].head == carried && i != copula &&
            (i < copula || (r->words[i].by_relation & KARAKA_SUBJECT) || r->words[i].pos == POS_PUNCT))
            r->words[i].head = (int32_t)copula;
}

/* ---- conjunctions ---------------------------------------------------------------------------------------------------
 */

/* The conjunction that joins the members of `first`: the one before the last member, wherever in it it hangs. */
static int32_t joint_of(const karaka_reading *r, uint32_t first, uint32_t last) {
    for (uint32_t i = last; i-- > first + 1;)
        if (r->words[i].pos == POS_CCONJ && (karaka_words_hang(r, i, last) || r->words[i].head == (int32_t)first))
            return (int32_t)i;
    return -1;
}

static bool is_verb(const karaka_word *w) {
    return w->pos == POS_VERB || w->pos == POS_AUX;
}

/* "has struck and killed": the auxiliaries of the first member hold for a member that has none. */
static void share_form(karaka_word *member, const karaka_word *first) {
    const uint32_t form = KARAKA_FINITE | KARAKA_INFINITIVE;
    if (!is_verb(member) || !is_verb(first) || (member->classes & form) || member->grouped)
        return;
    member->classes |= first->classes & form;
    member->shared = true;
    member->passive &= first->passive || !first->grouped;
    if (member->classes & form)
        member->classes &= ~(uint32_t)KARAKA_CONVERB;
}

/* "opposed attempts to divide it and declared ...": a finite verb is joined with a finite one, not with the infinitive
 * before it. */
static void lift_joined(karaka_reading *r, uint32_t verb) {
    karaka_word *w = &r->words[verb];
    int32_t head = w->head;
    if (!(w->by_relation & KARAKA_CONJUNCT) || !(w->classes & KARAKA_FINITE) || head < 0 ||
        !(r->words[head].classes & KARAKA_INFINITIVE))
        return;
    for (unsigned step = 0; step < KARAKA_CLIMB && head >= 0; step++, head = r->words[head].head)
        if (is_verb(&r->words[head]) && (r->words[head].classes & KARAKA_FINITE) && head < (int32_t)verb) {
            w->head = head;
            return;
        }
}

static void raise_joint(karaka_reading *r, uint32_t first) {
    int32_t joint = -1;
    uint32_t last = first;
    for (uint32_t i = first + 1; i < r->count; i++)
        if (r->words[i].head == (int32_t)first && (r->words[i].by_relation & KARAKA_CONJUNCT)) {
            share_form(&r->words[i], &r->words[first]);
            last = i;
        }
    if (last == first || (joint = joint_of(r, first, last)) < 0)
        return;
    karaka_key relation = 0;
    for (uint32_t i = first + 1; i < r->count; i++)
        if (r->words[i].head == (int32_t)first && (r->words[i].by_relation & KARAKA_CONJUNCT)) {
            r->words[i].head = joint;
            relation = r->words[i].relation;
        }
    take_place(r, (uint32_t)joint, first);
    r->words[first].relation = relation;
    r->words[first].by_relation = KARAKA_CONJUNCT;
    r->words[first].classes |= KARAKA_CONJUNCT;
}

/* ---- verb groups ----------------------------------------------------------------------------------------------------
 */

/* The first auxiliary says what form the whole group has. */
static void read_group(karaka_reading *r, uint32_t verb) {
    const uint32_t form = KARAKA_FINITE | KARAKA_INFINITIVE | KARAKA_CONVERB;
    karaka_word *w = &r->words[verb];
    w->passive = (w->signs & KARAKA_SHAPE_PASSIVE) != 0;
    for (uint32_t i = 0; i < verb; i++)
        if (r->words[i].head == (int32_t)verb && r->words[i].pos == POS_AUX) {
            if (!w->grouped) {
                w->classes = (w->classes & ~form) | (r->words[i].classes & form);
                w->passive = false;
            }
            w->grouped = true;
            w->passive |= (r->words[i].by_relation & KARAKA_PASSIVE) != 0;
        }
    if (w->classes & (KARAKA_FINITE | KARAKA_INFINITIVE))
        w->classes &= ~(uint32_t)KARAKA_CONVERB;
    if (w->classes & KARAKA_FINITE && !w->grouped)
        w->passive = false;
}

/* A participle behind the noun that it describes: its head acts, or it is acted on. */
static void read_attribute(karaka_reading *r, uint32_t verb) {
    karaka_word *w = &r->words[verb];
    if (!(w->shapes & KARAKA_SHAPE_ATTRIBUTE) || (w->classes & (KARAKA_FINITE | KARAKA_INFINITIVE)))
        return;
    w->classes |= w->passive ? KARAKA_OBJECT_INSIDE : KARAKA_DOER_INSIDE;
}

void karaka_shapes_level(karaka_reading *r) {
    if (!r->lexicon->settings->content_heads)
        return;
    for (uint32_t i = 0; i < r->count; i++)
        if ((r->words[i].shapes & KARAKA_SHAPE_COPULA) && r->words[i].pos == POS_AUX)
            raise_copula(r, i);
    for (uint32_t i = 0; i < r->count; i++)
        if (r->words[i].pos == POS_VERB)
            read_group(r, i);
    for (uint32_t i = 0; i < r->count; i++)
        if (r->words[i].pos == POS_VERB)
            lift_joined(r, i);
    for (uint32_t i = 0; i < r->count; i++)
        raise_joint(r, i);
    for (uint32_t i = 0; i < r->count; i++)
        if (r->words[i].pos == POS_VERB)
            read_attribute(r, i);
}

/* ---- clauses --------------------------------------------------------------------------------------------------------
 */

/* The finite verb that the token stands under, or the top of its tree. */
static uint32_t owner_of(const karaka_reading *r, uint32_t token) {
    int32_t at = (int32_t)token;
    for (unsigned step = 0; step < 4 * KARAKA_CLIMB; step++) {
        const karaka_word *w = &r->words[at];
        if ((w->pos == POS_VERB && (w->classes & KARAKA_FINITE)) || w->head < 0)
            break;
        if (w->pos == POS_CCONJ && w->first_child >= 0 && r->words[w->first_child].pos == POS_VERB &&
            (r->words[w->first_child].classes & KARAKA_FINITE))
            return (uint32_t)w->first_child; /* the conjunction of two clauses */
        at = w->head;
    }
    return (uint32_t)at;
}

void karaka_shapes_clauses(karaka_reading *r) {
    uint32_t owners[KARAKA_READ_TOKENS], count = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t owner = owner_of(r, i), clause = 0;
        while (clause < count && owners[clause] != owner)
            clause++;
        if (clause == count) {
            owners[count++] = owner;
            r->conditions[clause] = false;
        }
        r->words[i].clause = clause;
        r->conditions[clause] |= (r->words[i].classes & KARAKA_CONDITION) != 0;
    }
}
