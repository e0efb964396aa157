/* scene_spots: the phrases of a sentence that name a place.
 *
 * In: the places of the gazetteer, the words for sites and houses, the tree. Out: r->spots with the whole phrase and
 * what its marker makes of it. Example: "दिल्ली के हैदराबाद हाउस में" -> one spot, coordinates of Delhi, at.
 */
#include "event/reading.h"

#include <math.h>
#include <string.h>

enum {
    AT = KARAKA_PART_BIT(KARAKA_AT),
};

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

/* A proper noun in which something is said to happen, though no table knows it: "माउंट आबू में", "साणंद में". */
static bool is_unlisted(const karaka_reading *r, uint32_t token) {
    uint32_t marker = karaka_marker_at(r, (int32_t)token);
    uint32_t parts = marker ? karaka_parts_lookup(r->lexicon, r->words[token].relation, marker, true) : 0;
    if (r->words[token].pos != POS_PROPN || r->words[token].name >= 0 || !(parts & AT) ||
        karaka_phrasebook_step(&r->lexicon->phrases, KARAKA_SET_NOUN, r->words[token].lemma))
        return false; /* "X सम्मेलन में": what happens, not where */
    for (size_t i = 0; i < r->time_count; i++)
        if (r->times[i].first <= token && token <= r->times[i].last)
            return false;
    return true;
}

/* A common noun with a name before it, in which something happens: "बेलूर मठ में". */
static bool is_called(const karaka_reading *r, uint32_t token) {
    uint32_t marker = karaka_marker_at(r, (int32_t)token);
    return marker && token > 0 && r->words[token].pos == POS_NOUN && r->words[token - 1].pos == POS_PROPN &&
           r->words[token - 1].head == (int32_t)token && (r->words[token - 1].classes & KARAKA_NAME_PART) &&
           (karaka_parts_lookup(r->lexicon, r->words[token].relation, marker, true) & AT) &&
           !karaka_phrasebook_step(&r->lexicon->phrases, KARAKA_SET_NOUN, r->words[token].lemma);
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
        if (m || is_site(r, t) || is_unlisted(r, t) || is_called(r, t))
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

/* A capital that the gazetteer takes for a common word. */
static bool names_place(const karaka_reading *r, uint32_t token) {
    int32_t name = r->words[token].name;
    return name >= 0 && r->names.items[name].kind == KARAKA_CAPITAL && r->names.items[name].first == token &&
           r->names.items[name].last == token;
}

static void add_spot(karaka_reading *r, uint32_t first, uint32_t last, const karaka_place_mention *m) {
    if (r->spot_count == KARAKA_SPOTS)
        return;
    const karaka_token *tokens = r->sentence->tokens;
    karaka_spot s = {.first = first, .last = last, .marker_last = last, .place = {.lat = NAN, .lon = NAN}};
    s.house = is_site(r, last);
    s.unlisted = !m && !names_place(r, last) && (!s.house || is_class(r, last, KARAKA_SITE));
    if (m) {
        s.place = m->place;
        s.wide = m->country && !s.house;
    }
    karaka_stretch at;
    uint32_t marker = karaka_marker_of(r, first, last, &at);
    s.marker_last = at.last > last ? at.last : last;
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
        if (t >= taken && !m && names_place(r, t)) {
            add_spot(r, t, t, NULL);
            taken = t + 1;
            continue;
        }
        bool house = is_class(r, t, KARAKA_HOUSE) && r->words[t].pos != POS_VERB, unlisted = is_unlisted(r, t);
        if (t < taken || (!m && !house && !unlisted))
            continue;
        uint32_t first = m ? m->first : house_start(r, t), last = grow(r, m ? m->last : t);
        if (!m && !unlisted && first == t && !(r->words[t].pos == POS_PROPN || r->words[t].name >= 0))
            continue; /* a mere "house" */
        add_spot(r, first < taken ? taken : first, last, narrowest(r, first, last));
        taken = last + 1;
        t = last;
    }
}
