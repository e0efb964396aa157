/* evidence: what speaks for and against a proposal, as named features (weigh.h).
 *
 * In: a candidate's stance, sides with the parts that they play. Out: features on the scales. A feature names parts,
 * types, kinds, relations and markers; how they count in a language is told by its table `weights`. Example: actor रूस
 * with ने under the verb -> "actor.part.doer.0", "actor.marker.ने", "actor.role.GOV", ...
 */
#include "event/choose.h"

#include <stdio.h>
#include <string.h>

static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
static const char *const kinds[] = {"country", "adjective", "capital",     "person",  "organisation", "group",  "party",
                                    "organ",   "media",     "state-media", "company", "region",       "title",  "body",
                                    "people",  "alias",     "referring",   "place",   "victims",      "unknown"};
static const char *const uses[] = {"event", "absorb", "planned", "possible", "denied", "asserted", "speech", "hush"};
static const char *const forms[] = {"noun", "verb", "complex"};
static const char *const statuses[] = {"asserted", "planned", "possible", "denied"};
static const char *const wheres[] = {"nowhere", "here", "before", "elsewhere"};

static const char *digit(uint32_t n) {
    return digits[n < 9 ? n : 9];
}

static const char *type_of(const karaka_stance *s) {
    return karaka_event_types[s->line->type].name;
}

/* Adds "A.B.C" and, with the event's type, "A.B.C.TYPE". */
static void with_type(karaka_evidence *e, const karaka_stance *s, const char *a, const char *b, const char *c) {
    karaka_weigh(e, a, b, c, NULL);
    if (c)
        karaka_weigh(e, a, b, c, type_of(s));
    else
        karaka_weigh(e, a, b, type_of(s), NULL);
}

/* Lessons of one sentence were each chosen for their event; sentences of articles tell one far more seldom. */
static bool is_lone(const karaka_reading *r) {
    return r->document->sentence_count == 1;
}

/* ---- the predicate --------------------------------------------------------------------------------------------------
 */

static const char *verb_form(const karaka_reading *r, const karaka_candidate *c) {
    if (c->verb < 0)
        return "bare";
    uint32_t classes = r->words[c->verb].classes;
    return classes & KARAKA_INFINITIVE                             ? "infinitive"
           : classes & KARAKA_FINITE                               ? "finite"
           : classes & KARAKA_CONVERB                              ? "converb"
           : classes & (KARAKA_DOER_INSIDE | KARAKA_OBJECT_INSIDE) ? "participle"
                                                                   : "other";
}

static const char *lemma_at(const karaka_reading *r, int32_t token) {
    return token >= 0 ? r->words[token].base : "-";
}

static const char *head_of(const karaka_reading *r, const karaka_candidate *c) {
    int32_t top = c->verb >= 0 ? c->verb : c->noun, head = r->words[top].head;
    return head < 0 ? "root" : lemma_at(r, head);
}

static void weigh_governor(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s) {
    static const char *const ways[] = {"within", "across", "content"};
    enum karaka_way way = KARAKA_WITHIN;
    int32_t governor = karaka_predicates_governor(r, s->candidate, &way);
    if (governor < 0) {
        karaka_weigh(e, "governor", "none", NULL, NULL);
        return;
    }
    const karaka_predicate_line *g = &r->lexicon->predicates.items[r->candidates[governor].line];
    karaka_weigh(e, "governor", ways[way], uses[g->use], NULL);
    if (g->use == KARAKA_USE_EVENT) {
        karaka_weigh(e, "governor", ways[way], karaka_event_types[g->type].name, NULL);
        karaka_weigh(e, "governor", karaka_event_types[g->type].name, "over", type_of(s));
        karaka_weigh(e, "governor", verb_form(r, s->candidate), karaka_event_types[g->type].name, NULL);
    }
}

static void weigh_flags(karaka_evidence *e, const karaka_stance *s) {
    static const struct {
        uint32_t flag;
        const char *name;
    } flags[] = {{KARAKA_FLAG_MUTUAL, "mutual"},   {KARAKA_FLAG_NEEDS_ACTOR, "needs-actor"},
                 {KARAKA_FLAG_WEAK, "weak"},       {KARAKA_FLAG_NEEDS_RECIPIENT, "needs-recipient"},
                 {KARAKA_FLAG_FOREIGN, "foreign"}, {KARAKA_FLAG_ALONE, "alone"},
                 {KARAKA_FLAG_SPEAKER, "speaker"}, {KARAKA_FLAG_PLACE_TO, "place-to"},
                 {KARAKA_FLAG_SPEECH, "speech"}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (s->line->flags & flags[i].flag)
            karaka_weigh(e, "flag", flags[i].name, NULL, NULL);
    if (s->line->mode)
        karaka_weigh(e, "mode", s->line->mode, type_of(s), NULL);
}

static const char *form_at(const karaka_reading *r, int32_t token) {
    return token >= 0 && token < (int32_t)r->count ? r->sentence->tokens[token].form : "none";
}

/* The words right around the predicate, its auxiliaries, the first word of a time told in its clause: news or
 * background. */
static void weigh_surroundings(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s) {
    const karaka_candidate *c = s->candidate;
    int32_t first = c->noun >= 0 ? c->noun_first : c->verb, last = c->noun >= 0 ? c->noun : c->verb;
    if (c->verb >= 0) {
        first = c->verb < first ? c->verb : first;
        last = c->verb > last ? c->verb : last;
    }
    const char *tail = "none";
    int32_t end = last;
    while (c->verb >= 0 && end + 1 < (int32_t)r->count && r->words[end + 1].pos == POS_AUX)
        end++;
    if (end > last)
        tail = form_at(r, end);
    with_type(e, s, "tail", tail, NULL);
    karaka_weigh(e, "before", form_at(r, first - 1), NULL, NULL);
    karaka_weigh(e, "after", form_at(r, end + 1), NULL, NULL);
    uint32_t clause = r->words[first].clause;
    for (size_t i = 0; i < r->time_count; i++)
        if (r->times[i].first < r->count && r->words[r->times[i].first].clause == clause) {
            const char *word = form_at(r, (int32_t)r->times[i].first);
            karaka_weigh(e, "time", word[0] >= '0' && word[0] <= '9' ? "number" : word, NULL, NULL);
        }
}

/* What the tree hangs on a word of the predicate, names apart: what it is done to, how, whereby. */
static void weigh_dependents(karaka_evidence *e, const karaka_reading *r, const karaka_candidate *c, int32_t of) {
    const uint32_t told = 1u << POS_NOUN | 1u << POS_ADJ | 1u << POS_ADV | 1u << POS_VERB;
    for (int32_t t = of >= 0 ? r->words[of].first_child : -1; t >= 0; t = r->words[t].next_child)
        if ((told >> r->words[t].pos & 1) && r->words[t].name < 0 && t != c->verb && t != c->noun)
            karaka_weigh(e, "under", r->sentence->tokens[t].deprel, r->words[t].base, NULL);
}

static void weigh_topics(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s) {
    uint32_t here = r->topics[r->index], lead = r->topics[0];
    if (r->main_topics) {
        with_type(e, s, "quiet", r->country_count > 1 ? "abroad" : "home", NULL);
        karaka_weigh(e, "quiet", here ? "here" : "elsewhere", lead & r->main_topics ? "lead" : NULL, NULL);
    }
    for (uint32_t k = 0; k < r->lexicon->topic_count; k++) {
        if (here >> k & 1)
            with_type(e, s, "topic", r->lexicon->topics[k], "here");
        if (lead >> k & 1)
            with_type(e, s, "topic", r->lexicon->topics[k], "lead");
        if (r->main_topics >> k & 1)
            with_type(e, s, "topic", r->lexicon->topics[k], "most");
    }
}

void karaka_evidence_stance(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s,
                            const karaka_draft *rule) {
    const karaka_candidate *c = s->candidate;
    int32_t top = c->verb >= 0 ? c->verb : c->noun;
    karaka_weigh(e, "event", NULL, NULL, NULL);
    with_type(e, s, "form", forms[s->line->form], verb_form(r, c));
    karaka_weigh(e, "word", lemma_at(r, c->noun), lemma_at(r, c->verb), type_of(s));
    karaka_weigh(e, "word", lemma_at(r, c->noun >= 0 ? c->noun : c->verb), NULL, NULL);
    with_type(e, s, "status", statuses[s->status], s->negated ? "not" : NULL);
    karaka_weigh(e, "rule", *rule->reason ? rule->reason : "yes", NULL, NULL);
    if (!*rule->reason)
        karaka_weigh(e, "rule", "yes", type_of(s), NULL);
    if (s->over)
        karaka_weigh(e, "swallowed",
                     s->over->use == KARAKA_USE_EVENT ? karaka_event_types[s->over->type].name : "idiom", NULL, NULL);
    if (s->plans)
        karaka_weigh(e, "plans", NULL, NULL, NULL);
    if (s->wished)
        with_type(e, s, "wished", "yes", NULL);
    if (s->named)
        with_type(e, s, "named", "yes", NULL);
    if (s->passive)
        with_type(e, s, "passive", forms[s->line->form], NULL);
    if (r->conditions[r->words[top].clause])
        karaka_weigh(e, "condition", NULL, NULL, NULL);
    weigh_governor(e, r, s);
    weigh_flags(e, s);
    weigh_surroundings(e, r, s);
    weigh_dependents(e, r, c, c->verb);
    weigh_dependents(e, r, c, c->noun);
    weigh_topics(e, r, s);
    karaka_weigh(e, "relation", r->sentence->tokens[top].deprel, c->verb < 0 ? "noun" : "verb", NULL);
    karaka_stretch at;
    uint32_t marker = karaka_marker_of(r, (uint32_t)(top == c->noun ? c->noun_first : top), (uint32_t)top, &at);
    karaka_weigh(e, "marker", marker ? r->sentence->tokens[at.last].form : "none", c->verb < 0 ? "noun" : "verb", NULL);
    karaka_weigh(e, "head", head_of(r, c), c->verb < 0 ? "noun" : "verb", NULL);
    karaka_weigh(e, "sentence", r->index ? "later" : "first", NULL, NULL);
    if (is_lone(r))
        karaka_weigh(e, "lone", type_of(s), NULL, NULL);
    karaka_weigh(e, "countries", digit(r->country_count < 4 ? r->country_count : 4), NULL, NULL);
    if (c->noun >= 0 && c->verb >= 0)
        karaka_weigh(e, "order",
                     c->verb < c->noun        ? "verb-first"
                     : c->verb - c->noun == 1 ? "adjacent"
                                              : "apart",
                     NULL, NULL);
}

/* ---- a side ---------------------------------------------------------------------------------------------------------
 */

static const char *role_of(const char *code) {
    const char *role = strrchr(code, ' ');
    return role ? role + 1 : strncmp(code, "IGO:", 4) == 0 ? "IGO" : "none";
}

/* The parts of the filler: that of the slot's list which comes first, else the first that it plays. */
static const char *best_part(const karaka_slot *slot, uint32_t parts, uint32_t *order) {
    for (uint32_t k = 0; k < slot->count; k++)
        if (parts & KARAKA_PART_BIT(slot->parts[k])) {
            *order = k;
            return karaka_part_name((karaka_part)slot->parts[k]);
        }
    *order = 9;
    for (uint32_t p = 0; p < KARAKA_PARTS; p++)
        if (parts & KARAKA_PART_BIT(p))
            return karaka_part_name((karaka_part)p);
    return "none";
}

static const char *distance_of(uint32_t away) {
    return away < 2 ? "1" : away < 4 ? "3" : away < 8 ? "7" : away < 16 ? "15" : "far";
}

static bool at_home(const karaka_reading *r, const karaka_name *n) {
    const char *home = r->lexicon->settings->home;
    return home && *home && karaka_same_country(n->code, home);
}

/* The best part of the slot that somebody else could play, as "part.rank". */
static void weigh_available(karaka_evidence *e, const karaka_stance *s, const karaka_frame *frame, const char *slot,
                            bool actor) {
    const karaka_slot *wanted = actor ? &s->line->actor : &s->line->recipient;
    const karaka_filler *best = NULL;
    const char *part = "none";
    for (uint32_t i = 0; i < frame->count; i++) {
        uint32_t order = 9;
        const char *name = best_part(wanted, frame->fillers[i].parts, &order);
        if (order < 9 && (!best || frame->fillers[i].rank < best->rank)) {
            best = &frame->fillers[i];
            part = name;
        }
    }
    karaka_weigh(e, slot, "available", part, best ? digit(best->rank) : NULL);
    karaka_weigh(e, slot, "available", part, type_of(s));
}

static void weigh_nobody(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_draft *rule,
                         const char *slot, bool actor) {
    if (is_lone(r))
        karaka_weigh(e, slot, "nobody", "lone", NULL);
    weigh_available(e, s, &rule->frame, slot, actor);
    with_type(e, s, slot, "nobody", NULL);
    with_type(e, s, slot, "nobody", forms[s->line->form]);
    if (rule->frame.doer_unknown)
        karaka_weigh(e, slot, "nobody", "unknown-doer", NULL);
    if (s->passive)
        karaka_weigh(e, slot, "nobody", "passive", NULL);
    uint32_t wants = actor ? KARAKA_FLAG_NEEDS_ACTOR : KARAKA_FLAG_NEEDS_RECIPIENT;
    if (s->line->flags & wants)
        karaka_weigh(e, slot, "nobody", "needed", NULL);
    if ((actor ? s->line->actor.count : s->line->recipient.count) == 0)
        karaka_weigh(e, slot, "nobody", "no-slot", NULL);
    if (s->line->flags & KARAKA_FLAG_ALONE)
        karaka_weigh(e, slot, "nobody", "alone", NULL);
}

static void weigh_filler(karaka_evidence *e, const karaka_stance *s, const karaka_side *side, const char *slot,
                         bool actor) {
    const karaka_filler *f = side->filler;
    uint32_t order = 9;
    const char *part = f ? best_part(actor ? &s->line->actor : &s->line->recipient, f->parts, &order) : "none";
    const char *rank = f ? digit(f->rank) : "x";
    with_type(e, s, slot, order < 9 ? "asked" : "other", part);
    karaka_weigh(e, slot, "part", part, rank);
    karaka_weigh(e, slot, "order", digit(order), rank);
    karaka_weigh(e, slot, "rank", rank, forms[s->line->form]);
}

const char *karaka_path(const karaka_reading *r, const karaka_candidate *c, int32_t token, char out[KARAKA_PATH]) {
    size_t n = 0;
    for (unsigned step = 0; token >= 0 && step < 4; step++) {
        int32_t head = r->words[token].head;
        const char *relation = r->sentence->tokens[token].deprel;
        n += (size_t)snprintf(out + n, KARAKA_PATH - n, "%s%.12s", step ? "<" : "", relation);
        if (head >= 0 && (head == c->noun || head == c->verb)) {
            snprintf(out + n, KARAKA_PATH - n, ">%s", head == c->noun ? "noun" : "verb");
            return out;
        }
        if (token == c->noun || token == c->verb || n > 50)
            break;
        token = head;
    }
    return "apart";
}

/* How often and how early the article has named the party's country. */
static void weigh_salience(karaka_evidence *e, const karaka_reading *r, const karaka_name *n, const char *slot) {
    uint32_t mine = 0, most = 0, others = 0;
    for (uint32_t k = 0; k < r->country_count; k++) {
        uint32_t count = r->countries[k].count;
        if (karaka_same_country(r->countries[k].full, n->code))
            mine = count;
        else
            others++;
        most = count > most ? count : most;
    }
    karaka_weigh(e, slot,
                 mine == 0      ? "unnamed"
                 : mine == most ? "most-named"
                                : "named",
                 digit(others < 3 ? others : 3), NULL);
}

/* Where the name stands among those of the sentence with the same marker. */
static void weigh_rivals(karaka_evidence *e, const karaka_reading *r, const karaka_name *n, uint32_t anchor,
                         const char *slot, const char *marker) {
    uint32_t between = 0, rivals = 0;
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *o = &r->names.items[i];
        if (o->group == n->group)
            continue;
        bool inside = n->head < anchor ? o->head > n->head && o->head < anchor : o->head < n->head && o->head > anchor;
        between += inside;
        rivals += o->marker == n->marker;
    }
    karaka_weigh(e, slot, "between", digit(between < 3 ? between : 3), marker);
    karaka_weigh(e, slot, "rivals", digit(rivals < 3 ? rivals : 3), marker);
}

/* Another predicate stands between the name and this one in the tree: it may have taken the name. */
static void weigh_taken(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const char *slot,
                        int32_t by) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[r->candidates[by].line];
    karaka_weigh(e, slot, "taken-by", uses[line->use], NULL);
    if (line->use == KARAKA_USE_EVENT)
        with_type(e, s, slot, "taken-by", karaka_event_types[line->type].name);
}

/* Where the name stands, what follows it, what the tree calls it. */
static void weigh_position(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_side *side,
                           const char *slot) {
    const karaka_name *n = &r->names.items[side->names[0]];
    with_type(e, s, slot, "where", wheres[side->where]);
    if (side->where != KARAKA_HERE) {
        karaka_weigh(e, slot, wheres[side->where], digit(r->index - n->sentence), NULL);
        return;
    }
    const karaka_candidate *c = s->candidate;
    uint32_t anchor = (uint32_t)(c->noun >= 0 ? c->noun : c->verb);
    bool left = n->head < anchor;
    karaka_weigh(e, slot, left ? "left" : "right", distance_of(left ? anchor - n->head : n->head - anchor), NULL);
    const char *marker = n->marker && n->marker_last < r->count ? r->sentence->tokens[n->marker_last].form : "none";
    with_type(e, s, slot, "marker", marker);
    karaka_weigh(e, slot, "marker", marker, forms[s->line->form]);
    karaka_weigh(e, slot, "relation", r->sentence->tokens[n->head].deprel, marker);
    karaka_weigh(e, slot, "word", lemma_at(r, (int32_t)anchor), marker);
    karaka_weigh(e, slot, "path", side->path, NULL);
    karaka_weigh(e, slot, "path", side->path, marker);
    karaka_weigh(e, slot, "path-to", side->path, type_of(s));
    karaka_weigh(e, slot, "path-of", lemma_at(r, (int32_t)anchor), side->path);
    weigh_rivals(e, r, n, anchor, slot, marker);
    int32_t over = -1, above = r->words[n->head].head;
    for (unsigned step = 0; above >= 0 && step < 4 && over < 0 && above != c->noun && above != c->verb;
         step++, above = r->words[above].head)
        over = r->governs[above];
    if (over >= 0)
        weigh_taken(e, r, s, slot, over);
    bool same = r->words[n->head].clause == r->words[anchor].clause;
    karaka_weigh(e, slot, same ? "same-clause" : "other-clause", forms[s->line->form], NULL);
    int32_t head = r->words[n->head].head;
    if (head >= 0 && (head == c->noun || head == c->verb))
        karaka_weigh(e, slot, "hangs-on", head == c->noun ? "noun" : "verb", NULL);
}

static void weigh_name(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_side *side,
                       const char *slot) {
    const karaka_name *n = &r->names.items[side->names[0]];
    with_type(e, s, slot, "kind", kinds[n->kind]);
    if (is_lone(r))
        karaka_weigh(e, slot, "lone", kinds[n->kind], NULL);
    with_type(e, s, slot, "role", role_of(n->code));
    if (side->names[0] == s->doer)
        with_type(e, s, slot, "doer", NULL);
    weigh_salience(e, r, n, slot);
    if (n->code[0] == '-' && r->lexicon->settings->unknown_parties && side->where == KARAKA_HERE) {
        with_type(e, s, slot, "head", r->sentence->tokens[n->head].upos);
        if (r->words[n->head].pos != POS_PROPN) /* whose name it is tells nothing of others */
            karaka_weigh(e, slot, "head", lemma_at(r, (int32_t)n->head), NULL);
    }
    if (n->referring)
        karaka_weigh(e, slot, "referring", NULL, NULL);
    if (n->guessed)
        karaka_weigh(e, slot, "guessed", NULL, NULL);
    if (n->unowned)
        karaka_weigh(e, slot, "unowned", at_home(r, n) ? "home" : "abroad", NULL);
    if (n->adjective)
        karaka_weigh(e, slot, "adjective", NULL, NULL);
    if (side->count > 1)
        karaka_weigh(e, slot, "several", NULL, NULL);
    if (n->code[0] == '-')
        karaka_weigh(e, slot, "stateless", NULL, NULL);
    with_type(e, s, slot, at_home(r, n) ? "home" : "abroad", NULL);
}

void karaka_evidence_side(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_draft *rule,
                          const karaka_side *side, bool actor) {
    const char *slot = actor ? "actor" : "recipient";
    if (side->rule) {
        with_type(e, s, slot, "rule", side->count ? "somebody" : "nobody");
        karaka_weigh(e, slot, "rule-rank",
                     side->count ? digit(actor ? rule->actor_rank : rule->recipient_rank) : "none",
                     forms[s->line->form]);
        if (*rule->reason)
            karaka_weigh(e, slot, "rule-failed", rule->reason, NULL);
    }
    if (side->count == 0) {
        weigh_nobody(e, r, s, rule, slot, actor);
        return;
    }
    weigh_filler(e, s, side, slot, actor);
    weigh_position(e, r, s, side, slot);
    weigh_name(e, r, s, side, slot);
}

/* ---- both sides -----------------------------------------------------------------------------------------------------
 */

void karaka_evidence_pair(karaka_evidence *e, const karaka_reading *r, const karaka_stance *s, const karaka_side *actor,
                          const karaka_side *recipient) {
    const karaka_name *a = actor->count ? &r->names.items[actor->names[0]] : NULL;
    const karaka_name *b = recipient->count ? &r->names.items[recipient->names[0]] : NULL;
    if (actor->rule && recipient->rule)
        with_type(e, s, "pair", "rule", NULL);
    if (!a || !b) {
        with_type(e, s, "pair", a ? actor->count > 1 ? "actors-alone" : "actor-alone" : "recipient-alone", NULL);
        if (s->line->flags & KARAKA_FLAG_MUTUAL)
            karaka_weigh(e, "pair", "mutual", a ? "actor-alone" : "recipient-alone",
                         actor->count > 1 ? "several" : NULL);
        return;
    }
    bool one = karaka_same_country(a->code, b->code);
    with_type(e, s, "pair", one ? "one-country" : "two-countries", NULL);
    if (one && (s->line->flags & KARAKA_FLAG_FOREIGN))
        karaka_weigh(e, "pair", "not-foreign", NULL, NULL);
    if (strcmp(a->code, b->code) == 0)
        karaka_weigh(e, "pair", "same-code", NULL, NULL);
    karaka_weigh(e, "roles", role_of(a->code), role_of(b->code), NULL);
    karaka_weigh(e, "roles", role_of(a->code), role_of(b->code), type_of(s));
    bool here = actor->where == KARAKA_HERE && recipient->where == KARAKA_HERE;
    if (here) {
        karaka_weigh(e, "paths", actor->path, recipient->path, NULL);
        karaka_weigh(e, "pair", a->first < b->first ? "actor-first" : "recipient-first", forms[s->line->form], NULL);
    }
    if (here && r->words[a->head].clause != r->words[b->head].clause)
        karaka_weigh(e, "pair", "two-clauses", NULL, NULL);
    if (!actor->rule && !recipient->rule)
        karaka_weigh(e, "pair", "both-new", NULL, NULL);
    if (a->person && a->person == b->person)
        karaka_weigh(e, "pair", "same-person", NULL, NULL);
}
