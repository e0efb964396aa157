/* owners: what stands behind a name and tells more of it, where markers stand before their phrase.
 *
 * In: the pieces of the sentence. Out: the piece that owns a role noun ("president of X", "police in X", "spokesman for
 * the X ministry"); names that an apposition gives a second time are one name.
 * Example: "Jane Doe, the foreign minister of X, ..." -> one party, X GOV.
 */
#include "event/reading.h"

#include <string.h>

static bool may_own(uint8_t kind) {
    return kind == KARAKA_COUNTRY || kind == KARAKA_ADJECTIVE || kind == KARAKA_CAPITAL || kind == KARAKA_REGION ||
           kind == KARAKA_PLACE_NAME || kind == KARAKA_ORGANISATION || kind == KARAKA_ORGAN ||
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
    bool people = (a->kind == KARAKA_PERSON || a->kind == KARAKA_ALIAS || a->kind == KARAKA_UNKNOWN ||
                   a->kind == KARAKA_TITLE_ROLE || a->kind == KARAKA_PEOPLE_ROLE) &&
                  (b->kind == KARAKA_PERSON || b->kind == KARAKA_ALIAS || b->kind == KARAKA_UNKNOWN ||
                   b->kind == KARAKA_TITLE_ROLE || b->kind == KARAKA_PEOPLE_ROLE);
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
