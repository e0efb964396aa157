/* owners: whose a role noun is, by what stands before and behind it; what stands in apposition.
 *
 * In: the pieces of the sentence. Out: whether a name owns the role noun behind it ("X के विदेश मंत्री"); the piece that
 * owns one from behind ("president of X", "police in X", "spokesman for the X ministry"), where markers stand before
 * their phrase; names that an apposition gives a second time are one name.
 * Example: "Jane Doe, the foreign minister of X, ..." -> one party, X GOV.
 */
#include "event/reading.h"

#include <string.h>

/* ---- before the role noun -------------------------------------------------------------------------------------------
 */

/* "X के (new) ROLE", "X ROLE": whether the unit before reaches the role noun at token `first`. */
static bool reaches(const karaka_reading *r, const karaka_name *owner, uint32_t first, uint8_t role_kind) {
    uint32_t at = owner->end + 1, limit = 3;
    bool person = karaka_is_person(owner->kind);
    if (owner->sided && !person)
        return false;
    if (owner->marker && owner->marker_last > owner->end + 1 && owner->marker_last < first)
        return false; /* "ईरान के साथ राजनयिक": a longer marker is no genitive */
    if (first < at)
        return owner->first < first || owner->end < first;
    bool genitive = at < first && r->words[at].genitive;
    if (owner->referring && owner->marker && owner->end + 1 <= first)
        genitive = karaka_parts_lookup(r->lexicon, 0, owner->marker, false) & KARAKA_PART_BIT(KARAKA_OF);
    if (at < first && r->words[at].genitive) {
        at++;
        limit = 5;
    } else if (!genitive) {
        if (owner->kind == KARAKA_TITLE_ROLE || owner->kind == KARAKA_PEOPLE_ROLE || owner->referring)
            return false;
        if (person)
            return role_kind == KARAKA_BODY_ROLE && at == first;
        if (owner->kind == KARAKA_COUNTRY && role_kind == KARAKA_PEOPLE_ROLE)
            return false; /* "पाकिस्तान आतंकियों को": two parties */
        if ((owner->kind == KARAKA_BODY_ROLE || owner->kind == KARAKA_ORGAN) && role_kind == KARAKA_PEOPLE_ROLE)
            return false; /* "सरकार किसानों को": two parties */
        limit = owner->kind == KARAKA_ADJECTIVE ? 4 : 2;
    }
    if (first - at > limit)
        return false;
    for (; at < first; at++) {
        uint8_t pos = r->words[at].pos;
        if (pos != POS_ADJ && pos != POS_NOUN && pos != POS_PROPN && pos != POS_NUM && pos != POS_DET &&
            pos != POS_ADV && !(pos == POS_PRON && r->words[at].name < 0) && !(r->words[at].classes & KARAKA_PARTICLE))
            return false;
        if (pos == POS_NOUN && genitive && r->words[at].head >= 0 && r->words[at].head < (int32_t)at)
            return false; /* a phrase of its own */
    }
    return true;
}

/* "स्विस राष्ट्रपति की प्रधानमंत्री नरेंद्र मोदी से ...": a person does not own the title of a person of another country. */
static bool is_anothers(const karaka_name *owner, const karaka_piece *p, const karaka_piece *next) {
    bool person = karaka_is_person(owner->kind) || owner->kind == KARAKA_TITLE_ROLE;
    return person && next && next->first == p->last + 1 && karaka_is_person(next->kind) &&
           !karaka_same_country(owner->code, next->code);
}

bool karaka_owner_before(const karaka_reading *r, const karaka_name *owner, const karaka_piece *pieces, size_t count,
                         size_t at) {
    const karaka_piece *p = &pieces[at], *next = at + 1 < count ? p + 1 : NULL;
    return reaches(r, owner, p->first, p->kind) && !is_anothers(owner, p, next);
}

/* ---- behind it ------------------------------------------------------------------------------------------------------
 */

static bool may_own(uint8_t kind) {
    return karaka_is_site(kind) || kind == KARAKA_ADJECTIVE || kind == KARAKA_ORGANISATION || kind == KARAKA_ORGAN ||
           kind == KARAKA_PARTY_KIND || kind == KARAKA_COMPANY || kind == KARAKA_GROUP || kind == KARAKA_MEDIA ||
           kind == KARAKA_STATE_MEDIA || kind == KARAKA_ALIAS;
}

/* The parts that the marker just behind `last` gives the phrase after it; *at: the first token of that phrase. */
static uint32_t parts_behind(const karaka_reading *r, uint32_t last, uint32_t *at) {
    const karaka_phrases *p = &r->lexicon->phrases;
    if (last + 1 >= r->count || r->words[last + 1].pos != POS_ADP)
        return 0;
    uint32_t node = karaka_phrasebook_step(p, KARAKA_SET_MARKER, r->words[last + 1].form);
    uint32_t value = node ? karaka_phrasebook_first(p, node) : 0;
    *at = last + 2;
    return value ? karaka_parts_lookup(r->lexicon, 0, p->values.items[value].item, false) : 0;
}

int32_t karaka_owner_behind(const karaka_reading *r, const karaka_piece *pieces, size_t count, size_t at, uint32_t last,
                            uint8_t kind) {
    uint32_t from = 0, limit = 3;
    if (!r->lexicon->settings->markers_before)
        return -1;
    uint32_t parts = parts_behind(r, last, &from);
    bool owns = parts & KARAKA_PART_BIT(KARAKA_OF);
    owns |= (parts & KARAKA_PART_BIT(KARAKA_FOR)) && kind == KARAKA_TITLE_ROLE;
    owns |= (parts & KARAKA_PART_BIT(KARAKA_AT)) && kind != KARAKA_TITLE_ROLE;
    if (!owns || at + 1 >= count)
        return -1;
    const karaka_piece *owner = &pieces[at + 1];
    if (owner->first < from || owner->first > from + limit || !may_own(owner->kind))
        return -1;
    for (uint32_t i = from; i < owner->first; i++) {
        uint8_t pos = r->words[i].pos;
        if (pos != POS_DET && pos != POS_ADJ && pos != POS_NOUN && pos != POS_PROPN && pos != POS_NUM)
            return -1;
    }
    return (int32_t)at + 1;
}

const char *karaka_scene_ahead(const karaka_reading *r, const karaka_piece *pieces, size_t count, size_t at) {
    uint32_t clause = r->words[pieces[at].first].clause;
    for (size_t i = at + 1; i < count; i++)
        if (karaka_is_site(pieces[i].kind) && r->words[pieces[i].first].clause == clause &&
            (karaka_parts_lookup(r->lexicon, 0, karaka_marker_of(r, pieces[i].first, pieces[i].last, NULL), true) &
             KARAKA_PART_BIT(KARAKA_AT)))
            return pieces[i].code;
    return NULL;
}

/* ---- appositions ----------------------------------------------------------------------------------------------------
 */

/* Takes a name off the list of its sentence; its words are those of `instead`. */
static void take_off(karaka_reading *r, int32_t index, int32_t instead) {
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->words[i].name == index)
            r->words[i].name = instead;
        else if (r->words[i].name > index)
            r->words[i].name--;
    }
    for (size_t i = (size_t)index; i + 1 < r->names.count; i++)
        r->names.items[i] = r->names.items[i + 1];
    r->names.count--;
    for (size_t i = r->names_from; i < r->names.count; i++) {
        karaka_name *n = &r->names.items[i];
        n->sibling -= n->sibling > index;
        n->meant = n->meant == index ? instead : n->meant - (n->meant > index);
    }
}

/* One name for both: who it is from the person, the code from whichever is known. */
static void unite(karaka_reading *r, karaka_name *a, const karaka_name *b) {
    bool unknown = a->code[0] == '-' || (a->unowned && b->code[0] != '-');
    if (unknown || a->kind == KARAKA_PLACE_NAME) {
        a->code = b->code;
        a->rule = b->rule;
        a->agent = b->agent;
        a->kind = b->kind;
        a->unowned = b->unowned;
        a->guessed = b->guessed;
    }
    if (!a->person && b->person) {
        a->person = b->person;
        a->name = b->name;
    }
    if (a->person && a->code[0] != '-' && a->first == a->last) {
        karaka_alias alias = {.key = r->words[a->last].form,
                              .person = a->person,
                              .code = a->code,
                              .name = a->name,
                              .rule = a->rule,
                              .kind = KARAKA_ALIAS};
        karaka_alias_add(r, alias);
    }
}

/* A name that is the second one of what stands before it. */
static bool is_second(const karaka_reading *r, const karaka_name *a, const karaka_name *b) {
    int32_t head = r->words[b->head].head;
    bool comma = a->end + 1 < b->first && r->words[a->end + 1].pos == POS_PUNCT;
    bool by_tree =
        (r->words[b->head].shapes & KARAKA_SHAPE_APPOSED) && head >= (int32_t)a->first && head <= (int32_t)a->end;
    bool people = karaka_is_people(a->kind) && karaka_is_people(b->kind);
    return a->sibling < 0 && b->sibling < 0 && !a->referring && !b->referring && by_tree && people && comma;
}

void karaka_appositions_join(karaka_reading *r) {
    for (size_t i = r->names_from; i + 1 < r->names.count; i++)
        for (size_t k = i + 1; k < r->names.count && k < i + 3; k++)
            if (is_second(r, &r->names.items[i], &r->names.items[k])) {
                unite(r, &r->names.items[i], &r->names.items[k]);
                take_off(r, (int32_t)k, (int32_t)i);
                break;
            }
}
