/* scene_reach: see scene_reach.h. A spot or a time belongs to the predicate that it hangs on in the tree; what hangs on
 * another noun or clause is that one's. */
#include "event/scene_reach.h"

enum {
    AT = KARAKA_PART_BIT(KARAKA_AT),
    TO = KARAKA_PART_BIT(KARAKA_TO),
    ON = KARAKA_PART_BIT(KARAKA_TARGET),
    FROM = KARAKA_PART_BIT(KARAKA_FROM),
    WHEN = KARAKA_PART_BIT(KARAKA_WHEN),
    OF = KARAKA_PART_BIT(KARAKA_OF),
    MODIFIER = KARAKA_PART_BIT(KARAKA_MODIFIER),
    OBJECT = KARAKA_PART_BIT(KARAKA_OBJECT),
    FOR = KARAKA_PART_BIT(KARAKA_FOR),
    DOER = KARAKA_PART_BIT(KARAKA_DOER),
};

/* ---- what a phrase hangs on -----------------------------------------------------------------------------------------
 */

/* A verb before a noun that it describes ("मनीला में हो रहे सम्मेलन"). */
bool karaka_scene_describes(const karaka_reading *r, int32_t verb) {
    int32_t head = r->words[verb].head;
    return head > verb && !karaka_scene_verb(r, head) && r->words[head].pos != POS_ADP &&
           r->words[head].pos != POS_CCONJ && r->words[head].pos != POS_SCONJ;
}

static uint32_t parts_at(const karaka_reading *r, int32_t token, bool verb_head) {
    uint32_t marker = karaka_marker_at(r, token);
    return karaka_parts_lookup(r->lexicon, r->words[token].relation, marker, verb_head);
}

/* Whether `token` is the predicate's. */
static bool is_own(const karaka_candidate *c, int32_t token) {
    return token >= 0 && (token == c->verb || (c->noun >= 0 && token >= c->noun_first && token <= c->noun));
}

/* The converbs, conjuncts and noun parts above a predicate, whose place and time are its too. */
static bool is_above(const karaka_reading *r, const karaka_candidate *c, int32_t token) {
    int32_t at = c->verb >= 0 ? c->verb : c->noun;
    for (unsigned step = 0; at >= 0 && step < 4; step++) {
        const karaka_word *w = &r->words[at];
        bool goes_on = (w->classes & (KARAKA_CONVERB | KARAKA_NOUN_PART)) || at == c->noun;
        if (karaka_scene_verb(r, at) && !goes_on)
            return false;
        at = w->head;
        if (at == token)
            return true;
    }
    return false;
}

/* The word by which [first, last] hangs in the tree. */
static int32_t top_of(const karaka_reading *r, uint32_t first, uint32_t last) {
    for (uint32_t t = last + 1; t-- > first;)
        if (r->words[t].pos != POS_ADP && (r->words[t].head < (int32_t)first || r->words[t].head > (int32_t)last))
            return (int32_t)t;
    return (int32_t)last;
}

/* How far the phrase at `top` is from the predicate: 0 hangs on it, 1 on what happens with it (a converb, "at the
 * meeting in ..."), KARAKA_LOOSE: the tree does not bring them together, KARAKA_NEVER: it belongs to something else. */
static unsigned distance(const karaka_reading *r, const karaka_candidate *c, int32_t top, uint32_t through) {
    unsigned rank = 0;
    int32_t head = r->words[top].head;
    for (unsigned step = 0; head >= 0 && step < KARAKA_CLIMB; step++) {
        if (is_own(c, head))
            return is_own(c, top) ? KARAKA_NEVER : rank;
        if (karaka_scene_verb(r, head)) {
            if (is_above(r, c, head))
                return rank + 1;
            if (r->words[head].classes & KARAKA_FINITE)
                return KARAKA_LOOSE;
            if (karaka_scene_describes(r, head)) {
                if (is_own(c, r->words[head].head))
                    return rank;
            } else if (!(r->words[head].classes & KARAKA_CONVERB) && !(parts_at(r, head, true) & (AT | WHEN)))
                return KARAKA_NEVER; /* an infinitive: it is what is spoken of */
            rank++;
        } else if (r->words[head].pos == POS_SCONJ)
            return KARAKA_LOOSE;
        else if (r->words[head].pos == POS_ADJ && karaka_scene_describes(r, head) && !is_own(c, r->words[head].head)) {
            top = head; /* "सूरत में आयोजित सभा": the place is that of the noun */
            head = r->words[top].head;
            continue;
        } else if (r->words[head].pos != POS_CCONJ && r->words[head].pos != POS_ADP) {
            if (!is_own(c, r->words[head].head) && !(parts_at(r, head, true) & through))
                return KARAKA_NEVER;
            uint32_t parts = parts_at(r, head, true);
            if (is_own(c, r->words[head].head) && (!(parts & (through | OBJECT)) || (parts & OF)))
                return KARAKA_NEVER;
            rank++;
        }
        top = head;
        head = r->words[top].head;
    }
    return KARAKA_LOOSE;
}

/* Nothing that could take the phrase for itself stands between it and the predicate: another marker of a noun that owns
 * it, a verb. */
static bool is_free(const karaka_reading *r, const karaka_candidate *c, uint32_t last) {
    uint32_t begin = (uint32_t)(c->noun >= 0 ? c->noun_first : c->verb);
    if (c->verb >= 0 && (uint32_t)c->verb < begin)
        begin = (uint32_t)c->verb;
    for (uint32_t t = last + 1; t < begin; t++)
        if (r->words[t].pos == POS_VERB)
            return false;
    return last < begin;
}

/* ---- place ----------------------------------------------------------------------------------------------------------
 */

/* Whether a spot of these parts is where such an event happens; `direct`: it hangs on the predicate itself; `beside`:
 * it stands right before it, as the goal of a motion does ("रोम पहुंचे"). */
static bool fits(const karaka_predicate_line *line, uint8_t type, const karaka_spot *s, bool direct, bool beside) {
    if ((s->wide || s->unlisted) && !karaka_type_bodily(type))
        return false;
    if ((s->parts & FROM) && (karaka_type_is(type, "COERCE RETREAT") && !s->wide))
        return true; /* "X को लाहौर से गिरफ्तार किया" */
    if ((s->parts & AT) || ((s->parts & ON) && (s->house || karaka_type_strikes(type))) ||
        ((s->parts & FROM) && s->house && karaka_type_is(type, "MOBILIZE ASSAULT")))
        return true;
    if (!direct)
        return false;
    if (karaka_line_visits(line))
        return s->parts & (TO | OF | MODIFIER | OBJECT | ON | FOR | (beside ? DOER : 0));
    return (s->parts & (OF | MODIFIER)) && karaka_type_strikes(type) && !s->wide;
}

/* The place of the visit that the sentence speaks of: "रूस दौरे पर X ने ... की". NULL: none. */
static const karaka_spot *visited(const karaka_reading *r, uint32_t clause, uint32_t before) {
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *c = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
        uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
        if (line->use != KARAKA_USE_EVENT || !karaka_line_visits(line) || r->words[token].clause != clause ||
            token > before)
            continue;
        for (uint32_t k = 0; k < r->spot_count; k++) {
            const karaka_spot *s = &r->spots[k];
            if (s->last < token && (s->parts & (OF | MODIFIER | TO)) && token - s->last <= 8 && is_free(r, c, s->last))
                return s;
        }
    }
    return NULL;
}

static const karaka_spot *choose_spot(const karaka_reading *r, const karaka_candidate *c, uint8_t type, bool unlisted,
                                      unsigned *rank) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    const karaka_spot *best = NULL;
    uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    *rank = KARAKA_NEVER;
    for (uint32_t i = 0; i < r->spot_count; i++) {
        const karaka_spot *s = &r->spots[i];
        if (s->unlisted != unlisted)
            continue;
        unsigned d = distance(r, c, top_of(r, s->first, s->last),
                              AT | (karaka_type_bodily(type) ? WHEN : 0) | (karaka_type_strikes(type) ? ON : 0));
        bool own = c->noun >= 0 && s->first >= (uint32_t)c->noun_first && s->last <= (uint32_t)c->noun;
        if (own && karaka_line_visits(line))
            d = 0;
        if (d == KARAKA_LOOSE && (r->words[s->last].clause != r->words[token].clause || !is_free(r, c, s->last)))
            continue;
        if (d == KARAKA_NEVER || !(own || fits(line, type, s, d == 0, s->marker_last + 1 == token)))
            continue;
        if (d < *rank || (d == *rank && best && best->wide && !s->wide) || (d == *rank && s->last < token)) {
            best = s;
            *rank = d;
        }
    }
    if (!best && (best = visited(r, r->words[token].clause, token)))
        *rank = 2;
    return best && (!best->wide || karaka_type_bodily(type)) ? best : NULL;
}

/* Where the sentence says that things happen, when nothing ties a place to the predicate itself: the nearest before it,
 * else the first after it in its clause. Words are said anywhere. */
static const karaka_spot *near_spot(const karaka_reading *r, const karaka_candidate *c, uint8_t type, bool unlisted) {
    const karaka_spot *best = NULL;
    uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    for (uint32_t i = 0; i < r->spot_count && karaka_type_bodily(type); i++) {
        const karaka_spot *s = &r->spots[i];
        bool here = s->unlisted == unlisted && !(s->wide && karaka_type_is(type, "CONSULT")) &&
                    ((s->parts & AT) || ((s->parts & ON) && s->house));
        if (here && !(karaka_type_is(type, "ASSAULT PROTEST") || s->first == 0) &&
            distance(r, c, top_of(r, s->first, s->last), AT | WHEN | ON) == KARAKA_NEVER)
            continue;
        if (here && (s->last < token || (!best && r->words[s->last].clause == r->words[token].clause)))
            best = s;
    }
    return best;
}

static bool same_land(const karaka_place *a, const karaka_place *b) {
    return a->country && b->country && strcmp(a->country, b->country) == 0;
}

/* "On the visit to Japan he met ... in Tokyo": the city in the country, told in the same sentence. */
static const karaka_spot *finer_spot(const karaka_reading *r, const karaka_spot *wide) {
    for (uint32_t i = 0; i < r->spot_count; i++) {
        const karaka_spot *s = &r->spots[i];
        if (!s->wide && !s->unlisted && (s->parts & AT) && (!s->place.country || same_land(&s->place, &wide->place)))
            return s;
    }
    return NULL;
}

/* Where somebody goes in the sentence: "X बैठक में भाग लेने के लिए रोम गए". */
static const karaka_spot *goal_spot(const karaka_reading *r) {
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *c = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
        unsigned rank = KARAKA_NEVER;
        if (line->use != KARAKA_USE_EVENT || !(line->flags & KARAKA_FLAG_PLACE_TO))
            continue;
        const karaka_spot *s = choose_spot(r, c, line->type, false, &rank);
        if (s && rank < KARAKA_LOOSE)
            return s;
    }
    return NULL;
}

/* A court judges where it sits, and people strike where they live: "मुंबई की एक विशेष अदालत ने ..." */
static const karaka_spot *of_actor(const karaka_reading *r, const karaka_telling *t) {
    if (!karaka_type_is(t->type, "COERCE PROTEST") || !t->actor_count)
        return NULL;
    const karaka_name *n = &r->names.items[t->actors[0]];
    const char *role = strchr(n->code, ' ');
    if (n->sentence != r->index || (karaka_type_is(t->type, "COERCE") && !(role && strcmp(role, " JUD") == 0)))
        return NULL;
    for (uint32_t i = 0; i < r->spot_count; i++) {
        const karaka_spot *s = &r->spots[i];
        if (!s->wide && s->first <= n->last && (s->first >= n->first || r->words[s->last].head == (int32_t)n->head))
            return s;
    }
    return NULL;
}

/* The place of the verb of speaking that the words stand under. */
static const karaka_spot *spoken_at(const karaka_reading *r, const karaka_candidate *c) {
    for (uint32_t i = 0; i < r->spot_count; i++) {
        const karaka_spot *s = &r->spots[i];
        int32_t verb = r->words[s->last].head, at = c->verb >= 0 ? c->verb : c->noun;
        if (!(s->parts & AT) || s->wide || s->unlisted || !karaka_scene_verb(r, verb))
            continue;
        for (unsigned step = 0; at >= 0 && step < KARAKA_CLIMB; step++, at = r->words[at].head)
            if (at == verb)
                return s;
    }
    return NULL;
}

/* The place that nothing in the sentence ties to the predicate, but where it plainly happens. */
static const karaka_spot *loose_spot(const karaka_reading *r, const karaka_candidate *c, uint8_t type) {
    const karaka_spot *spot = near_spot(r, c, type, true);
    return spot || !karaka_type_is(type, "CONSULT") ? spot : goal_spot(r);
}

const karaka_spot *karaka_scene_spot(const karaka_reading *r, const karaka_candidate *c, const karaka_telling *t,
                                     unsigned *rank) {
    const karaka_spot *spot = choose_spot(r, c, t->type, false, rank);
    if (!spot)
        spot = of_actor(r, t);
    if (!spot && (spot = near_spot(r, c, t->type, false)))
        *rank = KARAKA_LOOSE;
    if (!spot)
        spot = choose_spot(r, c, t->type, true, rank);
    if (!spot && (spot = loose_spot(r, c, t->type)))
        *rank = KARAKA_LOOSE;
    if (!spot && (spot = spoken_at(r, c)))
        *rank = KARAKA_LOOSE;
    const karaka_spot *finer = spot && spot->wide ? finer_spot(r, spot) : NULL;
    return finer ? finer : spot;
}

/* ---- time -----------------------------------------------------------------------------------------------------------
 */

/* Two finite verbs that a conjunction joins, with one doer: "X ने कल A को छोड़ा और B को रिहा किया". */
static bool go_together(karaka_reading *r, int32_t a, int32_t b) {
    if (a < 0 || b < 0 || a == b || r->words[a].head != r->words[b].head || r->words[a].head < 0 ||
        r->words[r->words[a].head].pos != POS_CCONJ)
        return false;
    int32_t x = karaka_parts_doer(r, a, 0), y = karaka_parts_doer(r, b, 0);
    return x >= 0 && (x == y || y == -1);
}

/* A time that only dates something else: "2020 के लिए", "हमले के एक दिन बाद" for the attack, a deadline. */
static bool dates_other(const karaka_reading *r, const karaka_candidate *c, uint8_t type,
                        const karaka_time_mention *m) {
    uint32_t parts = parts_at(r, (int32_t)m->last, true);
    if (parts & KARAKA_PART_BIT(KARAKA_FOR) || ((parts & TO) && !karaka_type_bodily(type)))
        return true;
    int32_t at = c->noun >= 0 ? c->noun : c->verb;
    for (unsigned step = 0; at >= 0 && step < 3; step++) {
        at = r->words[at].head;
        if (karaka_scene_verb(r, at))
            break;
        if (at >= (int32_t)m->first && at <= (int32_t)m->last)
            return true;
    }
    return false;
}

/* Whether a time that the tree leaves loose may date the predicate all the same: a day before it; for what people do
 * with their bodies also a longer span, or a day after it. */
static bool may_date(const karaka_reading *r, const karaka_candidate *c, uint8_t type, const karaka_time_mention *m) {
    bool bodily = karaka_type_bodily(type), before = m->last < (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    if (m->grade < (bodily && before ? 1 : 2) || (!before && !bodily))
        return false;
    return !dates_other(r, c, type, m) && !(parts_at(r, (int32_t)m->last, true) & (OF | TO));
}

/* The nearest such time before the predicate, the most exact first; else the first after it. */
static const karaka_time_mention *near_time(const karaka_reading *r, const karaka_candidate *c, uint8_t type) {
    const karaka_time_mention *best = NULL;
    uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    for (size_t i = 0; i < r->time_count && r->times[i].last < r->count; i++) {
        const karaka_time_mention *m = &r->times[i];
        if (may_date(r, c, type, m) && (!best || (m->last < token && m->grade >= best->grade)))
            best = m;
    }
    return best;
}

const karaka_time_mention *karaka_scene_time(karaka_reading *r, const karaka_candidate *c, uint8_t type) {
    const karaka_time_mention *best = NULL;
    uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    int32_t verb = karaka_words_finite(r, c->verb >= 0 ? c->verb : c->noun);
    unsigned rank = KARAKA_NEVER;
    for (size_t i = 0; i < r->time_count; i++) {
        const karaka_time_mention *m = &r->times[i];
        if (m->last >= r->count || dates_other(r, c, type, m))
            continue;
        unsigned d = distance(r, c, top_of(r, m->first, m->last), AT);
        bool near = r->words[m->last].clause == r->words[token].clause;
        if (d == KARAKA_LOOSE && !near)
            d = go_together(r, karaka_words_finite(r, (int32_t)m->last), verb) ? KARAKA_LOOSE + 1 : KARAKA_NEVER;
        bool nearer = d == rank && d < KARAKA_NEVER && m->last < token && (!best || m->grade >= best->grade);
        if (d < rank || nearer) {
            best = m;
            rank = d;
        }
    }
    return best ? best : near_time(r, c, type);
}
