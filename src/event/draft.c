/* draft: who fills the slots of a candidate (draft.h).
 *
 * In: a candidate, its frame, what the article told before. Out: the sides, what completes them, the judgement.
 * Example: "X के हमले में Y मारे गए" -> ASSAULT, actor X, recipient Y, who is told by the verb above.
 */
#include "event/draft.h"

#include <string.h>

/* Takes the filler's whole group, each party once. */
uint32_t karaka_draft_group(const karaka_reading *r, int32_t name, int32_t *out) {
    uint32_t group = r->names.items[name].group, count = 0;
    size_t from = (size_t)name, to = (size_t)name;
    while (from > 0 && r->names.items[from - 1].group == group)
        from--;
    while (to + 1 < r->names.count && r->names.items[to + 1].group == group)
        to++;
    for (size_t i = from; i <= to && count < KARAKA_PARTIES; i++) {
        bool known = false;
        for (uint32_t k = 0; k < count; k++)
            known |= strcmp(r->names.items[out[k]].code, r->names.items[i].code) == 0;
        if (!known)
            out[count++] = (int32_t)i;
    }
    return count;
}

/* Best filler of a slot; `not`: a group that is taken (0: none). Index into the frame, -1: none. */
static int32_t choose(const karaka_reading *r, const karaka_frame *frame, const karaka_slot *slot, uint32_t not,
                      uint32_t worst, bool victims, bool goal) {
    bool free = !r->lexicon->settings->verb_final; /* what is promised or refused to whom stands under another verb */
    int32_t best = -1;
    uint32_t best_rank = 5, best_order = 0;
    for (uint32_t i = 0; i < frame->count; i++) {
        const karaka_filler *f = &frame->fillers[i];
        if (r->names.items[f->name].kind == KARAKA_VICTIMS && !victims)
            continue;
        bool content = free && f->rank == 4 && (f->parts & KARAKA_PART_BIT(KARAKA_CONTENT));
        if ((f->rank > worst && !content) || (not &&r->names.items[f->name].group == not ))
            continue;
        for (uint32_t k = 0; k < slot->count; k++) {
            if (!(f->parts & KARAKA_PART_BIT(slot->parts[k])))
                continue;
            if (slot->parts[k] == KARAKA_FOR && goal && f->rank > 2)
                continue; /* for whose sake, not whither */
            if (slot->parts[k] == KARAKA_AT && !goal && karaka_is_city(r->names.items[f->name].kind))
                continue; /* where it was, not toward whom */
            if (best < 0 || f->rank < best_rank || (f->rank == best_rank && k < best_order) ||
                (f->rank == best_rank && k == best_order && f->distance < frame->fillers[best].distance)) {
                best = (int32_t)i;
                best_rank = f->rank;
                best_order = k;
            }
            break;
        }
    }
    return best;
}

/* Whether the words after a bare noun make it the time or occasion of another act ("की यात्रा के दौरान"). */
static bool is_beside(const karaka_reading *r, const karaka_candidate *c) {
    uint32_t marker = c->noun >= 0 ? karaka_candidate_marker(r, c) : 0;
    return marker && (karaka_parts_lookup(r->lexicon, 0, marker, true) &
                      (KARAKA_PART_BIT(KARAKA_WHEN) | KARAKA_PART_BIT(KARAKA_AT) | KARAKA_PART_BIT(KARAKA_TARGET)));
}

/* The doer of the clause in which a bare noun stands beside the act ("Y के साथ बैठक के दौरान X ने ..."); -1: none. */
static int32_t doer_beside(karaka_reading *r, const karaka_candidate *c) {
    int32_t verb = c->noun;
    if (c->verb >= 0 || !is_beside(r, c))
        return -1;
    for (unsigned step = 0; verb >= 0 && step < KARAKA_CLIMB && (verb == c->noun || r->words[verb].pos != POS_VERB);
         step++)
        verb = r->words[verb].head;
    return verb >= 0 && r->words[verb].pos == POS_VERB ? karaka_parts_doer(r, verb, 0) : -1;
}

static bool only_countries(const karaka_reading *r, const karaka_draft *d) {
    for (uint32_t i = 0; i < d->actor_count; i++)
        if (r->names.items[d->actors[i]].kind != KARAKA_COUNTRY)
            return false;
    return true;
}

static bool is_between(const karaka_filler *f) {
    return f->parts & KARAKA_PART_BIT(KARAKA_BETWEEN);
}

/* Both sides named in one group ("between A and B", "A and B met"): the first acts, the others receive. */
static void split(karaka_draft *d) {
    if (d->actor_count < 2 || d->recipient_count)
        return;
    memcpy(d->recipients, d->actors + 1, (d->actor_count - 1) * sizeof *d->actors);
    d->recipient_count = d->actor_count - 1;
    d->actor_count = 1;
}

/* "इजराइल और मिस्र में समझौता हुआ": where several countries are, it is among them. */
static bool among(const karaka_reading *r, karaka_draft *d) {
    for (uint32_t i = 0; i < d->frame.count; i++) {
        const karaka_filler *f = &d->frame.fillers[i];
        if (!(f->parts & KARAKA_PART_BIT(KARAKA_AT)) || f->rank > 2 || r->names.items[f->name].kind != KARAKA_COUNTRY)
            continue;
        d->actor_count = karaka_draft_group(r, f->name, d->actors);
        d->actor_rank = f->rank;
        if (d->actor_count > 1 && only_countries(r, d)) {
            d->mutual = true;
            split(d);
            return true;
        }
        d->actor_count = 0;
    }
    return false;
}

static void fill(const karaka_reading *r, const karaka_predicate_line *line, bool bare_noun, bool beside,
                 karaka_draft *d) {
    static const karaka_slot any = {.parts = {KARAKA_ADDRESSEE, KARAKA_AGAINST, KARAKA_TARGET, KARAKA_FOR,
                                              KARAKA_OBJECT, KARAKA_BETWEEN, KARAKA_OF},
                                    .count = 7};
    /* Only who is asked or warned is shared with what is asked or warned of. */
    bool victims = line->type == TYPE_ASSAULT || line->type == TYPE_COERCE || line->type == TYPE_RETREAT ||
                   line->type == TYPE_AID || line->type == TYPE_REQUEST;
    bool shares = line->type == TYPE_REQUEST || line->type == TYPE_THREATEN || line->type == TYPE_AGREE;
    static const karaka_slot together = {.parts = {KARAKA_COMPANION, KARAKA_BETWEEN, KARAKA_AGAINST}, .count = 3};
    uint32_t worst = bare_noun ? 2 : shares ? 4 : 3;
    bool goal = (line->flags & KARAKA_FLAG_PLACE_TO) || line->type == TYPE_ASSAULT;
    int32_t actor = choose(r, &d->frame, &line->actor, 0, bare_noun ? 2 : 3, false, goal);
    uint32_t group = 0;
    if (actor >= 0) {
        const karaka_filler *f = &d->frame.fillers[actor];
        d->actor_count = karaka_draft_group(r, f->name, d->actors);
        d->actor_rank = f->rank;
        group = r->names.items[f->name].group;
        if (is_between(f) && d->actor_count > 1) {
            d->mutual = true;
            split(d);
            return;
        }
    }
    if (actor < 0 && (line->flags & KARAKA_FLAG_MUTUAL) && among(r, d))
        return;
    int32_t recipient = choose(r, &d->frame, &line->recipient, group, worst, victims, goal);
    /* Where somebody goes is told by the place alone. */
    if (recipient < 0 && line->recipient.count && !bare_noun && !(line->flags & KARAKA_FLAG_PLACE_TO))
        recipient = choose(r, &d->frame, line->flags & KARAKA_FLAG_MUTUAL ? &together : &any, group, 1, victims, goal);
    if (recipient >= 0) {
        const karaka_filler *f = &d->frame.fillers[recipient];
        d->recipient_count = karaka_draft_group(r, f->name, d->recipients);
        d->recipient_rank = f->rank;
        d->with = f->parts & KARAKA_PART_BIT(KARAKA_COMPANION);
        if (is_between(f) && d->recipient_count > 1 && (line->flags & KARAKA_FLAG_MUTUAL)) {
            memcpy(d->actors, d->recipients, sizeof d->actors);
            d->actor_count = d->recipient_count;
            d->recipient_count = 0;
            split(d);
        }
    }
    /* The doer of the clause does what a bare noun says only with somebody ("X ने Y के साथ बैठक में"), or beside
     * what he does ("X ने Y की यात्रा के दौरान"). */
    if (bare_noun && actor >= 0 && d->actor_rank == 2 && !beside &&
        (d->frame.fillers[actor].parts & KARAKA_PART_BIT(KARAKA_DOER)) &&
        (recipient < 0 || !(d->frame.fillers[recipient].parts & KARAKA_PART_BIT(KARAKA_COMPANION))))
        d->actor_count = 0;
    d->mutual = line->flags & KARAKA_FLAG_MUTUAL;
    if (d->mutual && d->actor_count > 1 && !d->recipient_count)
        split(d);
}

/* The doer of the clause that the predicate has as its content ("चाहता है कि पाकिस्तान ... करे"); -1: none. */
static int32_t content_doer(karaka_reading *r, const karaka_candidate *c) {
    int32_t verb = c->verb >= 0 && r->lexicon->settings->content_heads ? c->verb : -1;
    for (int32_t k = verb >= 0 ? r->words[verb].first_child : -1; k >= 0; k = r->words[k].next_child) {
        int32_t doer = r->words[k].pos == POS_VERB && (r->words[k].shapes & KARAKA_SHAPE_CONTENT)
                           ? karaka_parts_doer(r, k, 0)
                           : -1;
        if (doer >= 0)
            return doer;
    }
    for (int which = 0; which < 2; which++) {
        int32_t top = which ? c->noun : c->verb;
        for (int32_t k = top >= 0 ? r->words[top].first_child : -1; k >= 0; k = r->words[k].next_child) {
            if (r->words[k].pos != POS_SCONJ)
                continue;
            for (int32_t v = r->words[k].first_child; v >= 0; v = r->words[v].next_child)
                if (r->words[v].pos == POS_VERB) {
                    int32_t doer = karaka_parts_doer(r, v, 0);
                    if (doer >= 0)
                        return doer;
                }
        }
    }
    return -1;
}

/* "X के हमले में Y मारे गए": whom the blow that a noun names has hurt is told by the verb above. */
static void hurt_by(karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    int32_t verb = c->noun;
    for (unsigned step = 0; verb >= 0 && step < 4 && (verb == c->noun || r->words[verb].pos != POS_VERB); step++)
        verb = r->words[verb].head;
    uint32_t marker = karaka_candidate_marker(r, c);
    if (verb < 0 || r->words[verb].pos != POS_VERB || (!d->actor_count && !(r->words[verb].classes & KARAKA_FINITE)) ||
        !(karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_AT)))
        return;
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *o = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[o->line];
        if (o->verb != verb || line->use != KARAKA_USE_EVENT || line->type != TYPE_ASSAULT)
            continue;
        karaka_frame frame;
        karaka_parts_find(r, &frame, o->noun, o->verb);
        static const karaka_slot object = {.parts = {KARAKA_OBJECT, KARAKA_DOER, KARAKA_OF}, .count = 3};
        int32_t hurt =
            choose(r, &frame, &object, d->actor_count ? r->names.items[d->actors[0]].group : 0, 2, true, false);
        uint8_t kind = hurt >= 0 ? r->names.items[frame.fillers[hurt].name].kind : 0;
        if (hurt >= 0 && (d->actor_count || kind == KARAKA_VICTIMS || kind == KARAKA_PEOPLE_ROLE))
            d->recipient_count = karaka_draft_group(r, frame.fillers[hurt].name, d->recipients);
        return;
    }
}

/* Who denies answers to whoever of another country has accused him in the article. */
static void answer_to(const karaka_reading *r, karaka_draft *d) {
    for (size_t i = r->tellings.count; i-- > 0;) {
        const karaka_telling *t = &r->tellings.items[i];
        if (t->type != TYPE_ACCUSE || !t->actor_count || !t->recipient_count)
            continue;
        const char *by = r->names.items[t->actors[0]].code, *me = r->names.items[d->actors[0]].code;
        if (!karaka_same_country(r->names.items[t->recipients[0]].code, me) || karaka_same_country(by, me))
            continue;
        d->recipients[0] = t->actors[0];
        d->recipient_count = 1;
        return;
    }
}

/* "X के मुताबिक ... को आमंत्रित किया गया": an official who tells it, else the doer before, stands for who did it. */
static void ordered_by(const karaka_reading *r, karaka_draft *d) {
    int32_t who = r->last_doer;
    for (size_t i = r->names.count; i-- > 0 && r->index - r->names.items[i].sentence <= 3;)
        if (karaka_parts_lookup(r->lexicon, 0, r->names.items[i].marker, true) & KARAKA_PART_BIT(KARAKA_ACCORDING)) {
            who = (int32_t)i;
            break;
        }
    if (who < 0 || r->index - r->names.items[who].sentence > 3 || r->names.items[who].referring)
        return;
    const char *code = r->names.items[who].code;
    if ((strstr(code, " GOV") || strchr(code, ':')) && strcmp(code, r->names.items[d->recipients[0]].code) != 0)
        d->actor_count = karaka_draft_group(r, who, d->actors);
}

/* "Y के साथ मुठभेड़ में X मारे गए": with whom there was a fight is who has hurt the others. */
static void hurt_with(karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    karaka_draft other = *d;
    memcpy(other.actors, d->recipients, sizeof other.actors);
    other.actor_count = d->recipient_count;
    other.recipient_count = 0;
    hurt_by(r, c, &other);
    if (other.recipient_count)
        *d = other;
}

/* "Y की मदद करने को तैयार": whom the act that is promised is for. */
static void promised_to(karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    for (uint32_t i = 0; i < r->candidate_count && !d->recipient_count; i++) {
        const karaka_candidate *o = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[o->line];
        enum karaka_way way = KARAKA_WITHIN;
        int32_t governor = karaka_predicates_governor(r, o, &way);
        if (line->use != KARAKA_USE_EVENT || governor < 0 || way != KARAKA_WITHIN ||
            r->candidates[governor].noun != c->noun || r->candidates[governor].verb != c->verb)
            continue;
        karaka_frame frame;
        karaka_parts_find(r, &frame, o->noun, o->verb);
        int32_t to = choose(r, &frame, &line->recipient, r->names.items[d->actors[0]].group, 1, false, false);
        if (to >= 0)
            d->recipient_count = karaka_draft_group(r, frame.fillers[to].name, d->recipients);
    }
}

/* "Netanyahu met the prime minister": not his own, but that of the home country. */
static void at_home(karaka_reading *r, karaka_draft *d) {
    const char *home = r->lexicon->settings->home;
    if (!d->mutual || !home || !r->home_named || d->actor_count != 1 || d->recipient_count != 1)
        return;
    karaka_name *a = &r->names.items[d->actors[0]], *b = &r->names.items[d->recipients[0]];
    karaka_name *bare = b->unowned && !b->person ? b : a->unowned && !a->person ? a : NULL;
    if (!bare || bare->kind != KARAKA_TITLE_ROLE || strcmp(a->code, b->code) != 0 || karaka_same_country(a->code, home))
        return;
    const char *role = bare->code + karaka_country_length(bare->code);
    char *code = karaka_arena_format(r->arena, "%s%s", home, role);
    if (code)
        bare->code = code;
}

/* "इन परीक्षणों की निंदा": whoever did what "this" points back to. */
static void this_by(const karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    bool points = false;
    for (int which = 0; which < 2; which++) {
        int32_t top = which ? c->noun : c->verb;
        for (int32_t k = top >= 0 ? r->words[top].first_child : -1; k >= 0 && !points; k = r->words[k].next_child)
            for (int32_t m = r->words[k].pos == POS_NOUN ? r->words[k].first_child : -1; m >= 0;
                 m = r->words[m].next_child)
                points |= (r->words[m].classes & KARAKA_THIS) && m < k &&
                          (!r->lexicon->settings->verb_final || k < (c->noun >= 0 ? c->noun : c->verb));
    }
    const char *me = r->names.items[d->actors[0]].code;
    for (size_t i = r->tellings.count; points && i-- > 0 && r->index - r->tellings.items[i].sentence <= 2;) {
        const karaka_telling *t = &r->tellings.items[i];
        if (t->type < TYPE_THREATEN || !t->actor_count || karaka_same_country(r->names.items[t->actors[0]].code, me))
            continue;
        d->recipient_count = karaka_draft_group(r, t->actors[0], d->recipients);
        return;
    }
}

static bool stands_under(const karaka_reading *r, int32_t token, int32_t top) {
    for (unsigned step = 0; token >= 0 && step < KARAKA_CLIMB; step++, token = r->words[token].head)
        if (token == top)
            return true;
    return false;
}

/* "स्पेन में हुए हमले की निंदा": blamed is who struck, not where or whom the blow struck. */
static void blamed(karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *o = &r->candidates[i];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[o->line];
        if (line->use != KARAKA_USE_EVENT || line->type != TYPE_ASSAULT || o->noun < 0 || o->noun == c->noun ||
            !stands_under(r, o->noun, c->noun))
            continue;
        uint32_t kept = 0;
        for (uint32_t k = 0; k < d->recipient_count; k++)
            if (!stands_under(r, (int32_t)r->names.items[d->recipients[k]].head, o->noun))
                d->recipients[kept++] = d->recipients[k];
        d->recipient_count = kept;
        karaka_frame frame;
        karaka_parts_find(r, &frame, o->noun, -1);
        int32_t by = choose(r, &frame, &line->actor, r->names.items[d->actors[0]].group, 2, false, false);
        if (by >= 0 && !kept && !(frame.fillers[by].parts & KARAKA_PART_BIT(KARAKA_DOER)))
            d->recipient_count = karaka_draft_group(r, frame.fillers[by].name, d->recipients);
        return;
    }
}

/* What the words leave open: whom a demand or charge is about, and with whom somebody says that there are talks. */
static void complete(karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    if (!d->recipient_count && (line->type == TYPE_REQUEST || line->type == TYPE_ACCUSE)) {
        int32_t doer = content_doer(r, c);
        if (doer >= 0)
            d->recipient_count = karaka_draft_group(r, doer, d->recipients);
    }
    if ((line->type == TYPE_AGREE || line->type == TYPE_THREATEN) && d->actor_count && !d->recipient_count)
        promised_to(r, c, d);
    if (line->type == TYPE_ACCUSE && c->noun >= 0 && d->actor_count)
        blamed(r, c, d);
    if (line->type == TYPE_ACCUSE && c->verb >= 0 && d->actor_count && !d->recipient_count)
        this_by(r, c, d);
    if (line->type == TYPE_REJECT && d->actor_count && !d->recipient_count)
        answer_to(r, d);
    if (line->type == TYPE_REQUEST && line->form == KARAKA_FORM_NOUN && d->actor_count && !d->recipient_count) {
        int32_t doer = doer_beside(r, c); /* "X के अनुरोध पर Y ने ...": who does it was asked */
        if (doer >= 0)
            d->recipient_count = karaka_draft_group(r, doer, d->recipients);
    }
    if (line->type == TYPE_ASSAULT && c->verb < 0 && d->with && !d->actor_count && d->recipient_count)
        hurt_with(r, c, d);
    if (line->type == TYPE_ASSAULT && c->noun >= 0 && c->verb < c->noun && !d->recipient_count)
        hurt_by(r, c, d);
    if (!d->actor_count && d->recipient_count && (line->type == TYPE_REQUEST || line->type == TYPE_AGREE) &&
        karaka_parts_passive(r, c->verb))
        ordered_by(r, d);
    if ((line->flags & KARAKA_FLAG_SPEAKER) && !d->actor_count) {
        int32_t speaker = karaka_parts_dropped_doer(r, c->verb >= 0 ? c->verb : c->noun);
        bool same = speaker >= 0 && d->recipient_count &&
                    strcmp(r->names.items[speaker].code, r->names.items[d->recipients[0]].code) == 0;
        if (speaker >= 0 && !same)
            d->actor_count = karaka_draft_group(r, speaker, d->actors);
    }
    bool visit = (line->flags & KARAKA_FLAG_FOREIGN) && line->form == KARAKA_FORM_NOUN;
    if (visit && d->actor_count && !d->recipient_count && d->actor_rank < 2 && only_countries(r, d) &&
        doer_beside(r, c) >= 0) {
        /* "X ने Y की यात्रा के दौरान ...": a land does not travel while somebody else acts */
        memcpy(d->recipients, d->actors, sizeof d->recipients);
        d->recipient_count = d->actor_count;
        d->actor_count = 0;
    }
    if ((d->mutual || d->with || visit) && !d->actor_count && d->recipient_count && !d->frame.doer_unknown) {
        int32_t doer = doer_beside(r, c);
        if (doer < 0 && !visit)
            doer = karaka_parts_dropped_doer(r, c->verb >= 0 ? c->verb : c->noun);
        if (doer >= 0 && !karaka_same_country(r->names.items[doer].code, r->names.items[d->recipients[0]].code)) {
            d->actor_count = karaka_draft_group(r, doer, d->actors);
            d->actor_rank = 4;
        }
    }
}

static bool several_countries(const karaka_reading *r, const int32_t *side, uint32_t count) {
    for (uint32_t i = 1; i < count; i++)
        if (!karaka_same_country(r->names.items[side[0]].code, r->names.items[side[i]].code))
            return true;
    return false;
}

bool karaka_draft_same_sides(const karaka_reading *r, const karaka_draft *d) {
    for (uint32_t i = 0; i < d->actor_count; i++)
        for (uint32_t k = 0; k < d->recipient_count; k++)
            if (!karaka_same_country(r->names.items[d->actors[i]].code, r->names.items[d->recipients[k]].code))
                return false;
    return true;
}

/* Sides that are the same party are one side. */
static void drop_self(const karaka_reading *r, karaka_draft *d) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < d->recipient_count; k++) {
        bool self = false;
        const karaka_name *b = &r->names.items[d->recipients[k]];
        for (uint32_t i = 0; i < d->actor_count; i++) {
            const karaka_name *a = &r->names.items[d->actors[i]];
            if (b->agent >= 0 && b->last > b->first && r->words[b->last].plural && a->agent != b->agent &&
                !b->referring)
                continue;                                              /* "its officials" are not the state */
            bool owned = d->actor_rank == 1 || d->recipient_rank == 1; /* "his mother" is not he */
            self |= strcmp(a->code, b->code) == 0 && (!owned || strstr(a->code, " GOV")) &&
                    (a->kind == KARAKA_COUNTRY || b->kind == KARAKA_COUNTRY || b->kind == KARAKA_ADJECTIVE ||
                     a->referring || b->referring || a->name == b->name || strchr(a->code, ':') ||
                     (a->agent >= 0 && a->agent == b->agent && !a->person != !b->person)) &&
                    (strstr(a->code, " GOV") || strchr(a->code, ':') || a->referring || b->referring ||
                     (a->name && a->name == b->name));
        }
        if (!self)
            d->recipients[kept++] = d->recipients[k];
    }
    d->recipient_count = kept;
}

bool karaka_draft_settle(const karaka_reading *r, karaka_draft *d) {
    uint32_t before = d->recipient_count;
    drop_self(r, d);
    if (d->recipient_count != before)
        return false;
    if (d->mutual)
        split(d);
    if (!d->recipient_count && several_countries(r, d->actors, d->actor_count))
        d->mutual = true;
    return true;
}

static const char *judge(const karaka_reading *r, const karaka_predicate_line *line, const karaka_draft *d) {
    if (d->actor_count == 0 && d->recipient_count == 0)
        return "no party is known";
    if (d->actor_count == 0 && (line->flags & KARAKA_FLAG_NEEDS_ACTOR))
        return "no actor";
    if (d->recipient_count == 0 && (line->flags & KARAKA_FLAG_NEEDS_RECIPIENT) && !(d->mutual && d->actor_count > 1))
        return "no recipient";
    /* These acts are done to or with somebody; a blank other side means that it was not understood. */
    static const uint32_t toward = 1u << TYPE_AGREE | 1u << TYPE_CONSULT | 1u << TYPE_SUPPORT | 1u << TYPE_COOPERATE |
                                   1u << TYPE_AID | 1u << TYPE_THREATEN | 1u << TYPE_SANCTION | 1u << TYPE_ASSAULT |
                                   1u << TYPE_COERCE;
    if ((toward >> line->type & 1) && d->recipient_count == 0 && !(line->flags & KARAKA_FLAG_ALONE) &&
        !several_countries(r, d->actors, d->actor_count) && strncmp(r->names.items[d->actors[0]].code, "IGO:", 4) != 0)
        return "toward nobody";
    if ((line->flags & KARAKA_FLAG_PLACE_TO) && d->actor_count &&
        (strstr(r->names.items[d->actors[0]].code, " CVL") || strstr(r->names.items[d->actors[0]].code, " BUS")))
        return "people come and go";
    if ((line->flags & KARAKA_FLAG_WEAK) && (d->actor_count == 0 || d->recipient_count == 0))
        return "a weak reading without both sides";
    if ((line->flags & KARAKA_FLAG_FOREIGN) && d->actor_count && d->recipient_count && karaka_draft_same_sides(r, d))
        return "both sides are of one country";
    return "";
}

void karaka_draft_make(karaka_reading *r, const karaka_candidate *c, karaka_draft *d) {
    const karaka_predicate_line *line = &r->lexicon->predicates.items[c->line];
    memset(d, 0, sizeof *d);
    karaka_parts_find(r, &d->frame, c->noun, c->verb);
    fill(r, line, line->form == KARAKA_FORM_NOUN && c->verb < 0, (line->flags & KARAKA_FLAG_FOREIGN) && is_beside(r, c),
         d);
    complete(r, c, d);
    at_home(r, d);
    drop_self(r, d);
    if (!d->recipient_count && several_countries(r, d->actors, d->actor_count))
        d->mutual = true; /* "the two countries ..." */
    d->reason = judge(r, line, d);
    if (!*d->reason && line->form == KARAKA_FORM_VERB && d->mutual && !d->with &&
        (r->words[c->verb].classes & KARAKA_CONVERB))
        d->reason = "together, not with each other"; /* "दोनों मिलकर ..." */
    if (!*d->reason && (line->flags & KARAKA_FLAG_SPEAKER) && !d->actor_count)
        d->reason = "nobody says so";
    d->score = (*d->reason ? 0 : 1000) + (d->actor_count ? 100 - 10 * (int)d->actor_rank : 0) +
               (d->recipient_count ? 100 - 10 * (int)d->recipient_rank : 0);
}
