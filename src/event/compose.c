/* compose: joins names with their neighbours into parties with a code.
 *
 * In: pieces in order. Out: r->names of the sentence, grouped where "and" joins them.
 * Example: रूसी + विदेश मंत्री + सर्गेई लावरोव -> one name, RUS GOV; लावरोव means the same from then on.
 *          भारत और पाकिस्तान के + विदेश मंत्रियों -> two parties with the same words, IND GOV and PAK GOV.
 */
#include "event/reading.h"

#include <string.h>

typedef struct composer {
    karaka_reading *r;
    const karaka_piece *pieces;
    size_t count, at;
    int32_t unit; /* first name of the last unit (names of the same words), -1: none */
    bool stop;    /* out of memory */
    bool guessed; /* the country of the last role noun is only the home country's for want of another */
} composer;

static bool is_role(uint8_t kind) {
    return kind == KARAKA_TITLE_ROLE || kind == KARAKA_BODY_ROLE || kind == KARAKA_PEOPLE_ROLE;
}

static bool is_open(const karaka_reading *r, uint32_t token, const char *bracket) {
    return token < r->count && strcmp(r->sentence->tokens[token].form, bracket) == 0;
}

/* The last token with a short bracket that follows `last`. */
static uint32_t with_bracket(const karaka_reading *r, uint32_t last) {
    if (!is_open(r, last + 1, "("))
        return last;
    for (uint32_t i = last + 2; i < r->count && i <= last + 6; i++)
        if (is_open(r, i, ")"))
            return i;
    return last;
}

/* The token of [first, last] whose head stands outside. */
static uint32_t head_token(const karaka_reading *r, uint32_t first, uint32_t last) {
    for (uint32_t i = last + 1; i-- > first;) {
        int32_t head = r->words[i].head;
        if (r->words[i].pos != POS_ADP && r->words[i].pos != POS_PUNCT &&
            (head < (int32_t)first || head > (int32_t)last))
            return i;
    }
    return last;
}

/* Whether what begins at `from` is joined with the name in the tree: "the army and the rebels". */
static bool is_conjunct(const karaka_reading *r, const karaka_name *a, uint32_t from) {
    enum { NEAR = 6 };
    for (uint32_t i = from; i < r->count && i < from + NEAR; i++)
        if ((r->words[i].classes & KARAKA_CONJUNCT) && r->words[i].pos != POS_VERB &&
            r->words[i].head >= (int32_t)a->first &&
            r->words[i].head < (int32_t)from) /* the first member, or the conjunction between */
            return true;
    return false;
}

/* What stands between two units that are joined: 0 nothing that joins, 1 a comma, 2 a conjunction or hyphen. */
static int joint(const karaka_reading *r, const karaka_name *a, uint32_t from) {
    if (a->end >= from)
        return a->first == from || a->last == from ? 2 : 0;
    if (from - a->end > 4 || from == a->end + 1)
        return 0;
    bool conjunct = r->lexicon->settings->markers_before && is_conjunct(r, a, from);
    int kind = 0;
    for (uint32_t i = a->end + 1; i < from; i++) {
        const karaka_word *w = &r->words[i];
        const char *form = r->sentence->tokens[i].form;
        if (w->pos == POS_CCONJ || (w->classes & KARAKA_JOINS) || (form[0] == '-' && !form[1]))
            kind = 2;
        else if (w->pos == POS_PUNCT && form[0] == ',')
            kind = kind > 1 ? kind : 1;
        else if (!(w->classes & KARAKA_PARTICLE) &&
                 !(conjunct && kind && (w->pos == POS_DET || w->pos == POS_NUM || w->pos == POS_ADJ)))
            return 0;
    }
    return kind;
}

static void mark_words(karaka_reading *r, const karaka_name *n, int32_t index) {
    for (uint32_t i = n->first; i <= n->last && i < r->count; i++)
        r->words[i].name = index;
}

/* Adds one unit: a name for each code. */
static void add_unit(composer *c, karaka_name model, const char *const *codes, size_t count) {
    karaka_reading *r = c->r;
    int32_t before = c->unit, start = (int32_t)r->names.count;
    model.sentence = r->index;
    model.end = with_bracket(r, model.last);
    model.head = head_token(r, model.first, model.last);
    if (!model.marker) {
        karaka_stretch at;
        model.marker = karaka_marker_of(r, model.first, model.end, &at);
        model.marker_first = at.first;
        model.marker_last = at.last;
    }
    model.group =
        before >= 0 && joint(r, &r->names.items[before], model.first) > 0 ? r->names.items[before].group : ++r->groups;
    for (size_t i = 0; i < count && !c->stop; i++) {
        model.code = codes[i];
        const char *role = strrchr(codes[i], ' ');
        if (role && strcmp(role, " REB") == 0 && codes[i][0] != '-' && !strchr(codes[i], ':'))
            r->rebels = codes[i];
        model.sibling = i + 1 < count ? (int32_t)r->names.count + 1 : -1;
        if (karaka_names_add(r, model, NULL) < 0)
            c->stop = true;
    }
    if (c->stop)
        return;
    c->unit = start;
    mark_words(r, &model, start);
}

static const char *code_of(composer *c, const char *country, const char *role) {
    char *code = karaka_arena_format(c->r->arena, "%.*s %s", (int)karaka_country_length(country), country, role);
    if (!code)
        c->stop = true;
    return code ? code : "---";
}

/* The code of a role noun that `owner` owns: "RUS" + GOV; an organisation's officer keeps its code. */
static const char *owned_code(composer *c, const karaka_name *owner, const karaka_agent_line *role) {
    bool keeps = owner->kind == KARAKA_ORGANISATION || owner->kind == KARAKA_PARTY_KIND ||
                 owner->kind == KARAKA_ORGAN || owner->kind == KARAKA_BODY_ROLE || owner->kind == KARAKA_MEDIA ||
                 owner->kind == KARAKA_STATE_MEDIA || owner->kind == KARAKA_COMPANY || owner->kind == KARAKA_GROUP;
    bool body = role->kind == KARAKA_BODY_ROLE && owner->kind != KARAKA_ORGANISATION;
    if (strchr(owner->code, ':') || (keeps && !body && role->kind == KARAKA_TITLE_ROLE))
        return owner->code;
    return code_of(c, owner->code, role->role);
}

/* ---- who owns a role noun ------------------------------------------------------------------------------------------
 */

/* The first name of the owner's group where all its members are bare countries and the role noun stands for all. */
static int32_t owners_from(const karaka_reading *r, int32_t unit, bool plural) {
    int32_t from = unit;
    while (plural && from > (int32_t)r->names_from && r->names.items[from - 1].group == r->names.items[unit].group) {
        uint8_t kind = r->names.items[from - 1].kind;
        if (kind != KARAKA_COUNTRY && kind != KARAKA_ADJECTIVE)
            return unit;
        from--;
    }
    uint8_t kind = r->names.items[unit].kind;
    return kind == KARAKA_COUNTRY || kind == KARAKA_ADJECTIVE ? from : unit;
}

/* A time is no part of a name ("प्रधानमंत्री शुक्रवार को"). */
static bool is_time(const karaka_reading *r, uint32_t token) {
    for (size_t i = 0; i < r->time_count; i++)
        if (r->times[i].first <= token && token <= r->times[i].last)
            return true;
    return false;
}

/* A name that no table knows, from token `from` on: its last token, or from - 1. Taggers often call parts of a foreign
 * name common nouns; the tree still binds them: each hangs on a neighbour inside the name. */
static uint32_t unknown_name(const composer *c, uint32_t from) {
    const karaka_reading *r = c->r;
    uint32_t i = from, next = c->at + 1 < c->count ? c->pieces[c->at + 1].first : r->count;
    for (; i < r->count && i < from + 7; i++) {
        const karaka_word *w = &r->words[i];
        if (i > from && karaka_words_hyphen(r, i)) { /* what follows belongs to it, whatever it looks like */
            i++;
            continue;
        }
        bool bound = w->pos == POS_NOUN && (w->classes & KARAKA_NAME_PART);
        bool ends = i > from && w->pos == POS_NOUN && r->words[i - 1].head == (int32_t)i &&
                    (r->words[i - 1].classes & KARAKA_NAME_PART);
        unsigned char c0 = (unsigned char)r->sentence->tokens[i].form[0];
        if (i >= next || w->atom_count == 0 || is_time(r, i) || (c0 >= '0' && c0 <= '9') ||
            (w->pos != POS_PROPN && !bound && !ends))
            break;
    }
    return i - 1;
}

static void learn(composer *c, uint32_t token, bool first_atom, const karaka_name *n, const char *code) {
    const karaka_word *w = &c->r->words[token];
    if (w->atom_count == 0 || (!first_atom && w->atom_count > 1) || (w->classes & ~(uint32_t)KARAKA_NOUN_PART & 0xFFu))
        return;
    const char *form = c->r->sentence->tokens[token].form;
    size_t length = strlen(form), second = 0;
    (void)karaka_utf8_next(form, length, &second);
    if (second >= length || form[second] == '.') /* an initial */
        return;
    karaka_alias alias = {.key = c->r->atoms[w->first_atom].form,
                          .person = n->person,
                          .code = code,
                          .name = n->name,
                          .rule = n->rule,
                          .kind = KARAKA_ALIAS};
    if (karaka_alias_add(c->r, alias) < 0)
        c->stop = true;
}

/* "... संगठन के विदेश मंत्री": the piece owns the role noun after it. */
static bool owns_next(const composer *c, const karaka_piece *p) {
    const karaka_reading *r = c->r;
    const karaka_piece *next = c->at + 2 < c->count ? &c->pieces[c->at + 2] : NULL;
    return p->last + 1 < r->count && r->words[p->last + 1].genitive && next && is_role(next->kind) &&
           next->first <= p->last + 4;
}

/* Takes in what follows the role noun: a known person, an organisation, or an unknown name, which is learnt. */
static void extend(composer *c, karaka_name *n, const char **codes, size_t *count, bool known_owner) {
    const karaka_reading *r = c->r;
    const karaka_piece *next = c->at + 1 < c->count ? &c->pieces[c->at + 1] : NULL;
    bool adjacent = next && next->first == n->last + 1;
    if (adjacent && karaka_is_person(next->kind) && n->kind != KARAKA_BODY_ROLE) {
        bool same = known_owner && karaka_same_country(codes[0], next->code);
        if (!known_owner)
            codes[0] = next->code, *count = 1;
        n->last = next->last;
        n->name = next->name;
        n->person = next->person;
        n->rule = known_owner && !same ? n->rule : next->rule;
        c->at++;
        if (next->kind == KARAKA_PERSON && next->last > next->first) {
            learn(c, next->first, true, n, codes[0]);
            learn(c, next->last, false, n, codes[0]);
        }
        return;
    }
    if (adjacent &&
        (next->kind == KARAKA_GROUP || next->kind == KARAKA_MEDIA || next->kind == KARAKA_STATE_MEDIA ||
         (next->kind == KARAKA_ORGANISATION && !known_owner) || next->kind == KARAKA_PARTY_KIND) &&
        !(n->kind == KARAKA_TITLE_ROLE && owns_next(c, next))) {
        codes[0] = next->code;
        *count = 1;
        n->last = next->last;
        n->name = next->name;
        n->rule = next->rule;
        n->kind = next->kind;
        c->at++;
        return;
    }
    if (n->kind != KARAKA_TITLE_ROLE && n->kind != KARAKA_PEOPLE_ROLE)
        return;
    uint32_t first = n->last + 1, last = unknown_name(c, first);
    if (last < first || codes[0][0] == '-')
        return;
    n->last = last;
    if (*count == 1 && n->kind == KARAKA_TITLE_ROLE) {
        n->person = r->words[first].form;
        learn(c, first, true, n, codes[0]);
        if (last > first)
            learn(c, last, false, n, codes[0]);
    }
}

/* The country where the sentence plays: a place named in it before, or ahead in the clause (the home country's army and
 * terrorists act elsewhere too), else the last one, if that is not long ago. */
static const char *scene_of(const composer *c, const karaka_agent_line *role) {
    const karaka_reading *r = c->r;
    uint32_t before = c->pieces[c->at].first;
    for (size_t i = r->names.count; i-- > r->names_from;) {
        const karaka_name *n = &r->names.items[i];
        if (n->last < before && !n->referring &&
            (karaka_parts_lookup(r->lexicon, 0, n->marker, true) & KARAKA_PART_BIT(KARAKA_AT)) &&
            karaka_is_site(n->kind))
            return n->code;
    }
    const char *home = r->lexicon->settings->home;
    bool roams = (home && *home && strcmp(role->role, "MIL") == 0) || (strcmp(role->role, "REB") == 0 && !role->local);
    const char *ahead = roams ? NULL : karaka_scene_ahead(r, c->pieces, c->count, c->at);
    return ahead ? ahead : r->there && r->index - r->there_sentence <= 2 ? r->there : NULL;
}

/* The country of a role noun that nobody owns; "" where it is not safe to say. */
static const char *unowned(composer *c, int32_t item, const karaka_agent_line *role) {
    karaka_reading *r = c->r;
    const karaka_piece *next = c->at + 1 < c->count ? &c->pieces[c->at + 1] : NULL;
    if (next && next->first == c->pieces[c->at].last + 1 && role->kind != KARAKA_BODY_ROLE &&
        karaka_is_person(next->kind))
        return next->code;
    const char *home = r->lexicon->settings->home;
    uint32_t first = c->pieces[c->at].first;
    if (first > 0 && (r->words[first - 1].classes & KARAKA_THIS) && r->title_codes[item])
        return r->title_codes[item]; /* "these deputies": those named before */
    /* Forces, courts, people are those of the scene; who governs is named with his country or is the home country's. */
    bool governs = strcmp(role->role, "GOV") == 0 || strcmp(role->role, "PTY") == 0;
    if (r->title_codes[item] && strchr(r->title_codes[item], ':'))
        return r->title_codes[item];
    if (!governs && (role->local || strcmp(role->role, "REB") != 0) && !role->weak && !role->victim) {
        const char *scene = scene_of(c, role);
        if (scene)
            return scene;
    }
    if (r->title_codes[item] && !(r->title_home[item] && role->home))
        return r->title_codes[item];
    if (role->home && home) {
        const char *abroad = r->home_named && governs ? home : karaka_reference_country(r);
        c->guessed = karaka_same_country(abroad, home);
        r->home_guessed |= c->guessed;
        return abroad;
    }
    if (strcmp(role->role, "REB") == 0) { /* those named before, else those of the foreign country where it plays */
        const char *scene = scene_of(c, role);
        bool abroad = scene && !(home && karaka_same_country(scene, home)) && !strchr(scene, ':');
        return r->rebels ? r->rebels : abroad ? scene : "";
    }
    if (role->victim) /* the country that the place or the whole article tells */
        return r->there ? r->there : karaka_reference_country(r);
    if (role->weak || (role->kind == KARAKA_PEOPLE_ROLE && !role->bare))
        return "";
    if ((role->kind == KARAKA_BODY_ROLE && r->words[c->pieces[c->at].last].plural) ||
        (!role->bare && r->country_count == 0 && !r->home_guessed))
        return "";
    return karaka_reference_country(r);
}

/* "A, B और C के अपने ROLE": whose the role is stands before "own". */
static void drop_own(composer *c, uint32_t first) {
    karaka_reading *r = c->r;
    if (c->unit <= (int32_t)r->names_from || !r->names.items[c->unit].reflexive)
        return;
    const karaka_name *own = &r->names.items[c->unit], *owner = own - 1;
    if (own->last + 1 != first || !owner->marker || owner->marker_last + 1 != own->first ||
        !r->words[owner->marker_last].genitive || owner->sentence != r->index)
        return;
    for (uint32_t i = own->first; i <= own->last; i++)
        r->words[i].name = -1;
    r->names.count--;
    c->unit--;
    while (c->unit > (int32_t)r->names_from && r->names.items[c->unit - 1].first == r->names.items[c->unit].first)
        c->unit--;
}

/* "X विरोधी प्रदर्शन", "Y स्तर की वार्ता": the word makes what stands before it an adjective of the next noun. */
static bool describes(const karaka_reading *r, uint32_t first, uint32_t last) {
    uint32_t next = last + 1;
    bool noun = next < r->count && (r->words[next].pos == POS_NOUN || r->words[next].pos == POS_PROPN);
    return first == last && noun && (r->words[last].classes & KARAKA_DESCRIBING) && r->words[next].name < 0;
}

/* A role noun that nobody owns; false where it is no party. */
static bool add_unowned(composer *c, const karaka_piece *p, const karaka_agent_line *role, karaka_name *n,
                        const char **code) {
    c->guessed = false;
    const char *country = role->world ? "---" : unowned(c, p->item, role);
    n->guessed = c->guessed;
    n->unowned = true;
    if (*country || role->bare)
        *code = strchr(country, ':') ? country : code_of(c, *country ? country : "---", role->role);
    else
        *code = c->r->lexicon->settings->unknown_parties ? karaka_unknown_code(c->r, p->last, role->role) : NULL;
    return *code != NULL;
}

/* "president of X": the owner stands behind; its code, and its last token in *last; NULL: none does. */
static const char *owner_behind(composer *c, const karaka_piece *p, uint32_t *last) {
    int32_t at = karaka_owner_behind(c->r, c->pieces, c->count, c->at, *last, p->kind);
    if (at < 0)
        return NULL;
    const karaka_piece *owner = &c->pieces[at], *next = (size_t)at + 1 < c->count ? owner + 1 : NULL;
    c->at = (size_t)at;
    *last = owner->last;
    uint32_t from = owner->last + 1 + (owner->last + 1 < c->r->count && c->r->words[owner->last + 1].genitive);
    if (next && is_role(next->kind) && next->first == from) { /* "of the X ministry" */
        *last = next->last;
        c->at++;
    }
    karaka_name model = {.code = owner->code, .kind = owner->kind};
    return owned_code(c, &model, &c->r->lexicon->agents.items[p->item]);
}

static void add_role(composer *c, const karaka_piece *p) {
    karaka_reading *r = c->r;
    const karaka_agent_line *role = &r->lexicon->agents.items[p->item];
    const char *codes[KARAKA_PARTIES];
    size_t count = 0;
    karaka_name n = {.first = p->first, .last = p->last, .rule = p->rule, .agent = p->item, .kind = p->kind};
    n.meant = -1;
    if (role->counted && (p->first == 0 || r->words[p->first - 1].pos != POS_NUM))
        return;
    if (describes(r, p->first, p->last))
        return;
    drop_own(c, p->first);
    bool owned =
        c->unit >= 0 && !role->world && karaka_owner_before(r, &r->names.items[c->unit], c->pieces, c->count, c->at);
    if (owned) {
        int32_t from = owners_from(r, c->unit, r->words[p->last].plural);
        n.first = r->names.items[from].first;
        for (int32_t i = from; i < (int32_t)r->names.count && count < KARAKA_PARTIES; i++)
            codes[count++] = owned_code(c, &r->names.items[i], role);
        if (role->counterpart && (r->names.items[from].reflexive ||
                                  (r->names.items[from].referring && r->lexicon->settings->content_heads))) {
            const char *other = karaka_reference_other(r, r->names.items[from].code);
            if (!other)
                return;
            codes[0] = code_of(c, other, role->role);
            count = 1;
        }
        for (uint32_t i = n.first; i < p->first; i++)
            r->words[i].name = -1;
        c->unit = from > (int32_t)r->names_from ? from - 1 : -1;
        while (c->unit > (int32_t)r->names_from && r->names.items[c->unit - 1].first == r->names.items[c->unit].first)
            c->unit--;
        r->names.count = (size_t)from;
    } else {
        const char *behind = role->world ? NULL : owner_behind(c, p, &n.last);
        owned = behind != NULL;
        if (owned)
            codes[count++] = behind;
        else if (!add_unowned(c, p, role, &n, &codes[count++]))
            return;
    }
    bool rebels = strcmp(role->role, "REB") == 0; /* "आतंकी हमला": no terrorist is named */
    n.adjective = p->first == p->last && (rebels || (!owned && r->words[p->first].pos == POS_ADJ)) &&
                  p->last + 1 < r->count && r->words[p->last + 1].pos == POS_NOUN && r->words[p->last + 1].name < 0;
    if (role->victim && !owned)
        n.kind = KARAKA_VICTIMS;
    extend(c, &n, codes, &count, owned);
    if (c->r->lexicon->settings->unknown_parties && !owned)
        n.first = karaka_unknown_first(c->r, n.first, n.last);
    if (count == 1 && codes[0][0] != '-' && (owned || n.last > p->last)) {
        r->title_codes[p->item] = codes[0];
        r->title_home[p->item] |=
            r->lexicon->settings->home && karaka_same_country(codes[0], r->lexicon->settings->home);
    }
    add_unit(c, n, codes, count);
}

/* ---- the rest ------------------------------------------------------------------------------------------------------
 */

static void learn_bracket(composer *c, int32_t unit) {
    const karaka_name *n = &c->r->names.items[unit];
    if (n->end == n->last || n->end > n->last + 3 || n->sibling >= 0 || n->referring)
        return;
    const karaka_word *w = &c->r->words[n->last + 2];
    karaka_alias alias = {.person = n->person, .code = n->code, .name = n->name, .rule = n->rule, .kind = KARAKA_ALIAS};
    if (!w->atom_count)
        return;
    alias.key = c->r->atoms[w->first_atom].form;
    if (!karaka_alias_find(c->r, alias.key) && karaka_alias_add(c->r, alias) < 0)
        c->stop = true;
}

/* "PARTY के NAME NAME ने": the last token of a member whom no table knows, else `last`. */
static uint32_t member_of(const composer *c, uint32_t last) {
    const karaka_reading *r = c->r;
    if (last + 3 >= r->count || !r->words[last + 1].genitive)
        return last;
    uint32_t end = unknown_name(c, last + 2);
    bool full = end > last + 2 && end + 1 < r->count && r->words[last + 2].pos == POS_PROPN;
    uint32_t marker = full ? karaka_marker_of(r, last + 2, end, NULL) : 0;
    return marker && (karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_DOER)) ? end : last;
}

static void add_plain(composer *c, const karaka_piece *p) {
    karaka_name n = {.first = p->first,
                     .last = p->last,
                     .rule = p->rule,
                     .name = p->name,
                     .agent = -1,
                     .meant = -1,
                     .person = p->person,
                     .kind = p->kind,
                     .sided = p->sided};
    bool whole = strchr(p->code, ' ') || strchr(p->code, ':') || p->kind == KARAKA_UNKNOWN;
    const char *code = whole ? p->code : code_of(c, p->code, "GOV");
    if (c->unit >= 0 && c->r->names.items[c->unit].end >= p->last && c->r->names.items[c->unit].last < p->first)
        return; /* inside the bracket after a name: the same party again */
    uint32_t member = p->kind == KARAKA_PARTY_KIND ? member_of(c, p->last) : p->last;
    if (member > p->last) {
        n.person = c->r->words[p->last + 2].form;
        n.last = member;
        learn(c, member, false, &n, code);
    }
    add_unit(c, n, &code, 1);
    if (c->stop)
        return;
    if (p->kind == KARAKA_PERSON && p->last > p->first) {
        learn(c, p->first, true, &n, code);
        learn(c, p->last, false, &n, code);
    }
    uint32_t parts = karaka_parts_lookup(c->r->lexicon, 0, c->r->names.items[c->r->names.count - 1].marker, true);
    if (karaka_is_city(p->kind) || (p->kind == KARAKA_COUNTRY && (parts & KARAKA_PART_BIT(KARAKA_AT)))) {
        /* Places in several countries make no scene. */
        bool mixed = c->r->there_sentence == c->r->index && c->r->there_told &&
                     !(c->r->there && karaka_same_country(c->r->there, code));
        c->r->there = mixed ? NULL : code;
        c->r->there_sentence = c->r->index;
        c->r->there_told = true;
    }
}

/* "his Turkish counterpart": the pronoun only describes a party that has an owner of its own. */
static bool describes_owned(const composer *c, const karaka_piece *p) {
    const karaka_piece *owner = p + 1, *owned = p + 2, *end = c->pieces + c->count;
    int32_t head = c->r->words[p->last].head;
    return owned < end && (int32_t)owner->first > (int32_t)p->last && (int32_t)owner->last < head &&
           head >= (int32_t)owned->first && head <= (int32_t)owned->last;
}

static void add_reference(composer *c, const karaka_piece *p) {
    karaka_reading *r = c->r;
    const karaka_reference_line *line = &r->lexicon->references.items[p->item];
    karaka_piece wide = *p;
    wide.meant = -1;
    const char *codes[KARAKA_PARTIES];
    size_t count = karaka_reference_resolve(r, &wide, codes);
    karaka_name alone;
    if (count == 0 && !describes_owned(c, p) && karaka_unknown_word(r, p, &alone))
        add_unit(c, alone, &alone.code, 1);
    if (count == 0)
        return;
    bool states = line->kind == KARAKA_REF_BOTH || line->kind == KARAKA_REF_THERE;
    for (size_t i = 0; states && i < count; i++)
        if (!strchr(codes[i], ':'))
            codes[i] = code_of(c, codes[i], "GOV");
    karaka_name n = {.first = wide.first,
                     .last = wide.last,
                     .rule = p->rule,
                     .name = wide.name,
                     .agent = -1,
                     .person = wide.person,
                     .kind = KARAKA_REFERRING,
                     .meant = wide.meant,
                     .reflexive = line->kind == KARAKA_REF_REFLEXIVE,
                     .referring = true,
                     .marker = line->marker,
                     .marker_first = wide.last,
                     .marker_last = wide.last};
    add_unit(c, n, codes, count);
}

/* "रूस सहित चीन से": the word after the name joins it with the next. */
static bool joined_by(const karaka_reading *r, const karaka_name *n) {
    return n->end + 1 < r->count && n->marker_last == n->end + 1 && (r->words[n->end + 1].classes & KARAKA_JOINS);
}

/* A group that only commas hold together is no group. */
static void part_groups(karaka_reading *r) {
    for (size_t i = r->names_from; i < r->names.count;) {
        size_t k = i + 1;
        bool joined = false;
        for (; k < r->names.count && r->names.items[k].group == r->names.items[i].group; k++)
            joined |= r->names.items[k].first > r->names.items[k - 1].end
                          ? joint(r, &r->names.items[k - 1], r->names.items[k].first) == 2
                          : true;
        joined |= k - i > 2; /* a list without "and" */
        for (size_t m = i + 1; m < k && !joined; m++)
            r->names.items[m].group = ++r->groups;
        bool behind = r->names.items[k - 1].marker_last > r->names.items[k - 1].end;
        for (size_t m = i; m + 1 < k && joined && (behind || !r->lexicon->settings->markers_before); m++)
            /* the marker of the last stands for all */
            if (!r->names.items[m].marker || joined_by(r, &r->names.items[m])) {
                r->names.items[m].marker = r->names.items[k - 1].marker;
                r->names.items[m].marker_last = r->names.items[k - 1].marker_last;
            }
        for (size_t m = i + 1; m < k && joined && r->lexicon->settings->markers_before; m++)
            if (!r->names.items[m].marker) { /* the marker of the first stands for all */
                r->names.items[m].marker = r->names.items[m - 1].marker;
                r->names.items[m].marker_first = r->names.items[m - 1].marker_first;
                r->names.items[m].marker_last = r->names.items[m - 1].marker_last;
            }
        i = k;
    }
}

int karaka_compose(karaka_reading *r, const karaka_piece *pieces, size_t count) {
    composer c = {.r = r, .pieces = pieces, .count = count, .unit = -1};
    for (c.at = 0; c.at < count && !c.stop; c.at++) {
        const karaka_piece *p = &pieces[c.at];
        if (c.unit >= 0 && p->last <= r->names.items[c.unit].last && p->first <= r->names.items[c.unit].last &&
            (p->first > r->names.items[c.unit].first || p->last < r->names.items[c.unit].last))
            continue; /* taken in already */
        if (is_role(p->kind))
            add_role(&c, p);
        else if (p->kind == KARAKA_REFERRING)
            add_reference(&c, p);
        else
            add_plain(&c, p);
        if (!c.stop && c.unit >= 0)
            learn_bracket(&c, c.unit);
    }
    part_groups(r);
    if (!c.stop && r->lexicon->settings->markers_before)
        karaka_appositions_join(r);
    return c.stop ? KARAKA_ERROR_MEMORY : KARAKA_OK;
}
