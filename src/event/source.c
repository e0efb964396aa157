/* source: according to whom a predicate is told.
 *
 * In: a candidate, speech verbs that govern it, names whose marker says source. Out: sources, nearest first.
 * Example: "योनहाप ने केसीएनए के हवाले से बताया कि किम ने ... की" -> केसीएनए, योनहाप.
 */
#include "event/reading.h"

#include <string.h>

static const char *text_of(const karaka_reading *r, uint32_t first, uint32_t last, karaka_span *span) {
    span->start = r->sentence->tokens[first].span.start;
    span->end = r->sentence->tokens[last].span.end;
    const char *text = karaka_arena_copy(r->arena, r->document->article.text + span->start, span->end - span->start);
    return text ? text : "";
}

static bool has(const karaka_telling *t, karaka_span span) {
    for (uint32_t i = 0; i < t->source_count; i++)
        if (t->sources[i].span.start < span.end && span.start < t->sources[i].span.end)
            return true;
    return false;
}

static void add_words(karaka_reading *r, karaka_telling *t, uint32_t first, uint32_t last, const karaka_name *name) {
    karaka_source s = {0};
    if (t->source_count == sizeof t->sources / sizeof *t->sources)
        return;
    s.text = text_of(r, first, last, &s.span);
    if (has(t, s.span))
        return;
    if (name) {
        s.name = name->name;
        s.code = name->code;
        size_t n = strlen(name->code);
        s.state_media = name->kind == KARAKA_STATE_MEDIA || (n > 4 && strcmp(name->code + n - 4, " MED") == 0 &&
                                                             name->kind == KARAKA_STATE_MEDIA);
    }
    t->sources[t->source_count++] = s;
}

/* The actor who speaks for himself is no source. */
static void add_name(karaka_reading *r, karaka_telling *t, int32_t index) {
    const karaka_name *n = &r->names.items[index];
    for (uint32_t i = 0; i < t->actor_count; i++)
        if (t->actors[i] == index || strcmp(r->names.items[t->actors[i]].code, n->code) == 0)
            return;
    add_words(r, t, n->first, n->end, n);
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
        uint32_t node, last = 0;
        if (r->words[i].clause != clause || r->words[i].name >= 0)
            continue;
        node = karaka_phrasebook_step(&r->lexicon->phrases, KARAKA_SET_SOURCE, r->words[i].form);
        if (!node)
            node = karaka_phrasebook_step(&r->lexicon->phrases, KARAKA_SET_SOURCE, r->words[i].lemma);
        if (!node || !karaka_phrasebook_first(&r->lexicon->phrases, node))
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
        int32_t doer = karaka_parts_doer(r, at.verb, 0);
        if (doer >= 0)
            add_name(r, t, doer);
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
        int32_t doer = karaka_parts_doer(r, s->verb, 0);
        if (doer >= 0)
            add_name(r, t, doer);
    }
}
