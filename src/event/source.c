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
        s.code = name->code;
        size_t n = strlen(name->code);
        s.state_media = name->kind == KARAKA_STATE_MEDIA ||
                        (n > 4 && strcmp(name->code + n - 4, " MED") == 0 && name->kind == KARAKA_STATE_MEDIA);
    }
    t->sources[t->source_count++] = s;
}

/* Who speaks for himself is no source: he condemns, promises, demands. */
static void add_name(karaka_reading *r, karaka_telling *t, int32_t index) {
    const karaka_name *n = &r->names.items[index];
    bool spoken = t->line && t->line->flags & KARAKA_FLAG_SPEECH;
    const char *type = t->line ? karaka_event_types[t->type].name : "";
    spoken |= t->line && (karaka_event_types[t->type].quad & 1) && strcmp(type, "CONSULT") != 0;
    for (uint32_t i = 0; i < t->actor_count && spoken; i++)
        if (t->actors[i] == index || (n->person && r->names.items[t->actors[i]].person == n->person))
            return;
    if (n->referring && n->sibling < 0) /* a pronoun is told by the name that it stands for */
        for (int32_t i = index, back = 0; i-- > 0 && back < 64; back++) {
            const karaka_name *o = &r->names.items[i];
            if (!o->referring && (n->person ? o->person == n->person : strcmp(o->code, n->code) == 0)) {
                n = o;
                break;
            }
        }
    add_words(r, t, n->first, n->end, n);
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
    add_words(r, t, first, (uint32_t)head, NULL);
}

/* The speaker of a speech verb: its doer, else its subject's words, else where it stands written ("बयान में कहा गया"). */
static void add_speaker(karaka_reading *r, karaka_telling *t, int32_t verb) {
    int32_t doer = karaka_parts_doer(r, verb, 0);
    if (doer >= 0) {
        add_name(r, t, doer);
        return;
    }
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child)
        if ((r->words[c].classes & KARAKA_SUBJECT) && r->words[c].pos == POS_NOUN) {
            add_phrase(r, t, c);
            return;
        }
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        uint32_t last = 0, marker = karaka_words_marker(r, (uint32_t)c + 1, &last);
        if (r->words[c].pos == POS_NOUN && marker && is_anonymous(r, (uint32_t)c) &&
            (karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_AT)))
            add_phrase(r, t, c);
    }
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

/* Sources that are no names: "सूत्रों के अनुसार", "रिपोर्ट के अनुसार". */
static void add_anonymous(karaka_reading *r, karaka_telling *t, uint32_t clause) {
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t last = 0;
        if (r->words[i].clause != clause || r->words[i].name >= 0 || !is_anonymous(r, i))
            continue;
        uint32_t marker = karaka_words_marker(r, i + 1, &last);
        uint32_t parts = marker ? karaka_parts_lookup(r->lexicon, 0, marker, true) : 0;
        if (parts & (KARAKA_PART_BIT(KARAKA_ACCORDING) | KARAKA_PART_BIT(KARAKA_VIA)))
            add_words(r, t, i, i, NULL);
    }
}

void karaka_source_find(karaka_reading *r, const karaka_candidate *c, karaka_telling *t) {
    karaka_candidate at = *c;
    int32_t anchor = c->verb >= 0 ? c->verb : c->noun;
    add_marked(r, t, r->words[anchor].clause, KARAKA_VIA);
    add_marked(r, t, r->words[anchor].clause, KARAKA_ACCORDING);
    add_anonymous(r, t, r->words[anchor].clause);
    uint32_t clause = r->words[anchor].clause;
    int32_t spoken = -1; /* speech verb met last */
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
    /* Where the tree lost it: the nearest clause before that holds a speech verb. */
    for (uint32_t i = r->candidate_count; i-- > 0 && spoken < 0;) {
        const karaka_candidate *s = &r->candidates[i];
        if (r->lexicon->predicates.items[s->line].use != KARAKA_USE_SPEECH || s->verb < 0 ||
            r->words[s->verb].clause >= clause || r->words[s->verb].clause + 2 < clause)
            continue;
        spoken = s->verb;
        add_marked(r, t, r->words[s->verb].clause, KARAKA_VIA);
        add_speaker(r, t, s->verb);
    }
}

/* ---- "this was said by": a sentence that gives the source of what stands before it
 * ------------------------------------ */

static bool has_this(const karaka_reading *r, uint32_t noun) {
    for (int32_t c = r->words[noun].first_child; c >= 0; c = r->words[c].next_child)
        if (r->words[c].classes & KARAKA_THIS)
            return true;
    return noun > 0 && (r->words[noun - 1].classes & KARAKA_THIS);
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

/* "… ने यह जानकारी दी", "… ने बताया कि किम ने यह टिप्पणी की": what was told in the sentences before has this source. */
void karaka_source_look_back(karaka_reading *r) {
    enum { BACK = 3 }; /* sentences */
    for (uint32_t i = 0; i < r->count; i++) {
        if (!(r->words[i].classes & KARAKA_SAYING) || !has_this(r, i))
            continue;
        int32_t verb = r->words[i].head;
        if (verb < 0 || r->words[verb].pos != POS_VERB)
            continue;
        karaka_candidate c = {.sentence = r->index, .noun = (int32_t)i, .noun_first = (int32_t)i, .verb = verb};
        karaka_telling found = {0};
        karaka_source_find(r, &c, &found);
        bool told_inside = found.source_count > 0; /* then the clause's time is the act's, not the telling's */
        if (!told_inside)
            add_speaker(r, &found, verb);
        for (size_t k = r->tellings.count; k-- > 0 && found.source_count;) {
            karaka_telling *t = &r->tellings.items[k];
            if (t->sentence + BACK < r->index)
                break;
            if (t->sentence == r->index)
                continue;
            prepend(t, &found);
            if (!t->time.text && told_inside)
                t->time = karaka_tell_time(r, i);
        }
    }
}
