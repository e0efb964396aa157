/* unknown: parties that no table knows (setting `unknown-parties`): the phrases that play a part for a predicate.
 *
 * In: words, candidates of the sentence, the pieces found so far. Out: further pieces, in order; the code "---#WORD"
 * keeps one unknown party apart from another inside the chain, and is told as "---".
 * Example: "Brisbane lawyer Jim Doe sued Acme Ltd" -> "lawyer Jim Doe", "Acme Ltd".
 */
#include "event/reading.h"

#include <string.h>

enum {
    ARGUMENT = KARAKA_PART_BIT(KARAKA_DOER) | KARAKA_PART_BIT(KARAKA_OBJECT) | KARAKA_PART_BIT(KARAKA_ADDRESSEE) |
               KARAKA_PART_BIT(KARAKA_TARGET) | KARAKA_PART_BIT(KARAKA_AGAINST) | KARAKA_PART_BIT(KARAKA_FOR) |
               KARAKA_PART_BIT(KARAKA_COMPANION) | KARAKA_PART_BIT(KARAKA_FROM) | KARAKA_PART_BIT(KARAKA_BY) |
               KARAKA_PART_BIT(KARAKA_BETWEEN) | KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_TO) |
               KARAKA_PART_BIT(KARAKA_AT) | KARAKA_PART_BIT(KARAKA_MODIFIER) | KARAKA_PART_BIT(KARAKA_CONTENT) |
               KARAKA_PART_BIT(KARAKA_ABOUT),
};

char *karaka_unknown_code(const karaka_reading *r, uint32_t token, const char *role) {
    char *code = karaka_arena_format(r->arena, "---#%.60s%s%s", r->sentence->tokens[token].form, role ? " " : "",
                                     role ? role : "");
    for (char *c = code; c && *c && *c != ' '; c++)
        if (*c == ':')
            *c = '-';
    return code;
}

const char *karaka_unknown_told(const karaka_reading *r, const char *code) {
    const char *role = strrchr(code, ' ');
    if (strncmp(code, "---#", 4) != 0)
        return code;
    code = karaka_arena_format(r->arena, "---%s", role ? role : "");
    return code ? code : "---";
}

bool karaka_unknown_word(const karaka_reading *r, const karaka_piece *p, karaka_name *out) {
    const karaka_reference_line *line = &r->lexicon->references.items[p->item];
    uint8_t pos = r->words[p->last].pos;
    bool somebody = pos == POS_NOUN || (pos == POS_PRON && karaka_is_pronoun(line));
    const char *code = somebody && r->lexicon->settings->unknown_parties ? karaka_unknown_code(r, p->last, NULL) : NULL;
    *out = (karaka_name){.first = p->first,
                         .last = p->last,
                         .code = code,
                         .rule = p->rule,
                         .agent = -1,
                         .meant = -1,
                         .marker = line->marker,
                         .marker_first = p->last,
                         .marker_last = p->last,
                         .kind = KARAKA_UNKNOWN};
    return code != NULL;
}

static bool is_nominal(const karaka_word *w) {
    return w->pos == POS_NOUN || w->pos == POS_PROPN;
}

static bool is_time(const karaka_reading *r, uint32_t token) {
    for (size_t i = 0; i < r->time_count; i++)
        if (r->times[i].first <= token && token <= r->times[i].last)
            return true;
    return false;
}

/* A word of an event's predicate; *noun: of its noun. */
static bool is_predicate(const karaka_reading *r, int32_t token, bool *noun) {
    bool found = false;
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *c = &r->candidates[i];
        if (r->lexicon->predicates.items[c->line].use != KARAKA_USE_EVENT)
            continue;
        bool of_noun = c->noun >= 0 && token >= c->noun_first && token <= c->noun;
        *noun |= of_noun;
        found |= of_noun || token == c->verb;
    }
    return found;
}

/* Whether the phrase headed by `token` plays a part for an event's predicate, directly or inside another's phrase. */
static bool plays_part(const karaka_reading *r, uint32_t token) {
    int32_t top = (int32_t)token;
    bool noun = false;
    for (unsigned step = 0; step < 5; step++) {
        while (karaka_word_is(r, top, KARAKA_CONJUNCT) && r->words[top].head >= 0)
            top = r->words[top].head;
        int32_t head = r->words[top].head;
        if (head < 0)
            return false;
        bool verb = r->words[head].pos == POS_VERB || r->words[head].pos == POS_AUX;
        uint32_t marker = karaka_marker_at(r, step == 0 ? (int32_t)token : top);
        uint32_t parts = karaka_parts_lookup(r->lexicon, r->words[top].relation, marker, verb);
        if (is_predicate(r, head, &noun))
            return parts & ARGUMENT;
        if (!(parts & ARGUMENT) || (verb && (r->words[head].classes & KARAKA_FINITE)))
            return false;
        top = head;
    }
    return false;
}

/* Whom a participle or relative clause that is a predicate describes. */
static bool is_described(const karaka_reading *r, uint32_t token) {
    bool noun = false;
    for (int32_t c = r->words[token].first_child; c >= 0; c = r->words[c].next_child)
        if (r->words[c].pos == POS_VERB && c > (int32_t)token &&
            (r->words[c].classes & (KARAKA_NESTED | KARAKA_OBJECT_INSIDE | KARAKA_DOER_INSIDE)) &&
            is_predicate(r, c, &noun))
            return true;
    return false;
}

/* "thousands of workers": the workers are the party. */
static bool is_measure(const karaka_reading *r, uint32_t token) {
    if (!((r->words[token].shapes | r->words[token].signs) & KARAKA_SHAPE_MEASURE))
        return false;
    for (int32_t c = r->words[token].first_child; c >= 0; c = r->words[c].next_child)
        if (c > (int32_t)token && is_nominal(&r->words[c]))
            return true;
    return false;
}

/* A noun that tells an event and is all that a verb that tells another acts on: "rejected the referendum". */
static bool is_acted_on(const karaka_reading *r, uint32_t token) {
    int32_t head = r->words[token].head;
    for (int32_t c = r->words[token].first_child; c >= 0; c = r->words[c].next_child)
        if (c > (int32_t)token && is_nominal(&r->words[c]))
            return false; /* "the strike by the miners": they are meant */
    for (uint32_t i = 0; i < r->candidate_count && head >= 0; i++)
        if (r->candidates[i].verb == head && r->candidates[i].noun < 0 &&
            r->lexicon->predicates.items[r->candidates[i].line].use == KARAKA_USE_EVENT &&
            (karaka_parts_lookup(r->lexicon, r->words[token].relation, karaka_marker_at(r, (int32_t)token), true) &
             KARAKA_PART_BIT(KARAKA_OBJECT)))
            return true;
    return false;
}

/* "this test" points back to what was told; "attempts to do it" are no party either. */
static bool points_back(const karaka_reading *r, uint32_t token) {
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *c = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
        if (c->noun == (int32_t)token && line->use != KARAKA_USE_EVENT && line->form == KARAKA_FORM_NOUN)
            return true;
    }
    for (int32_t c = r->words[token].first_child; c >= 0 && r->words[token].pos == POS_NOUN; c = r->words[c].next_child)
        if (c < (int32_t)token && (r->words[c].classes & KARAKA_THIS) && r->words[c].pos == POS_DET)
            return true;
    return false;
}

static bool is_head(const karaka_reading *r, uint32_t token) {
    const karaka_word *w = &r->words[token];
    bool noun = false;
    if (!is_nominal(w) || w->atom_count == 0 || is_time(r, token))
        return false;
    if (w->head >= 0 && is_nominal(&r->words[w->head]) &&
        ((w->classes & KARAKA_NAME_PART) || (w->shapes & (KARAKA_SHAPE_TITLE | KARAKA_SHAPE_APPOSED))))
        return false;
    is_predicate(r, (int32_t)token, &noun);
    if (is_measure(r, token) || points_back(r, token) || (noun && !is_acted_on(r, token)))
        return false;
    return plays_part(r, token) || is_described(r, token);
}

uint32_t karaka_unknown_first(const karaka_reading *r, uint32_t first, uint32_t last) {
    while (first > 0 && is_nominal(&r->words[first - 1]) && r->words[first - 1].name < 0 &&
           r->words[first - 1].head >= (int32_t)first && r->words[first - 1].head <= (int32_t)last &&
           !is_time(r, first - 1))
        first--;
    return first;
}

/* The phrase around its head, without articles and markers: [first, last]; what stands before `from` is taken. */
static karaka_stretch phrase_of(const karaka_reading *r, uint32_t head, uint32_t from) {
    karaka_stretch s = {head, head};
    while (s.first > from && karaka_words_hang(r, s.first - 1, head)) {
        const karaka_word *w = &r->words[s.first - 1];
        if (!is_nominal(w) && w->pos != POS_ADJ && w->pos != POS_NUM && w->pos != POS_PART && w->pos != POS_PUNCT)
            break;
        s.first--;
    }
    while (s.first < head && (r->words[s.first].pos == POS_PART || r->words[s.first].pos == POS_PUNCT))
        s.first++;
    while (s.last + 1 < r->count && is_nominal(&r->words[s.last + 1]) && karaka_words_hang(r, s.last + 1, head))
        s.last++;
    return s;
}

/* Whether a known party owns the phrase from behind: "a march of teachers". */
static bool owned_behind(const karaka_reading *r, const karaka_piece *pieces, size_t count, size_t at, uint32_t head) {
    if (r->words[head].pos == POS_PROPN)
        return false;
    for (; at < count && pieces[at].first < head + 8; at++) {
        int32_t token = (int32_t)pieces[at].last;
        if (pieces[at].kind == KARAKA_PLACE_NAME || r->words[token].head != (int32_t)head)
            continue;
        uint32_t marker = karaka_marker_of(r, pieces[at].first, pieces[at].last, NULL);
        const uint32_t owner = KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_BY);
        if (karaka_parts_lookup(r->lexicon, 0, marker, false) & owner)
            return true;
    }
    return false;
}

/* Whether the piece is in the phrase of the head as its owner or adjective, so that it stands for the phrase. */
static bool holds_known(const karaka_reading *r, const karaka_piece *p, uint32_t head) {
    return r->words[head].pos != POS_PROPN && !p->sided && p->kind != KARAKA_PLACE_NAME &&
           karaka_words_hang(r, p->last, head);
}

/* A noun that may head the phrase which a name stands for: no event, no time, no other name. */
static bool may_head(const karaka_reading *r, int32_t token, const karaka_name *n) {
    bool noun = false;
    if (token < 0 || !is_nominal(&r->words[token]) || is_time(r, (uint32_t)token))
        return false;
    is_predicate(r, token, &noun);
    return !noun && (r->words[token].name < 0 || ((uint32_t)token >= n->first && (uint32_t)token <= n->last));
}

/* Only words that may stand before a noun, between a name and the head of its phrase. */
static bool leads_to(const karaka_reading *r, uint32_t from, uint32_t head) {
    for (; from < head; from++) {
        uint8_t pos = r->words[from].pos;
        if ((!is_nominal(&r->words[from]) && pos != POS_ADJ && pos != POS_PART && pos != POS_NUM) ||
            !karaka_words_hang(r, from, head))
            return false;
    }
    return true;
}

/* "the academy in Bogota": the last token of the place inside the phrase of `head` that ends at `last`, else `last`. */
static uint32_t end_of_site(const karaka_reading *r, uint32_t last, uint32_t head) {
    enum { NEAR = 5 };
    uint32_t end = last;
    if (last + 2 >= r->count || r->words[last + 1].pos != POS_ADP)
        return last;
    for (uint32_t i = last + 2; i < r->count && i <= last + NEAR; i++) {
        const karaka_word *w = &r->words[i];
        if (w->pos != POS_DET && w->pos != POS_ADJ && w->pos != POS_NUM && !is_nominal(w))
            break;
        bool of_site = karaka_parts_lookup(r->lexicon, w->relation, karaka_marker_at(r, (int32_t)i), false) &
                       KARAKA_PART_BIT(KARAKA_AT);
        if (of_site && w->head == (int32_t)head)
            end = i;
    }
    return end;
}

void karaka_unknown_phrase(const karaka_reading *r, karaka_name *n) {
    enum { STEPS = 3, NEAR = 5 };
    uint32_t head = n->head;
    n->told_first = n->first;
    n->told_last = n->last;
    if (n->referring || n->sided)
        return;
    for (unsigned step = 0; step < STEPS && may_head(r, r->words[head].head, n); step++) {
        uint32_t up = (uint32_t)r->words[head].head;
        bool before = up > n->told_last && up - n->told_last < NEAR && leads_to(r, n->told_last + 1, up);
        bool of = up < n->told_first && n->told_first - up < NEAR && head == n->head &&
                  (karaka_parts_lookup(r->lexicon, r->words[head].relation,
                                       karaka_marker_of(r, n->first, n->last, NULL), false) &
                   KARAKA_PART_BIT(KARAKA_OF));
        if (before)
            n->told_last = up;
        else if (of)
            n->told_first = phrase_of(r, up, 0).first;
        else if (up < n->told_first || up > n->told_last)
            return;
        head = up;
    }
    while (n->told_last + 1 < r->count && (r->words[n->told_last + 1].classes & KARAKA_NAME_PART) &&
           is_nominal(&r->words[n->told_last + 1]) && r->words[n->told_last + 1].name < 0 &&
           karaka_words_hang(r, n->told_last + 1, head))
        n->told_last++;
    n->told_last = end_of_site(r, n->told_last, head);
}

size_t karaka_unknown_add(const karaka_reading *r, karaka_piece *pieces, size_t count, size_t room) {
    size_t given = count, at = 0;
    for (uint32_t i = 0; i < r->count && count < room; i++) {
        while (at < given && pieces[at].last < i)
            at++;
        bool taken = at < given && pieces[at].first <= i;
        uint32_t from = at > 0 ? pieces[at - 1].last + 1 : 0;
        if (taken || !is_head(r, i) || (at > 0 && holds_known(r, &pieces[at - 1], i)) ||
            owned_behind(r, pieces, given, at, i))
            continue;
        karaka_stretch s = phrase_of(r, i, from);
        if (count > given && pieces[count - 1].last >= s.first)
            continue;
        if (at < given && pieces[at].first <= s.last)
            s.last = pieces[at].first - 1;
        const char *code = karaka_unknown_code(r, i, NULL);
        if (code)
            pieces[count++] = (karaka_piece){.first = s.first,
                                             .last = s.last,
                                             .code = code,
                                             .rule = "",
                                             .person = r->words[i].pos == POS_PROPN ? r->words[i].form : 0,
                                             .item = -1,
                                             .kind = KARAKA_UNKNOWN};
    }
    for (size_t i = given; i < count; i++) /* both parts are in order */
        for (size_t k = i; k > 0 && pieces[k].first < pieces[k - 1].first; k--) {
            karaka_piece t = pieces[k];
            pieces[k] = pieces[k - 1];
            pieces[k - 1] = t;
        }
    return count;
}
