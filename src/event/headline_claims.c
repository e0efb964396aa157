/* headline_claims: what a sentence of the title claims (headline.h).
 *
 * In: tales and hits of the sentence just read. Out: claims: events, bare nouns of acts, strong words of somebody.
 * Example: "चीन पर आरोप" -> ACCUSE of चीन; "Trump की बंध गई घिग्घी" -> strong words of class fear, of Trump.
 */
#include "event/headline.h"

#include <string.h>

/* ---- Claims of a sentence of the title ------------------------------------------------------------------------------
 */

static bool parts_clauses(const karaka_token *t) {
    static const char *const signs[] = {",", ";", ":", "|", "-", "\u2013", "\u2014", "\u2026", "...", "!", "?"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(t->form, signs[i]) == 0)
            return t->space_after;
    return false;
}

/* Both tokens of a sentence stand in one stretch of it, between commas and dashes. */
bool karaka_headline_one_stretch(const karaka_sentence *s, uint32_t a, uint32_t b) {
    for (uint32_t i = a < b ? a : b; i < (a < b ? b : a) && i < s->token_count; i++)
        if (parts_clauses(&s->tokens[i]))
            return false;
    return true;
}

static void take(int32_t *side, uint32_t *count, int32_t name) {
    if (*count < KARAKA_PARTIES)
        side[(*count)++] = name;
}

static bool overlap(karaka_span a, karaka_span b) {
    return a.start < b.end && b.start < a.end;
}

static bool is_hedged(const karaka_judging *j, uint32_t sentence) {
    for (size_t i = 0; i < j->title_hits.count; i++)
        if (j->title_hits.items[i].sentence == sentence &&
            j->words->phrases.items[j->title_hits.items[i].phrase].kind == KARAKA_HEADLINE_HEDGE)
            return true;
    return false;
}

karaka_claim_draft *karaka_headline_claim(karaka_judging *j, karaka_tale tale) {
    if (j->claim_count == KARAKA_HEADLINE_CLAIMS)
        return NULL;
    karaka_claim_draft *c = &j->claims[j->claim_count++];
    *c = (karaka_claim_draft){.tale = tale, .strong = KARAKA_STRONG_NONE, .hedged = is_hedged(j, tale.sentence)};
    if (c->hedged && c->tale.status == KARAKA_ASSERTED)
        c->tale.status = KARAKA_POSSIBLE;
    return c;
}

/* ---- Events, and predicates that made none --------------------------------------------------------------------------
 */

/* Neither the words nor the type of an event that is claimed already. */
static bool claims_anew(const karaka_judging *j, const karaka_tale *tale) {
    for (uint32_t i = 0; i < j->claim_count; i++) {
        const karaka_tale *o = &j->claims[i].tale;
        if (overlap(o->trigger, tale->trigger) || (o->sentence == tale->sentence && o->type == tale->type))
            return false;
    }
    return true;
}

static void claim_events(karaka_judging *j, const karaka_tales *tales, size_t names_from) {
    for (size_t i = 0; i < tales->count; i++)
        if (tales->items[i].whole)
            karaka_headline_claim(j, tales->items[i]);
    for (size_t i = 0; i < tales->count; i++) {
        karaka_tale tale = tales->items[i];
        if (tale.whole || (j->r.words[tale.last].classes & KARAKA_INFINITIVE))
            continue;
        karaka_headline_sides(j, names_from, &tale);
        bool half = tale.mutual && (!tale.actor_count || !tale.recipient_count); /* "मिलेंगे": what one gets */
        bool nobody = !tale.actor_count && !tale.recipient_count;
        if (!half && !nobody && claims_anew(j, &tale))
            karaka_headline_claim(j, tale);
    }
}

/* ---- Acts in bare nouns ("भारत की चीन को चेतावनी", "चीन पर आरोप") ---------------------------------------------------
 */

/* "बात करने से इनकार": what is only the content of another act. */
static bool is_content(const karaka_judging *j, const karaka_headline_hit *hit) {
    uint32_t end = hit->last + 2 < j->r.count ? hit->last + 2 : j->r.count - 1;
    for (uint32_t i = hit->first; i <= end; i++)
        if (j->r.words[i].classes & KARAKA_INFINITIVE)
            return true;
    return false;
}

/* "बातचीत से इनकार": what is refused is not claimed. */
static bool is_refused(const karaka_judging *j, const karaka_headline_hit *hit) {
    for (uint32_t i = 0; i < j->claim_count; i++) {
        const karaka_tale *o = &j->claims[i].tale;
        if (o->sentence == hit->sentence && strcmp(karaka_event_types[o->type].name, "REJECT") == 0 &&
            j->claims[i].strong == KARAKA_STRONG_NONE &&
            karaka_headline_one_stretch(&j->document->sentences[hit->sentence], o->token, hit->first))
            return true;
    }
    return false;
}

static void claim_acts(karaka_judging *j, size_t hits_from, size_t names_from) {
    for (size_t i = hits_from; i < j->title_hits.count; i++) {
        const karaka_headline_hit *hit = &j->title_hits.items[i];
        const karaka_headline_phrase *p = &j->words->phrases.items[hit->phrase];
        if (p->kind != KARAKA_HEADLINE_ACT || is_content(j, hit) || is_refused(j, hit))
            continue;
        karaka_tale tale = {.sentence = hit->sentence,
                            .token = hit->first,
                            .last = hit->last,
                            .trigger = hit->span,
                            .type = (uint8_t)p->class,
                            .mutual = p->both,
                            .key = p->keys[0],
                            .rule = p->rule};
        karaka_headline_sides(j, names_from, &tale);
        bool fits = p->both    ? tale.actor_count && tale.recipient_count
                    : p->alone ? true
                               : tale.actor_count || tale.recipient_count;
        if (fits && claims_anew(j, &tale))
            karaka_headline_claim(j, tale);
    }
}

/* ---- Strong words ---------------------------------------------------------------------------------------------------
 */

/* The name nearest to a hit, in its stretch of the sentence; -1: none. */
static int32_t subject_of(const karaka_judging *j, const karaka_headline_hit *hit, size_t names_from) {
    const karaka_sentence *s = &j->document->sentences[hit->sentence];
    int32_t best = -1;
    uint32_t best_distance = UINT32_MAX;
    for (size_t i = names_from; i < j->r.names.count; i++) {
        const karaka_name *n = &j->r.names.items[i];
        uint32_t distance = n->head < hit->first ? hit->first - n->head : n->head - hit->first;
        if (n->sentence != hit->sentence || n->kind == KARAKA_PLACE_NAME || n->kind == KARAKA_VICTIMS ||
            distance >= best_distance || !karaka_headline_one_stretch(s, n->head, hit->first))
            continue;
        best = (int32_t)i;
        best_distance = distance;
    }
    return best;
}

static bool world_in_stretch(const karaka_judging *j, const karaka_headline_hit *hit, size_t hits_from) {
    for (size_t i = hits_from; i < j->title_hits.count; i++) {
        const karaka_headline_hit *o = &j->title_hits.items[i];
        if (o->sentence == hit->sentence && j->words->phrases.items[o->phrase].kind == KARAKA_HEADLINE_WORLD &&
            karaka_headline_one_stretch(&j->document->sentences[hit->sentence], o->first, hit->first))
            return true;
    }
    return false;
}

static void claim_strong(karaka_judging *j, size_t hits_from, size_t names_from) {
    for (size_t i = hits_from; i < j->title_hits.count; i++) {
        const karaka_headline_hit *hit = &j->title_hits.items[i];
        const karaka_headline_phrase *p = &j->words->phrases.items[hit->phrase];
        bool known = p->kind != KARAKA_HEADLINE_OVERSTATE;
        for (uint32_t k = 0; k < j->claim_count && !known; k++) {
            const karaka_claim_draft *o = &j->claims[k];
            known = o->tale.sentence == hit->sentence &&
                    (overlap(o->tale.trigger, hit->span) ||
                     (o->strong >= 0 && j->words->phrases.items[o->strong].class == p->class &&
                      karaka_headline_one_stretch(&j->document->sentences[hit->sentence], o->tale.token, hit->first)));
        }
        int32_t subject = known ? -1 : subject_of(j, hit, names_from);
        bool world = !known && subject < 0 && world_in_stretch(j, hit, hits_from);
        if (known || (subject < 0 && !world && !p->alone))
            continue;
        karaka_tale tale = {.sentence = hit->sentence, .token = hit->first, .trigger = hit->span, .rule = p->rule};
        if (subject >= 0)
            take(tale.actors, &tale.actor_count, subject);
        karaka_claim_draft *c = karaka_headline_claim(j, tale);
        if (c)
            c->strong = (int32_t)hit->phrase;
    }
}

/* ---- What no table knows ("भारत ने चीन को किट भेजी"), where the sentence claims nothing else ------------------- */

static void claim_deed(karaka_judging *j, size_t names_from) {
    karaka_tale tale = {.rule = ""};
    for (uint32_t i = 0; i < j->claim_count; i++)
        if (j->claims[i].tale.sentence == j->r.index)
            return;
    if (!karaka_headline_deed(j, names_from, j->r.index, &tale))
        return;
    karaka_claim_draft *c = karaka_headline_claim(j, tale);
    if (c)
        c->strong = KARAKA_STRONG_DEED;
}

void karaka_headline_claims_make(karaka_judging *j, const karaka_tales *tales, size_t hits_from, size_t names_from) {
    claim_events(j, tales, names_from);
    claim_acts(j, hits_from, names_from);
    claim_strong(j, hits_from, names_from);
    claim_deed(j, names_from);
}
