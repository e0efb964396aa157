/* headline_match: one claim of the headline beside one act that the body tells (headline.h).
 *
 * In: two tales. Out: what the one says about the other, with a score by which the best is chosen.
 * Example: claim ASSAULT रूस -> यूक्रेन, told THREATEN रूस -> यूक्रेन: exaggerated, "the body tells only of THREATEN".
 */
#include "event/headline.h"

#include <string.h>

/* ---- Types --------------------------------------------------------------------------------------------------------
 */

/* Indices into karaka_event_types. */
enum {
    AGREE,
    CONSULT,
    SUPPORT,
    CONCEDE,
    COOPERATE,
    AID,
    RETREAT,
    REQUEST,
    ACCUSE,
    REJECT,
    THREATEN,
    PROTEST,
    SANCTION,
    MOBILIZE,
    COERCE,
    ASSAULT
};
#define BIT(type) (1u << (type))

/* `kin`: types that careful coders take for each other, where neither is much stronger. `strength`: talk to force. */
static const struct {
    uint16_t kin;
    int8_t side; /* 1 cooperation, -1 conflict, 0: a demand may be either */
    int8_t strength;
} types[16] = {
    [AGREE] = {BIT(SUPPORT) | BIT(CONCEDE), 1, 2},
    [CONSULT] = {BIT(SUPPORT) | BIT(AGREE) | BIT(REQUEST), 1, 1},
    [SUPPORT] = {BIT(AGREE), 1, 2},
    [CONCEDE] = {BIT(AGREE) | BIT(RETREAT), 1, 2},
    [COOPERATE] = {BIT(AID), 1, 3},
    [AID] = {BIT(COOPERATE), 1, 3},
    [RETREAT] = {BIT(CONCEDE), 1, 3},
    [REQUEST] = {BIT(ACCUSE), 0, 1},
    [ACCUSE] = {BIT(REQUEST) | BIT(REJECT), -1, 2},
    [REJECT] = {BIT(ACCUSE), -1, 2},
    [THREATEN] = {0, -1, 3},
    [PROTEST] = {0, -1, 3},
    [SANCTION] = {BIT(COERCE), -1, 4},
    [MOBILIZE] = {0, -1, 4},
    [COERCE] = {BIT(SANCTION), -1, 4},
    [ASSAULT] = {0, -1, 6},
};

/* ---- Parties ------------------------------------------------------------------------------------------------------
 */

static bool is_somebody(const karaka_name *n) {
    return n->kind != KARAKA_PLACE_NAME && n->code;
}

/* Names that stand for nobody else: another such name is somebody else, even with the same code. */
static bool is_particular(const karaka_name *n) {
    return n->name && (n->kind == KARAKA_ORGANISATION || n->kind == KARAKA_GROUP || n->kind == KARAKA_PARTY_KIND ||
                       n->kind == KARAKA_ORGAN || n->kind == KARAKA_MEDIA || n->kind == KARAKA_STATE_MEDIA ||
                       n->kind == KARAKA_COMPANY);
}

static bool acts_for_state(const char *code) {
    const char *role = code + karaka_country_length(code);
    return !*role || strncmp(role, " GOV", 4) == 0 || strncmp(role, " MIL", 4) == 0;
}

/* "five countries": some state, whose role is that of the other. */
static bool of_no_country(const char *a, const char *b) {
    bool open = strncmp(a, "---", 3) == 0 || strncmp(b, "---", 3) == 0;
    return open && strcmp(a + karaka_country_length(a), b + karaka_country_length(b)) == 0;
}

static bool has_lemma(const karaka_sentence *s, const karaka_name *n, const char *lemma) {
    for (uint32_t i = n->first; i <= n->last && i < s->token_count; i++)
        if (strcmp(s->tokens[i].lemma, lemma) == 0)
            return true;
    return false;
}

/* The head is the same, and the shorter name has no word that the longer one lacks: "the government of X" is not that
 * of Y. */
static bool same_words(const karaka_reading *r, const karaka_name *a, const karaka_name *b) {
    const karaka_sentence *of_a = &r->document->sentences[a->sentence], *of_b = &r->document->sentences[b->sentence];
    if (a->kind != b->kind || strcmp(of_a->tokens[a->head].lemma, of_b->tokens[b->head].lemma) != 0)
        return false;
    bool shorter = a->last - a->first <= b->last - b->first;
    const karaka_sentence *s = shorter ? of_a : of_b;
    const karaka_name *small = shorter ? a : b, *large = shorter ? b : a;
    for (uint32_t i = small->first; i <= small->last && i < s->token_count; i++)
        if (!has_lemma(shorter ? of_b : of_a, large, s->tokens[i].lemma))
            return false;
    return true;
}

int karaka_headline_same_party(const karaka_reading *r, int32_t ia, int32_t ib) {
    const karaka_name *a = &r->names.items[ia], *b = &r->names.items[ib];
    if (a->person && b->person)
        return a->person == b->person ? 2 : 0;
    if (a->name && b->name && strcmp(a->name, b->name) == 0)
        return 2;
    if (!is_somebody(a) || !is_somebody(b) || (is_particular(a) && is_particular(b)))
        return 0;
    bool same = strcmp(a->code, b->code) == 0;
    if (!same && of_no_country(a->code, b->code))
        return 1;
    if (!same && !(karaka_same_country(a->code, b->code) && acts_for_state(a->code) && acts_for_state(b->code)))
        return 0;
    return same && same_words(r, a, b) ? 2 : 1;
}

int karaka_headline_likeness(const karaka_reading *r, const int32_t *a, uint32_t na, const int32_t *b, uint32_t nb) {
    int best = 0;
    bool known = false;
    for (uint32_t i = 0; i < na; i++)
        known |= strncmp(r->names.items[a[i]].code, "---", 3) != 0;
    for (uint32_t i = 0; i < na && best < 2; i++)
        for (uint32_t k = 0; k < nb && best < 2; k++) {
            if (known && strncmp(r->names.items[a[i]].code, "---", 3) == 0)
                continue; /* "five countries" beside a country that is named tells nothing */
            int same = karaka_headline_same_party(r, a[i], b[k]);
            best = same > best ? same : best;
        }
    return best;
}

bool karaka_headline_near(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence,
                          int32_t name) {
    for (uint32_t s = sentence ? sentence - 1 : 0; s <= sentence; s++)
        for (uint32_t i = 0; i < names->count[s]; i++)
            if (karaka_headline_same_party(r, (int32_t)(names->at[s] + i), name))
                return true;
    return false;
}

enum { ACTING = 1, RECEIVING = 2 };

/* How the names of a sentence that are like those of `side` are marked. */
static int marked(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence, const int32_t *side,
                  uint32_t count) {
    const uint32_t receiving = KARAKA_PART_BIT(KARAKA_TARGET) | KARAKA_PART_BIT(KARAKA_ADDRESSEE) |
                               KARAKA_PART_BIT(KARAKA_OBJECT) | KARAKA_PART_BIT(KARAKA_AGAINST) |
                               KARAKA_PART_BIT(KARAKA_FROM);
    int found = 0;
    for (uint32_t i = 0; i < names->count[sentence]; i++) {
        int32_t name = (int32_t)(names->at[sentence] + i);
        uint32_t marker = r->names.items[name].marker;
        uint32_t parts = marker ? karaka_parts_lookup(r->lexicon, 0, marker, true) : 0;
        if (!parts || !karaka_headline_likeness(r, side, count, &name, 1))
            continue;
        if (parts & KARAKA_PART_BIT(KARAKA_DOER))
            found |= ACTING;
        else if (parts & receiving)
            found |= RECEIVING;
    }
    return found;
}

enum karaka_roles karaka_headline_roles(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence,
                                        const karaka_tale *c) {
    int actors = marked(r, names, sentence, c->actors, c->actor_count);
    int recipients = marked(r, names, sentence, c->recipients, c->recipient_count);
    if (c->mutual)
        return KARAKA_ROLES_OPEN;
    if (actors == RECEIVING && recipients == ACTING)
        return KARAKA_ROLES_TURNED;
    if (actors == RECEIVING || recipients == ACTING)
        return KARAKA_ROLES_AGAINST;
    return actors == ACTING && recipients == RECEIVING ? KARAKA_ROLES_STRAIGHT : KARAKA_ROLES_OPEN;
}

/* The very party, and not a country, for which its ministers stand, is named in the sentence: whoever is only like it
 * there is another. */
static bool named_otherwise(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence,
                            const int32_t *side, uint32_t count) {
    for (uint32_t i = 0; i < names->count[sentence]; i++) {
        int32_t name = (int32_t)(names->at[sentence] + i);
        if (r->names.items[name].kind != KARAKA_COUNTRY && karaka_headline_likeness(r, side, count, &name, 1) == 2)
            return true;
    }
    return false;
}

/* A side of the claim beside a side of what is told; a side that is not told is looked for in the sentence. */
static bool side_fits(const karaka_reading *r, const karaka_headline_names *names, uint32_t sentence,
                      const int32_t *claimed, uint32_t nc, const int32_t *told, uint32_t nt, int *met) {
    if (nc == 0)
        return true;
    if (nt) {
        int like = karaka_headline_likeness(r, claimed, nc, told, nt);
        if (!like || (like == 1 && named_otherwise(r, names, sentence, claimed, nc)))
            return false;
        *met += 2;
        return true;
    }
    for (uint32_t i = 0; i < nc; i++)
        if (karaka_headline_near(r, names, sentence, claimed[i])) {
            *met += 1;
            return true;
        }
    return false;
}

bool karaka_headline_others(const karaka_reading *r, const karaka_headline_names *names, const karaka_tale *c,
                            const karaka_tale *t) {
    return t->whole && c->type == t->type && !c->mutual &&
           karaka_headline_likeness(r, c->actors, c->actor_count, t->actors, t->actor_count) == 1 &&
           named_otherwise(r, names, t->sentence, c->actors, c->actor_count);
}

enum fit { APART, STRAIGHT, SWAPPED };

/* Each side of the claim is like the other side of what is told, and not liker its own. */
static bool swapped(const karaka_reading *r, const karaka_tale *c, const karaka_tale *t) {
    if (c->mutual || t->mutual || !c->actor_count || !c->recipient_count)
        return false;
    int across = karaka_headline_likeness(r, c->actors, c->actor_count, t->recipients, t->recipient_count);
    int back = karaka_headline_likeness(r, c->recipients, c->recipient_count, t->actors, t->actor_count);
    int straight = karaka_headline_likeness(r, c->actors, c->actor_count, t->actors, t->actor_count) +
                   karaka_headline_likeness(r, c->recipients, c->recipient_count, t->recipients, t->recipient_count);
    return across && back && across + back > straight;
}

/* Who receives in the claim does the very same to somebody else or to nobody named, beside him who acts in it. */
static bool half_swapped(const karaka_reading *r, const karaka_headline_names *names, const karaka_tale *c,
                         const karaka_tale *t) {
    if (c->mutual || t->mutual || c->type != t->type || !c->actor_count || !c->recipient_count || !t->actor_count)
        return false;
    bool near = false;
    for (uint32_t i = 0; i < c->actor_count; i++)
        near |= karaka_headline_near(r, names, t->sentence, c->actors[i]);
    return near && t->whole &&
           karaka_headline_likeness(r, c->recipients, c->recipient_count, t->actors, t->actor_count) &&
           !karaka_headline_likeness(r, c->actors, c->actor_count, t->actors, t->actor_count);
}

static enum fit fit_of(const karaka_reading *r, const karaka_headline_names *names, const karaka_tale *c,
                       const karaka_tale *t, int *met) {
    *met = 0;
    if (swapped(r, c, t))
        return SWAPPED;
    if (side_fits(r, names, t->sentence, c->actors, c->actor_count, t->actors, t->actor_count, met) &&
        side_fits(r, names, t->sentence, c->recipients, c->recipient_count, t->recipients, t->recipient_count, met) &&
        *met > 0)
        return STRAIGHT;
    if (c->mutual || t->mutual) { /* who is named first does not matter */
        int other = 0;
        if (side_fits(r, names, t->sentence, c->actors, c->actor_count, t->recipients, t->recipient_count, &other) &&
            side_fits(r, names, t->sentence, c->recipients, c->recipient_count, t->actors, t->actor_count, &other) &&
            other > 0) {
            *met = other;
            return STRAIGHT;
        }
        return APART;
    }
    return APART;
}

/* ---- Both ---------------------------------------------------------------------------------------------------------
 */

static int certainty(karaka_status status) {
    return status == KARAKA_ASSERTED ? 3 : status == KARAKA_PLANNED ? 2 : 1;
}

static karaka_finding finding(karaka_verdict verdict, int score, const char *reason, uint8_t told) {
    return (karaka_finding){.verdict = verdict, .score = score, .reason = reason, .told = told};
}

static karaka_finding against(int score, const char *reason, uint8_t told) {
    karaka_finding f = finding(KARAKA_UNSUPPORTED, score, reason, told);
    f.contradiction = true;
    return f;
}

/* The sides fit: type and status decide. `guess` is taken off where the sides of what is told are guesses. */
static karaka_finding judge_straight(const karaka_tale *c, const karaka_tale *t, int guess) {
    bool same = c->type == t->type, kin = t->whole && (types[c->type].kin & BIT(t->type));
    bool denied = c->status == KARAKA_DENIED, told_denied = t->status == KARAKA_DENIED;
    if (same && denied != told_denied)
        return t->whole ? against(60, told_denied ? "the body denies it" : "the body affirms it", t->type)
                        : finding(KARAKA_UNSUPPORTED, 0, NULL, 0);
    if (denied || told_denied)
        return same ? finding(KARAKA_SUPPORTED, 100 - guess, "the body denies it too", t->type)
                    : finding(KARAKA_UNSUPPORTED, 0, NULL, 0);
    if (same || kin) {
        const char *told = same ? "the body tells it" : "the body tells a closely related act (%s)";
        if (certainty(t->status) >= certainty(c->status))
            return finding(KARAKA_SUPPORTED, (same ? 100 : 94) - guess, told, t->type);
        return finding(KARAKA_EXAGGERATED, (same ? 90 : 86) - guess,
                       t->status == KARAKA_PLANNED ? "the body tells it only as planned"
                                                   : "the body tells it only as possible",
                       t->type);
    }
    if (c->status != KARAKA_ASSERTED && t->whole && t->type == AGREE && types[c->type].side > 0)
        return finding(KARAKA_SUPPORTED, 85, "the body tells the promise of it (%s)", t->type);
    bool talk = (c->type == ACCUSE || c->type == PROTEST) && t->type == CONSULT; /* one may blame whom one meets */
    int side = talk ? 0 : types[c->type].side * types[t->type].side;
    if (side < 0)
        return t->whole ? against(55, "the body tells the opposite (%s)", t->type)
                        : finding(KARAKA_UNSUPPORTED, 0, NULL, 0);
    if (!t->whole)
        return finding(KARAKA_UNSUPPORTED, 0, NULL, 0);
    if (types[c->type].strength > types[t->type].strength)
        return finding(KARAKA_EXAGGERATED, 80, "the body tells only of %s", t->type);
    if (side > 0 && c->type != REJECT && types[c->type].strength < types[t->type].strength)
        return finding(KARAKA_SUPPORTED, 75, "the body tells a stronger act (%s)", t->type);
    return finding(KARAKA_UNSUPPORTED, 30, "the body tells another act of them (%s)", t->type);
}

bool karaka_headline_weaker(const karaka_reading *r, const karaka_tale *c, const karaka_tale *t) {
    bool harsh = types[c->type].side < 0 && types[c->type].strength >= types[THREATEN].strength;
    return harsh && types[t->type].side <= 0 && types[t->type].strength < types[c->type].strength &&
           t->status != KARAKA_DENIED && c->status != KARAKA_DENIED && c->actor_count &&
           karaka_headline_likeness(r, c->actors, c->actor_count, t->actors, t->actor_count);
}

karaka_finding karaka_headline_compare(const karaka_reading *r, const karaka_headline_names *names,
                                       const karaka_tale *c, const karaka_tale *t) {
    int met = 0;
    karaka_finding f = {.verdict = KARAKA_UNSUPPORTED};
    enum fit fit = fit_of(r, names, c, t, &met);
    int known = (c->actor_count ? 2 : 0) + (c->recipient_count ? 2 : 0);
    bool guessed = !t->whole && c->key != t->key; /* the sides are guesses and the words are others */
    bool kin = c->type != t->type && (types[c->type].kin & BIT(t->type));
    if (fit == STRAIGHT && ((guessed && (met < known || t->noun)) || (kin && met < known && known > 2)))
        return f;
    if (fit == STRAIGHT)
        return judge_straight(c, t, 3 * (known - met) + (t->noun ? 24 : guessed ? 6 : 0));
    if (fit == APART && t->status != KARAKA_DENIED && half_swapped(r, names, c, t))
        return against(50, "the body tells it of the other side", t->type);
    if (fit == SWAPPED && t->status != KARAKA_DENIED) {
        if (c->type == t->type)
            return against(92, "the body tells it the other way round", t->type);
        if (c->key == t->key || (t->whole && (types[c->type].kin & BIT(t->type))))
            return against(70, "the body tells it the other way round (%s)", t->type);
    }
    return f;
}
