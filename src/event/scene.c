/* scene: see scene.h. scene_spots.c reads the places of a sentence, scene_reach.c says which of them, and which time,
 * is a predicate's; here they become the place and time of a telling, and go on from sentence to sentence. */
#include "event/scene_reach.h"

#include <math.h>

enum {
    AT = KARAKA_PART_BIT(KARAKA_AT),
    NO_EVENT = 255, /* type of a scene that no event told */
};

static bool same_person(const karaka_reading *r, int32_t a, int32_t b) {
    if (a < 0 || b < 0)
        return false;
    const karaka_name *x = &r->names.items[a], *y = &r->names.items[b];
    return x->person && y->person ? x->person == y->person : strcmp(x->code, y->code) == 0;
}

/* Whether somebody of the doer's country takes part. */
static bool of_country(const karaka_reading *r, const karaka_telling *t, int32_t doer) {
    if (doer < 0)
        return false;
    const char *code = r->names.items[doer].code;
    for (uint32_t i = 0; i < t->actor_count; i++)
        if (karaka_same_country(r->names.items[t->actors[i]].code, code))
            return true;
    for (uint32_t i = 0; i < t->recipient_count; i++)
        if (karaka_same_country(r->names.items[t->recipients[i]].code, code))
            return true;
    return false;
}

/* Whether a telling without a place of its own happens where the scene is. */
static bool goes_on(const karaka_reading *r, const karaka_telling *t, const karaka_scene *s) {
    const char *force = "ASSAULT COERCE PROTEST"; /* one runs into the other: protest, clashes, arrests */
    bool meets = karaka_type_is(t->type, "CONSULT");
    bool speaks = karaka_type_is(t->type, "THREATEN ACCUSE REQUEST") && !s->wide;
    for (uint32_t i = 0; i < t->actor_count && (meets || speaks); i++)
        if (same_person(r, t->actors[i], s->doer) &&
            (meets || r->names.items[t->actors[i]].kind != KARAKA_COUNTRY)) /* a state speaks from anywhere */
            return true;
    if (meets && !s->wide && (of_country(r, t, s->doer) || (s->doer < 0 && s->sentence + 1 >= r->index)))
        return true;
    if (karaka_type_is(t->type, "ASSAULT") && s->type == t->type)
        return true;
    return karaka_type_is(t->type, force) && s->sentence + 2 >= r->index &&
           (s->type == NO_EVENT || karaka_type_is(s->type, force));
}

static void inherit(const karaka_reading *r, karaka_telling *t) {
    /* "X वोनसान पहुँचे, जहाँ उन्होंने Y से मुलाकात की": the sentence has a scene already */
    const karaka_scene *s = r->next_scene.place.text ? &r->next_scene : &r->scene;
    enum { BACK = 3 }; /* sentences */
    if (!s->place.text || s->sentence + BACK < r->index || !goes_on(r, t, s))
        return;
    t->place = s->place;
    t->wide = s->wide;
    if (!t->time.text && s->sentence != r->index)
        t->time = s->time;
}

static void move_to(karaka_telling *t, const karaka_place *place, bool wide) {
    t->place = *place;
    t->wide = wide;
}

void karaka_scene_tell(karaka_reading *r, const karaka_candidate *c, karaka_telling *t) {
    unsigned rank = KARAKA_NEVER;
    const karaka_spot *spot = karaka_scene_spot(r, c, t, &rank);
    const karaka_time_mention *time = karaka_scene_time(r, c, t->type);
    t->place = (karaka_place){.lat = NAN, .lon = NAN};
    if (spot) {
        t->place = spot->place;
        t->wide = spot->wide;
    }
    if (time)
        t->time = time->time;
    if (!spot)
        inherit(r, t);
    if (spot && rank < KARAKA_LOOSE)
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
    if (!(s->parts & AT) || verb < 0 || r->words[verb].clause != r->words[at].clause)
        return -1;
    for (at = r->words[at].head; at >= 0 && at != verb; at = r->words[at].head)
        if (r->words[at].name >= 0 ||
            (karaka_scene_verb(r, at) && !karaka_scene_describes(r, at) && !(r->words[at].classes & KARAKA_CONVERB)))
            return -1;
    return verb;
}

/* The place told in the clause of `token`. */
static const karaka_spot *clause_spot(const karaka_reading *r, uint32_t token) {
    for (uint32_t i = 0; i < r->spot_count; i++)
        if ((r->spots[i].parts & AT) && r->words[r->spots[i].last].clause == r->words[token].clause)
            return &r->spots[i];
    return NULL;
}

/* "This attack was in ...": the place and time of what the sentences before told. */
static void look_back(karaka_reading *r) {
    enum { BACK = 3 };
    for (uint32_t i = 1; i < r->count; i++) {
        if (!(r->words[i - 1].classes & KARAKA_THIS) || r->words[i].pos != POS_NOUN)
            continue;
        const karaka_spot *spot = clause_spot(r, i);
        for (size_t k = r->tellings.count; k-- > 0 && r->tellings.items[k].sentence + BACK >= r->index;) {
            karaka_telling *t = &r->tellings.items[k];
            if (t->sentence == r->index || t->key != r->words[i].lemma)
                continue;
            if (!t->time.text)
                t->time = karaka_tell_time(r, i);
            if (spot && (!t->place.text || (t->wide && !spot->wide)))
                move_to(t, &spot->place, spot->wide);
        }
    }
}

static bool same_land(const karaka_place *a, const karaka_place *b) {
    return a->country && b->country && strcmp(a->country, b->country) == 0;
}

/* What a sentence tells of its scene holds for the sentence before: "X visits Japan. He met ... in Tokyo"; "X warned
 * ... X spoke at a meeting in Tokyo on Friday". */
static void tell_back(karaka_reading *r, const karaka_scene *now) {
    for (size_t k = r->tellings.count; k-- > 0 && r->tellings.items[k].sentence + 1 >= r->index;) {
        karaka_telling *t = &r->tellings.items[k];
        if (t->sentence == r->index)
            continue;
        if (t->place.text && t->wide && same_land(&t->place, &now->place))
            move_to(t, &now->place, false);
        bool same = t->actor_count && same_person(r, t->actors[0], now->doer);
        bool other = t->time.text && now->time.text && strcmp(t->time.text, now->time.text) != 0;
        if (!same || other || t->place.text || !karaka_type_is(t->type, "THREATEN ACCUSE REQUEST CONSULT"))
            continue;
        move_to(t, &now->place, false);
        if (!t->time.text)
            t->time = now->time;
    }
}

/* What is done without being an event sets the scene too: "X ने टोंक में रैली को संबोधित किया". */
void karaka_scene_leave(karaka_reading *r) {
    for (uint32_t i = 0; i < r->spot_count && !r->next_scene.place.text; i++) {
        const karaka_spot *s = &r->spots[i];
        int32_t verb = told_in(r, s), doer = verb >= 0 ? karaka_parts_doer(r, verb, 0) : -1;
        bool stays = s->wide && r->scene.place.text && !r->scene.wide && r->scene.sentence + 2 >= r->index;
        if (verb >= 0 && !stays)
            r->next_scene = (karaka_scene){.place = s->place,
                                           .time = karaka_tell_time(r, (uint32_t)verb),
                                           .wide = s->wide,
                                           .sentence = r->index,
                                           .doer = doer,
                                           .type = NO_EVENT};
    }
    look_back(r);
    if (r->next_scene.place.text && !r->next_scene.wide)
        tell_back(r, &r->next_scene);
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
