/* names: who is named in a sentence, word for word.
 *
 * In: r->words, tables actors, agents, references, the aliases learnt so far. Out: pieces, in order, longest first;
 * then compose.c joins them. Example: "रूसी विदेश मंत्री" -> रूसी (adjective RUS), विदेश मंत्री (title GOV).
 */
#include "event/reading.h"

#include <string.h>

/* ---- names learnt from the article --------------------------------------------------------------------------------
 */

const karaka_alias *karaka_alias_find(const karaka_reading *r, karaka_key key) {
    if (!r->aliases.items)
        return NULL;
    for (size_t at = (size_t)key & r->aliases.mask; r->aliases.items[at].key; at = (at + 1) & r->aliases.mask)
        if (r->aliases.items[at].key == key)
            return &r->aliases.items[at];
    return NULL;
}

int karaka_alias_add(karaka_reading *r, karaka_alias alias) {
    if (!alias.key)
        return KARAKA_OK;
    if (!r->aliases.items || r->aliases.used * 2 > r->aliases.mask) {
        size_t mask = r->aliases.items ? r->aliases.mask * 2 + 1 : 63;
        karaka_alias *old = r->aliases.items, *items = karaka_arena_array(r->arena, mask + 1, sizeof *items);
        if (!items)
            return KARAKA_ERROR_MEMORY;
        for (size_t i = 0; old && i <= r->aliases.mask; i++) {
            size_t at = (size_t)old[i].key & mask;
            while (old[i].key && items[at].key)
                at = (at + 1) & mask;
            if (old[i].key)
                items[at] = old[i];
        }
        r->aliases.items = items;
        r->aliases.mask = mask;
    }
    size_t at = (size_t)alias.key & r->aliases.mask;
    while (r->aliases.items[at].key && r->aliases.items[at].key != alias.key)
        at = (at + 1) & r->aliases.mask;
    if (!r->aliases.items[at].key)
        r->aliases.used++;
    r->aliases.items[at] = alias;
    return KARAKA_OK;
}

/* ---- look-up ------------------------------------------------------------------------------------------------------
 */

typedef struct match {
    uint32_t value; /* first value, 0: none */
    uint32_t atoms; /* how many */
} match;

/* The first value from `value` on that asks for no more capitals than the text has: "who" is no WHO, "may" no May. */
static uint32_t with_capitals(const karaka_phrases *p, uint32_t value, uint32_t capitals) {
    while (value && p->values.items[value].capitals > capitals)
        value = p->values.items[value].next;
    return value;
}

/* The longest phrase of `set` that begins at atom `at`; the last atom may be inflected. */
static match longest(const karaka_reading *r, uint32_t set, uint32_t at) {
    const karaka_phrases *p = &r->lexicon->phrases;
    uint32_t node = set, capitals = 0;
    match best = {0, 0};
    for (uint32_t i = at; i < r->atom_count && i < at + KARAKA_WORD_KEYS; i++) {
        /* Punctuation has no atoms: a gap in the tokens ends the phrase, if it is not a hyphen or an abbreviation's. */
        if (i > at && r->atoms[i].token > r->atoms[i - 1].token + 1) {
            char c = r->sentence->tokens[r->atoms[i].token - 1].form[0];
            if (c != '-' && c != '.')
                break;
        }
        uint32_t token = r->atoms[i].token; /* behind a hyphen any letter will do: "anti-WHO", "al-Shabaab" */
        uint32_t here = r->words[token].first_atom != i ? 2 : karaka_capitals(r->sentence->tokens[token].form);
        capitals = here > capitals ? here : capitals;
        uint32_t by_lemma = karaka_phrasebook_step(p, node, r->atoms[i].lemma);
        uint32_t next = karaka_phrasebook_step(p, node, r->atoms[i].form);
        uint32_t value = next ? with_capitals(p, karaka_phrasebook_first(p, next), capitals) : 0;
        if (!value && by_lemma)
            value = with_capitals(p, karaka_phrasebook_first(p, by_lemma), capitals);
        if (value)
            best = (match){value, i - at + 1};
        node = next ? next : by_lemma;
        if (!node)
            break;
    }
    return best;
}

/* The line among the values from `value` that holds at the day of publication: the first if none does. */
static uint32_t in_office(const karaka_reading *r, uint32_t value) {
    const karaka_phrases *p = &r->lexicon->phrases;
    uint32_t first = p->values.items[value].item;
    if (!*r->today)
        return first;
    for (uint32_t v = value; v; v = p->values.items[v].next) {
        const karaka_actor_line *line = &r->lexicon->actors.items[p->values.items[v].item];
        if ((!*line->from || strcmp(line->from, r->today) <= 0) && (!*line->to || strcmp(r->today, line->to) <= 0))
            return p->values.items[v].item;
    }
    return first;
}

/* A bare last name is somebody else's where an unknown name stands before it ("नीरव मोदी" is not the prime minister).
 */
static bool somebody_else(const karaka_reading *r, uint32_t token, uint32_t last, const karaka_piece *previous) {
    if (token > 0 && karaka_words_hyphen(r, token - 1) && (!previous || previous->last + 2 != token))
        return true;
    if (token > 0 && (r->words[token - 1].shapes | r->words[token - 1].signs) & KARAKA_SHAPE_HONORIFIC)
        return false;
    bool compound = token > 0 && r->words[token - 1].head == (int32_t)token &&
                    (r->words[token - 1].classes & KARAKA_NAME_PART) && r->words[token - 1].pos == POS_NOUN;
    if (token == 0 || token != last || (r->words[token - 1].pos != POS_PROPN && !compound))
        return false;
    if (previous && previous->last + 1 == token)
        return previous->kind == KARAKA_PLACE_NAME;
    return r->words[token - 1].atom_count > 0;
}

static bool read_piece(const karaka_reading *r, uint32_t at, const karaka_piece *previous, karaka_piece *out,
                       uint32_t *atoms) {
    const karaka_lexicon *l = r->lexicon;
    match actor = longest(r, KARAKA_SET_ACTOR, at), agent = longest(r, KARAKA_SET_AGENT, at);
    match reference = longest(r, KARAKA_SET_REFERENCE, at);
    uint32_t token = r->atoms[at].token;
    uint8_t pos = r->words[token].pos;
    bool name_like = pos != POS_VERB && pos != POS_AUX && pos != POS_ADP;
    char letter = r->sentence->tokens[token].form[0];
    bool small = letter >= 'a' && letter <= 'z';
    if (actor.atoms && actor.atoms >= agent.atoms && (name_like || actor.atoms > 1)) {
        uint32_t item = in_office(r, actor.value), last = r->atoms[at + actor.atoms - 1].token;
        const karaka_actor_line *line = &l->actors.items[item];
        if (line->kind != KARAKA_PERSON || !somebody_else(r, token, last, previous)) {
            *out = (karaka_piece){.first = token,
                                  .last = last,
                                  .code = line->code,
                                  .name = line->name,
                                  .rule = line->rule,
                                  .item = (int32_t)item,
                                  .kind = line->kind};
            if (line->kind == KARAKA_PERSON)
                out->person = karaka_hash(line->name, strlen(line->name), 2);
            *atoms = actor.atoms;
            return true;
        }
    }
    if (agent.atoms && agent.atoms >= reference.atoms && name_like) {
        uint32_t item = l->phrases.values.items[agent.value].item;
        *out = (karaka_piece){.first = token,
                              .last = r->atoms[at + agent.atoms - 1].token,
                              .code = NULL,
                              .name = NULL,
                              .rule = l->agents.items[item].rule,
                              .item = (int32_t)item,
                              .kind = l->agents.items[item].kind};
        *atoms = agent.atoms;
        return true;
    }
    if (reference.atoms && !(token > 0 && karaka_words_hyphen(r, token - 1))) {
        uint32_t item = l->phrases.values.items[reference.value].item;
        if (l->references.items[item].kind != KARAKA_REF_BOTH_NOUN) {
            *out = (karaka_piece){.first = token,
                                  .last = r->atoms[at + reference.atoms - 1].token,
                                  .rule = l->references.items[item].rule,
                                  .item = (int32_t)item,
                                  .kind = KARAKA_REFERRING};
            *atoms = reference.atoms;
            return true;
        }
    }
    const karaka_alias *alias =
        name_like && !small && (pos == POS_PROPN || pos == POS_NOUN || pos == POS_ADJ || pos == POS_OTHER)
            ? karaka_alias_find(r, r->atoms[at].form)
            : NULL;
    if (alias && !somebody_else(r, token, token, previous)) {
        *out = (karaka_piece){.first = token,
                              .last = token,
                              .code = alias->code,
                              .name = alias->name,
                              .rule = alias->rule,
                              .person = alias->person,
                              .item = -1,
                              .kind = KARAKA_ALIAS};
        *atoms = 1;
        return true;
    }
    return false;
}

/* A role noun inside a longer name of a place is none: "West Bank". */
static bool is_part_of_place(const karaka_reading *r, const karaka_piece *p) {
    bool role = !p->code && p->kind != KARAKA_REFERRING;
    for (size_t k = 0; role && k < r->place_count; k++)
        if (r->places[k].first <= p->first && p->last <= r->places[k].last &&
            p->last - p->first < r->places[k].last - r->places[k].first)
            return true;
    return false;
}

/* Puts the places of the gazetteer, whose country may own a role noun, between the pieces that they do not overlap. */
static size_t add_places(const karaka_reading *r, karaka_piece *pieces, size_t count) {
    size_t at = 0, given = count;
    for (size_t k = 0; k < r->place_count; k++) {
        const karaka_place_mention *place = &r->places[k];
        while (at < given && pieces[at].last < place->first)
            at++;
        if ((at < given && pieces[at].first <= place->last) || !place->place.country || place->last >= r->count ||
            count == (size_t)KARAKA_READ_TOKENS * 4)
            continue;
        pieces[count++] = (karaka_piece){.first = place->first,
                                         .last = place->last,
                                         .code = place->place.country,
                                         .name = place->place.name,
                                         .rule = place->rule,
                                         .item = -1,
                                         .kind = KARAKA_PLACE_NAME};
    }
    /* Both parts are in order: merge by insertion; places are few. */
    for (size_t i = given; i < count; i++)
        for (size_t k = i; k > 0 && pieces[k].first < pieces[k - 1].first; k--) {
            karaka_piece t = pieces[k];
            pieces[k] = pieces[k - 1];
            pieces[k - 1] = t;
        }
    return count;
}

/* Whether the atom is a word that tells a side. */
static bool tells_side(const karaka_reading *r, uint32_t atom) {
    return karaka_words_classes(r->lexicon, r->atoms[atom].form) & KARAKA_SIDING;
}

/* Whether two atoms are of one word: of one token, or of two with a hyphen between. */
static bool hyphened(const karaka_reading *r, uint32_t a, uint32_t b) {
    uint32_t first = r->atoms[a].token, second = r->atoms[b].token;
    return first == second || (second == first + 2 && karaka_words_hyphen(r, first + 1));
}

/* "anti-X", "X-backed", "X विरोधी विद्रोही": the atoms [from, end) name the party on whose side, or against whom, those
 * are whom the next noun names. Not so offices: who is for or against "the government" is of the same country. */
static bool is_sided(const karaka_reading *r, const karaka_piece *p, uint32_t from, uint32_t end) {
    if (p->kind != KARAKA_COUNTRY && p->kind != KARAKA_ADJECTIVE && p->kind != KARAKA_GROUP &&
        p->kind != KARAKA_ORGANISATION && !karaka_is_person(p->kind))
        return false;
    if ((from > 0 && hyphened(r, from - 1, from) && tells_side(r, from - 1)) ||
        (end < r->atom_count && hyphened(r, end - 1, end) && tells_side(r, end)))
        return true;
    uint32_t next = r->atoms[end - 1].token + 1;
    return r->lexicon->settings->verb_final && next + 1 < r->count && (r->words[next].classes & KARAKA_SIDING) &&
           (r->words[next + 1].pos == POS_NOUN || r->words[next + 1].pos == POS_PROPN);
}

int karaka_names_find(karaka_reading *r) {
    static const size_t room = (size_t)KARAKA_READ_TOKENS * 4;
    karaka_piece *pieces = r->pieces;
    size_t count = 0;
    r->names_from = r->names.count;
    for (uint32_t at = 0; at < r->atom_count && count < room;) {
        uint32_t atoms = 1;
        karaka_piece *p = &pieces[count];
        if (read_piece(r, at, count ? p - 1 : NULL, p, &atoms) && !is_part_of_place(r, p)) {
            p->sided = is_sided(r, p, at, at + atoms);
            count++;
        }
        at += atoms;
    }
    count = add_places(r, pieces, count);
    if (r->lexicon->settings->unknown_parties) {
        int rc = karaka_predicates_find(r);
        if (rc < 0)
            return rc;
        count = karaka_unknown_add(r, pieces, count, room);
    }
    int rc = karaka_compose(r, pieces, count);
    for (size_t i = r->names_from; i < r->names.count && r->lexicon->settings->unknown_parties; i++)
        karaka_unknown_phrase(r, &r->names.items[i]);
    return rc;
}

/* ---- the article's list -------------------------------------------------------------------------------------------
 */

bool karaka_same_country(const char *a, const char *b) {
    size_t n = karaka_country_length(a);
    return n == karaka_country_length(b) && memcmp(a, b, n) == 0;
}

static void count_country(karaka_reading *r, const karaka_name *name, int32_t index) {
    size_t n = karaka_country_length(name->code), limit = sizeof r->countries / sizeof *r->countries;
    if (n == 0 || name->code[0] == '-')
        return;
    uint32_t k = 0;
    while (k < r->country_count && !karaka_same_country(r->countries[k].full, name->code))
        k++;
    if (k == limit)
        return;
    if (k == r->country_count)
        r->country_count++;
    r->countries[k].count++;
    r->countries[k].last = r->index;
    r->countries[k].name = index;
    r->countries[k].full = name->code;
}

const karaka_name *karaka_name_told(const karaka_reading *r, int32_t index) {
    const karaka_name *n = &r->names.items[index];
    bool instead = r->lexicon->settings->unknown_parties && n->referring && n->meant >= 0;
    return instead ? &r->names.items[n->meant] : n;
}

int karaka_names_add(karaka_reading *r, karaka_name name, int32_t *index) {
    int32_t at = (int32_t)r->names.count;
    name.told_first = name.first;
    name.told_last = name.last;
    if (KARAKA_PUSH(r->arena, r->names, name) < 0)
        return KARAKA_ERROR_MEMORY;
    bool where = karaka_is_city(name.kind) &&
                 (karaka_parts_lookup(r->lexicon, 0, name.marker, true) & KARAKA_PART_BIT(KARAKA_AT));
    bool aside = name.sided && !name.person; /* whom people elsewhere are against */
    if (!name.referring && !name.guessed && !aside && !where)
        count_country(r, &name, at);
    if (index)
        *index = at;
    return KARAKA_OK;
}
