/* headline_body: claims beside the body (headline.h).
 *
 * In: the claims of the title; tales, names and hits of the body. Out: for each claim its best finding, evidence,
 * reason.
 */
#include "event/headline.h"

#include <string.h>

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

static bool roles_fit(const karaka_judging *j, uint32_t sentence, const karaka_tale *claim) {
    enum karaka_roles roles = karaka_headline_roles(&j->r, &j->names, sentence, claim);
    return roles == KARAKA_ROLES_OPEN || roles == KARAKA_ROLES_STRAIGHT;
}

/* The sentence tells that others did it. */
static bool others_did(const karaka_judging *j, uint32_t sentence, const karaka_tale *claim) {
    for (size_t i = 0; i < j->body.count; i++)
        if (j->body.items[i].sentence == sentence && karaka_headline_others(&j->r, &j->names, claim, &j->body.items[i]))
            return true;
    return false;
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
            if (t->key == words->keys[i] && c->strong == KARAKA_STRONG_NONE && (t->actor_count || t->recipient_count) &&
                !c->best.contradiction && t->status != KARAKA_DENIED && has_verb(words, t->verb) &&
                all_near(j, s, t->actors, t->actor_count) && all_near(j, s, t->recipients, t->recipient_count) &&
                roles_fit(j, s, t) && !others_did(j, s, t))
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

/* ---- Claims that name nobody, and deeds ----------------------------------------------------------------------------
 */

static bool told_there(karaka_judging *j, const karaka_claim_draft *c, const karaka_tale *t, bool *planned) {
    if (t->type != c->tale.type || !karaka_headline_story_told(j, t->sentence, KARAKA_STORY_OTHER) ||
        (t->status == KARAKA_DENIED) != (c->tale.status == KARAKA_DENIED))
        return false;
    *planned = t->status > c->tale.status;
    return true;
}

/* An act of nobody in particular is borne out where the body tells this type, or has words of it, among the title's. */
static void judge_alone(karaka_judging *j, karaka_claim_draft *c) {
    static const karaka_finding told = {.verdict = KARAKA_SUPPORTED, .score = 50, .reason = "the body tells it"};
    static const karaka_finding words = {
        .verdict = KARAKA_SUPPORTED, .score = 48, .reason = "the body has words of it"};
    static const karaka_finding less = {
        .verdict = KARAKA_EXAGGERATED, .score = 40, .reason = "the body tells it only as planned"};
    bool planned = false;
    for (size_t i = 0; i < j->body.count; i++) {
        const karaka_tale *t = &j->body.items[i];
        if (!told_there(j, c, t, &planned))
            continue;
        consider(c, planned ? less : told, t->sentence, t->trigger);
    }
    for (size_t i = 0; i < j->body_hits.count; i++) {
        const karaka_headline_hit *hit = &j->body_hits.items[i];
        const karaka_headline_phrase *p = &j->words->phrases.items[hit->phrase];
        if (p->kind == KARAKA_HEADLINE_ACT && p->class == c->tale.type &&
            karaka_headline_story_told(j, hit->sentence, KARAKA_STORY_OTHER))
            consider(c, words, hit->sentence, hit->span);
    }
    if (c->best.score)
        return;
    c->best.verdict = j->story.best >= KARAKA_STORY_SAME ? KARAKA_EXAGGERATED : KARAKA_UNSUPPORTED;
    c->reason = c->best.verdict == KARAKA_EXAGGERATED ? "the body tells the story without such an act"
                                                      : "the body tells no such act";
}

/* Of a deed the sentence decides that has both parties and most of the title's words: the same roles bear it out,
 * turned roles are against it. What the body tells neither way cannot be judged. */
static void judge_deed(karaka_judging *j, karaka_claim_draft *c) {
    static const karaka_finding findings[] = {
        [KARAKA_ROLES_OPEN] = {.verdict = KARAKA_SUPPORTED, .reason = "the body has the words of it"},
        [KARAKA_ROLES_STRAIGHT] = {.verdict = KARAKA_SUPPORTED, .reason = "the body has the words of it"},
        [KARAKA_ROLES_TURNED] = {.verdict = KARAKA_UNSUPPORTED,
                                 .contradiction = true,
                                 .reason = "the body tells it the other way round"},
    };
    const karaka_tale *t = &c->tale;
    for (uint32_t s = 0; s < j->document->sentence_count; s++) {
        if (!karaka_headline_body(j->document, s) || !karaka_headline_story_told(j, s, KARAKA_STORY_SAME) ||
            !all_near(j, s, t->actors, t->actor_count) || !all_near(j, s, t->recipients, t->recipient_count))
            continue;
        karaka_finding f = findings[karaka_headline_roles(&j->r, &j->names, s, t)];
        f.score = f.reason ? j->story.share[s] + 1 : 0;
        consider(c, f, s, j->document->sentences[s].span);
    }
    c->dropped = !c->best.score;
}

/* ---- More and less ------------------------------------------------------------------------------------------------
 */

static bool all_in_body(const karaka_judging *j, const karaka_tale *t) {
    for (uint32_t i = 0; i < t->actor_count + t->recipient_count; i++)
        if (!in_body(j, i < t->actor_count ? t->actors[i] : t->recipients[i - t->actor_count]))
            return false;
    return true;
}

/* The body tells of him who acts only a weaker act of the kind, and names the others. */
static void judge_escalation(karaka_judging *j, karaka_claim_draft *c) {
    if (c->best.contradiction || c->best.verdict != KARAKA_UNSUPPORTED || !all_in_body(j, &c->tale))
        return;
    for (size_t i = 0; i < j->body.count; i++) {
        const karaka_tale *t = &j->body.items[i];
        if (!karaka_headline_weaker(&j->r, &c->tale, t))
            continue;
        c->reason = NULL;
        c->evidence_count = 0;
        c->best = (karaka_finding){
            .verdict = KARAKA_EXAGGERATED, .score = 20, .reason = "the body tells only of %s", .told = t->type};
        rest_on(c, t->sentence, t->trigger, 20);
        return;
    }
}

/* A person of whom the body knows nothing, though it names others of his country, does not act in it: what was found is
 * some ministry's. */
static void judge_person(karaka_judging *j, karaka_claim_draft *c) {
    const karaka_name *names = j->r.names.items;
    if (c->best.verdict == KARAKA_UNSUPPORTED || c->tale.actor_count != 1)
        return;
    int32_t actor = c->tale.actors[0];
    bool others = false;
    for (size_t i = 0; i < j->body_names && names[actor].person; i++) {
        if (karaka_headline_same_party(&j->r, (int32_t)i, actor) == 2)
            return;
        others |= names[i].person && names[i].code && karaka_same_country(names[i].code, names[actor].code);
    }
    if (!others)
        return;
    c->best = (karaka_finding){.verdict = KARAKA_UNSUPPORTED, .score = 1};
    c->evidence_count = 0;
    c->reason = karaka_arena_format(j->r.arena, "the body does not name %.200s", karaka_headline_name_text(j, actor));
}

/* Words of the kind `undo` behind the words of an act, or just before them ("हड़ताल टली"). */
static bool undone(const karaka_judging *j, const karaka_headline_hits *hits, uint32_t sentence, karaka_span act) {
    enum { BEHIND = 5, BEFORE = 2 };
    const karaka_sentence *s = &j->document->sentences[sentence];
    uint32_t first = 0, last = 0;
    for (uint32_t i = 0; i < s->token_count; i++) {
        first = s->tokens[i].span.start <= act.start ? i : first;
        last = s->tokens[i].span.start < act.end ? i : last;
    }
    for (size_t i = 0; i < hits->count; i++) {
        const karaka_headline_hit *hit = &hits->items[i];
        if (hit->sentence == sentence && j->words->phrases.items[hit->phrase].kind == KARAKA_HEADLINE_UNDO &&
            hit->last + BEFORE >= first && hit->first <= last + BEHIND &&
            karaka_headline_one_stretch(s, hit->first, first))
            return true;
    }
    return false;
}

/* The mention of the act's noun whose sentence has most of the title's words; else what the claim rests on. */
static karaka_mention nearest_mention(const karaka_judging *j, const karaka_claim_draft *c) {
    const karaka_document *d = j->document;
    karaka_mention best = c->evidence[0];
    int share = -1;
    for (uint32_t s = 0; s < d->sentence_count && c->tale.key; s++)
        for (uint32_t i = 0; karaka_headline_body(d, s) && j->story.share[s] > share && i < d->sentences[s].token_count;
             i++) {
            const karaka_token *t = &d->sentences[s].tokens[i];
            if (karaka_word_key(j->r.lexicon->spelling, t->lemma, strlen(t->lemma)) != c->tale.key)
                continue;
            share = j->story.share[s];
            best = (karaka_mention){.sentence = s, .span = t->span};
        }
    return best;
}

/* Where the body comes nearest to the title, it must have been taken back, or not, as in the title. */
static void judge_undoing(karaka_judging *j, karaka_claim_draft *c) {
    if (c->best.verdict != KARAKA_SUPPORTED || !c->evidence_count)
        return;
    karaka_mention best = nearest_mention(j, c);
    bool title = undone(j, &j->title_hits, c->tale.sentence, c->tale.trigger);
    bool body = undone(j, &j->body_hits, best.sentence, best.span);
    if (title == body)
        return;
    c->best.verdict = KARAKA_UNSUPPORTED;
    c->best.contradiction = true;
    c->reason = body ? "the body tells that it was taken back" : "the body tells that it stands";
}

/* ---- Another story --------------------------------------------------------------------------------------------------
 */

/* The title claims nothing that is known, or all of it is borne out only by others' acts: another story. */
static void judge_story(karaka_judging *j) {
    static const char reason[] = "the body tells another story: it has few of the headline's words";
    const karaka_document *d = j->document;
    if (!karaka_headline_story_other(j))
        return;
    for (uint32_t i = 0; i < j->claim_count; i++)
        if (j->claims[i].best.verdict == KARAKA_SUPPORTED) {
            j->claims[i].best = (karaka_finding){.verdict = KARAKA_UNSUPPORTED, .score = 1};
            j->claims[i].evidence_count = 0;
            j->claims[i].reason = reason;
        }
    karaka_claim_draft *c =
        j->claim_count ? NULL
                       : karaka_headline_claim(j, (karaka_tale){.sentence = j->story.sentence,
                                                                .rule = "",
                                                                .trigger = d->sentences[j->story.sentence].span});
    if (!c)
        return;
    c->strong = KARAKA_STRONG_STORY;
    c->best = (karaka_finding){.verdict = KARAKA_UNSUPPORTED, .score = 1};
    c->reason = reason;
}

static void drop(karaka_judging *j) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < j->claim_count; i++)
        if (!j->claims[i].dropped)
            j->claims[kept++] = j->claims[i];
    j->claim_count = kept;
}

void karaka_headline_body_judge(karaka_judging *j) {
    for (uint32_t i = 0; i < j->claim_count; i++) {
        karaka_claim_draft *c = &j->claims[i];
        if (c->strong >= 0)
            judge_strong(j, c);
        else if (c->strong == KARAKA_STRONG_DEED)
            judge_deed(j, c);
        else if (!c->tale.actor_count && !c->tale.recipient_count)
            judge_alone(j, c);
        else
            compare_tales(j, c);
    }
    compare_words(j);
    drop(j);
    for (uint32_t i = 0; i < j->claim_count; i++) {
        karaka_claim_draft *c = &j->claims[i];
        if (c->strong != KARAKA_STRONG_NONE)
            continue;
        if (!c->best.score && !c->reason) {
            c->best.verdict = KARAKA_UNSUPPORTED;
            c->reason = why_nothing(j, c);
        }
        judge_person(j, c);
        judge_escalation(j, c);
        judge_undoing(j, c);
    }
    judge_degrees(j);
    judge_story(j);
}
