/* headline_body: claims beside the body (headline.h).
 *
 * In: the claims of the title; tales, names and hits of the body. Out: for each claim its best finding, evidence,
 * reason.
 */
#include "event/headline.h"

#include <string.h>

enum { WORDS = 64 };

/* Lemmas of a sentence of the body. */
typedef struct judging_sentence {
    karaka_key keys[KARAKA_READ_TOKENS];
    uint32_t count;
} judging_sentence;

/* ---- Events beside the body -----------------------------------------------------------------------------------------
 */

/* Keeps the sentences that decide, best first, one mention each. */
static void rest_on(karaka_claim_draft *c, uint32_t sentence, karaka_span span, int score) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < c->evidence_count; i++)
        if (c->evidence[i].sentence == sentence)
            return;
    while (at < c->evidence_count && c->scores[at] >= score)
        at++;
    if (at == KARAKA_HEADLINE_EVIDENCE)
        return;
    if (c->evidence_count < KARAKA_HEADLINE_EVIDENCE)
        c->evidence_count++;
    for (uint32_t i = c->evidence_count - 1; i > at; i--) {
        c->evidence[i] = c->evidence[i - 1];
        c->scores[i] = c->scores[i - 1];
    }
    c->evidence[at] = (karaka_mention){.sentence = sentence, .span = span};
    c->scores[at] = score;
}

static void consider(karaka_claim_draft *c, karaka_finding f, uint32_t sentence, karaka_span span) {
    if (f.score <= 0)
        return;
    if (f.score > c->best.score) {
        if (f.verdict != c->best.verdict || f.told != c->best.told)
            c->evidence_count = 0;
        c->best = f;
        rest_on(c, sentence, span, f.score);
    } else if (f.verdict == c->best.verdict && f.told == c->best.told)
        rest_on(c, sentence, span, f.score);
}

static void compare_tales(karaka_judging *j, karaka_claim_draft *c) {
    for (size_t i = 0; i < j->body.count; i++) {
        const karaka_tale *t = &j->body.items[i];
        consider(c, karaka_headline_compare(&j->r, &j->names, &c->tale, t), t->sentence, t->trigger);
    }
}

static bool all_near(const karaka_judging *j, uint32_t sentence, const int32_t *side, uint32_t count) {
    bool any = count == 0;
    for (uint32_t i = 0; i < count && !any; i++)
        any = karaka_headline_near(&j->r, &j->names, sentence, side[i]);
    return any;
}

static bool has_verb(const judging_sentence *words, karaka_key verb) {
    for (uint32_t i = 0; i < words->count; i++)
        if (words->keys[i] == verb)
            return true;
    return verb == 0;
}

/* The same words of the same parties bear a claim out although no table knows how the sentence is built. */
static void compare_sentence(karaka_judging *j, uint32_t s, const judging_sentence *words) {
    static const karaka_finding found = {.verdict = KARAKA_SUPPORTED,
                                         .score = 78, /* less than a weaker act that is sure */
                                         .reason = "the body has the same words of the same parties",
                                         .told = UINT8_MAX};
    for (uint32_t i = 0; i < words->count; i++)
        for (uint32_t k = 0; k < j->claim_count; k++) {
            karaka_claim_draft *c = &j->claims[k];
            const karaka_tale *t = &c->tale;
            if (t->key == words->keys[i] && c->strong == KARAKA_STRONG_NONE && !c->best.contradiction &&
                t->status != KARAKA_DENIED && has_verb(words, t->verb) && all_near(j, s, t->actors, t->actor_count) &&
                all_near(j, s, t->recipients, t->recipient_count) && karaka_headline_roles_fit(&j->r, &j->names, s, t))
                consider(c, found, s, j->document->sentences[s].tokens[i].span);
        }
}

static void compare_words(karaka_judging *j) {
    const karaka_document *d = j->document;
    judging_sentence words;
    bool any = false;
    for (uint32_t k = 0; k < j->claim_count; k++)
        any |= j->claims[k].strong == KARAKA_STRONG_NONE;
    for (uint32_t s = 0; s < d->sentence_count && any; s++) {
        if (!j->names.count[s])
            continue;
        const karaka_sentence *sentence = &d->sentences[s];
        words.count = sentence->token_count < KARAKA_READ_TOKENS ? sentence->token_count : KARAKA_READ_TOKENS;
        for (uint32_t i = 0; i < words.count; i++) {
            const char *lemma = sentence->tokens[i].lemma;
            words.keys[i] = karaka_word_key(j->r.lexicon->spelling, lemma, strlen(lemma));
        }
        compare_sentence(j, s, &words);
    }
}

static bool in_body(const karaka_judging *j, int32_t name) {
    for (size_t i = 0; i < j->body_names; i++)
        if (karaka_headline_same_party(&j->r, (int32_t)i, name))
            return true;
    return false;
}

/* Nothing in the body fits: why. */
static const char *why_nothing(karaka_judging *j, const karaka_claim_draft *c) {
    const karaka_tale *t = &c->tale;
    for (uint32_t i = 0; i < t->actor_count + t->recipient_count; i++) {
        int32_t name = i < t->actor_count ? t->actors[i] : t->recipients[i - t->actor_count];
        if (!in_body(j, name))
            return karaka_arena_format(j->r.arena, "the body does not name %.200s", karaka_headline_name_text(j, name));
    }
    bool together = !t->actor_count || !t->recipient_count;
    for (uint32_t s = 0; s < j->document->sentence_count && !together; s++)
        together = j->names.count[s] && all_near(j, s, t->actors, t->actor_count) &&
                   all_near(j, s, t->recipients, t->recipient_count);
    return together ? "the body tells no such act of them" : "the body never brings them together";
}

/* ---- Strong words beside the body -----------------------------------------------------------------------------------
 */

static void judge_strong(karaka_judging *j, karaka_claim_draft *c) {
    const karaka_headline_phrase *p = &j->words->phrases.items[c->strong];
    int32_t subject = c->tale.actor_count ? c->tale.actors[0] : -1;
    bool anywhere = p->alone || subject < 0, elsewhere = false;
    for (size_t i = 0; i < j->body_hits.count; i++) {
        const karaka_headline_hit *hit = &j->body_hits.items[i];
        const karaka_headline_phrase *o = &j->words->phrases.items[hit->phrase];
        if (o->class != p->class || o->kind > KARAKA_HEADLINE_PLAIN)
            continue;
        elsewhere = true;
        if (anywhere || karaka_headline_near(&j->r, &j->names, hit->sentence, subject))
            consider(c, (karaka_finding){.verdict = KARAKA_SUPPORTED, .score = 50, .reason = "the body says so too"},
                     hit->sentence, hit->span);
    }
    if (c->best.score)
        return;
    c->best.verdict = KARAKA_EXAGGERATED;
    if (subject >= 0 && !in_body(j, subject)) {
        c->best.verdict = KARAKA_UNSUPPORTED;
        c->reason = why_nothing(j, c);
    } else if (elsewhere)
        c->reason = "the body says so, but not of them";
    else if (p->alone && !c->hedged) {
        c->best.verdict = KARAKA_UNSUPPORTED;
        c->reason = "the body tells nothing of the kind";
    } else
        c->reason = "strong words, and the body has none like them";
}

/* Whether the body has a superlative of the class. */
static bool has_degree(const karaka_judging *j, uint32_t class) {
    for (size_t k = 0; k < j->body_hits.count; k++) {
        const karaka_headline_phrase *o = &j->words->phrases.items[j->body_hits.items[k].phrase];
        if (o->class == class && o->kind == KARAKA_HEADLINE_DEGREE)
            return true;
    }
    return false;
}

/* A superlative beside a claim that the body bears out: the body must have one too. */
static void judge_degrees(karaka_judging *j) {
    for (uint32_t k = 0; k < j->claim_count; k++)
        for (size_t i = 0; i < j->title_hits.count; i++) {
            karaka_claim_draft *c = &j->claims[k];
            const karaka_headline_hit *hit = &j->title_hits.items[i];
            const karaka_headline_phrase *p = &j->words->phrases.items[hit->phrase];
            if (p->kind != KARAKA_HEADLINE_DEGREE || c->tale.sentence != hit->sentence ||
                c->best.verdict != KARAKA_SUPPORTED ||
                !karaka_headline_one_stretch(&j->document->sentences[hit->sentence], c->tale.token, hit->first) ||
                has_degree(j, p->class))
                continue;
            c->best.verdict = KARAKA_EXAGGERATED;
            c->reason = "the body tells it without the superlative";
        }
}

/* ---- Another story --------------------------------------------------------------------------------------------------
 */

static bool is_content(const karaka_token *t) {
    static const char *const tags[] = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(t->upos, tags[i]) == 0)
            return true;
    return false;
}

/* The title claims nothing that is known, but names somebody, and neither he nor its words are in the body. */
static void claim_story(karaka_judging *j) {
    const karaka_document *d = j->document;
    karaka_key keys[WORDS];
    bool seen[WORDS] = {false};
    uint32_t count = 0, found = 0, sentence = UINT32_MAX;
    for (size_t i = j->body_names; i < j->r.names.count && i < j->body_names + WORDS; i++)
        if (j->r.names.items[i].kind != KARAKA_PLACE_NAME && in_body(j, (int32_t)i))
            return;
    if (j->claim_count || j->r.names.count == j->body_names)
        return;
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t s = 0; s < d->sentence_count; s++)
            for (uint32_t i = 0; karaka_headline_title(d, s) == (pass == 0) && i < d->sentences[s].token_count; i++) {
                const karaka_token *t = &d->sentences[s].tokens[i];
                if (!is_content(t))
                    continue;
                karaka_key key = karaka_word_key(j->r.lexicon->spelling, t->lemma, strlen(t->lemma));
                if (pass == 0 && count < WORDS)
                    keys[count++] = key;
                if (pass == 0 && sentence == UINT32_MAX)
                    sentence = s;
                for (uint32_t k = 0; pass == 1 && k < count; k++)
                    seen[k] |= keys[k] == key;
            }
    for (uint32_t k = 0; k < count; k++)
        found += seen[k];
    if (count < 4 || found * 4 > count)
        return;
    karaka_claim_draft *c = karaka_headline_claim(
        j, (karaka_tale){.sentence = sentence, .rule = "", .trigger = d->sentences[sentence].span});
    if (!c)
        return;
    c->strong = KARAKA_STRONG_STORY;
    c->best = (karaka_finding){.verdict = KARAKA_UNSUPPORTED, .score = 1};
    c->reason = "the body tells another story: it names nobody of the headline and shares few of its words";
}

void karaka_headline_body_judge(karaka_judging *j) {
    for (uint32_t i = 0; i < j->claim_count; i++)
        if (j->claims[i].strong == KARAKA_STRONG_NONE)
            compare_tales(j, &j->claims[i]);
        else
            judge_strong(j, &j->claims[i]);
    compare_words(j);
    for (uint32_t i = 0; i < j->claim_count; i++) {
        karaka_claim_draft *c = &j->claims[i];
        if (c->strong != KARAKA_STRONG_NONE || c->best.score)
            continue;
        c->best.verdict = KARAKA_UNSUPPORTED;
        c->reason = why_nothing(j, c);
    }
    judge_degrees(j);
    claim_story(j);
}
