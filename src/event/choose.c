/* choose: proposals and their scores (choose.h). */
#include "event/choose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void karaka_stance_take(karaka_stance *s, karaka_reading *r, const karaka_candidate *c, const karaka_draft *rule) {
    *s = (karaka_stance){.candidate = c, .line = &r->lexicon->predicates.items[c->line], .doer = -1};
    s->status = karaka_status_of(r, c, &s->negated);
    s->negated &= !s->line->negative;
    for (int32_t t = c->noun_first; c->noun >= 0 && t <= c->noun; t++)
        s->negated &= !(r->words[t].classes & KARAKA_NEGATION); /* the line's own: "support not given" */
    s->over = karaka_governed_absorber(r, c);
    s->plans = karaka_governed_only_plans(r, c);
    s->wished = karaka_governed_only_wished(r, c);
    s->named = karaka_governed_only_named(r, c, &rule->frame, s->status);
    s->passive = c->verb >= 0 && karaka_parts_passive(r, c->verb);
    if (c->verb >= 0)
        s->doer = karaka_parts_doer(r, c->verb, 0);
}

/* ---- sides ----------------------------------------------------------------------------------------------------------
 */

static const karaka_filler *filler_of(const karaka_reading *r, const karaka_frame *frame, int32_t name) {
    for (uint32_t i = 0; i < frame->count; i++)
        if (frame->fillers[i].name == name ||
            r->names.items[frame->fillers[i].name].group == r->names.items[name].group)
            return &frame->fillers[i];
    return NULL;
}

static bool same_names(const karaka_side *a, const int32_t *names, uint32_t count) {
    return a->count == count && (count == 0 || memcmp(a->names, names, count * sizeof *names) == 0);
}

typedef struct sides {
    karaka_side items[KARAKA_SIDES];
    uint32_t count;
} sides;

static void add_side(const karaka_reading *r, const karaka_frame *frame, sides *s, const int32_t *names, uint32_t count,
                     bool rule) {
    for (uint32_t i = 0; i < s->count; i++)
        if (same_names(&s->items[i], names, count)) {
            s->items[i].rule |= rule;
            return;
        }
    if (s->count == KARAKA_SIDES)
        return;
    karaka_side *side = &s->items[s->count++];
    *side = (karaka_side){.count = count, .rule = rule, .where = KARAKA_NOWHERE};
    if (count) {
        memcpy(side->names, names, count * sizeof *names);
        const karaka_name *n = &r->names.items[names[0]];
        side->filler = filler_of(r, frame, names[0]);
        side->where = n->sentence == r->index    ? KARAKA_HERE
                      : names[0] == r->last_doer ? KARAKA_BEFORE
                                                 : KARAKA_ELSEWHERE;
    }
}

/* Told only as a time, a way, a source: no side. */
static bool stands_aside(const karaka_filler *f) {
    const uint32_t aside =
        KARAKA_PART_BIT(KARAKA_WHEN) | KARAKA_PART_BIT(KARAKA_VIA) | KARAKA_PART_BIT(KARAKA_ACCORDING);
    return f && f->parts && !(f->parts & ~aside);
}

/* A sea, a part of the world. */
static bool is_no_land(const karaka_name *n) {
    return n->kind == KARAKA_REGION && n->code[0] == '-';
}

static void add_group(const karaka_reading *r, const karaka_frame *frame, sides *s, int32_t name) {
    int32_t names[KARAKA_PARTIES];
    uint32_t count = karaka_draft_group(r, name, names);
    if (!stands_aside(filler_of(r, frame, name)) && !is_no_land(&r->names.items[name]))
        add_side(r, frame, s, names, count, false);
}

static bool may_act(const karaka_name *n) {
    return !n->reflexive && !n->sided && n->kind != KARAKA_VICTIMS;
}

/* The rules' side, nobody, the groups of the sentence (the nearest first), whoever acted last, other countries of the
 * two sentences before. */
static void find_sides(const karaka_reading *r, const karaka_candidate *c, const karaka_draft *rule, bool actor,
                       sides *out) {
    uint32_t anchor = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    out->count = 0;
    add_side(r, &rule->frame, out, actor ? rule->actors : rule->recipients,
             actor ? rule->actor_count : rule->recipient_count, true);
    add_side(r, &rule->frame, out, NULL, 0, false);
    for (uint32_t i = 0; i < rule->frame.count && out->count < KARAKA_SIDES - 5; i++)
        if (!actor || may_act(&r->names.items[rule->frame.fillers[i].name]))
            add_group(r, &rule->frame, out, rule->frame.fillers[i].name);
    uint32_t limit = out->count + 4 < KARAKA_SIDES - 4 ? out->count + 4 : KARAKA_SIDES - 4;
    for (uint32_t reach = 0; reach < 3 && out->count < limit; reach++) { /* nearer names first */
        static const uint32_t width[] = {0, 8, 24, 512};
        for (size_t i = r->names_from; i < r->names.count && out->count < limit; i++) {
            const karaka_name *n = &r->names.items[i];
            uint32_t away = n->head < anchor ? anchor - n->head : n->head - anchor;
            if (away >= width[reach] && away < width[reach + 1] && !n->reflexive && (!actor || may_act(n)))
                add_group(r, &rule->frame, out, (int32_t)i);
        }
    }
    if (r->last_doer >= 0 && r->index - r->names.items[r->last_doer].sentence <= 3)
        add_group(r, &rule->frame, out, r->last_doer);
    for (size_t i = r->names_from; i-- > 0 && r->index - r->names.items[i].sentence <= 2;) {
        const karaka_name *n = &r->names.items[i];
        bool known = n->reflexive || n->kind == KARAKA_PLACE_NAME || n->kind == KARAKA_VICTIMS;
        for (uint32_t k = 0; k < out->count && !known; k++)
            for (uint32_t m = 0; m < out->items[k].count; m++)
                known |= karaka_same_country(n->code, r->names.items[out->items[k].names[m]].code);
        if (!known)
            add_group(r, &rule->frame, out, (int32_t)i);
    }
}

/* ---- pairs ----------------------------------------------------------------------------------------------------------
 */

/* The two sides as a draft; false where they make none: nobody, the same words twice, one party on both sides. */
static bool join(const karaka_reading *r, const karaka_stance *s, const karaka_draft *rule, const karaka_side *a,
                 const karaka_side *b, karaka_draft *out) {
    if (a->count + b->count == 0 || (a->count && b->count && a->names[0] == b->names[0]))
        return false;
    bool whole = a->rule && b->rule;
    if (a->count && b->count && !whole && r->names.items[a->names[0]].group == r->names.items[b->names[0]].group)
        return false;
    memcpy(out->actors, a->names, sizeof out->actors);
    memcpy(out->recipients, b->names, sizeof out->recipients);
    out->actor_count = a->count;
    out->recipient_count = b->count;
    out->actor_rank = a->filler ? a->filler->rank : 4;
    out->recipient_rank = b->filler ? b->filler->rank : 4;
    out->mutual = whole ? rule->mutual : (s->line->flags & KARAKA_FLAG_MUTUAL) != 0;
    out->with = b->filler && (b->filler->parts & KARAKA_PART_BIT(KARAKA_COMPANION));
    if (!whole && !karaka_draft_settle(r, out))
        return false;
    return !((s->line->flags & KARAKA_FLAG_FOREIGN) && out->actor_count && out->recipient_count &&
             karaka_draft_same_sides(r, out));
}

/* ---- room for the proposals of a predicate --------------------------------------------------------------------------
 */

/* A proposal that was weighed. Proposals of one reading (type and countries) count together. */
typedef struct proposal {
    uint64_t reading;
    float score, chance;             /* chance: exp(score), but for a factor common to all */
    uint32_t line, actor, recipient; /* which */
} proposal;

enum { PROPOSALS = 1024 }; /* of one predicate; more are left out */

typedef struct proposals {
    proposal items[PROPOSALS];
    uint32_t count;
} proposals;

/* One line of the words, with the sides that it may be given. */
typedef struct reading_line {
    karaka_draft rule; /* as the rules fill it */
    karaka_stance stance;
    sides actors, recipients;
} reading_line;

enum { LINES = 8 };   /* lines of the same words that are looked at */
enum { PATHS = 256 }; /* kept for karaka_weigh */

struct karaka_choosing {
    reading_line lines[LINES];
    uint32_t count;
    proposals proposals;
    karaka_remembered remembered[KARAKA_REMEMBERED];
    const char *paths[PATHS]; /* those met last, by their hash */
    bool failed;              /* there was no memory for a path or a name of a feature */
};

/* ---- scales ---------------------------------------------------------------------------------------------------------
 */

typedef struct scales {
    karaka_reading *r;
    const karaka_draft *rule;
    karaka_evidence evidence;
    karaka_buffer names;
    karaka_weighed told; /* to the observer */
} scales;

/* Ends the weighing of one thing: its sum. */
static float weighed(scales *s, const char *what, uint32_t actor, uint32_t recipient) {
    float sum = s->evidence.sum;
    s->evidence.sum = 0;
    if (s->r->observe) {
        s->told.what = what;
        s->told.actor = actor;
        s->told.recipient = recipient;
        s->told.features = s->names.bytes ? s->names.bytes : "";
        s->r->observe(s->r->observer, s->r, &s->told);
        s->names.length = 0;
        if (s->names.bytes)
            s->names.bytes[0] = 0;
    }
    return sum;
}

/* The path from a name to the predicate; one path of a document stands in one place (karaka_weigh). */
static const char *path_from(karaka_reading *r, const karaka_candidate *c, int32_t name) {
    char text[KARAKA_PATH];
    const char *path = karaka_path(r, c, (int32_t)r->names.items[name].head, text);
    size_t length = strlen(path);
    const char **kept = &r->choosing->paths[karaka_hash(path, length, 0) % PATHS];
    if (!*kept || strcmp(*kept, path) != 0)
        *kept = karaka_arena_copy(r->arena, path, length);
    r->choosing->failed |= !*kept;
    return *kept ? *kept : "";
}

static void weigh_sides(scales *s, const karaka_stance *stance, bool actor, sides *found, float *sums) {
    find_sides(s->r, stance->candidate, s->rule, actor, found);
    for (uint32_t i = 0; i < found->count; i++) {
        if (found->items[i].where == KARAKA_HERE)
            found->items[i].path = path_from(s->r, stance->candidate, found->items[i].names[0]);
        karaka_evidence_side(&s->evidence, s->r, stance, s->rule, &found->items[i], actor);
        sums[i] = weighed(s, actor ? "actor" : "recipient", i, i);
    }
}

typedef struct ground {
    const char *name;
    int length;
    float weight;
} ground;

/* "+1.2 actor.part.doer.0  -0.4 status.planned": the eight features that weigh most, heaviest first. */
static const char *grounds_of(const karaka_reading *r, const karaka_buffer *names) {
    enum { KEPT = 8 };
    ground kept[KEPT + 1] = {{0}};
    size_t count = 0;
    for (const char *at = names->bytes, *end; at && (end = strchr(at, '\t')); at = end + 1) {
        ground g = {.name = at, .length = (int)(end - at)};
        g.weight = karaka_weight_of(r->lexicon->weights, at, (size_t)g.length);
        size_t k = count;
        for (; k > 0 && fabsf(kept[k - 1].weight) < fabsf(g.weight); k--)
            kept[k] = kept[k - 1];
        kept[k] = g;
        count += count < KEPT;
    }
    char text[KEPT * 224];
    size_t n = 0;
    text[0] = 0;
    for (size_t i = 0; i < count && kept[i].weight != 0; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%+.1f %.*s", n ? "  " : "", (double)kept[i].weight,
                              kept[i].length, kept[i].name);
    const char *copy = karaka_arena_copy(r->arena, text, n);
    return copy ? copy : "";
}

static uint64_t countries_of(const karaka_reading *r, const int32_t *names, uint32_t count, uint64_t seed) {
    uint64_t seen[KARAKA_PARTIES], sum = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *code = r->names.items[names[i]].code;
        uint64_t key = karaka_hash(code, karaka_country_length(code), seed);
        bool known = false;
        for (uint32_t k = 0; k < kept; k++)
            known |= seen[k] == key;
        if (!known)
            sum += seen[kept++] = key; /* the order does not matter */
    }
    return sum;
}

static uint64_t reading_of(const karaka_reading *r, const karaka_draft *d, uint8_t type) {
    uint64_t a = countries_of(r, d->actors, d->actor_count, type);
    uint64_t b = countries_of(r, d->recipients, d->recipient_count, type);
    return d->mutual ? a + b : a * 3 + b * 5 + 1;
}

/* Weighs all proposals of one line. */
static void weigh_line(karaka_reading *r, const karaka_stance *stance, const karaka_draft *rule, uint32_t number,
                       sides *actors, sides *recipients, proposals *out) {
    scales s = {.r = r,
                .rule = rule,
                .evidence = {.weights = r->lexicon->weights, .remembered = r->choosing->remembered},
                .told = {.stance = stance}};
    if (r->observe)
        s.evidence.names = &s.names;
    karaka_evidence_stance(&s.evidence, r, stance, rule);
    float base = weighed(&s, "line", 0, 0), sums[2][KARAKA_SIDES];
    weigh_sides(&s, stance, true, actors, sums[0]);
    weigh_sides(&s, stance, false, recipients, sums[1]);
    for (uint32_t i = 0; i < actors->count; i++)
        for (uint32_t k = 0; k < recipients->count && out->count < PROPOSALS; k++) {
            karaka_draft d = *rule;
            if (!join(r, stance, rule, &actors->items[i], &recipients->items[k], &d))
                continue;
            karaka_evidence_pair(&s.evidence, r, stance, &actors->items[i], &recipients->items[k]);
            s.told.draft = &d;
            float score = base + sums[0][i] + sums[1][k] + weighed(&s, "pair", i, k);
            out->items[out->count++] = (proposal){.reading = reading_of(r, &d, stance->line->type),
                                                  .score = score,
                                                  .line = number,
                                                  .actor = i,
                                                  .recipient = k};
        }
    r->choosing->failed |= s.evidence.failed;
    karaka_buffer_free(&s.names);
}

/* The best proposal of the likeliest reading; *odds: log of its probability over that of all else. -1: none. */
static int32_t likeliest(proposals *p, float *odds) {
    float top = 0, all, best_sum = 0;
    int32_t best = -1;
    for (uint32_t i = 0; i < p->count; i++)
        top = fmaxf(top, p->items[i].score);
    all = expf(-top); /* no event */
    for (uint32_t i = 0; i < p->count; i++)
        all += p->items[i].chance = expf(p->items[i].score - top);
    for (uint32_t i = 0; i < p->count; i++) {
        float sum = 0;
        int32_t fullest = (int32_t)i;
        bool first = true;
        for (uint32_t k = 0; k < p->count; k++)
            if (p->items[k].reading == p->items[i].reading) {
                first &= k >= i;
                sum += p->items[k].chance;
                fullest = p->items[k].score > p->items[fullest].score ? (int32_t)k : fullest;
            }
        if (first && (best < 0 || sum > best_sum)) {
            best = fullest;
            best_sum = sum;
        }
    }
    *odds = best < 0 ? -INFINITY : logf(fmaxf(best_sum, 1e-12f)) - logf(fmaxf(all - best_sum, 1e-12f));
    return best;
}

static int grounds_for(const char **out, karaka_reading *r, const reading_line *line, const karaka_side *actor,
                       const karaka_side *recipient) {
    karaka_buffer names = {0};
    karaka_evidence e = {.weights = r->lexicon->weights, .names = &names};
    karaka_evidence_stance(&e, r, &line->stance, &line->rule);
    karaka_evidence_side(&e, r, &line->stance, &line->rule, actor, true);
    karaka_evidence_side(&e, r, &line->stance, &line->rule, recipient, false);
    karaka_evidence_pair(&e, r, &line->stance, actor, recipient);
    *out = grounds_of(r, &names);
    karaka_buffer_free(&names);
    return e.failed ? KARAKA_ERROR_MEMORY : KARAKA_OK;
}

static void take_lines(karaka_reading *r, struct karaka_choosing *all, const karaka_candidate *c, uint32_t count) {
    all->count = 0;
    for (uint32_t i = 0; i < count && all->count < LINES; i++) {
        reading_line *line = &all->lines[all->count];
        if (r->lexicon->predicates.items[c[i].line].use != KARAKA_USE_EVENT)
            continue;
        karaka_draft_make(r, &c[i], &line->rule);
        karaka_stance_take(&line->stance, r, &c[i], &line->rule);
        all->count++;
    }
}

/* The rules alone: of the lines, the one that is filled best. */
static void choose_by_rules(const struct karaka_choosing *all, karaka_choice *out) {
    const reading_line *best = &all->lines[0];
    for (uint32_t i = 1; i < all->count; i++)
        if (all->lines[i].rule.score > best->rule.score)
            best = &all->lines[i];
    *out = (karaka_choice){.stance = best->stance, .draft = best->rule, .score = *best->rule.reason ? -1.0f : 1.0f};
}

int karaka_choose(karaka_reading *r, const karaka_candidate *c, uint32_t count, karaka_choice *out) {
    struct karaka_choosing *all = r->choosing;
    if (!all && !(all = r->choosing = karaka_arena_alloc(r->arena, sizeof *all)))
        return KARAKA_ERROR_MEMORY;
    take_lines(r, all, c, count);
    choose_by_rules(all, out);
    out->grounds = "";
    if (!r->lexicon->weights && !r->observe)
        return KARAKA_OK;
    all->proposals.count = 0;
    for (uint32_t i = 0; i < all->count; i++)
        weigh_line(r, &all->lines[i].stance, &all->lines[i].rule, i, &all->lines[i].actors, &all->lines[i].recipients,
                   &all->proposals);
    if (all->failed)
        return KARAKA_ERROR_MEMORY;
    int32_t best = likeliest(&all->proposals, &out->score);
    if (best < 0)
        return KARAKA_OK;
    const proposal *chosen = &all->proposals.items[best];
    const reading_line *line = &all->lines[chosen->line];
    const karaka_side *actor = &line->actors.items[chosen->actor];
    const karaka_side *recipient = &line->recipients.items[chosen->recipient];
    out->stance = line->stance;
    out->draft = line->rule;
    join(r, &line->stance, &line->rule, actor, recipient, &out->draft);
    out->draft.reason = "";
    if (r->document->explained)
        return grounds_for(&out->grounds, r, line, actor, recipient);
    return KARAKA_OK;
}
