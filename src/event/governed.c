/* governed: what the predicate above a candidate makes of it: its content, a plan, a wish, a mere name of an act.
 *
 * In: a candidate, the candidates that govern it in the tree. Out: the line that swallows it, or whether it is told as
 * no act of its own. Example: "X ने Y से हमला रोकने को कहा": the stop is the content of the demand, no event.
 */
#include "event/draft.h"

#include <string.h>

static bool type_is(const karaka_predicate_line *line, const char *names) {
    return line->use == KARAKA_USE_EVENT && strstr(names, karaka_event_types[line->type].name);
}

/* Whether the candidate's words may also say that something is planned ("फैसला करना"). */
static bool is_operator(const karaka_reading *r, const karaka_candidate *c) {
    for (uint32_t i = 0; i < r->candidate_count; i++)
        if (r->candidates[i].noun == c->noun && r->candidates[i].verb == c->verb &&
            r->lexicon->predicates.items[r->candidates[i].line].use == KARAKA_USE_PLANNED)
            return true;
    return false;
}

/* Whether the candidate only says that another event is planned, which is told for itself. */
bool karaka_governed_only_plans(karaka_reading *r, const karaka_candidate *c) {
    if (!is_operator(r, c))
        return false;
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *o = &r->candidates[i];
        enum karaka_way way = KARAKA_WITHIN;
        if (o->verb < 0 || o->verb == c->verb || !(r->words[o->verb].classes & KARAKA_INFINITIVE) ||
            r->lexicon->predicates.items[o->line].use != KARAKA_USE_EVENT)
            continue;
        int32_t governor = karaka_predicates_governor(r, o, &way);
        if (governor < 0 || way != KARAKA_WITHIN || r->candidates[governor].verb != c->verb)
            continue;
        karaka_draft d;
        karaka_draft_make(r, o, &d);
        if (!*d.reason && !type_is(&r->lexicon->predicates.items[o->line], "AGREE COOPERATE AID SUPPORT"))
            return true; /* to plan help together is itself a promise */
    }
    return false;
}

/* "attempts to seize the bridge": an operator's noun, of which nothing is told but what is thought of it. */
static bool is_idea(const karaka_reading *r, const karaka_candidate *c) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    return r->lexicon->settings->content_heads && line->form == KARAKA_FORM_NOUN &&
           (line->use == KARAKA_USE_PLANNED || line->use == KARAKA_USE_POSSIBLE);
}

/* The event that says this one only as its content; NULL if there is none. */
const karaka_predicate_line *karaka_governed_absorber(karaka_reading *r, const karaka_candidate *c) {
    enum karaka_way way = KARAKA_WITHIN;
    int32_t governor = karaka_predicates_governor(r, c, &way);
    if (governor < 0)
        return NULL;
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    bool idea = is_idea(r, &r->candidates[governor]);
    if ((idea || r->lexicon->predicates.items[r->candidates[governor].line].use == KARAKA_USE_PLANNED) &&
        way == KARAKA_WITHIN) {
        enum karaka_way above = KARAKA_WITHIN; /* "डालने के प्रस्ताव को खारिज किया" */
        int32_t next = karaka_predicates_governor(r, &r->candidates[governor], &above);
        const karaka_predicate_line *over = next >= 0 ? &r->lexicon->predicates.items[r->candidates[next].line] : NULL;
        if (over && above == KARAKA_WITHIN && (type_is(over, "REJECT") || (idea && over->use == KARAKA_USE_EVENT)))
            governor = next;
    }
    const karaka_candidate *g = &r->candidates[governor];
    const karaka_predicate_line *over = &r->lexicon->predicates.items[g->line];
    if (over->use == KARAKA_USE_ABSORB)
        return way == KARAKA_ACROSS ? NULL : over;
    if (over->use != KARAKA_USE_EVENT)
        return NULL;
    if (way == KARAKA_ACROSS)
        return NULL;
    int32_t head = c->verb >= 0 ? r->words[c->verb].head : -1;
    if (over->type == TYPE_AGREE && head >= 0 && (head == g->noun || head == g->verb)) {
        karaka_draft d;
        karaka_draft_make(r, g, &d);
        if (*d.reason || (is_operator(r, g) && !type_is(line, "AGREE COOPERATE AID SUPPORT")))
            return NULL; /* "तोड़ने का फैसला किया": what was decided is all that is told */
    }
    uint32_t aside = karaka_parts_lookup(r->lexicon, 0, karaka_marker_at(r, c->verb >= 0 ? c->verb : c->noun), true);
    if (aside & (KARAKA_PART_BIT(KARAKA_WHEN) | KARAKA_PART_BIT(KARAKA_AT)))
        return NULL; /* "after striking ...", "at the meeting ...": told, not asked */
    if (way == KARAKA_CONTENT_CLAUSE || line->form == KARAKA_FORM_NOUN || c->verb < 0)
        return type_is(over, "REQUEST AGREE REJECT THREATEN") ? over : NULL;
    if (r->words[c->verb].classes & KARAKA_DOER_INSIDE)
        return NULL; /* "हमला करने वाले X को ...": what X has done is told beside */
    return (r->words[c->verb].classes & KARAKA_INFINITIVE) ? over : NULL;
}

/* An infinitive tells no fact by itself ("के उपाय", "के मुद्दे पर"): only after it was done, or under an operator. */
bool karaka_governed_only_named(const karaka_reading *r, const karaka_candidate *c, const karaka_frame *frame,
                                karaka_status status) {
    for (uint32_t i = 0; i < frame->count; i++) /* "X द्वारा ... दिए जाने को": somebody did it */
        if (frame->fillers[i].parts == (KARAKA_PART_BIT(KARAKA_BY) | KARAKA_PART_BIT(KARAKA_FROM)) &&
            frame->fillers[i].rank == 0)
            return false;
    const uint32_t infinite = KARAKA_INFINITIVE;
    if (c->verb < 0 || !(r->words[c->verb].classes & infinite) || (r->words[c->verb].classes & KARAKA_FINITE) ||
        status != KARAKA_ASSERTED)
        return false;
    enum karaka_way way = KARAKA_WITHIN;
    int32_t governor = karaka_predicates_governor(r, c, &way);
    const karaka_candidate *g = governor >= 0 && way == KARAKA_WITHIN ? &r->candidates[governor] : NULL;
    int32_t head = r->words[c->verb].head;
    if (g && r->lexicon->predicates.items[g->line].use == KARAKA_USE_ASSERTED && (head == g->noun || head == g->verb))
        return false; /* "लगाने का कदम उठाया" */
    uint32_t marker = karaka_marker_at(r, c->verb);
    return !(karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_WHEN));
}

/* What somebody says that another should do is no act yet; the demand itself is another predicate. */
bool karaka_governed_only_wished(const karaka_reading *r, const karaka_candidate *c) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    int32_t verb = c->verb >= 0 ? karaka_words_finite(r, c->verb) : -1;
    if (r->lexicon->settings->content_heads)
        return verb >= 0 && verb == c->verb && !(line->flags & KARAKA_FLAG_SPEAKER) && karaka_status_ought(r, verb);
    for (uint32_t i = 1; verb >= 0 && verb == c->verb && i < 4 && (uint32_t)verb + i < r->count; i++)
        if ((r->words[(uint32_t)verb + i].classes & KARAKA_OUGHT) && !(line->flags & KARAKA_FLAG_SPEAKER))
            return true;
    return verb >= 0 && !(line->flags & KARAKA_FLAG_SPEAKER) && (r->words[verb].classes & KARAKA_WISH) &&
           !r->conditions[r->words[verb].clause];
}
