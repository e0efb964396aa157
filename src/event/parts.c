/* parts: who plays which part for a predicate.
 *
 * In: names with their markers, the tree, the table roles. Out: a frame: each name that has to do with the predicate,
 * the parts it may play, and how surely (rank).
 * Example: "रूस ने यूक्रेन पर हमला किया": रूस (k1, ने) doer rank 0; यूक्रेन (k7, पर) target rank 0.
 */
#include "event/reading.h"

uint32_t karaka_parts_lookup(const karaka_lexicon *l, karaka_key relation, uint32_t marker, bool verb_head) {
    const karaka_marker *m = &l->markers.items[marker];
    uint32_t any = 0;
    for (size_t i = 0; i < m->rows.count; i++) {
        const karaka_role_row *row = &m->rows.items[i];
        if (row->head && (row->head == 1) != verb_head)
            continue;
        if (row->relation_count == 0)
            any |= any ? 0 : row->parts;
        for (uint32_t k = 0; k < row->relation_count; k++)
            if (row->relations[k] == relation)
                return row->parts;
    }
    return any;
}

static bool is_verb(const karaka_reading *r, int32_t token) {
    return token >= 0 && (r->words[token].pos == POS_VERB || r->words[token].pos == POS_AUX);
}

/* Up from a member of a coordination to the word that stands for all of it. */
static int32_t top_of_group(const karaka_reading *r, int32_t token) {
    for (unsigned i = 0; i < KARAKA_CLIMB && karaka_word_is(r, token, KARAKA_CONJUNCT); i++) {
        int32_t head = r->words[token].head;
        if (head < 0 || r->words[head].pos != POS_CCONJ)
            break;
        token = head;
    }
    return token;
}

/* The word by which a name hangs in the tree: a marker of several words may hold a noun of its own ("की अगुवाई में"). */
static int32_t top_of_name(const karaka_reading *r, const karaka_name *n) {
    int32_t top = top_of_group(r, (int32_t)n->head), head = r->words[top].head;
    uint32_t from = n->marker_last < n->first ? n->marker_first : n->end + 1; /* before the name, or after it */
    if (n->marker && head >= (int32_t)from && head <= (int32_t)n->marker_last && n->marker_last > from)
        return top_of_group(r, head);
    return top;
}

/* The marker of the phrase that `token` heads: with a conjunction, that of the member next to it. */
static uint32_t marker_of(const karaka_reading *r, int32_t token) {
    int32_t member = token;
    bool first = r->lexicon->settings->markers_before;
    if (r->words[token].pos == POS_CCONJ)
        for (int32_t c = r->words[token].first_child; c >= 0; c = r->words[c].next_child)
            if (karaka_word_is(r, c, KARAKA_CONJUNCT) && (member == token || !first))
                member = c;
    return karaka_marker_at(r, member);
}

/* "in a Norwegian strike": the marker before the name is that of the noun which it describes. */
static bool lends_marker(const karaka_reading *r, const karaka_name *n, int32_t top) {
    int32_t head = r->words[top].head;
    if (!r->lexicon->settings->markers_before || !n->marker || n->marker_last >= n->first || head <= (int32_t)n->end ||
        is_verb(r, head))
        return false;
    for (int32_t t = (int32_t)n->end + 1; t < head; t++)
        if (r->words[t].pos != POS_NOUN && r->words[t].pos != POS_PROPN && r->words[t].pos != POS_ADJ &&
            r->words[t].pos != POS_NUM)
            return false;
    return true;
}

/* The marker of a name; in a coordination that of its last member ("नीरव मोदी और दस अन्य के खिलाफ"). */
static uint32_t marker_of_name(const karaka_reading *r, const karaka_name *n, int32_t top) {
    if (lends_marker(r, n, top))
        return 0;
    return n->marker || r->words[top].pos != POS_CCONJ ? n->marker : marker_of(r, top);
}

/* A person or organisation that the tree made part of its neighbour ("लावरोव उत्तर कोरिया के राष्ट्रपति से मिले"). */
static bool runs_on(const karaka_reading *r, const karaka_name *n, int32_t head) {
    if (n->marker || head < 0 || n->kind == KARAKA_COUNTRY || n->kind == KARAKA_ADJECTIVE || r->words[head].name < 0)
        return false;
    const karaka_name *o = &r->names.items[r->words[head].name];
    return o->sentence == r->index && o->group != n->group && o->first == n->end + 1;
}

uint32_t karaka_parts_of_name(const karaka_reading *r, const karaka_name *n, int32_t *head) {
    int32_t top = top_of_name(r, n);
    *head = r->words[top].head;
    if (runs_on(r, n, *head)) {
        *head = -1;
        return 0;
    }
    return karaka_parts_lookup(r->lexicon, r->words[top].relation, marker_of_name(r, n, top), is_verb(r, *head));
}

static void add(karaka_reading *r, karaka_frame *frame, int32_t name, uint32_t parts, uint32_t rank,
                uint32_t distance) {
    if (!parts)
        return;
    uint32_t group = r->names.items[name].group;
    for (uint32_t i = 0; i < frame->count; i++) {
        karaka_filler *f = &frame->fillers[i];
        if (f->name == name || (r->names.items[f->name].group == group && f->parts == parts)) {
            if (rank < f->rank) {
                f->rank = rank;
                f->parts = parts;
                f->distance = distance;
            }
            return;
        }
    }
    if (frame->count < KARAKA_FILLERS)
        frame->fillers[frame->count++] =
            (karaka_filler){.name = name, .parts = parts, .rank = rank, .distance = distance};
}

/* A verb that stands before a noun as its attribute ("X को मिलने वाली मदद", "बढ़ती साझेदारी"). */
static bool is_participle(const karaka_reading *r, int32_t verb) {
    int32_t head = r->words[verb].head;
    if ((r->words[verb].classes & KARAKA_INFINITIVE) &&
        !(verb + 1 < (int32_t)r->count && (r->words[verb + 1].classes & KARAKA_INTENDED)))
        return false;
    return (r->words[verb].classes & (KARAKA_DOER_INSIDE | KARAKA_OBJECT_INSIDE)) ||
           (head > verb && (r->words[head].pos == POS_NOUN || r->words[head].pos == POS_PROPN));
}

enum {
    INSIDE = KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_MODIFIER) | KARAKA_PART_BIT(KARAKA_BY) |
             KARAKA_PART_BIT(KARAKA_DOER) | KARAKA_PART_BIT(KARAKA_BETWEEN) | KARAKA_PART_BIT(KARAKA_COMPANION)
};

/* A city or region acts or is spoken to; it owns nothing, and a place's name is only a goal. */
static bool may_stand(const karaka_name *n, uint32_t *parts, uint32_t rank) {
    static const uint32_t city = KARAKA_PART_BIT(KARAKA_DOER) | KARAKA_PART_BIT(KARAKA_ADDRESSEE) |
                                 KARAKA_PART_BIT(KARAKA_COMPANION) | KARAKA_PART_BIT(KARAKA_BY) |
                                 KARAKA_PART_BIT(KARAKA_FROM) | KARAKA_PART_BIT(KARAKA_BETWEEN) |
                                 KARAKA_PART_BIT(KARAKA_TARGET) | KARAKA_PART_BIT(KARAKA_AGAINST) |
                                 KARAKA_PART_BIT(KARAKA_TO) | KARAKA_PART_BIT(KARAKA_AT);
    static const uint32_t place =
        KARAKA_PART_BIT(KARAKA_TO) | KARAKA_PART_BIT(KARAKA_AT) | KARAKA_PART_BIT(KARAKA_TARGET);
    static const uint32_t victim = KARAKA_PART_BIT(KARAKA_OBJECT) | KARAKA_PART_BIT(KARAKA_TARGET) |
                                   KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_AGAINST) |
                                   KARAKA_PART_BIT(KARAKA_ADDRESSEE) | KARAKA_PART_BIT(KARAKA_COMPANION) |
                                   KARAKA_PART_BIT(KARAKA_FROM);
    static const uint32_t side = KARAKA_PART_BIT(KARAKA_MODIFIER) | KARAKA_PART_BIT(KARAKA_AGAINST);
    /* "own" only says whose; people without a marker before a noun describe it ("आतंकी हमला"). */
    bool describes =
        n->kind == KARAKA_PEOPLE_ROLE && !n->marker &&
        (n->adjective || (n->first == n->last && (rank == 1 || *parts == KARAKA_PART_BIT(KARAKA_MODIFIER))));
    if (n->reflexive || describes)
        *parts = 0;
    else if (n->sided)
        *parts &= side;
    else if (n->kind == KARAKA_VICTIMS)
        *parts &= victim;
    else if (n->kind == KARAKA_CAPITAL || n->kind == KARAKA_REGION)
        *parts &= rank || n->code[0] == '-' ? 0 : city; /* a sea does nothing */
    else if (n->kind == KARAKA_PLACE_NAME)
        *parts &= rank == 1 ? 0 : place;
    return *parts != 0;
}

/* Climbs from a name to the predicate's words; what part it plays there and how far inside. 0: it does not get there.
 */
static uint32_t climb(const karaka_reading *r, const karaka_name *n, int32_t noun, int32_t verb, uint32_t *rank) {
    int32_t top = top_of_name(r, n), head = r->words[top].head;
    bool own = noun >= (int32_t)n->first && noun <= (int32_t)n->last && n->kind != KARAKA_UNKNOWN;
    if (own && verb >= 0 && r->lexicon->settings->content_heads) { /* "freed activist X": the noun names who it is */
        *rank = 0;
        return head == verb ? karaka_parts_lookup(r->lexicon, r->words[top].relation, n->marker, true) : 0;
    }
    uint32_t marker = marker_of_name(r, n, top), given = 0; /* given: its part for the participle just below */
    *rank = 0;
    if (runs_on(r, n, head))
        return 0;
    for (unsigned step = 0; head >= 0 && step < KARAKA_CLIMB; step++) {
        bool verb_head = is_verb(r, head);
        uint32_t parts = karaka_parts_lookup(r->lexicon, r->words[top].relation, marker, verb_head);
        if (head == noun || head == verb) {
            if (top == noun || top == verb) /* inside the predicate's own noun */
                return 0;
            if (n->kind == KARAKA_ADJECTIVE && step == 0 && !marker)
                parts = KARAKA_PART_BIT(KARAKA_MODIFIER);
            if (given && head == noun) /* "X को दी जाने वाली सहायता" */
                return given;
            return parts;
        }
        if (verb_head && (r->words[head].classes & KARAKA_FINITE))
            return 0;
        if (verb_head && r->words[head].head == noun && noun >= 0 && (r->words[head].classes & KARAKA_OCCUR))
            return parts; /* "X और Y के बीच हुई बातचीत": the participle only lets it be */
        if (*rank < 4 && verb_head)
            *rank = is_participle(r, head) && ((parts & (INSIDE | KARAKA_PART_BIT(KARAKA_ADDRESSEE))) ||
                                               ((parts & KARAKA_PART_BIT(KARAKA_AT)) && n->kind == KARAKA_COUNTRY &&
                                                (r->words[head].classes & KARAKA_OCCUR)))
                        ? 1
                        : 4;
        else if (*rank < 4 && !(is_verb(r, top) && is_participle(r, top)))
            *rank = (parts & INSIDE) || r->words[top].pos == POS_CCONJ || r->words[head].pos == POS_CCONJ ? 1 : 4;
        given = verb_head && step == 0 && *rank == 1 ? parts & KARAKA_PART_BIT(KARAKA_ADDRESSEE) : 0;
        top = top_of_group(r, head);
        head = r->words[top].head;
        marker = marker_of(r, top);
    }
    return 0;
}

static bool verb_between(const karaka_reading *r, uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to; t++)
        if (r->words[t].pos == POS_VERB && !((r->words[t].classes & KARAKA_OCCUR) && is_participle(r, (int32_t)t)))
            return true; /* "हुए" in "में हुए चुनाव का" takes nothing for itself */
    return false;
}

/* The parts of the phrase that a name owns, by its marker: "अमेरिकी ठिकानों पर" -> target. 0: it owns none left of
 * `left`. */
static uint32_t of_owned(const karaka_reading *r, const karaka_name *n, uint32_t left, int32_t *owner) {
    int32_t head = -1;
    if (n->reflexive)
        return 0;
    uint32_t inside = karaka_parts_of_name(r, n, &head);
    if (head >= 0 && is_verb(r, head) && is_participle(r, head))
        head = inside & (INSIDE | KARAKA_PART_BIT(KARAKA_ADDRESSEE)) ? r->words[head].head : -1;
    else if (!(inside & (KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_MODIFIER))))
        return 0;
    if (head <= (int32_t)n->end || head >= (int32_t)left || is_verb(r, head) || r->words[head].name >= 0 ||
        karaka_is_city(n->kind))
        return 0;
    uint32_t marker = marker_of(r, head);
    *owner = head;
    uint32_t parts = marker ? karaka_parts_lookup(r->lexicon, 0, marker, true) : 0;
    return parts & ~(KARAKA_PART_BIT(KARAKA_DOER) | KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_AT));
}

/* Whether a genitive that does not stand before the noun is its owner all the same: with whom the act is done stands
 * between ("X की Y के साथ बैठक"). */
static bool owns_beyond(const karaka_reading *r, const karaka_name *n, uint32_t left) {
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *o = &r->names.items[i];
        if (o->marker && o->marker_last + 1 == left && o->first > n->marker_last &&
            (karaka_parts_lookup(r->lexicon, 0, o->marker, true) & KARAKA_PART_BIT(KARAKA_COMPANION)) &&
            !verb_between(r, n->end + 1, left))
            return true;
    }
    return false;
}

/* Whether another verb, or a noun that owns the name, stands between them. */
static bool is_kept_off(const karaka_reading *r, const karaka_name *n, uint32_t anchor) {
    uint32_t from = n->end < anchor ? n->end + 1 : anchor + 1, to = n->end < anchor ? anchor : n->first;
    for (uint32_t t = from; t < to; t++)
        if (r->words[t].pos == POS_VERB)
            return true;
    return false;
}

/* Where the verb stands in the midst of its clause: names on both sides, by their markers alone; without one, before
 * the verb is the doer, behind it the object (in the passive the other way round). */
static void by_side(karaka_reading *r, karaka_frame *frame, int32_t noun, int32_t verb) {
    uint32_t anchor = (uint32_t)(verb >= 0 ? verb : noun);
    bool passive = karaka_parts_passive(r, verb);
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        uint32_t parts = karaka_parts_lookup(r->lexicon, 0, n->marker, true), rank = 2;
        bool left = n->end < anchor;
        if (r->words[n->head].clause != r->words[anchor].clause || (n->first <= anchor && anchor <= n->end))
            continue;
        if (!n->marker)
            parts = verb < 0                                                  ? 0
                    : left                                                    ? KARAKA_PART_BIT(KARAKA_DOER)
                    : r->words[n->head].relation != r->words[anchor].relation ? KARAKA_PART_BIT(KARAKA_OBJECT)
                                                                              : 0;
        if (!n->marker && passive)
            parts = left ? KARAKA_PART_BIT(KARAKA_OBJECT) : 0;
        if (!n->marker && noun >= 0 && n->end + 1 == (uint32_t)noun)
            parts = KARAKA_PART_BIT(KARAKA_MODIFIER);
        if (is_kept_off(r, n, anchor) || ((parts & KARAKA_PART_BIT(KARAKA_OF)) && noun < 0))
            rank = 4;
        uint32_t away = left ? anchor - n->last : n->first - anchor;
        if (may_stand(n, &parts, 0))
            add(r, frame, (int32_t)i, parts, rank, away);
    }
}

/* Names to the left in the same surface clause, by their markers alone. */
static void by_order(karaka_reading *r, karaka_frame *frame, int32_t noun, int32_t verb) {
    int32_t anchor = verb >= 0 ? verb : noun;
    uint32_t left = (uint32_t)(noun >= 0 && noun < anchor ? noun : anchor), clause = r->words[anchor].clause;
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        if (n->first > left || r->words[n->head].clause != clause)
            continue;
        uint32_t parts = karaka_parts_lookup(r->lexicon, 0, n->marker, true), rank = 2;
        bool adjacent = n->marker ? n->marker_last + 1 == left : n->end + 1 == left;
        int32_t owned_head = -1;
        uint32_t owned = adjacent ? 0 : of_owned(r, n, left, &owned_head);
        if (owned)
            add(r, frame, (int32_t)i, owned, verb_between(r, (uint32_t)owned_head + 1, left) ? 4 : 3, left - n->last);
        if (!n->marker)
            parts = adjacent && noun >= 0 ? KARAKA_PART_BIT(KARAKA_MODIFIER) : 0;
        if ((parts & KARAKA_PART_BIT(KARAKA_OF)) && !adjacent) {
            if (noun < 0 || !owns_beyond(r, n, left))
                continue;
            parts = KARAKA_PART_BIT(KARAKA_OF);
        }
        /* A verb between takes the name for itself, if it is not a doer. */
        if (!(parts & KARAKA_PART_BIT(KARAKA_DOER)) && verb_between(r, n->end + 1, left))
            rank = 4;
        if (may_stand(n, &parts, 0))
            add(r, frame, (int32_t)i, parts, rank, left - n->last);
    }
}

/* ---- doers ----------------------------------------------------------------------------------------------------------
 */

/* The doer by the tree among the children of `verb`: a name, -1, or -2 for somebody unknown. */
static int32_t doer_child(const karaka_reading *r, int32_t verb) {
    int32_t found = -1;
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        if (!karaka_word_is(r, c, KARAKA_SUBJECT))
            continue;
        int32_t word = c;
        if (r->words[c].pos == POS_CCONJ)
            for (int32_t m = r->words[c].first_child; m >= 0; m = r->words[m].next_child)
                if (r->words[m].name >= 0) {
                    word = m;
                    break;
                }
        if (r->words[word].name >= 0)
            return r->words[word].name;
        found = -2;
    }
    return found;
}

bool karaka_parts_passive(const karaka_reading *r, int32_t verb) {
    if (r->lexicon->settings->content_heads)
        return verb >= 0 && r->words[verb].passive;
    for (int32_t c = verb >= 0 ? r->words[verb].first_child : -1; c >= 0; c = r->words[c].next_child)
        if (karaka_word_is(r, c, KARAKA_PASSIVE) && r->words[c].pos == POS_AUX && c > verb) {
            /* the participle before it tells passive ("किया गया") from mere aspect ("आ गया") by its doer: none with ने
             */
            return true;
        }
    return false;
}

/* The nearest bare name before the verb in its clause that the tree gives no other part: -1: none. */
static int32_t doer_beside(const karaka_reading *r, int32_t verb) {
    for (size_t i = r->names.count; i-- > r->names_from && !karaka_parts_passive(r, verb);) {
        const karaka_name *n = &r->names.items[i];
        int32_t head = -1;
        if (n->marker || n->end >= (uint32_t)verb || r->words[n->head].clause != r->words[verb].clause ||
            n->kind == KARAKA_ADJECTIVE || n->kind == KARAKA_PLACE_NAME || is_kept_off(r, n, (uint32_t)verb))
            continue;
        uint32_t parts = karaka_parts_of_name(r, n, &head);
        if (!parts || (parts & KARAKA_PART_BIT(KARAKA_DOER)))
            return (int32_t)i;
    }
    return -1;
}

/* The nearest name to the left, in the same surface clause, whose marker says doer. */
static int32_t doer_left(const karaka_reading *r, int32_t verb) {
    if (!r->lexicon->settings->verb_final)
        return doer_beside(r, verb);
    for (size_t i = r->names.count; i-- > r->names_from;) {
        const karaka_name *n = &r->names.items[i];
        if (n->marker && n->last < (uint32_t)verb && r->words[n->head].clause == r->words[verb].clause &&
            (karaka_parts_lookup(r->lexicon, 0, n->marker, true) & KARAKA_PART_BIT(KARAKA_DOER)))
            return (int32_t)i;
    }
    /* The marker of a doer after a word that no table knows. */
    for (int32_t i = verb; i-- > 0 && r->words[i].clause == r->words[verb].clause;) {
        karaka_stretch at;
        uint32_t marker = r->words[i].pos == POS_ADP ? karaka_marker_of(r, (uint32_t)i - 1, (uint32_t)i - 1, &at) : 0;
        if (marker && at.last == (uint32_t)i &&
            karaka_parts_lookup(r->lexicon, 0, marker, true) == KARAKA_PART_BIT(KARAKA_DOER))
            return -2;
    }
    /* Without a marker: the first bare name of the clause that modifies nothing. */
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        if (n->marker || n->last >= (uint32_t)verb || r->words[n->head].clause != r->words[verb].clause ||
            n->kind == KARAKA_ADJECTIVE || karaka_is_city(n->kind) || karaka_parts_passive(r, verb))
            continue;
        int32_t head = -1;
        uint32_t parts = karaka_parts_of_name(r, n, &head);
        const karaka_name *next = head >= 0 && r->words[head].name >= 0 ? &r->names.items[r->words[head].name] : NULL;
        if (next && next->first == n->end + 1 && next->marker && !n->marker)
            parts = 0; /* "अमेरिका वेनेजुएला पर ...": two names that the tree made one */
        bool adjacent = n->end + 1 < r->count && r->words[n->end + 1].name < 0 &&
                        (r->words[n->end + 1].pos == POS_NOUN || r->words[n->end + 1].pos == POS_PROPN ||
                         r->words[n->end + 1].pos == POS_VERB);
        if ((!parts || (parts & KARAKA_PART_BIT(KARAKA_DOER))) && !adjacent)
            return (int32_t)i;
    }
    return -1;
}

int32_t karaka_parts_doer(karaka_reading *r, int32_t verb, unsigned depth) {
    karaka_word *w = &r->words[verb];
    if (w->doer != -3)
        return w->doer;
    w->doer = -1; /* against loops */
    int32_t doer = doer_child(r, verb);
    if (doer == -1 && (w->classes & KARAKA_DOER_INSIDE))
        doer = w->head >= 0 && r->words[w->head].name >= 0 ? r->words[w->head].name : -2;
    if (doer == -1)
        doer = doer_left(r, verb);
    if (doer == -1 && depth < KARAKA_CLIMB && !karaka_parts_passive(r, verb)) {
        int32_t head = w->head;
        if (karaka_word_is(r, verb, KARAKA_CONJUNCT) && head >= 0 && r->words[head].pos == POS_CCONJ) {
            for (int32_t c = r->words[head].first_child; c >= 0 && c < verb; c = r->words[c].next_child)
                if (is_verb(r, c) && karaka_parts_doer(r, c, depth + 1) >= 0)
                    doer = r->words[c].doer;
        }
        if (doer == -1 && r->lexicon->settings->content_heads && karaka_word_is(r, verb, KARAKA_CONJUNCT) &&
            head >= 0 && r->words[head].pos == POS_VERB)
            doer = karaka_parts_doer(r, head, depth + 1);
        /* A converb, an infinitive, a participle: the doer of what governs it; not across a clause's border. */
        for (unsigned step = 0; doer == -1 && head >= 0 && step < KARAKA_CLIMB && !(w->classes & KARAKA_FINITE);
             step++) {
            if (is_verb(r, head)) {
                doer = karaka_parts_doer(r, head, depth + 1);
                break;
            }
            head = r->words[head].head;
        }
    }
    w->doer = doer;
    return doer;
}

/* The doer where none is told in the clause: of the clauses before, then of the sentences before. */
int32_t karaka_parts_dropped_doer(const karaka_reading *r, int32_t verb) {
    for (size_t i = r->names.count; i-- > r->names_from;) {
        const karaka_name *n = &r->names.items[i];
        if (n->last >= (uint32_t)verb || r->words[n->head].clause >= r->words[verb].clause ||
            n->kind == KARAKA_PLACE_NAME)
            continue;
        int32_t head = -1;
        if (karaka_parts_of_name(r, n, &head) & KARAKA_PART_BIT(KARAKA_DOER))
            return (int32_t)i;
    }
    return r->words[verb].clause == 0 ? r->last_doer : -1;
}

static bool stand_together(const karaka_reading *r, int32_t a, int32_t b) {
    for (int32_t i = a + 1; i < b; i++)
        if (r->words[i].pos != POS_CCONJ && r->words[i].pos != POS_ADV && r->words[i].pos != POS_AUX)
            return false;
    return true;
}

/* "X was accused and threatened by Y": what stands before the first of two joined verbs, and behind the last of two
 * that stand together, is shared by both. */
static void add_shared(karaka_reading *r, karaka_frame *frame, int32_t verb) {
    int32_t joint = r->words[verb].head;
    if (!r->lexicon->settings->content_heads || joint < 0 || r->words[joint].pos != POS_CCONJ ||
        !karaka_word_is(r, verb, KARAKA_CONJUNCT))
        return;
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        int32_t other = -1;
        uint32_t parts = karaka_parts_of_name(r, n, &other);
        if (other < 0 || other == verb || r->words[other].head != joint || r->words[other].pos != POS_VERB)
            continue;
        bool left = n->end < (uint32_t)other;
        bool shared = left ? other < verb && karaka_parts_passive(r, verb) == karaka_parts_passive(r, other)
                           : verb < other && stand_together(r, verb, other);
        if (shared && may_stand(n, &parts, 0))
            add(r, frame, (int32_t)i, parts, 1, left ? (uint32_t)verb - n->last : n->first - (uint32_t)verb);
    }
}

void karaka_parts_find(karaka_reading *r, karaka_frame *frame, int32_t noun, int32_t verb) {
    frame->count = 0;
    frame->doer_unknown = false;
    for (size_t i = r->names_from; i < r->names.count; i++) {
        uint32_t rank = 0, parts = climb(r, &r->names.items[i], noun, verb, &rank);
        if ((parts & KARAKA_PART_BIT(KARAKA_OF)) && karaka_parts_passive(r, verb))
            parts &= ~(uint32_t)KARAKA_PART_BIT(KARAKA_DOER); /* "X का स्वागत किया गया" */
        if (parts && may_stand(&r->names.items[i], &parts, rank)) {
            uint32_t at = r->names.items[i].last, anchor = (uint32_t)(noun >= 0 ? noun : verb);
            add(r, frame, (int32_t)i, parts, rank, at < anchor ? anchor - at : at - anchor);
        }
    }
    if (r->lexicon->settings->verb_final)
        by_order(r, frame, noun, verb);
    else
        by_side(r, frame, noun, verb);
    if (verb < 0)
        return;
    add_shared(r, frame, verb);
    int32_t doer = karaka_parts_doer(r, verb, 0);
    if (doer == -2 && noun >= 0) { /* the predicate's own noun is no doer */
        bool other = false;
        for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child)
            other |= karaka_word_is(r, c, KARAKA_SUBJECT) && c != noun;
        frame->doer_unknown = other;
    } else if (doer == -2)
        frame->doer_unknown = true;
    else if (doer == -1 && r->lexicon->settings->verb_final && !karaka_parts_passive(r, verb) &&
             (r->words[verb].classes & KARAKA_FINITE) && !(r->words[verb].classes & KARAKA_OCCUR))
        doer = karaka_parts_dropped_doer(r, verb);
    if (doer >= 0 && !karaka_parts_passive(r, verb))
        add(r, frame, doer, KARAKA_PART_BIT(KARAKA_DOER), 3, 0);
    if ((r->words[verb].classes & KARAKA_OBJECT_INSIDE) && r->words[verb].head >= 0 &&
        r->words[r->words[verb].head].name >= 0)
        add(r, frame, r->words[r->words[verb].head].name, KARAKA_PART_BIT(KARAKA_OBJECT), 1, 0);
}
