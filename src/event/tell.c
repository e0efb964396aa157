/* tell: candidates to tellings: who fills the slots, and whether that makes an event.
 *
 * In: r->candidates with their frames. Out: r->tellings, r->decisions.
 * Example: "भारत ने चीन से बातचीत की" -> CONSULT, actors भारत, recipients चीन, mutual.
 */
#include "event/choose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- telling --------------------------------------------------------------------------------------------------------
 */

static const char *words_between(const karaka_reading *r, uint32_t first, uint32_t last, karaka_span *span) {
    span->start = r->sentence->tokens[first].span.start;
    span->end = r->sentence->tokens[last].span.end;
    const char *text = karaka_arena_copy(r->arena, r->document->article.text + span->start, span->end - span->start);
    return text ? text : "";
}

static void trigger_of(const karaka_reading *r, const karaka_candidate *c, karaka_telling *t) {
    uint32_t first = (uint32_t)(c->noun >= 0 ? c->noun_first : c->verb),
             last = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    if (c->verb >= 0 && (uint32_t)c->verb < first && first - (uint32_t)c->verb <= 8)
        first = (uint32_t)c->verb;
    else if (c->verb >= 0 && (uint32_t)c->verb > last && (uint32_t)c->verb - last <= 8) {
        last = (uint32_t)c->verb;
        while (last + 1 < r->count && r->words[last + 1].pos == POS_AUX)
            last++;
    } else if (c->noun < 0)
        while (last + 1 < r->count && r->words[last + 1].pos == POS_AUX)
            last++;
    words_between(r, first, last, &t->trigger);
    t->token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
}

static const char *lemma_of(const karaka_reading *r, const karaka_candidate *c) {
    const char *infinitive = r->lexicon->settings->infinitive ? r->lexicon->settings->infinitive : "";
    const char *text = NULL;
    if (c->noun >= 0 && c->verb >= 0 && r->lexicon->predicates.items[c->line].form != KARAKA_FORM_NOUN)
        text = !r->lexicon->settings->verb_final
                   ? karaka_arena_format(r->arena, "%.200s %.200s", r->words[c->verb].base, r->words[c->noun].base)
                   : karaka_arena_format(r->arena, "%.200s %.200s%s", r->words[c->noun].base, r->words[c->verb].base,
                                         infinitive);
    else if (c->noun >= 0)
        text = karaka_arena_format(r->arena, "%.200s", r->words[c->noun].base);
    else
        text = karaka_arena_format(r->arena, "%.200s%s", r->words[c->verb].base, infinitive);
    return text ? text : "";
}

/* "doer=किम[PRK GOV] target=..." */
static const char *frame_text(const karaka_reading *r, const karaka_frame *frame) {
    char text[600];
    size_t n = 0;
    text[0] = 0;
    for (uint32_t i = 0; i < frame->count && n < sizeof text - 150; i++) {
        const karaka_filler *f = &frame->fillers[i];
        const karaka_name *name = &r->names.items[f->name];
        for (uint32_t p = 0; p < KARAKA_PARTS && n < sizeof text - 150; p++)
            if (f->parts & KARAKA_PART_BIT(p)) {
                const karaka_sentence *s = &r->document->sentences[name->sentence];
                karaka_span span = {s->tokens[name->first].span.start, s->tokens[name->last].span.end};
                int wide = (int)(span.end - span.start);
                if (wide > 100 || r->document->article.length < span.end)
                    wide = 0;
                n += (size_t)snprintf(text + n, sizeof text - n, "%s%s%s=%.*s[%.16s]", n ? " " : "",
                                      karaka_part_name((karaka_part)p), f->rank > 1 ? (f->rank > 2 ? "??" : "?") : "",
                                      wide, r->document->article.text + span.start, name->code);
            }
    }
    const char *copy = karaka_arena_copy(r->arena, text, n < sizeof text ? n : sizeof text - 1);
    return copy ? copy : "";
}

karaka_time karaka_tell_time(const karaka_reading *r, uint32_t token) {
    karaka_time none = {0};
    int32_t best = -1;
    for (size_t i = 0; i < r->time_count; i++) {
        uint32_t first = r->times[i].first;
        if (first >= r->count || r->words[first].clause != r->words[token].clause)
            continue;
        if (best < 0 || first < token)
            best = (int32_t)i;
    }
    return best >= 0 ? r->times[best].time : none;
}

static int decide(karaka_reading *r, const karaka_choice *choice, const char *reason) {
    const karaka_candidate *c = choice->stance.candidate;
    karaka_decision decision = {.sentence = r->index,
                                .token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb),
                                .lemma = lemma_of(r, c),
                                .rule = r->lexicon->predicates.items[c->line].rule,
                                .event = -1,
                                .reason = reason,
                                .score = r->lexicon->weights ? (double)choice->score : NAN,
                                .grounds = choice->grounds,
                                .parts = frame_text(r, &choice->draft.frame)};
    return KARAKA_PUSH(r->arena, r->decisions, decision);
}

/* The country of whoever says the clause that holds the predicate is that of its doer. */
static bool speaks_for_himself(karaka_reading *r, const karaka_candidate *c, const karaka_draft *d) {
    enum karaka_way way = KARAKA_WITHIN;
    int32_t governor = karaka_predicates_governor(r, c, &way);
    if (governor < 0 || way == KARAKA_WITHIN || d->actor_count == 0 || r->candidates[governor].verb < 0)
        return false;
    int32_t doer = karaka_parts_doer(r, r->candidates[governor].verb, 0);
    return doer >= 0 && karaka_same_country(r->names.items[doer].code, r->names.items[d->actors[0]].code);
}

static bool only_roles(const karaka_reading *r, const int32_t *side, uint32_t count, const char *roles) {
    for (uint32_t i = 0; i < count; i++) {
        const char *role = strrchr(r->names.items[side[i]].code, ' ');
        if (!role || !strstr(roles, role + 1))
            return false;
    }
    return count > 0;
}

/* Politicians attack a party of their country in words. */
static bool is_war_of_words(const karaka_reading *r, const karaka_predicate_line *line, const karaka_draft *d) {
    return line->type == TYPE_ASSAULT && !line->mode && only_roles(r, d->actors, d->actor_count, "GOV PTY OPP LEG") &&
           only_roles(r, d->recipients, d->recipient_count, "PTY OPP") && karaka_draft_same_sides(r, d);
}

/* To say that one will help is a promise, to say that one will strike is a threat. */
uint8_t karaka_tell_type(karaka_reading *r, const karaka_candidate *c, karaka_status *status, const karaka_draft *d) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    if (is_war_of_words(r, line, d))
        return TYPE_ACCUSE;
    if (*status != KARAKA_PLANNED || c->verb < 0 || !karaka_status_will(r, c->verb))
        return line->type;
    if (line->type == TYPE_COOPERATE || line->type == TYPE_AID) {
        *status = KARAKA_ASSERTED;
        return TYPE_AGREE;
    }
    bool harms = line->type == TYPE_SANCTION || line->type == TYPE_COERCE || line->type == TYPE_ASSAULT;
    if (harms && speaks_for_himself(r, c, d)) {
        *status = KARAKA_ASSERTED;
        return TYPE_THREATEN;
    }
    return line->type;
}

static int tell_one(karaka_reading *r, const karaka_choice *choice) {
    const karaka_candidate *c = choice->stance.candidate;
    const karaka_draft *d = &choice->draft;
    const karaka_predicate_line *line = choice->stance.line;
    karaka_telling t = {.line = line,
                        .sentence = r->index,
                        .actor_count = d->actor_count,
                        .mutual = d->mutual,
                        .recipient_count = d->recipient_count,
                        .merged = -1,
                        .index = -1};
    memcpy(t.actors, d->actors, sizeof t.actors);
    memcpy(t.recipients, d->recipients, sizeof t.recipients);
    t.status = choice->stance.negated ? KARAKA_DENIED : choice->stance.status;
    t.type = karaka_tell_type(r, c, &t.status, d);
    trigger_of(r, c, &t);
    t.lemma = lemma_of(r, c);
    t.key = r->words[t.token].lemma;
    karaka_scene_tell(r, c, &t);
    t.headline = r->document->article.paragraph_count &&
                 r->document->article.paragraphs[r->sentence->paragraph].kind == KARAKA_TITLE;
    t.complete_form = line->form != KARAKA_FORM_NOUN;
    t.score = choice->score;
    karaka_source_find(r, c, &t);
    t.contexts = karaka_context_of(r, &t);
    t.decision = (uint32_t)r->decisions.count;
    if (decide(r, choice, "") < 0)
        return KARAKA_ERROR_MEMORY;
    return KARAKA_PUSH(r->arena, r->tellings, t);
}

/* Why the sentence tells no event: it holds a word of sport, markets, ..., or such sentences lead the article. */
static const char *hushed(karaka_reading *r) {
    const char *rule = r->hush;
    if (rule) {
        r->hushed++;
        r->hush_rule = rule;
    } else if (r->hushed >= 2 && r->hushed * 2 >= r->index)
        rule = r->hush_rule;
    return rule ? karaka_arena_format(r->arena, "talk of another matter, %s", rule) : NULL;
}

/* Why the rules alone take the choice for no event; NULL: they take it for one. */
static const char *rules_against(karaka_reading *r, const karaka_choice *choice, const char *hush) {
    const karaka_stance *s = &choice->stance;
    const karaka_draft *d = &choice->draft;
    if (*d->reason)
        return d->reason;
    if (s->over)
        return karaka_arena_format(r->arena, "content of %s", s->over->rule);
    if (s->plans)
        return "says only what is planned";
    if (hush)
        return hush;
    if (s->negated && (!(s->candidate->verb < 0 || (r->words[s->candidate->verb].classes & KARAKA_FINITE)) ||
                       d->actor_count == 0 || d->recipient_count == 0))
        return "negated";
    if (s->wished)
        return "wished, not told as done";
    return s->named ? "named, not told as done" : NULL;
}

#define ACCEPT "accept" /* the feature that names the log odds above which a reading is told */

/* What the tree of such languages shows for certain: an auxiliary of wishing ("should"), and an infinitive under what
 * is agreed, refused, demanded ("agreed to send", "opposed attempts to seize"). */
static bool is_certain(const karaka_reading *r, const karaka_stance *s) {
    int32_t verb = s->candidate->verb;
    int32_t head = verb >= 0 ? r->words[verb].head : -1, governor = head >= 0 ? r->governs[head] : -1;
    bool idea = governor >= 0 && r->lexicon->predicates.items[r->candidates[governor].line].use != KARAKA_USE_EVENT;
    bool content = s->over && s->over->use == KARAKA_USE_EVENT && head >= 0 &&
                   (r->words[verb].classes & KARAKA_INFINITIVE) && (r->words[head].pos == POS_VERB || idea);
    return s->wished || content;
}

static const char *reason_against(karaka_reading *r, const karaka_choice *choice, const char *hush) {
    if (!r->lexicon->weights)
        return rules_against(r, choice, hush);
    if (r->lexicon->settings->content_heads && is_certain(r, &choice->stance))
        return rules_against(r, choice, hush);
    if (choice->score > karaka_weight_of(r->lexicon->weights, ACCEPT, sizeof ACCEPT - 1))
        return hush;
    const char *rules = rules_against(r, choice, hush);
    return karaka_arena_format(r->arena, "%s (weighs %.1f)", rules ? rules : "more speaks against it than for it",
                               (double)choice->score);
}

int karaka_tell(karaka_reading *r) {
    int rc = KARAKA_OK;
    const char *hush = hushed(r);
    for (uint32_t i = 0, end; i < r->candidate_count && rc == KARAKA_OK; i = end) {
        const karaka_candidate *c = &r->candidates[i];
        bool any = false;
        /* lines for the same words stand one after the other */
        for (end = i; end < r->candidate_count && r->candidates[end].noun == c->noun &&
                      r->candidates[end].verb == c->verb && r->candidates[end].ought == c->ought;
             end++)
            any |= r->lexicon->predicates.items[r->candidates[end].line].use == KARAKA_USE_EVENT;
        karaka_choice choice;
        if (!any || (rc = karaka_choose(r, c, end - i, &choice)) < 0)
            continue;
        const char *reason = reason_against(r, &choice, hush);
        rc = reason ? decide(r, &choice, reason) : tell_one(r, &choice);
    }
    return rc;
}
