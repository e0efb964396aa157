/* tell: candidates to tellings: who fills the slots, and whether that makes an event.
 *
 * In: r->candidates with their frames. Out: r->tellings, r->decisions.
 * Example: "भारत ने चीन से बातचीत की" -> CONSULT, actors भारत, recipients चीन, mutual.
 */
#include "event/draft.h"

#include <stdio.h>
#include <string.h>

/* ---- what governs it -----------------------------------------------------------------------------------------------
 */

static bool type_is(const karaka_predicate_line *line, const char *names) {
    return line->use == KARAKA_USE_EVENT && strstr(names, karaka_event_types[line->type].name);
}

/* Whether the candidate's words may also say that something is planned ("फैसला करना"). */
static bool is_operator(const karaka_reading *r, const karaka_candidate *c) {
    for (uint32_t i = 0; i < r->candidate_count; i++)
        if (r->candidates[i].noun == c->noun && r->candidates[i].verb == c->verb &&
            r->lexicon->predicates.items[r->candidates[i].line].use == KARAKA_USE_PLANNED)
            return true;
    return false;
}

/* Whether the candidate only says that another event is planned, which is told for itself. */
static bool only_plans(karaka_reading *r, const karaka_candidate *c) {
    if (!is_operator(r, c))
        return false;
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *o = &r->candidates[i];
        enum karaka_way way = KARAKA_WITHIN;
        if (o->verb < 0 || o->verb == c->verb || !(r->words[o->verb].classes & KARAKA_INFINITIVE) ||
            r->lexicon->predicates.items[o->line].use != KARAKA_USE_EVENT)
            continue;
        int32_t governor = karaka_predicates_governor(r, o, &way);
        if (governor < 0 || way != KARAKA_WITHIN || r->candidates[governor].verb != c->verb)
            continue;
        karaka_draft d;
        karaka_draft_make(r, o, &d);
        if (!*d.reason && !type_is(&r->lexicon->predicates.items[o->line], "AGREE COOPERATE AID SUPPORT"))
            return true; /* to plan help together is itself a promise */
    }
    return false;
}

/* The event that says this one only as its content; NULL if there is none. */
static const karaka_predicate_line *absorber(karaka_reading *r, const karaka_candidate *c) {
    enum karaka_way way = KARAKA_WITHIN;
    int32_t governor = karaka_predicates_governor(r, c, &way);
    if (governor < 0)
        return NULL;
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    if (r->lexicon->predicates.items[r->candidates[governor].line].use == KARAKA_USE_PLANNED && way == KARAKA_WITHIN) {
        enum karaka_way above = KARAKA_WITHIN; /* "डालने के प्रस्ताव को खारिज किया" */
        int32_t next = karaka_predicates_governor(r, &r->candidates[governor], &above);
        if (next >= 0 && above == KARAKA_WITHIN &&
            type_is(&r->lexicon->predicates.items[r->candidates[next].line], "REJECT"))
            governor = next;
    }
    const karaka_candidate *g = &r->candidates[governor];
    const karaka_predicate_line *over = &r->lexicon->predicates.items[g->line];
    if (over->use == KARAKA_USE_ABSORB)
        return way == KARAKA_ACROSS ? NULL : over;
    if (over->use != KARAKA_USE_EVENT)
        return NULL;
    if (way == KARAKA_ACROSS)
        return NULL;
    int32_t head = c->verb >= 0 ? r->words[c->verb].head : -1;
    if (over->type == TYPE_AGREE && head >= 0 && (head == g->noun || head == g->verb)) {
        karaka_draft d;
        karaka_draft_make(r, g, &d);
        if (*d.reason || (is_operator(r, g) && !type_is(line, "AGREE COOPERATE AID SUPPORT")))
            return NULL; /* "तोड़ने का फैसला किया": what was decided is all that is told */
    }
    uint32_t last = 0, token = (uint32_t)(c->verb >= 0 ? c->verb : c->noun);
    uint32_t aside = karaka_parts_lookup(r->lexicon, 0, karaka_words_marker(r, token + 1, &last), true);
    if (aside & (KARAKA_PART_BIT(KARAKA_WHEN) | KARAKA_PART_BIT(KARAKA_AT)))
        return NULL; /* "after striking ...", "at the meeting ...": told, not asked */
    if (way == KARAKA_CONTENT_CLAUSE || line->form == KARAKA_FORM_NOUN || c->verb < 0)
        return type_is(over, "REQUEST AGREE REJECT THREATEN") ? over : NULL;
    if (r->words[c->verb].classes & KARAKA_DOER_INSIDE)
        return NULL; /* "हमला करने वाले X को ...": what X has done is told beside */
    return (r->words[c->verb].classes & KARAKA_INFINITIVE) ? over : NULL;
}

/* An infinitive tells no fact by itself ("के उपाय", "के मुद्दे पर"): only after it was done, or under an operator. */
static bool only_named(const karaka_reading *r, const karaka_candidate *c, const karaka_draft *d,
                       karaka_status status) {
    for (uint32_t i = 0; i < d->frame.count; i++) /* "X द्वारा ... दिए जाने को": somebody did it */
        if (d->frame.fillers[i].parts == (KARAKA_PART_BIT(KARAKA_BY) | KARAKA_PART_BIT(KARAKA_FROM)) &&
            d->frame.fillers[i].rank == 0)
            return false;
    const uint32_t infinite = KARAKA_INFINITIVE;
    if (c->verb < 0 || !(r->words[c->verb].classes & infinite) || (r->words[c->verb].classes & KARAKA_FINITE) ||
        status != KARAKA_ASSERTED)
        return false;
    enum karaka_way way = KARAKA_WITHIN;
    int32_t governor = karaka_predicates_governor(r, c, &way);
    const karaka_candidate *g = governor >= 0 && way == KARAKA_WITHIN ? &r->candidates[governor] : NULL;
    int32_t head = r->words[c->verb].head;
    if (g && r->lexicon->predicates.items[g->line].use == KARAKA_USE_ASSERTED && (head == g->noun || head == g->verb))
        return false; /* "लगाने का कदम उठाया" */
    uint32_t last = 0, marker = karaka_words_marker(r, (uint32_t)c->verb + 1, &last);
    return !(karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_WHEN));
}

/* What somebody says that another should do is no act yet; the demand itself is another predicate. */
static bool only_wished(const karaka_reading *r, const karaka_candidate *c, const karaka_predicate_line *line) {
    int32_t verb = c->verb >= 0 ? karaka_words_finite(r, c->verb) : -1;
    for (uint32_t i = 1; verb >= 0 && verb == c->verb && i < 4 && (uint32_t)verb + i < r->count; i++)
        if ((r->words[(uint32_t)verb + i].classes & KARAKA_OUGHT) && !(line->flags & KARAKA_FLAG_SPEAKER))
            return true;
    return verb >= 0 && !(line->flags & KARAKA_FLAG_SPEAKER) && (r->words[verb].classes & KARAKA_WISH) &&
           !r->conditions[r->words[verb].clause];
}

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
    const karaka_token *tokens = r->sentence->tokens;
    const char *text = NULL;
    if (c->noun >= 0 && c->verb >= 0 && r->lexicon->predicates.items[c->line].form != KARAKA_FORM_NOUN)
        text =
            karaka_arena_format(r->arena, "%.200s %.200s%s", tokens[c->noun].lemma, tokens[c->verb].lemma, infinitive);
    else if (c->noun >= 0)
        text = karaka_arena_format(r->arena, "%.200s", tokens[c->noun].lemma);
    else
        text = karaka_arena_format(r->arena, "%.200s%s", tokens[c->verb].lemma, infinitive);
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

static int decide(karaka_reading *r, const karaka_candidate *c, const karaka_draft *d, const char *reason) {
    karaka_decision decision = {.sentence = r->index,
                                .token = (uint32_t)(c->noun >= 0 ? c->noun : c->verb),
                                .lemma = lemma_of(r, c),
                                .rule = r->lexicon->predicates.items[c->line].rule,
                                .event = -1,
                                .reason = reason,
                                .parts = d ? frame_text(r, &d->frame) : ""};
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
static uint8_t future_type(karaka_reading *r, const karaka_candidate *c, const karaka_predicate_line *line,
                           karaka_status *status, const karaka_draft *d) {
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

static int tell_one(karaka_reading *r, const karaka_candidate *c, const karaka_draft *d) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    bool negated = false;
    karaka_telling t = {.line = line,
                        .sentence = r->index,
                        .actor_count = d->actor_count,
                        .mutual = d->mutual,
                        .recipient_count = d->recipient_count,
                        .merged = -1,
                        .index = -1};
    memcpy(t.actors, d->actors, sizeof t.actors);
    memcpy(t.recipients, d->recipients, sizeof t.recipients);
    t.status = karaka_status_of(r, c, &negated);
    if (negated)
        t.status = KARAKA_DENIED;
    if (negated && c->verb >= 0 && !(r->words[c->verb].classes & KARAKA_FINITE))
        return decide(r, c, d, "negated");
    if (negated && (d->actor_count == 0 || d->recipient_count == 0))
        return decide(r, c, d, "negated");
    if (only_wished(r, c, line))
        return decide(r, c, d, "wished, not told as done");
    if (only_named(r, c, d, t.status))
        return decide(r, c, d, "named, not told as done");
    t.type = future_type(r, c, line, &t.status, d);
    trigger_of(r, c, &t);
    t.lemma = lemma_of(r, c);
    t.key = r->words[t.token].lemma;
    karaka_scene_tell(r, c, &t);
    t.headline = r->document->article.paragraph_count &&
                 r->document->article.paragraphs[r->sentence->paragraph].kind == KARAKA_TITLE;
    t.complete_form = line->form != KARAKA_FORM_NOUN;
    karaka_source_find(r, c, &t);
    t.contexts = karaka_context_of(r, &t);
    t.decision = (uint32_t)r->decisions.count;
    if (decide(r, c, d, "") < 0)
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

int karaka_tell(karaka_reading *r) {
    int rc = KARAKA_OK;
    const char *hush = hushed(r);
    for (uint32_t i = 0; i < r->candidate_count && rc == KARAKA_OK; i++) {
        const karaka_candidate *c = &r->candidates[i], *best = c;
        if (r->lexicon->predicates.items[c->line].use != KARAKA_USE_EVENT)
            continue;
        karaka_draft d, other;
        karaka_draft_make(r, c, &d);
        /* lines for the same words stand one after the other: the one that is filled best is taken */
        while (i + 1 < r->candidate_count && r->candidates[i + 1].noun == c->noun &&
               r->candidates[i + 1].verb == c->verb) {
            i++;
            if (r->lexicon->predicates.items[r->candidates[i].line].use != KARAKA_USE_EVENT)
                continue;
            karaka_draft_make(r, &r->candidates[i], &other);
            if (other.score > d.score) {
                d = other;
                best = &r->candidates[i];
            }
        }
        const karaka_predicate_line *over = *d.reason ? NULL : absorber(r, best);
        if (over) {
            const char *reason = karaka_arena_format(r->arena, "content of %s", over->rule);
            rc = reason ? decide(r, best, &d, reason) : KARAKA_ERROR_MEMORY;
        } else if (!*d.reason && only_plans(r, best))
            rc = decide(r, best, &d, "says only what is planned");
        else if (*d.reason || hush)
            rc = decide(r, best, &d, *d.reason ? d.reason : hush);
        else
            rc = tell_one(r, best, &d);
    }
    return rc;
}
