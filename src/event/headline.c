/* headline: what the title and the kicker claim, and whether the body bears it out (headline.h, docs/headline.md).
 *
 * In: a parsed document. Out: document->headline: claims with verdict, reason and the sentences they rest on.
 * The body is read first, so that the title shares its names; subheads count for neither side.
 */
#include "event/headline.h"

#include <string.h>

static karaka_paragraph_kind kind_of(const karaka_document *d, uint32_t sentence) {
    uint32_t paragraph = d->sentences[sentence].paragraph;
    return paragraph < d->article.paragraph_count ? d->article.paragraphs[paragraph].kind : KARAKA_BODY;
}

bool karaka_headline_title(const karaka_document *d, uint32_t sentence) {
    karaka_paragraph_kind kind = kind_of(d, sentence);
    return kind == KARAKA_TITLE || kind == KARAKA_KICKER;
}

bool karaka_headline_body(const karaka_document *d, uint32_t sentence) {
    return !karaka_headline_title(d, sentence) && kind_of(d, sentence) != KARAKA_SUBHEAD;
}

/* ---- Tales of the sentence just read --------------------------------------------------------------------------------
 */

/* The verb of the candidate at `token`, where a noun stands there; 0: none. */
static karaka_key verb_of(const karaka_reading *r, uint32_t token) {
    for (uint32_t i = 0; i < r->candidate_count; i++)
        if (r->candidates[i].noun == (int32_t)token && r->candidates[i].verb >= 0)
            return r->words[r->candidates[i].verb].lemma;
    return 0;
}

static karaka_tale whole_tale(const karaka_reading *r, const karaka_telling *t) {
    karaka_tale tale = {.sentence = t->sentence,
                        .token = t->token,
                        .last = t->token,
                        .trigger = t->trigger,
                        .type = t->type,
                        .status = t->status,
                        .mutual = t->mutual,
                        .whole = true,
                        .key = t->key,
                        .verb = verb_of(r, t->token),
                        .rule = t->line->rule,
                        .actor_count = t->actor_count,
                        .recipient_count = t->recipient_count};
    memcpy(tale.actors, t->actors, sizeof tale.actors);
    memcpy(tale.recipients, t->recipients, sizeof tale.recipients);
    return tale;
}

static void take(int32_t *side, uint32_t *count, int32_t name) {
    for (uint32_t i = 0; i < *count; i++)
        if (side[i] == name)
            return;
    if (*count < KARAKA_PARTIES)
        side[(*count)++] = name;
}

static uint32_t parts_of(const karaka_slot *slot) {
    uint32_t bits = 0;
    for (uint32_t i = 0; i < slot->count; i++)
        bits |= KARAKA_PART_BIT(slot->parts[i]);
    return bits;
}

/* Who may stand on the sides of a predicate that made no event. */
static void guess_sides(karaka_reading *r, const karaka_candidate *c, const karaka_predicate_line *line,
                        karaka_tale *tale) {
    karaka_frame frame;
    uint32_t acting = parts_of(&line->actor), receiving = parts_of(&line->recipient);
    karaka_parts_find(r, &frame, c->noun, c->verb);
    for (uint32_t i = 0; i < frame.count; i++) {
        const karaka_filler *f = &frame.fillers[i];
        if (r->names.items[f->name].kind == KARAKA_PLACE_NAME || f->rank > 3)
            continue;
        if (f->parts & acting)
            take(tale->actors, &tale->actor_count, f->name);
        else if (f->parts & receiving)
            take(tale->recipients, &tale->recipient_count, f->name);
    }
    tale->mutual = line->flags & KARAKA_FLAG_MUTUAL;
}

static karaka_span span_of(const karaka_reading *r, uint32_t first, uint32_t last) {
    const karaka_token *tokens = r->sentence->tokens;
    return (karaka_span){tokens[first].span.start, tokens[last].span.end};
}

static karaka_tale weak_tale(karaka_reading *r, const karaka_candidate *c) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    uint32_t first = (uint32_t)(c->noun >= 0 ? c->noun_first : c->verb),
             last = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    bool parted = c->noun >= 0 && c->verb >= 0 && !karaka_headline_one_stretch(r->sentence, last, (uint32_t)c->verb);
    karaka_candidate inside = *c;
    if (parted) /* "अपील: नहीं करें": the verb is not the noun's */
        inside.verb = -1;
    c = &inside;
    uint32_t verb = c->verb >= 0 ? (uint32_t)c->verb : last;
    karaka_tale tale = {.sentence = r->index, .token = last, .last = last, .type = line->type, .rule = line->rule};
    tale.key = r->words[last].lemma;
    if (verb > last && verb - last <= 8)
        last = verb;
    else if (verb < first && first - verb <= 8)
        first = verb;
    while (c->verb >= 0 && last + 1 < r->count && last >= verb && r->words[last + 1].pos == POS_AUX)
        last++;
    tale.trigger = span_of(r, first, last);
    tale.last = c->verb >= 0 ? verb : last;
    tale.noun = c->verb < 0;
    tale.verb = c->noun >= 0 && c->verb >= 0 ? r->words[c->verb].lemma : 0;
    bool negated = false;
    tale.status = karaka_status_of(r, c, &negated);
    if (negated)
        tale.status = KARAKA_DENIED;
    guess_sides(r, c, line, &tale);
    return tale;
}

/* Whether a decision on this token says that the act is told, though not who does it: not so where the act is only the
 * content of another, or named and not done. */
static bool is_open(const karaka_reading *r, size_t from, uint32_t token) {
    static const char *const closed[] = {"content", "negated", "named"};
    for (size_t i = from; i < r->decisions.count; i++) {
        const karaka_decision *d = &r->decisions.items[i];
        if (d->token != token || d->sentence != r->index)
            continue;
        for (size_t k = 0; k < sizeof closed / sizeof *closed; k++)
            if (strncmp(d->reason, closed[k], strlen(closed[k])) == 0)
                return false;
        return *d->reason;
    }
    return false;
}

static int add_tales(karaka_judging *j, karaka_tales *tales, size_t tellings, size_t decisions) {
    karaka_reading *r = &j->r;
    int rc = KARAKA_OK;
    for (size_t i = tellings; i < r->tellings.count && rc == KARAKA_OK; i++)
        rc = KARAKA_PUSH(r->arena, *tales, whole_tale(r, &r->tellings.items[i]));
    for (uint32_t i = 0; i < r->candidate_count && rc == KARAKA_OK; i++) {
        const karaka_candidate *c = &r->candidates[i];
        bool again = i > 0 && r->candidates[i - 1].noun == c->noun && r->candidates[i - 1].verb == c->verb;
        if (again || r->lexicon->predicates.items[c->line].use != KARAKA_USE_EVENT ||
            !is_open(r, decisions, (uint32_t)(c->noun >= 0 ? c->noun : c->verb)))
            continue;
        rc = KARAKA_PUSH(r->arena, *tales, weak_tale(r, c));
    }
    return rc;
}

static int read_one(karaka_judging *j, uint32_t sentence, karaka_tales *tales, karaka_headline_hits *hits) {
    size_t tellings = j->r.tellings.count, decisions = j->r.decisions.count;
    int rc = karaka_reading_sentence(&j->r, sentence);
    if (rc == KARAKA_OK)
        rc = add_tales(j, tales, tellings, decisions);
    return rc < 0 ? rc : karaka_headline_words_find(hits, j->words, &j->r);
}

static int read_body(karaka_judging *j) {
    karaka_document *d = j->document;
    j->names.at = karaka_arena_array(d->arena, d->sentence_count + 1, sizeof *j->names.at);
    j->names.count = karaka_arena_array(d->arena, d->sentence_count + 1, sizeof *j->names.count);
    int rc = j->names.at && j->names.count ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    for (uint32_t s = 0; s < d->sentence_count && rc == KARAKA_OK; s++) {
        if (!karaka_headline_body(d, s))
            continue;
        j->names.at[s] = (uint32_t)j->r.names.count;
        rc = read_one(j, s, &j->body, &j->body_hits);
        j->names.count[s] = (uint32_t)j->r.names.count - j->names.at[s];
    }
    j->body_names = j->r.names.count;
    /* The title speaks before the body does: who was last named there is not meant here. */
    j->r.last_doer = -1;
    j->r.there = NULL;
    return rc;
}

/* ---- Title ----------------------------------------------------------------------------------------------------------
 */

static int read_title(karaka_judging *j) {
    karaka_document *d = j->document;
    int rc = KARAKA_OK;
    for (uint32_t s = 0; s < d->sentence_count && rc == KARAKA_OK; s++) {
        if (!karaka_headline_title(d, s))
            continue;
        karaka_tales tales = {0};
        size_t hits = j->title_hits.count, names = j->r.names.count;
        j->titled = true;
        rc = read_one(j, s, &tales, &j->title_hits);
        if (rc == KARAKA_OK)
            karaka_headline_claims_make(j, &tales, hits, names);
    }
    return rc;
}

/* ---- Records --------------------------------------------------------------------------------------------------------
 */

const char *karaka_headline_name_text(karaka_judging *j, int32_t name) {
    const karaka_name *n = &j->r.names.items[name];
    const karaka_token *tokens = j->document->sentences[n->sentence].tokens;
    karaka_span span = {tokens[n->first].span.start, tokens[n->last].span.end};
    const char *text = karaka_arena_copy(j->r.arena, j->document->article.text + span.start, span.end - span.start);
    return text ? text : "";
}

static int sides_of(karaka_judging *j, const karaka_party **out, const int32_t *side, uint32_t count) {
    karaka_party *list = karaka_arena_array(j->r.arena, count + 1, sizeof *list);
    if (!list)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const karaka_name *n = &j->r.names.items[side[i]];
        const karaka_token *tokens = j->document->sentences[n->sentence].tokens;
        list[i] = (karaka_party){.text = karaka_headline_name_text(j, side[i]),
                                 .span = {tokens[n->first].span.start, tokens[n->last].span.end},
                                 .name = n->name,
                                 .code = n->code,
                                 .rule = n->rule ? n->rule : ""};
    }
    *out = list;
    return KARAKA_OK;
}

static int record(karaka_judging *j, const karaka_claim_draft *c, karaka_claim *out) {
    karaka_arena *arena = j->r.arena;
    const karaka_tale *t = &c->tale;
    karaka_mention *evidence = karaka_arena_array(arena, KARAKA_HEADLINE_EVIDENCE, sizeof *evidence);
    const char *reason = c->reason;
    if (!reason && c->best.reason)
        reason =
            karaka_arena_format(arena, c->best.reason, c->best.told < 16 ? karaka_event_types[c->best.told].name : "");
    *out = (karaka_claim){.text = karaka_arena_copy(arena, j->document->article.text + t->trigger.start,
                                                    t->trigger.end - t->trigger.start),
                          .span = t->trigger,
                          .sentence = t->sentence,
                          .type = c->strong == KARAKA_STRONG_NONE ? karaka_event_types[t->type].name : NULL,
                          .strong = c->strong == KARAKA_STRONG_NONE    ? NULL
                                    : c->strong == KARAKA_STRONG_STORY ? "story"
                                    : c->strong == KARAKA_STRONG_DEED
                                        ? "deed"
                                        : j->words->classes.items[j->words->phrases.items[c->strong].class],
                          .actor_count = t->actor_count,
                          .recipient_count = t->recipient_count,
                          .status = t->status,
                          .verdict = c->best.verdict,
                          .reason = reason ? reason : "",
                          .rule = t->rule ? t->rule : "",
                          .evidence = evidence,
                          .evidence_count = c->evidence_count};
    if (!evidence || !out->text || !out->reason)
        return KARAKA_ERROR_MEMORY;
    memcpy(evidence, c->evidence, sizeof c->evidence);
    int rc = sides_of(j, &out->actors, t->actors, t->actor_count);
    return rc < 0 ? rc : sides_of(j, &out->recipients, t->recipients, t->recipient_count);
}

/* The whole: what contradicts decides, then whether all, some or none is borne out. */
static void sum_up(const karaka_judging *j, karaka_headline *h) {
    uint32_t by[4] = {0};
    bool contradicted = false;
    for (uint32_t i = 0; i < j->claim_count; i++) {
        by[j->claims[i].best.verdict]++;
        contradicted |= j->claims[i].best.verdict == KARAKA_UNSUPPORTED && j->claims[i].best.contradiction;
    }
    if (!j->claim_count) {
        h->verdict = KARAKA_NO_CLAIM;
        h->reason =
            j->titled ? "the headline claims no political event and nothing strong of anybody" : "there is no headline";
    } else if (by[KARAKA_SUPPORTED] == j->claim_count) {
        h->verdict = KARAKA_SUPPORTED;
        h->reason = "the body bears out all that is claimed";
    } else if (contradicted) {
        h->verdict = KARAKA_UNSUPPORTED;
        h->reason = "the body tells it otherwise";
    } else if (by[KARAKA_UNSUPPORTED] == j->claim_count) {
        h->verdict = KARAKA_UNSUPPORTED;
        h->reason = "the body bears out nothing of what is claimed";
    } else {
        h->verdict = KARAKA_EXAGGERATED;
        h->reason = by[KARAKA_SUPPORTED] ? "the body bears out a part of what is claimed"
                                         : "the body tells less than is claimed";
    }
}

static int make_records(karaka_judging *j) {
    karaka_document *d = j->document;
    karaka_headline *h = karaka_arena_alloc(d->arena, sizeof *h);
    karaka_claim *claims = karaka_arena_array(d->arena, j->claim_count + 1, sizeof *claims);
    int rc = h && claims ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i < j->claim_count && rc == KARAKA_OK; i++)
        rc = record(j, &j->claims[i], &claims[i]);
    rc = karaka_arena_end(d->arena, rc);
    if (rc < 0)
        return rc;
    sum_up(j, h);
    h->claims = claims;
    h->claim_count = j->claim_count;
    d->headline = h;
    return KARAKA_OK;
}

int karaka_headline_judge(karaka_document *document) {
    karaka_judging *j = karaka_arena_alloc(document->arena, sizeof *j);
    if (!j)
        return KARAKA_ERROR_MEMORY;
    j->document = document;
    j->words = document->language->headlines;
    int rc = karaka_reading_start(&j->r, document);
    if (rc == KARAKA_OK)
        rc = read_body(j);
    if (rc == KARAKA_OK)
        rc = read_title(j);
    if (rc < 0)
        return rc;
    rc = karaka_headline_story_read(j);
    if (rc < 0)
        return rc;
    karaka_headline_body_judge(j);
    return make_records(j);
}

int karaka_document_judge(karaka_document *document) {
    if (document->headline)
        return KARAKA_OK;
    int rc = karaka_document_parse(document);
    return rc < 0 ? rc : karaka_headline_judge(document);
}

const karaka_headline *karaka_document_headline(const karaka_document *document) {
    return document->headline;
}
