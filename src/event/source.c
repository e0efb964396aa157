/* source: according to whom a predicate is told.
 *
 * In: a candidate, speech verbs that govern it, names whose marker says source. Out: sources, nearest first.
 * Example: "योनहाप ने केसीएनए के हवाले से बताया कि किम ने ... की" -> केसीएनए, योनहाप.
 */
#include "event/reading.h"

#include <string.h>

static const char *text_of(const karaka_reading *r, uint32_t sentence, uint32_t first, uint32_t last,
                           karaka_span *span) {
    const karaka_token *tokens = r->document->sentences[sentence].tokens;
    span->start = tokens[first].span.start;
    span->end = tokens[last].span.end;
    const char *text = karaka_arena_copy(r->arena, r->document->article.text + span->start, span->end - span->start);
    return text ? text : "";
}

/* A noun that is a source without a name: sources say, a report says. */
static bool is_anonymous(const karaka_reading *r, uint32_t token) {
    const karaka_phrases *p = &r->lexicon->phrases;
    uint32_t node = karaka_phrasebook_step(p, KARAKA_SET_SOURCE, r->words[token].form);
    if (!node)
        node = karaka_phrasebook_step(p, KARAKA_SET_SOURCE, r->words[token].lemma);
    return node && karaka_phrasebook_first(p, node);
}

/* By the table, or by its own words: "सरकारी मीडिया". */
static bool is_state_media(const karaka_reading *r, const karaka_name *name) {
    size_t n = strlen(name->code);
    if (name->kind == KARAKA_STATE_MEDIA)
        return true;
    if (n < 4 || strcmp(name->code + n - 4, " MED") != 0 || name->sentence != r->index)
        return false;
    for (uint32_t i = name->first; i <= name->last && i < r->count; i++)
        if (r->words[i].classes & KARAKA_STATE_OWNED)
            return true;
    return false;
}

static bool has(const karaka_telling *t, karaka_span span) {
    for (uint32_t i = 0; i < t->source_count; i++)
        if (t->sources[i].span.start < span.end && span.start < t->sources[i].span.end)
            return true;
    return false;
}

static void add_words(karaka_reading *r, karaka_telling *t, uint32_t first, uint32_t last, const karaka_name *name) {
    uint32_t sentence = name ? name->sentence : r->index;
    karaka_source s = {0};
    if (t->source_count == sizeof t->sources / sizeof *t->sources)
        return;
    s.text = text_of(r, sentence, first, last, &s.span);
    if (has(t, s.span))
        return;
    if (name) {
        s.name = name->name;
        s.code = karaka_unknown_told(r, name->code);
        s.state_media = is_state_media(r, name);
    }
    t->sources[t->source_count++] = s;
}

/* A state that tells its own act: "अमेरिका ने कहा कि वह ... लगा रहा है". A state that tells its own violence claims it. */
static bool tells_own(const karaka_reading *r, const karaka_telling *t, const karaka_name *n) {
    if (n->kind != KARAKA_COUNTRY || !t->line || strstr("ASSAULT COERCE MOBILIZE", karaka_event_types[t->type].name))
        return false;
    for (uint32_t i = 0; i < t->actor_count; i++)
        if (strcmp(r->names.items[t->actors[i]].code, n->code) == 0)
            return true;
    return false;
}

static bool is_same(const karaka_name *a, const karaka_name *b) {
    return (a->person && a->person == b->person) || (a->name && b->name && strcmp(a->name, b->name) == 0);
}

/* May "he" mean `o`, where the pronoun is `n`? A country's name speaks for itself. */
static bool may_mean(const karaka_name *n, const karaka_name *o) {
    bool land = karaka_is_site(o->kind) || o->kind == KARAKA_ADJECTIVE;
    return !o->referring && !land && (n->person ? o->person == n->person : strcmp(o->code, n->code) == 0);
}

/* The name that a pronoun stands for: the doer before, else the nearest that may be meant; itself where there is none.
 */
static const karaka_name *antecedent(const karaka_reading *r, int32_t index) {
    const karaka_name *n = &r->names.items[index];
    enum { BACK = 64 }; /* names */
    if (r->last_doer >= 0 && r->last_doer < index && may_mean(n, &r->names.items[r->last_doer]))
        return &r->names.items[r->last_doer];
    for (int32_t i = index, back = 0; i-- > 0 && back < BACK; back++)
        if (may_mean(n, &r->names.items[i]))
            return &r->names.items[i];
    return n;
}

/* Who speaks for himself is no source: he condemns, promises, demands. What a spokesman of the same side blames or
 * praises is that side's word. */
static bool speaks_for_himself(const karaka_reading *r, const karaka_telling *t, int32_t index) {
    const karaka_name *n = &r->names.items[index];
    if (!t->line)
        return false;
    const char *type = karaka_event_types[t->type].name;
    bool speech = t->line->flags & KARAKA_FLAG_SPEECH, consults = strcmp(type, "CONSULT") == 0;
    bool blames = strcmp(type, "ACCUSE") == 0 || (speech && strcmp(type, "SUPPORT") == 0);
    bool spoken = speech || ((karaka_event_types[t->type].quad & 1) && !consults);
    for (uint32_t i = 0; i < t->actor_count && spoken; i++) {
        const karaka_name *actor = &r->names.items[t->actors[i]];
        if (t->actors[i] == index || is_same(n, actor) || (blames && strcmp(n->code, actor->code) == 0))
            return true;
    }
    return false;
}

static void add_name(karaka_reading *r, karaka_telling *t, int32_t index) {
    const karaka_name *n = &r->names.items[index];
    if (speaks_for_himself(r, t, index) || tells_own(r, t, n))
        return;
    if (n->referring && n->sibling < 0)
        n = antecedent(r, index);
    add_words(r, t, n->first, n->end, n);
}

/* The first token of the phrase that owns the noun at `first`: "विदेश मंत्रालय के एक बयान". */
static uint32_t owner_start(const karaka_reading *r, uint32_t first) {
    uint32_t at = first;
    while (at > 0 && at + 3 > first &&
           (r->words[at - 1].pos == POS_ADJ || r->words[at - 1].pos == POS_NUM || r->words[at - 1].pos == POS_DET))
        at--;
    if (at < 2 || !r->words[at - 1].genitive)
        return first;
    int32_t name = r->words[at - 2].name;
    return name >= 0 && r->names.items[name].sentence == r->index ? r->names.items[name].first : first;
}

/* A speaker whom no table knows, by the words of his phrase: "एक गवाह ने कहा". */
static void add_phrase(karaka_reading *r, karaka_telling *t, int32_t head) {
    uint32_t first = (uint32_t)head;
    for (uint32_t i = 0; i < 10 && first > 0; i++) {
        int32_t up = r->words[first - 1].head;
        if (up < (int32_t)first - 1 || up > head || r->words[first - 1].pos == POS_PUNCT)
            break;
        first--;
    }
    add_words(r, t, owner_start(r, first), (uint32_t)head, NULL);
}

/* A finite verb of the active voice without a subject: who spoke before goes on. */
static bool speaks_on(const karaka_reading *r, int32_t verb) {
    if (!(r->words[verb].classes & KARAKA_FINITE))
        return false;
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child)
        if ((r->words[c].classes & KARAKA_PASSIVE) && r->words[c].pos == POS_AUX)
            return false;
    return true;
}

/* A place or a time: nobody's words stand in it. */
static bool is_scene(const karaka_reading *r, uint32_t token) {
    for (uint32_t i = 0; i < r->spot_count; i++)
        if (r->spots[i].first <= token && token <= r->spots[i].last)
            return true;
    for (size_t i = 0; i < r->time_count; i++)
        if (r->times[i].first <= token && token <= r->times[i].last)
            return true;
    return false;
}

/* Names that hang on `verb` with a marker of `part`: "केसीएनए के हवाले से". */
static void add_marked(karaka_reading *r, karaka_telling *t, uint32_t clause, karaka_part part) {
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        if (n->marker && r->words[n->head].clause == clause &&
            (karaka_parts_lookup(r->lexicon, 0, n->marker, true) & KARAKA_PART_BIT(part)))
            add_name(r, t, (int32_t)i);
    }
}

/* The speaker of a speech verb: its doer, else its subject's words, else where it stands written ("बयान में कहा गया"). */
static void add_speaker(karaka_reading *r, karaka_telling *t, int32_t verb) {
    int32_t doer = karaka_parts_doer(r, verb, 0);
    if (doer == -1 && speaks_on(r, verb))
        doer = karaka_parts_dropped_doer(r, verb);
    if (doer >= 0) {
        add_name(r, t, doer);
        return;
    }
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child)
        if ((r->words[c].classes & KARAKA_SUBJECT) && r->words[c].pos == POS_NOUN &&
            !(karaka_words_classes(r->lexicon, r->words[c].lemma) & KARAKA_SAYING)) {
            add_phrase(r, t, c);
            return;
        }
    if (!speaks_on(r, verb)) /* "… की ओर से कहा गया" */
        add_marked(r, t, r->words[verb].clause, KARAKA_BY);
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        uint32_t marker = karaka_marker_at(r, c);
        if (r->words[c].pos == POS_NOUN && marker && !is_scene(r, (uint32_t)c) &&
            (is_anonymous(r, (uint32_t)c) || c + 4 >= verb) &&
            (karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_AT)))
            add_phrase(r, t, c);
    }
}

/* Sources that are no names: "सूत्रों के अनुसार", "रिपोर्ट के अनुसार". */
static void add_anonymous(karaka_reading *r, karaka_telling *t, uint32_t clause) {
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->words[i].clause != clause || r->words[i].name >= 0 || !is_anonymous(r, i))
            continue;
        uint32_t marker = karaka_marker_at(r, (int32_t)i);
        uint32_t parts = marker ? karaka_parts_lookup(r->lexicon, 0, marker, true) : 0;
        if (parts & (KARAKA_PART_BIT(KARAKA_ACCORDING) | KARAKA_PART_BIT(KARAKA_VIA)))
            add_words(r, t, owner_start(r, i), i, NULL);
    }
}

/* What is demanded, agreed, condemned by a paper: "संयुक्त बयान में ... की अपील की गई". */
static void add_paper(karaka_reading *r, karaka_telling *t, int32_t verb) {
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        uint32_t marker = karaka_marker_at(r, c);
        if (marker && is_anonymous(r, (uint32_t)c) &&
            (karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_AT)))
            add_phrase(r, t, c);
    }
}

/* The speakers whose words the predicate stands in, by the tree. Returns the outermost speech verb, -1: none. */
static int32_t add_governing(karaka_reading *r, const karaka_candidate *c, karaka_telling *t) {
    karaka_candidate at = *c;
    int32_t spoken = -1;
    for (unsigned step = 0; step < 4; step++) {
        enum karaka_way way = KARAKA_WITHIN;
        int32_t governor = karaka_predicates_governor(r, &at, &way);
        if (governor < 0)
            break;
        at = r->candidates[governor];
        const karaka_predicate_line *line = &r->lexicon->predicates.items[at.line];
        if (line->use != KARAKA_USE_SPEECH || at.verb < 0 || way == KARAKA_WITHIN)
            continue;
        spoken = at.verb;
        add_marked(r, t, r->words[at.verb].clause, KARAKA_VIA);
        add_speaker(r, t, at.verb);
        add_anonymous(r, t, r->words[at.verb].clause);
    }
    return spoken;
}

/* "..., X said": a speech verb that stands aside, on what it tells. */
static bool add_aside(karaka_reading *r, karaka_telling *t, const karaka_candidate *c) {
    for (uint32_t i = 0; i < r->candidate_count; i++) {
        const karaka_candidate *s = &r->candidates[i];
        if (r->lexicon->predicates.items[s->line].use != KARAKA_USE_SPEECH || s->verb < 0 ||
            !(r->words[s->verb].shapes & KARAKA_SHAPE_ASIDE))
            continue;
        int32_t at = c->verb >= 0 ? c->verb : c->noun;
        for (unsigned step = 0; at >= 0 && step < KARAKA_CLIMB; step++, at = r->words[at].head)
            if (at == r->words[s->verb].head) {
                add_speaker(r, t, s->verb);
                return true;
            }
    }
    return false;
}

/* Where the tree lost it: the nearest clause before that holds a speech verb. */
static void add_before(karaka_reading *r, karaka_telling *t, uint32_t clause) {
    for (uint32_t i = r->candidate_count; i-- > 0;) {
        const karaka_candidate *s = &r->candidates[i];
        if (r->lexicon->predicates.items[s->line].use != KARAKA_USE_SPEECH || s->verb < 0 ||
            r->words[s->verb].clause >= clause || r->words[s->verb].clause + 2 < clause)
            continue;
        add_marked(r, t, r->words[s->verb].clause, KARAKA_VIA);
        add_speaker(r, t, s->verb);
        return;
    }
}

void karaka_source_find(karaka_reading *r, const karaka_candidate *c, karaka_telling *t) {
    uint32_t clause = r->words[c->verb >= 0 ? c->verb : c->noun].clause;
    add_marked(r, t, clause, KARAKA_VIA);
    add_marked(r, t, clause, KARAKA_ACCORDING);
    add_anonymous(r, t, clause);
    for (uint32_t before = clause; before-- > 0 && !t->source_count;) { /* "according to X, A and B" holds for B too */
        add_marked(r, t, before, KARAKA_ACCORDING);
        add_anonymous(r, t, before);
    }
    int32_t spoken = add_governing(r, c, t);
    if (!t->source_count && t->line && c->verb >= 0 && (karaka_event_types[t->type].quad & 1) && !speaks_on(r, c->verb))
        add_paper(r, t, c->verb);
    if (spoken < 0 && !add_aside(r, t, c))
        add_before(r, t, clause);
}

/* ---- "this was said by": a sentence that gives the source of what stands before it
 * ------------------------------------ */

/* "this", "its": the pronoun may hold its postposition ("इसकी"). */
static bool is_this(const karaka_reading *r, uint32_t token) {
    return (r->words[token].classes | karaka_words_classes(r->lexicon, r->words[token].lemma)) & KARAKA_THIS;
}

/* "this" before the noun, with nobody named between: "यह जानकारी", "इस बारे में जानकारी". */
static bool has_this(const karaka_reading *r, uint32_t noun) {
    for (int32_t c = r->words[noun].first_child; c >= 0; c = r->words[c].next_child)
        if (is_this(r, (uint32_t)c))
            return true;
    for (uint32_t i = noun, back = 0; i-- > 0 && back < 4; back++) {
        if (is_this(r, i))
            return true;
        if (r->words[i].name >= 0)
            break;
    }
    return false;
}

/* The noun that the saying is about: "हमले की पुष्टि" -> हमले; -1: none. */
static int32_t said_of(const karaka_reading *r, uint32_t noun) {
    if (noun >= 2 && r->words[noun - 1].genitive && r->words[noun - 2].pos == POS_NOUN &&
        !(r->words[noun - 2].classes & KARAKA_SAYING)) /* "इस बात की जानकारी" */
        return (int32_t)noun - 2;
    return -1;
}

/* Puts the sources of `from` before those of `to`. */
static void prepend(karaka_telling *to, const karaka_telling *from) {
    karaka_source all[sizeof to->sources / sizeof *to->sources];
    uint32_t count = 0, room = sizeof all / sizeof *all;
    for (uint32_t i = 0; i < from->source_count; i++)
        all[count++] = from->sources[i];
    for (uint32_t i = 0; i < to->source_count && count < room; i++)
        if (!has(from, to->sources[i].span))
            all[count++] = to->sources[i];
    memcpy(to->sources, all, count * sizeof *all);
    to->source_count = count;
}

/* Adds to `t`, told in a sentence before, the source that the saying noun `noun` under `verb` has here. */
static void look_back(karaka_reading *r, karaka_telling *t, uint32_t noun, int32_t verb) {
    karaka_candidate c = {.sentence = r->index, .noun = (int32_t)noun, .noun_first = (int32_t)noun, .verb = verb};
    karaka_telling found = *t;
    found.source_count = 0;
    karaka_source_find(r, &c, &found);
    bool told_inside = found.source_count > 0; /* then the clause's time is the act's, not the telling's */
    if (!told_inside)
        add_speaker(r, &found, verb);
    if (!found.source_count)
        return;
    prepend(t, &found);
    if (!t->time.text && told_inside)
        t->time = karaka_tell_time(r, noun);
}

/* Whose act it is, where the saying tells it ("ईरान के हमले की पुष्टि"), is whose the telling tells. */
static bool side_told(const karaka_reading *r, const karaka_telling *t, uint32_t noun) {
    bool told = false;
    for (size_t i = r->names_from; i < r->names.count; i++) {
        const karaka_name *n = &r->names.items[i];
        if (n->end + 4 < noun || n->end > noun || r->words[n->head].clause != r->words[noun].clause)
            continue;
        for (uint32_t k = 0; k < t->actor_count; k++)
            if (karaka_same_country(r->names.items[t->actors[k]].code, n->code))
                return true;
        told |= n->end + 1 < noun && r->words[n->end + 1].genitive;
    }
    return !told;
}

/* "… ने यह जानकारी दी", "… ने बताया कि किम ने यह टिप्पणी की": what was told in the sentences before has this source.
 * "… ने हमले की पुष्टि की": what was first told of an attack. */
static void read_sayings(karaka_reading *r) {
    enum { BACK = 3 }; /* sentences */
    for (uint32_t i = 0; i < r->count; i++) {
        int32_t verb = r->words[i].head;
        if (!(r->words[i].classes & KARAKA_SAYING) || verb < 0 || r->words[verb].pos != POS_VERB)
            continue;
        int32_t about = said_of(r, i);
        bool this = has_this(r, i);
        uint32_t last = r->index; /* the nearest sentence before that tells something */
        for (size_t k = r->tellings.count; k-- > 0 && this;) {
            karaka_telling *t = &r->tellings.items[k];
            last = last == r->index ? t->sentence : last;
            if (t->sentence + BACK < r->index || (about < 0 && t->sentence != r->index && t->sentence < last))
                break;
            if (t->sentence != r->index && (about < 0 || t->key == r->words[about].lemma))
                look_back(r, t, i, verb);
        }
        for (size_t k = r->tellings.count; k-- > 0 && !this && about >= 0;)
            if (r->tellings.items[k].sentence != r->index && r->tellings.items[k].key == r->words[about].lemma &&
                side_told(r, &r->tellings.items[k], i)) {
                look_back(r, &r->tellings.items[k], i, verb);
                break;
            }
    }
}

/* "… ने बताया कि यह हमला …": who tells more of what was told before is a source of it. */
static void read_told_more(karaka_reading *r) {
    enum { BACK = 3 };
    for (uint32_t i = 1; i < r->count; i++) {
        if (!is_this(r, i - 1) || r->words[i].pos != POS_NOUN)
            continue;
        for (size_t k = r->tellings.count; k-- > 0 && r->tellings.items[k].sentence + BACK >= r->index;) {
            karaka_telling *t = &r->tellings.items[k];
            karaka_candidate c = {.sentence = r->index, .noun = (int32_t)i, .noun_first = (int32_t)i, .verb = -1};
            if (t->sentence != r->index && t->key == r->words[i].lemma && !t->source_count)
                karaka_source_find(r, &c, t);
        }
    }
}

/* ---- a quotation that goes on over several sentences ----------------------------------------------------------------
 */

/* Walks the quotation marks of the sentence; whether it ends inside a quotation, if it began so or not. */
static bool ends_quoted(const karaka_reading *r, bool inside) {
    for (uint32_t i = 0; i < r->count; i++) {
        const char *form = r->sentence->tokens[i].form;
        if (r->words[i].pos != POS_PUNCT)
            continue;
        if (strcmp(form, "\"") == 0 || strcmp(form, "'") == 0)
            inside = !inside;
        else if (strcmp(form, "\u201c") == 0 || strcmp(form, "\u2018") == 0)
            inside = true;
        else if (strcmp(form, "\u201d") == 0 || strcmp(form, "\u2019") == 0)
            inside = false;
    }
    return inside;
}

/* The speaker whose quotation is open at the end of a sentence is the source of what the next ones tell. */
static void read_quotation(karaka_reading *r) {
    enum { LONGEST = 8 }; /* sentences: a mark that nobody closed */
    bool was = r->quoted.open && r->quoted.sentence + LONGEST >= r->index;
    for (size_t k = r->tellings.count; k-- > 0 && was;) {
        karaka_telling *t = &r->tellings.items[k];
        if (t->sentence != r->index)
            break;
        if (!t->source_count)
            prepend(t, &(karaka_telling){.sources = {r->quoted.source}, .source_count = 1});
    }
    r->quoted.open = ends_quoted(r, was) && (was || r->candidate_count);
    if (!r->quoted.open || was)
        return;
    r->quoted.open = false;
    for (uint32_t i = r->candidate_count; i-- > 0 && !r->quoted.open;) {
        const karaka_candidate *c = &r->candidates[i];
        if (r->lexicon->predicates.items[c->line].use != KARAKA_USE_SPEECH || c->verb < 0)
            continue;
        karaka_telling found = {0};
        add_speaker(r, &found, c->verb);
        if (found.source_count) {
            r->quoted.open = true;
            r->quoted.sentence = r->index;
            r->quoted.source = found.sources[0];
        }
    }
}

void karaka_source_look_back(karaka_reading *r) {
    read_sayings(r);
    read_told_more(r);
    read_quotation(r);
}
