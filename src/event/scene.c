/* scene: see scene.h. A spot or a time belongs to the predicate that it hangs on in the tree; what hangs on another
 * noun or clause is that one's ("ब्रिटेन में हमले की निंदा": the attack was in Britain, not the condemnation). */
#include "event/reading.h"

#include <math.h>
#include <string.h>

enum {
    AT = KARAKA_PART_BIT(KARAKA_AT),
    TO = KARAKA_PART_BIT(KARAKA_TO),
    ON = KARAKA_PART_BIT(KARAKA_TARGET),
    FROM = KARAKA_PART_BIT(KARAKA_FROM),
    WHEN = KARAKA_PART_BIT(KARAKA_WHEN),
    OF = KARAKA_PART_BIT(KARAKA_OF),
    MODIFIER = KARAKA_PART_BIT(KARAKA_MODIFIER),
    OBJECT = KARAKA_PART_BIT(KARAKA_OBJECT),
    NEVER = 99, /* rank: it is another's */
    LOOSE = 50, /* rank: the tree tells nothing */
};

/* ---- kinds of events ------------------------------------------------------------------------------------------------
 */

static bool type_is(uint8_t type, const char *names) {
    return type < 16 && strstr(names, karaka_event_types[type].name);
}
/* What people do with their bodies has a place; what they say mostly not. */
static bool is_bodily(uint8_t type) {
    return type_is(type, "CONSULT COOPERATE AID RETREAT PROTEST MOBILIZE COERCE ASSAULT");
}
static bool strikes(uint8_t type) {
    return type_is(type, "ASSAULT MOBILIZE PROTEST");
}
static bool is_visit(const karaka_predicate_line *line) {
    return (line->flags & KARAKA_FLAG_PLACE_TO) || (line->mode && strcmp(line->mode, "visit") == 0);
}

/* ---- spots ----------------------------------------------------------------------------------------------------------
 */

/* Of the classes KARAKA_SITE, KARAKA_HOUSE, by form or lemma. */
static bool is_class(const karaka_reading *r, uint32_t token, uint32_t classes) {
    const karaka_word *w = &r->words[token];
    return (w->classes | karaka_words_classes(r->lexicon, w->lemma)) & classes;
}
static bool is_site(const karaka_reading *r, uint32_t token) {
    return is_class(r, token, KARAKA_SITE | KARAKA_HOUSE);
}

static bool is_nominal(const karaka_reading *r, uint32_t token) {
    uint8_t pos = r->words[token].pos;
    return pos == POS_NOUN || pos == POS_PROPN || pos == POS_ADJ || pos == POS_NUM || pos == POS_DET;
}

static const karaka_place_mention *mention_at(const karaka_reading *r, uint32_t token) {
    for (size_t i = 0; i < r->place_count; i++)
        if (r->places[i].first <= token && token <= r->places[i].last && r->places[i].last < r->count)
            return &r->places[i];
    return NULL;
}

/* A person or organisation: no part of a place's phrase. */
static bool is_party(const karaka_reading *r, uint32_t token) {
    if (r->words[token].name < 0)
        return false;
    uint8_t kind = r->names.items[r->words[token].name].kind;
    return kind != KARAKA_PLACE_NAME && kind != KARAKA_COUNTRY && kind != KARAKA_CAPITAL && kind != KARAKA_REGION &&
           kind != KARAKA_ADJECTIVE;
}

/* The last token of the phrase that goes on after `last` and ends in a site or a place: "के गोरखा ज़िलों", "के तट". */
static uint32_t grow(const karaka_reading *r, uint32_t last) {
    uint32_t best = last, genitives = 0;
    for (uint32_t t = last + 1; t < r->count && t <= last + 8; t++) {
        if (karaka_words_hyphen(r, t))
            continue;
        if (r->words[t].genitive) {
            if (++genitives > 2)
                break;
            continue;
        }
        const karaka_place_mention *m = mention_at(r, t);
        if (m)
            t = m->last;
        else if (r->words[t].pos == POS_CCONJ && best == t - 1 && t + 1 < r->count && mention_at(r, t + 1))
            continue;
        else if (!is_nominal(r, t) || (is_party(r, t) && !is_site(r, t)))
            break;
        if (m || is_site(r, t))
            best = t;
    }
    /* what was passed over must belong to what was found: no words left before the marker */
    uint32_t end = best + 1;
    return end < r->count && is_nominal(r, end) && !r->words[end].genitive && best > last ? last : best;
}

/* The first token of the name of a house that ends at `last`: "हैदराबाद हाउस", "राष्ट्रपति भवन". */
static uint32_t house_start(const karaka_reading *r, uint32_t last) {
    uint32_t first = last;
    while (first > 0 && first + 4 > last && r->words[first - 1].clause == r->words[last].clause &&
           (r->words[first - 1].pos == POS_PROPN || r->words[first - 1].pos == POS_NOUN) &&
           (r->words[first - 1].relation == r->words[last].relation ||
            (r->words[first - 1].classes & KARAKA_NAME_PART) || r->words[first - 1].head == (int32_t)first))
        first--;
    return first;
}

static void add_spot(karaka_reading *r, uint32_t first, uint32_t last, const karaka_place_mention *m) {
    if (r->spot_count == KARAKA_SPOTS)
        return;
    const karaka_token *tokens = r->sentence->tokens;
    karaka_spot s = {.first = first, .last = last, .marker_last = last, .place = {.lat = NAN, .lon = NAN}};
    s.house = is_site(r, last);
    if (m) {
        s.place = m->place;
        s.wide = m->country && !s.house;
    }
    uint32_t marker = karaka_words_marker(r, last + 1, &s.marker_last);
    int32_t head = r->words[last].head;
    bool under_noun = head >= 0 && r->words[head].pos != POS_VERB && r->words[head].pos != POS_AUX;
    s.parts = karaka_parts_lookup(r->lexicon, r->words[last].relation, marker, true);
    if (under_noun && !marker)
        s.parts |= karaka_parts_lookup(r->lexicon, r->words[last].relation, marker, false);
    if (!m || m->first != first || m->last != last) {
        s.place.span = (karaka_span){tokens[first].span.start, tokens[last].span.end};
        s.place.text = karaka_arena_copy(r->arena, r->document->article.text + s.place.span.start,
                                         s.place.span.end - s.place.span.start);
    }
    if (s.place.text)
        r->spots[r->spot_count++] = s;
}

/* The place in [first, last] that tells most: the last with coordinates that is no country, else the last. */
static const karaka_place_mention *narrowest(const karaka_reading *r, uint32_t first, uint32_t last) {
    const karaka_place_mention *best = NULL;
    for (size_t i = 0; i < r->place_count; i++) {
        const karaka_place_mention *m = &r->places[i];
        if (m->first < first || m->last > last)
            continue;
        bool list = best && m->first > 0 && r->words[m->first - 1].pos == POS_CCONJ; /* "A and B": the first stands */
        if (!best || (!list && (m->place.name || !best->place.name) && (!m->country || best->country)))
            best = m;
    }
    return best;
}

void karaka_scene_read(karaka_reading *r) {
    uint32_t taken = 0; /* tokens before it are in a spot */
    r->spot_count = 0;
    r->next_scene.place.text = NULL;
    for (uint32_t t = 0; t < r->count; t++) {
        const karaka_place_mention *m = mention_at(r, t);
        if (t < taken || (!m && !(is_class(r, t, KARAKA_HOUSE) && r->words[t].pos != POS_VERB)))
            continue;
        uint32_t first = m ? m->first : house_start(r, t), last = grow(r, m ? m->last : t);
        if (!m && first == t && !(r->words[t].pos == POS_PROPN || r->words[t].name >= 0))
            continue; /* a mere "house" */
        add_spot(r, first < taken ? taken : first, last, narrowest(r, first, last));
        taken = last + 1;
        t = last;
    }
}

/* ---- what a phrase hangs on -----------------------------------------------------------------------------------------
 */

static bool is_verb(const karaka_reading *r, int32_t token) {
    return token >= 0 && (r->words[token].pos == POS_VERB || r->words[token].pos == POS_AUX);
}

/* A verb before a noun that it describes ("मनीला में हो रहे सम्मेलन"). */
static bool describes(const karaka_reading *r, int32_t verb) {
    int32_t head = r->words[verb].head;
    return head > verb && !is_verb(r, head) && r->words[head].pos != POS_ADP && r->words[head].pos != POS_CCONJ &&
           r->words[head].pos != POS_SCONJ;
}

static uint32_t parts_at(const karaka_reading *r, int32_t token, bool verb_head) {
    uint32_t last = 0, marker = karaka_words_marker(r, (uint32_t)token + 1, &last);
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
        if (is_verb(r, at) && !goes_on)
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
 * meeting in ..."), LOOSE: the tree does not bring them together, NEVER: it belongs to something else. */
static unsigned distance(const karaka_reading *r, const karaka_candidate *c, int32_t top, uint32_t through) {
    unsigned rank = 0;
    int32_t head = r->words[top].head;
    for (unsigned step = 0; head >= 0 && step < KARAKA_CLIMB; step++) {
        if (is_own(c, head))
            return is_own(c, top) ? NEVER : rank;
        if (is_verb(r, head)) {
            if (is_above(r, c, head))
                return rank + 1;
            if (r->words[head].classes & KARAKA_FINITE)
                return LOOSE;
            if (describes(r, head)) {
                if (is_own(c, r->words[head].head))
                    return rank;
            } else if (!(r->words[head].classes & KARAKA_CONVERB) && !(parts_at(r, head, true) & (AT | WHEN)))
                return NEVER; /* an infinitive: it is what is spoken of */
            rank++;
        } else if (r->words[head].pos == POS_SCONJ)
            return LOOSE;
        else if (r->words[head].pos != POS_CCONJ && r->words[head].pos != POS_ADP) {
            if (!is_own(c, r->words[head].head) && !(parts_at(r, head, true) & through))
                return NEVER;
            uint32_t parts = parts_at(r, head, true);
            if (is_own(c, r->words[head].head) && (!(parts & (through | OBJECT)) || (parts & OF)))
                return NEVER;
            rank++;
        }
        top = head;
        head = r->words[top].head;
    }
    return LOOSE;
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

/* Whether a spot of these parts is where such an event happens; `direct`: it hangs on the predicate itself. */
static bool fits(const karaka_predicate_line *line, uint8_t type, const karaka_spot *s, bool direct) {
    if (s->wide && !is_bodily(type))
        return false;
    if ((s->parts & AT) || ((s->parts & ON) && (s->house || strikes(type))) ||
        ((s->parts & FROM) && s->house && type_is(type, "MOBILIZE ASSAULT")))
        return true;
    if (!direct)
        return false;
    if (is_visit(line))
        return s->parts & (TO | OF | MODIFIER | OBJECT | ON);
    return (s->parts & (OF | MODIFIER)) && strikes(type) && !s->wide;
}

/* The place of the visit that the sentence speaks of: "रूस दौरे पर X ने ... की". NULL: none. */
static const karaka_spot *visited(const karaka_reading *r, uint32_t clause, uint32_t before) {
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *c = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
        uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
        if (line->use != KARAKA_USE_EVENT || !is_visit(line) || c->noun < 0 || r->words[token].clause != clause ||
            token >= before)
            continue;
        for (uint32_t k = 0; k < r->spot_count; k++) {
            const karaka_spot *s = &r->spots[k];
            if (s->last < token && (s->parts & (OF | MODIFIER | TO)) && token - s->last <= 5 && is_free(r, c, s->last))
                return s;
        }
    }
    return NULL;
}

static const karaka_spot *choose_spot(const karaka_reading *r, const karaka_candidate *c, uint8_t type,
                                      unsigned *rank) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    const karaka_spot *best = NULL;
    uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    *rank = NEVER;
    for (uint32_t i = 0; i < r->spot_count; i++) {
        const karaka_spot *s = &r->spots[i];
        unsigned d =
            distance(r, c, top_of(r, s->first, s->last), AT | (is_bodily(type) ? WHEN : 0) | (strikes(type) ? ON : 0));
        bool own = c->noun >= 0 && s->first >= (uint32_t)c->noun_first && s->last <= (uint32_t)c->noun;
        if (own && is_visit(line))
            d = 0;
        if (d == LOOSE && (r->words[s->last].clause != r->words[token].clause || !is_free(r, c, s->last)))
            continue;
        if (d == NEVER || !(own || fits(line, type, s, d == 0)))
            continue;
        if (d < *rank || (d == *rank && best && best->wide && !s->wide) || (d == *rank && s->last < token)) {
            best = s;
            *rank = d;
        }
    }
    if (!best && !is_visit(line) && (best = visited(r, r->words[token].clause, token)))
        *rank = 2;
    return best && (!best->wide || is_bodily(type)) ? best : NULL;
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
    if (parts & KARAKA_PART_BIT(KARAKA_FOR) || ((parts & TO) && !is_bodily(type)))
        return true;
    int32_t at = c->noun >= 0 ? c->noun : c->verb;
    for (unsigned step = 0; at >= 0 && step < 3; step++) {
        at = r->words[at].head;
        if (is_verb(r, at))
            break;
        if (at >= (int32_t)m->first && at <= (int32_t)m->last)
            return true;
    }
    return false;
}

static const karaka_time_mention *choose_time(karaka_reading *r, const karaka_candidate *c, uint8_t type) {
    const karaka_time_mention *best = NULL;
    uint32_t token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    int32_t verb = karaka_words_finite(r, c->verb >= 0 ? c->verb : c->noun);
    unsigned rank = NEVER;
    for (size_t i = 0; i < r->time_count; i++) {
        const karaka_time_mention *m = &r->times[i];
        if (m->last >= r->count || dates_other(r, c, type, m))
            continue;
        unsigned d = distance(r, c, top_of(r, m->first, m->last), AT);
        bool near = r->words[m->last].clause == r->words[token].clause;
        if (d == LOOSE && !near)
            d = go_together(r, karaka_words_finite(r, (int32_t)m->last), verb) ? LOOSE + 1 : NEVER;
        if (d < rank || (d == rank && d < NEVER && m->last < token)) {
            best = m;
            rank = d;
        }
    }
    return best;
}

/* ---- scene ----------------------------------------------------------------------------------------------------------
 */

static bool same_person(const karaka_reading *r, int32_t a, int32_t b) {
    if (a < 0 || b < 0)
        return false;
    const karaka_name *x = &r->names.items[a], *y = &r->names.items[b];
    return x->person && y->person ? x->person == y->person : strcmp(x->code, y->code) == 0;
}

/* The events of the next sentences by the same doer go on where the last happened. */
static void inherit(const karaka_reading *r, karaka_telling *t) {
    /* "X वोनसान पहुँचे, जहाँ उन्होंने Y से मुलाकात की": the sentence has a scene already */
    const karaka_scene *s = r->next_scene.place.text ? &r->next_scene : &r->scene;
    enum { BACK = 3 }; /* sentences */
    bool meets = type_is(t->type, "CONSULT"), hits = type_is(t->type, "ASSAULT");
    if (!s->place.text || s->sentence + BACK < r->index)
        return;
    bool same = false, speaks = type_is(t->type, "THREATEN ACCUSE REQUEST SUPPORT REJECT AGREE") && !s->wide;
    for (uint32_t i = 0; i < t->actor_count; i++)
        same |= same_person(r, t->actors[i], s->doer) &&
                (meets || r->names.items[t->actors[i]].kind != KARAKA_COUNTRY); /* a state speaks from anywhere */
    if ((same && (meets || speaks)) || (hits && s->type == t->type)) {
        t->place = s->place;
        t->wide = s->wide;
        if (!t->time.text && s->sentence != r->index)
            t->time = s->time;
    }
}

/* A court judges where it sits, and people strike where they live: "मुंबई की एक विशेष अदालत ने ..." */
static const karaka_spot *of_actor(const karaka_reading *r, const karaka_telling *t) {
    if (!type_is(t->type, "COERCE PROTEST") || !t->actor_count)
        return NULL;
    const karaka_name *n = &r->names.items[t->actors[0]];
    const char *role = strchr(n->code, ' ');
    if (n->sentence != r->index || (type_is(t->type, "COERCE") && !(role && strcmp(role, " JUD") == 0)))
        return NULL;
    for (uint32_t i = 0; i < r->spot_count; i++) {
        const karaka_spot *s = &r->spots[i];
        if (!s->wide && s->first <= n->last && (s->first >= n->first || r->words[s->last].head == (int32_t)n->head))
            return s;
    }
    return NULL;
}

void karaka_scene_tell(karaka_reading *r, const karaka_candidate *c, karaka_telling *t) {
    unsigned rank = NEVER;
    const karaka_spot *spot = choose_spot(r, c, t->type, &rank);
    const karaka_time_mention *time = choose_time(r, c, t->type);
    t->place = (karaka_place){.lat = NAN, .lon = NAN};
    if (!spot)
        spot = of_actor(r, t);
    if (spot) {
        t->place = spot->place;
        t->wide = spot->wide;
    }
    if (time)
        t->time = time->time;
    if (!spot)
        inherit(r, t);
    if (spot && rank < LOOSE)
        r->next_scene = (karaka_scene){.place = t->place,
                                       .time = t->time,
                                       .wide = t->wide,
                                       .sentence = r->index,
                                       .doer = t->actor_count ? t->actors[0] : -1,
                                       .type = t->type};
}

/* The finite verb of the clause that a spot is told in; -1 where it only tells of whom or of what the clause speaks. */
static int32_t told_in(const karaka_reading *r, const karaka_spot *s) {
    int32_t at = (int32_t)s->last, verb = karaka_words_finite(r, at);
    if (!(s->parts & AT) || s->wide || verb < 0 || r->words[verb].clause != r->words[at].clause)
        return -1;
    for (at = r->words[at].head; at >= 0 && at != verb; at = r->words[at].head)
        if (r->words[at].name >= 0 || (is_verb(r, at) && !describes(r, at) && !(r->words[at].classes & KARAKA_CONVERB)))
            return -1;
    return verb;
}

/* What is done without being an event sets the scene too: "X ने टोंक में रैली को संबोधित किया". */
void karaka_scene_leave(karaka_reading *r) {
    for (uint32_t i = 0; i < r->spot_count && !r->next_scene.place.text; i++) {
        const karaka_spot *s = &r->spots[i];
        int32_t verb = told_in(r, s), doer = verb >= 0 ? karaka_parts_doer(r, verb, 0) : -1;
        if (doer >= 0)
            r->next_scene = (karaka_scene){.place = s->place,
                                           .time = karaka_tell_time(r, (uint32_t)verb),
                                           .sentence = r->index,
                                           .doer = doer,
                                           .type = 255};
    }
    if (r->next_scene.place.text)
        r->scene = r->next_scene;
}

void karaka_scene_merge(karaka_telling *a, karaka_telling *b) {
    if (!a->time.text)
        a->time = b->time;
    else if (!b->time.text)
        b->time = a->time;
    bool finer = a->place.text && b->place.text && a->wide && !b->wide &&
                 (!b->place.country || (a->place.country && strcmp(a->place.country, b->place.country) == 0));
    bool coarser = a->place.text && b->place.text && !a->wide && b->wide &&
                   (!a->place.country || (b->place.country && strcmp(a->place.country, b->place.country) == 0));
    if ((!a->place.text && b->place.text) || finer) {
        a->place = b->place;
        a->wide = b->wide;
    } else if ((a->place.text && !b->place.text) || coarser) {
        b->place = a->place;
        b->wide = a->wide;
    }
}
