/* reference: words that point back to somebody named before.
 *
 * In: a pronoun or "both countries", the article so far. Out: the codes that it stands for.
 * Example: "भारत ने रूस से ... दोनों देशों ने" -> IND GOV, RUS GOV; "उन्होंने" -> the last doer.
 */
#include "event/reading.h"

#include <string.h>

/* The latest doer named before token `from` in this sentence, in an earlier clause than `clause`; -1: none. */
static int32_t doer_before(const karaka_reading *r, uint32_t from, uint32_t clause) {
    for (size_t i = r->names.count; i-- > r->names_from;) {
        const karaka_name *n = &r->names.items[i];
        if (n->first >= from || r->words[n->head].clause >= clause || n->kind == KARAKA_PLACE_NAME ||
            r->conditions[r->words[n->head].clause])
            continue;
        int32_t head = -1;
        if (karaka_parts_of_name(r, n, &head) & KARAKA_PART_BIT(KARAKA_DOER))
            return (int32_t)i;
    }
    return -1;
}

/* The doer of the clause that token `at` stands in, named before it; -1: none. */
static int32_t doer_of_clause(const karaka_reading *r, uint32_t at) {
    for (size_t i = r->names.count; i-- > r->names_from;) {
        const karaka_name *n = &r->names.items[i];
        int32_t head = -1;
        if (n->first < at && r->words[n->head].clause == r->words[at].clause &&
            (karaka_parts_of_name(r, n, &head) & KARAKA_PART_BIT(KARAKA_DOER)))
            return (int32_t)i;
    }
    return -1;
}

static bool is_state(const char *code) {
    const char *role = strchr(code, ' ');
    return code[0] != '-' && !strchr(code, ':') && role && strcmp(role, " REB") != 0;
}

static bool is_one_of(const char *code, const char *const *codes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (codes[i] && karaka_same_country(code, codes[i]))
            return true;
    return false;
}

enum { FAR = 3 }; /* sentences back in which "the two countries" are states */

/* The country named latest, then oftenest, that is none of `not` (codes or NULL); index, -1: none. */
static int32_t salient(const karaka_reading *r, const char *const not [2], uint32_t oldest) {
    int32_t best = -1;
    uint32_t best_score = 0;
    for (uint32_t k = 0; k < r->country_count; k++) {
        uint32_t age = r->index - r->countries[k].last;
        uint32_t score = r->countries[k].count * 2 + (age == 0 ? 6 : age == 1 ? 4 : age == 2 ? 1 : 0) + 1;
        if (oldest <= FAR && !is_state(r->countries[k].full))
            continue;
        if (age <= oldest && !is_one_of(r->countries[k].full, not, 2) && score > best_score) {
            best = (int32_t)k;
            best_score = score;
        }
    }
    return best;
}

const char *karaka_reference_country(const karaka_reading *r) {
    const char *home = r->lexicon->settings->home ? r->lexicon->settings->home : "";
    int32_t best = salient(r, (const char *const[2]){0}, UINT32_MAX);
    if (best < 0)
        return home;
    for (uint32_t k = 0; k < r->country_count && *home; k++)
        if (karaka_same_country(r->countries[k].full, home))
            return home;
    return r->countries[best].full;
}

/* The name on which the relative clause around token `at` hangs in the tree; -1: none. */
static int32_t antecedent(const karaka_reading *r, uint32_t at) {
    int32_t token = (int32_t)at;
    for (unsigned step = 0; token >= 0 && step < KARAKA_CLIMB; step++, token = r->words[token].head)
        if (r->words[token].classes & KARAKA_NESTED) {
            int32_t head = r->words[token].head;
            return head >= 0 && head < (int32_t)at ? r->words[head].name : -1;
        }
    return -1;
}

const char *karaka_reference_other(const karaka_reading *r, const char *mine) {
    int32_t other = salient(r, (const char *const[2]){mine}, 1);
    return other < 0 ? NULL : r->countries[other].full;
}

/* Whether a clause with "that" begins between two tokens. */
static bool clause_between(const karaka_reading *r, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to && i < r->count; i++)
        if (r->words[i].pos == POS_SCONJ)
            return true;
    return false;
}

/* The "that" before token `at` after which it is said, or `at`. */
static uint32_t said_from(const karaka_reading *r, uint32_t at) {
    for (uint32_t i = at; i-- > 0;)
        if (r->words[i].pos == POS_SCONJ)
            return i;
    return at;
}

/* "both" and the noun after it: widens the piece; false where another noun follows. */
static bool take_noun(const karaka_reading *r, karaka_piece *piece) {
    const karaka_phrases *p = &r->lexicon->phrases;
    uint32_t at = piece->last + 1;
    while (at < r->count && (r->words[at].classes & KARAKA_PARTICLE))
        at++;
    if (at >= r->count)
        return true;
    uint32_t node = KARAKA_SET_REFERENCE, last = 0;
    for (uint32_t i = at; i < r->count && i < at + 4 && node; i++) {
        uint32_t by_lemma = karaka_phrasebook_step(p, node, r->words[i].lemma);
        node = karaka_phrasebook_step(p, node, r->words[i].form);
        uint32_t value = node ? karaka_phrasebook_first(p, node) : 0;
        if (!value && by_lemma)
            value = karaka_phrasebook_first(p, by_lemma);
        if (value && r->lexicon->references.items[p->values.items[value].item].kind == KARAKA_REF_BOTH_NOUN)
            last = i;
    }
    if (last)
        piece->last = last;
    uint8_t pos = r->words[at].pos;
    return last || (pos != POS_NOUN && pos != POS_PROPN && pos != POS_ADJ && pos != POS_NUM);
}

/* Two other states were named side by side since "both" was last said. */
static bool new_pair(const karaka_reading *r) {
    for (size_t i = r->names.count; i-- > r->both_names + 1;) {
        const karaka_name *a = &r->names.items[i - 1], *b = &r->names.items[i];
        if (a->group == b->group && !b->referring && !karaka_same_country(a->code, b->code))
            return true;
    }
    return false;
}

/* Who does something to both is none of them; who talks of what is between them, or theirs, may be. A code or NULL. */
static const char *who_asks(const karaka_reading *r, const karaka_piece *piece) {
    enum { OWN = KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_BETWEEN) | KARAKA_PART_BIT(KARAKA_DOER) };
    karaka_stretch at;
    uint32_t marker = karaka_marker_of(r, piece->first, piece->last, &at);
    bool acted_on = marker ? !(karaka_parts_lookup(r->lexicon, 0, marker, false) & OWN)
                           : !r->lexicon->settings->verb_final && !(r->words[piece->last].by_relation & KARAKA_SUBJECT);
    int32_t doer = acted_on ? doer_of_clause(r, piece->first) : -1;
    return doer < 0 ? NULL : r->names.items[doer].code;
}

static size_t both(karaka_reading *r, karaka_piece *piece, const char **codes) {
    static const uint32_t reach[] = {1, FAR, UINT32_MAX};
    if (!take_noun(r, piece))
        return 0;
    const char *asks = who_asks(r, piece);
    if (r->both[0] && !new_pair(r) && !(asks && is_one_of(asks, r->both, 2))) {
        codes[0] = r->both[0];
        codes[1] = r->both[1];
        return 2;
    }
    for (size_t i = 0; i < sizeof reach / sizeof *reach; i++) {
        int32_t a = salient(r, (const char *const[2]){asks}, reach[i]);
        int32_t b = a < 0 ? -1 : salient(r, (const char *const[2]){asks, r->countries[a].full}, reach[i]);
        if (b < 0)
            continue;
        r->both[0] = codes[0] = r->countries[a].full;
        r->both[1] = codes[1] = r->countries[b].full;
        r->both_names = r->names.count;
        return 2;
    }
    return 0;
}

/* The last organisation, company, party whose name is longer and ends with the word at token `at`; -1: none. */
static int32_t ends_so(const karaka_reading *r, uint32_t at) {
    for (size_t i = r->names.count; i-- > 0;) {
        const karaka_name *n = &r->names.items[i];
        if (n->last == n->first || (n->kind != KARAKA_ORGANISATION && n->kind != KARAKA_ORGAN &&
                                    n->kind != KARAKA_COMPANY && n->kind != KARAKA_PARTY_KIND))
            continue;
        const char *form = r->document->sentences[n->sentence].tokens[n->last].form;
        if (karaka_word_key(r->lexicon->spelling, form, strlen(form)) == r->words[at].form)
            return (int32_t)i;
    }
    return -1;
}

static bool means_people(const karaka_reading *r, int32_t name) {
    const karaka_name *n = &r->names.items[name];
    if (n->referring && n->meant >= 0)
        n = &r->names.items[n->meant];
    return karaka_is_people(n->kind) || n->kind == KARAKA_VICTIMS || n->kind == KARAKA_REFERRING;
}

/* The people named last before token `at`, in this sentence or one of the two before; -1: none. */
static int32_t people_before(const karaka_reading *r, uint32_t at) {
    for (size_t i = r->names.count; i-- > 0 && r->index - r->names.items[i].sentence < FAR;)
        if (means_people(r, (int32_t)i) && (r->names.items[i].sentence < r->index || r->names.items[i].first < at))
            return (int32_t)i;
    return -1;
}

size_t karaka_reference_resolve(karaka_reading *r, karaka_piece *piece, const char **codes) {
    const karaka_reference_line *line = &r->lexicon->references.items[piece->item];
    uint32_t at = piece->first, from = at, clause = r->words[at].clause;
    int32_t who = -1;
    bool pronoun = karaka_is_pronoun(line);
    bool acts = karaka_parts_lookup(r->lexicon, 0, line->marker, true) & KARAKA_PART_BIT(KARAKA_DOER);
    acts &= line->marker != 0;
    bool free = !r->lexicon->settings->verb_final; /* pronouns without postpositions: the tree tells who acts */
    if (free)
        acts = r->words[at].by_relation & KARAKA_SUBJECT;
    uint32_t inside = free && line->marker ? karaka_parts_lookup(r->lexicon, 0, line->marker, false) : 0;
    bool owns = inside & KARAKA_PART_BIT(KARAKA_OF);
    switch (line->kind) {
    case KARAKA_REF_BOTH:
        return both(r, piece, codes);
    case KARAKA_REF_NAMED:
        who = at > 0 && (r->words[at - 1].classes & KARAKA_NAME_PART) ? -1 : ends_so(r, at);
        if (who < 0)
            return 0;
        codes[0] = r->names.items[who].code;
        piece->name = r->names.items[who].name;
        return 1;
    case KARAKA_REF_THERE:
        codes[0] = r->there;
        return r->there ? 1 : 0;
    case KARAKA_REF_REFLEXIVE:
        who = doer_of_clause(r, at);
        if (who < 0)
            who = doer_before(r, at, clause);
        break;
    case KARAKA_REF_RELATIVE:
        who = antecedent(r, at);
        if (who < 0 && acts)
            who = doer_before(r, at, clause);
        if (who < 0 && r->names.count > r->names_from && !free)
            who = (int32_t)r->names.count - 1;
        break;
    case KARAKA_REF_PRONOUN:
    case KARAKA_REF_PERSON:
    case KARAKA_REF_SELF:
        if (r->words[at].pos == POS_DET || (r->words[at].pos != POS_PRON && !line->marker))
            return 0;
        from = line->kind == KARAKA_REF_SELF ? said_from(r, at) : at; /* "we" in what is said: who says it */
        who = owns ? doer_of_clause(r, at) : -1;                      /* "its" is that of the doer */
        if (who < 0)
            who = doer_before(r, from, from < at ? r->words[from].clause : acts || free ? clause + 1 : clause);
        break;
    default:
        return 0;
    }
    if (who < 0 && line->kind != KARAKA_REF_RELATIVE)
        who = r->last_doer;
    if (who >= 0 && line->kind == KARAKA_REF_PERSON && !means_people(r, who)) {
        int32_t people = people_before(r, at);
        who = people >= 0 ? people : acts ? who : -1; /* "the states of X said ... they": whoever acted */
    }
    if (who < 0)
        return 0;
    /* A pronoun that is not the doer means somebody else than the doer ("अपना" would mean him). */
    int32_t here = pronoun && !acts && !owns ? doer_of_clause(r, at) : -1;
    if (here < 0 && pronoun && line->marker && !acts && !owns && r->names.items[who].sentence == r->index &&
        !clause_between(r, r->names.items[who].last, at))
        here = who;
    if (here >= 0 && karaka_same_country(r->names.items[here].code, r->names.items[who].code)) {
        const char *mine = r->names.items[here].code;
        for (size_t i = r->names.count; i-- > r->names_from && !clause_between(r, r->names.items[i].last, at);) {
            const karaka_name *n = &r->names.items[i];
            if (n->kind == KARAKA_PLACE_NAME || n->referring || karaka_same_country(n->code, mine))
                continue;
            codes[0] = n->code;
            return 1;
        }
        int32_t other = salient(r, (const char *const[2]){mine}, UINT32_MAX);
        if (other < 0)
            return 0;
        codes[0] = r->countries[other].full;
        return 1;
    }
    codes[0] = r->names.items[who].code;
    piece->name = r->names.items[who].name;
    piece->person = r->names.items[who].person;
    piece->meant = r->names.items[who].referring ? r->names.items[who].meant : who;
    return 1;
}
