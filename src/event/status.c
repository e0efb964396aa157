/* status: whether a predicate is told as a fact, a plan, a possibility, or denied.
 *
 * In: a candidate, the verb group around it, the operators that govern it. Out: karaka_status, and whether it is
 * negated. Example: "प्रतिबंध लगाने की तैयारी कर रहा है" -> planned; "मुलाकात हो सकती है" -> possible; "मुलाकात नहीं की" ->
 * negated.
 */
#include "event/reading.h"

/* "ही नहीं", "न केवल": not only. */
static uint32_t classes_at(const karaka_reading *r, uint32_t i) {
    bool only = (i > 1 && (r->words[i - 1].classes & KARAKA_ONLY) && r->words[i - 2].pos != POS_VERB) ||
                (i + 1 < r->count && (r->words[i + 1].classes & KARAKA_ONLY));
    return only ? r->words[i].classes & ~(uint32_t)KARAKA_NEGATION : r->words[i].classes;
}

/* Of the auxiliaries, negations and particles that hang on the verb. */
static uint32_t classes_under(const karaka_reading *r, int32_t verb) {
    uint32_t bits = 0;
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        uint8_t pos = r->words[c].pos;
        if (pos == POS_AUX || pos == POS_PART || pos == POS_ADV || (pos == POS_DET && verb < c))
            bits |= classes_at(r, (uint32_t)c);
    }
    return bits;
}

/* "will strike and kill": of the first member's auxiliaries, for one that has none. */
static uint32_t classes_shared(const karaka_reading *r, int32_t verb) {
    int32_t joint = r->words[verb].head;
    if (!r->words[verb].shared || joint < 0)
        return 0;
    for (int32_t c = r->words[joint].first_child; c >= 0 && c < verb; c = r->words[c].next_child)
        if (r->words[c].pos == POS_VERB && (r->words[c].classes & KARAKA_CONJUNCT))
            return classes_under(r, c) & (KARAKA_WILL | KARAKA_MAYBE | KARAKA_OUGHT | KARAKA_NEGATION);
    return 0;
}

/* Classes of the verb and of the words of its group: auxiliaries, negation, particles under it or right around it. */
static uint32_t group_classes(const karaka_reading *r, int32_t verb) {
    uint32_t bits = r->words[verb].classes;
    if (r->lexicon->settings->content_heads)
        return bits | classes_under(r, verb) | classes_shared(r, verb);
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        uint8_t pos = r->words[c].pos;
        if (pos == POS_AUX || pos == POS_PART || (r->words[c].classes & (KARAKA_NEGATION | KARAKA_MAYBE)))
            bits |= classes_at(r, (uint32_t)c);
    }
    for (int32_t i = verb - 1; i >= 0 && i >= verb - 2; i--) {
        if (classes_at(r, (uint32_t)i) & KARAKA_NEGATION)
            bits |= KARAKA_NEGATION;
        if (r->words[i].pos != POS_PART && r->words[i].pos != POS_ADV)
            break;
    }
    for (uint32_t i = (uint32_t)verb + 1; i < r->count && i < (uint32_t)verb + 5; i++) {
        if (r->words[i].pos != POS_AUX && !(r->words[i].classes & (KARAKA_PARTICLE | KARAKA_NEGATION)) &&
            !(r->words[i].classes & (KARAKA_INTENDED | KARAKA_OUGHT)))
            break;
        bits |= classes_at(r, i);
    }
    return bits;
}

static karaka_status of_verb(const karaka_reading *r, int32_t verb, bool *negated) {
    uint32_t bits = group_classes(r, verb);
    *negated = bits & KARAKA_NEGATION;
    if (bits & KARAKA_MAYBE)
        return KARAKA_POSSIBLE;
    if (bits & (KARAKA_WILL | KARAKA_INTENDED))
        return KARAKA_PLANNED;
    return KARAKA_ASSERTED;
}

bool karaka_status_ought(const karaka_reading *r, int32_t verb) {
    return group_classes(r, verb) & KARAKA_OUGHT;
}

bool karaka_status_will(const karaka_reading *r, int32_t verb) {
    return (r->words[verb].classes & KARAKA_FINITE) && (group_classes(r, verb) & KARAKA_WILL);
}

/* What the words of candidate `governor` say about what they govern: one of its lines may be an operator. */
static uint8_t use_of(const karaka_reading *r, int32_t governor) {
    const karaka_candidate *g = &r->candidates[governor];
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *o = &r->candidates[i];
        uint8_t use = r->lexicon->predicates.items[o->line].use;
        if (o->noun == g->noun && o->verb == g->verb && use >= KARAKA_USE_PLANNED && use <= KARAKA_USE_ASSERTED)
            return use;
    }
    return r->lexicon->predicates.items[g->line].use;
}

karaka_status karaka_status_of(const karaka_reading *r, const karaka_candidate *c, bool *negated) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    int32_t token = c->verb >= 0 ? c->verb : c->noun;
    karaka_status status = c->verb >= 0 ? of_verb(r, c->verb, negated) : KARAKA_ASSERTED;
    if (c->verb < 0) {
        *negated = false;
        /* "होने वाली बैठक": a participle before the noun tells its time */
        for (int32_t k = r->words[c->noun].first_child; k >= 0; k = r->words[k].next_child)
            if (r->words[k].pos == POS_VERB && (r->words[k].classes & KARAKA_OCCUR)) {
                bool not = false;
                status = of_verb(r, k, &not );
            } else if (r->lexicon->settings->content_heads && r->words[k].pos == POS_DET)
                *negated |= (r->words[k].classes & KARAKA_NEGATION) != 0; /* "no talks" */
    }
    if (status == KARAKA_ASSERTED && r->conditions[r->words[token].clause])
        status = KARAKA_POSSIBLE;
    if (line->flags & KARAKA_FLAG_PLANNED)
        status = KARAKA_PLANNED;
    if (line->flags & KARAKA_FLAG_POSSIBLE)
        status = KARAKA_POSSIBLE;
    if (line->flags & KARAKA_FLAG_DENIED)
        status = KARAKA_DENIED;
    uint32_t marker = c->verb < 0 ? karaka_candidate_marker(r, c) : 0;
    if (marker && (karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_WHEN)))
        return status; /* "after the meeting he announced ...": the meeting is not what is announced */
    enum karaka_way way = KARAKA_WITHIN;
    karaka_candidate at = *c;
    for (unsigned step = 0; step < 3 && way == KARAKA_WITHIN; step++) {
        int32_t governor = karaka_predicates_governor(r, &at, &way);
        if (governor < 0 || way != KARAKA_WITHIN)
            break;
        at = r->candidates[governor];
        switch (use_of(r, governor)) {
        case KARAKA_USE_PLANNED:
            if (status == KARAKA_ASSERTED)
                status = KARAKA_PLANNED;
            break;
        case KARAKA_USE_POSSIBLE:
            status = KARAKA_POSSIBLE;
            break;
        case KARAKA_USE_DENIED:
            status = KARAKA_DENIED;
            break;
        default:
            break;
        }
    }
    return status;
}
