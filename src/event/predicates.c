/* predicates: which words of a sentence are predicates that a table line knows.
 *
 * In: words of the sentence, the tables predicates, operators, sources. Out: r->candidates, most specific first for
 * each noun and verb. Example: "चेतावनी दी" and "दी चेतावनी" -> the complex line चेतावनी + देना.
 */
#include "event/reading.h"

#include <string.h>

typedef struct finder {
    karaka_reading *r;
    karaka_candidate *found;
    uint32_t *scores;
    uint32_t count, room;
} finder;

static const karaka_predicate_line *line_of(const karaka_reading *r, uint32_t line) {
    return &r->lexicon->predicates.items[line];
}

/* Whether the verb governs what another should do: a clause with a wish ("कहा कि वह रोके"), or an infinitive as its
 * object ("रोकने को कहा"). */
static bool bids(const karaka_reading *r, int32_t verb) {
    for (int32_t c = verb >= 0 && r->lexicon->settings->content_heads ? r->words[verb].first_child : -1; c >= 0;
         c = r->words[c].next_child)
        if (r->words[c].pos == POS_VERB && c > verb && (r->words[c].classes & KARAKA_INFINITIVE))
            return true;
    for (int32_t c = verb >= 0 ? r->words[verb].first_child : -1; c >= 0; c = r->words[c].next_child) {
        for (int32_t k = r->words[c].pos == POS_SCONJ ? r->words[c].first_child : -1; k >= 0;
             k = r->words[k].next_child)
            if (r->words[k].pos == POS_VERB && (r->words[k].classes & KARAKA_WISH))
                return true;
        uint32_t marker = (r->words[c].classes & KARAKA_INFINITIVE) && c < verb ? karaka_marker_at(r, c) : 0;
        if (marker && (karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_ADDRESSEE)))
            return true;
    }
    return false;
}

static void add(finder *f, uint32_t line, int32_t first, int32_t noun, int32_t verb, uint32_t score) {
    if (line_of(f->r, line)->use == KARAKA_USE_HUSH) {
        f->r->hush = line_of(f->r, line)->rule;
        return;
    }
    if (f->count == f->room || ((line_of(f->r, line)->flags & KARAKA_FLAG_BIDDING) && !bids(f->r, verb)))
        return;
    score += line_of(f->r, line)->use == KARAKA_USE_ABSORB; /* an idiom takes its words from an event */
    f->scores[f->count] = score;
    f->found[f->count++] =
        (karaka_candidate){.sentence = f->r->index, .line = line, .noun_first = first, .noun = noun, .verb = verb};
}

static bool is_key(const karaka_word *w, karaka_key key) {
    return w->lemma == key || w->form == key;
}

/* Whether the words of `light` before its verb stand just before `verb` or hang on it. */
static bool has_words(const karaka_reading *r, const karaka_light *light, int32_t verb) {
    int32_t at = verb - 1;
    for (uint32_t k = light->count - 1; k-- > 0;) {
        while (at >= 0 && (r->words[at].classes & (KARAKA_PARTICLE | KARAKA_NEGATION)))
            at--;
        bool found = at >= 0 && is_key(&r->words[at], light->keys[k]);
        for (int32_t c = r->words[verb].first_child; c >= 0 && !found; c = r->words[c].next_child)
            found = is_key(&r->words[c], light->keys[k]);
        if (!found)
            return false;
        at--;
    }
    return true;
}

/* "take into (custody)": the words after the verb stand right behind it, hang on it, or stand before the noun. */
static bool has_particles(const karaka_reading *r, const karaka_light *light, int32_t verb, int32_t first) {
    for (uint32_t k = 1; k < light->count; k++) {
        uint32_t left = light->count - k;
        bool found = verb + (int32_t)k < (int32_t)r->count && is_key(&r->words[verb + (int32_t)k], light->keys[k]);
        for (int32_t c = r->words[verb].first_child; c >= 0 && !found; c = r->words[c].next_child)
            found = c > verb && is_key(&r->words[c], light->keys[k]);
        for (uint32_t back = left; (int32_t)back <= first && back < left + 3 && !found; back++)
            found = is_key(&r->words[first - (int32_t)back], light->keys[k]);
        if (!found)
            return false;
    }
    return true;
}

/* "कर देना": the verb and the auxiliaries after it. */
static bool has_auxiliaries(const karaka_reading *r, const karaka_light *light, int32_t verb) {
    for (uint32_t k = 1; k < light->count; k++)
        if (verb + (int32_t)k >= (int32_t)r->count || !is_key(&r->words[verb + (int32_t)k], light->keys[k]))
            return false;
    return true;
}

/* How many words of a light verb of the line are found at `verb`; 0: it does not carry the noun. */
static uint32_t carries(const karaka_reading *r, const karaka_predicate_line *line, int32_t verb, int32_t first,
                        bool *worded) {
    bool final = r->lexicon->settings->verb_final;
    uint32_t best = 0;
    *worded = false;
    for (uint32_t i = 0; i < line->light_count; i++) {
        const karaka_light *light = &line->lights[i];
        if (light->count <= best)
            continue;
        if (is_key(&r->words[verb], light->keys[light->count - 1]) && has_words(r, light, verb)) {
            best = light->count;
            *worded = light->count > 1;
        } else if (light->count > 1 && is_key(&r->words[verb], light->keys[0]) &&
                   (final ? has_auxiliaries(r, light, verb) : has_particles(r, light, verb, first))) {
            best = light->count;
            *worded = false;
        }
    }
    return best;
}

/* Whether the atom continues the one before it: the next word, or the next but a hyphen ("आदान-प्रदान"). */
static bool continues(const karaka_reading *r, uint32_t atom) {
    uint32_t token = r->atoms[atom].token, before = r->atoms[atom - 1].token;
    return token <= before + 1 || (token == before + 2 && r->words[before + 1].pos == POS_PUNCT &&
                                   strcmp(r->sentence->tokens[before + 1].form, "-") == 0);
}

static bool verb_like(const karaka_reading *r, int32_t token) {
    return token >= 0 && token < (int32_t)r->count &&
           (r->words[token].pos == POS_VERB || r->words[token].pos == POS_AUX);
}

/* The verb above the noun by the tree, through conjunctions. */
static int32_t verb_above(const karaka_reading *r, int32_t noun) {
    int32_t head = r->words[noun].head;
    for (unsigned i = 0; i < 3 && head >= 0 && r->words[head].pos == POS_CCONJ; i++)
        head = r->words[head].head;
    return verb_like(r, head) ? head : -1;
}

/* The next verb to the right, with nothing between but small words. */
static int32_t verb_right(const karaka_reading *r, int32_t noun) {
    for (int32_t i = noun + 1; i < (int32_t)r->count && i <= noun + 5; i++) {
        if (r->words[i].pos == POS_VERB)
            return i;
        if (r->words[i].pos == POS_PUNCT || r->words[i].pos == POS_ADP || r->words[i].pos == POS_CCONJ ||
            r->words[i].pos == POS_SCONJ)
            return -1;
    }
    return -1;
}

/* A headline's order: the verb just before the noun's phrase ("दी चेतावनी", "की मुलाकात"). */
static int32_t verb_left(const karaka_reading *r, int32_t first) {
    int32_t i = first - 1;
    for (; i >= 0 && i >= first - 4; i--) {
        uint8_t pos = r->words[i].pos;
        if (pos == POS_VERB)
            return i;
        if (pos != POS_AUX && pos != POS_ADJ && pos != POS_NUM && pos != POS_DET && pos != POS_ADV &&
            !(r->words[i].classes & KARAKA_PARTICLE))
            return -1;
    }
    return -1;
}

/* Whether the verb has a noun part already that is not this noun: "X ने प्रस्ताव खारिज किया" is no प्रस्ताव करना. */
static bool has_other_part(const karaka_reading *r, int32_t verb, int32_t first, int32_t noun) {
    if (r->words[noun].classes & KARAKA_NOUN_PART)
        return false;
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child)
        if ((r->words[c].classes & KARAKA_NOUN_PART) && r->words[c].pos != POS_CCONJ && (c < first || c > noun))
            return true;
    return false;
}

/* A participle before the noun that carries it: "सुनाई गई सजा", "लगाए गए प्रतिबंध"; -1: none. */
static int32_t verb_inside(const karaka_reading *r, int32_t first, int32_t noun) {
    if (!r->lexicon->settings->verb_final) { /* it stands behind the noun: "sanctions imposed by", "that X imposed" */
        for (int32_t c = r->words[noun].first_child; c >= 0; c = r->words[c].next_child)
            if (r->words[c].pos == POS_VERB && c > noun &&
                (r->words[c].classes & (KARAKA_OBJECT_INSIDE | KARAKA_NESTED)))
                return c;
        return -1;
    }
    for (int32_t word = noun; word >= first; word--)
        for (int32_t c = r->words[word].first_child; c >= 0 && c < first; c = r->words[c].next_child)
            if (r->words[c].pos == POS_VERB && (r->words[c].classes & KARAKA_OBJECT_INSIDE))
                return c;
    return -1;
}

static bool simple_light(const karaka_predicate_line *line) {
    for (uint32_t i = 0; i < line->light_count; i++)
        if (line->lights[i].count == 1)
            return true;
    return false;
}

/* "X ने की Y की आलोचना": the tagger took the verb for a postposition, and the doer hangs on the noun. */
static bool has_own_doer(const karaka_reading *r, int32_t noun) {
    for (int32_t c = r->words[noun].first_child; c >= 0; c = r->words[c].next_child) {
        uint32_t marker = (r->words[c].classes & KARAKA_SUBJECT) && c < noun ? karaka_marker_at(r, c) : 0;
        if (marker && karaka_parts_lookup(r->lexicon, 0, marker, true) == KARAKA_PART_BIT(KARAKA_DOER))
            return true;
    }
    return false;
}

/* "The rebels recruited fighters": the noun acts on somebody else. */
static bool acts_on_another(const karaka_reading *r, int32_t verb, int32_t noun) {
    if (!r->lexicon->settings->content_heads || !(r->words[noun].by_relation & KARAKA_SUBJECT))
        return false;
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child)
        if (c > verb && r->words[c].pos != POS_PUNCT && karaka_marker_at(r, c) == 0 &&
            (karaka_parts_lookup(r->lexicon, r->words[c].relation, 0, true) & KARAKA_PART_BIT(KARAKA_OBJECT)))
            return true;
    return false;
}

static void find_complex(finder *f, uint32_t item, int32_t first, int32_t noun, uint32_t words) {
    const karaka_reading *r = f->r;
    const karaka_predicate_line *line = line_of(r, item);
    uint32_t marker = karaka_marker_of(r, (uint32_t)first, (uint32_t)noun, NULL);
    int32_t tries[3] = {verb_above(r, noun), verb_right(r, noun), verb_left(r, first)};
    int32_t inside = verb_inside(r, first, noun);
    bool worded = false; /* the light verb has words of its own, which are its other part */
    uint32_t carried = inside >= 0 ? carries(r, line, inside, first, &worded) : 0;
    if (carried) {
        add(f, item, first, noun, inside, 300 + words * 10 + carried * 5);
        return;
    }
    if (r->words[noun].pos == POS_NOUN && simple_light(line) && has_own_doer(r, noun)) {
        add(f, item, first, noun, -1, 290 + words * 10);
        return;
    }
    /* With a marker the noun is an argument, unless it is the verb's object ("प्रतिबंध को हटाया"). */
    bool marked = marker && !(karaka_parts_lookup(r->lexicon, 0, marker, true) & KARAKA_PART_BIT(KARAKA_OBJECT));
    if (marked && r->lexicon->settings->verb_final)
        return;
    for (int i = 0; i < 3; i++) {
        if (tries[i] < 0 || acts_on_another(r, tries[i], noun))
            continue;
        uint32_t light = carries(r, line, tries[i], first, &worded);
        if (marked && light < 2) /* "into custody" goes with "take into" */
            continue;
        if (i == 1 && light <= 1) { /* only small words and the light verb's own may stand between */
            bool other = false;
            for (int32_t k = noun + 1; k < tries[i]; k++)
                other |= r->words[k].pos == POS_NOUN || r->words[k].pos == POS_PROPN || r->words[k].pos == POS_ADJ;
            if (other && tries[0] != tries[1])
                continue;
        }
        if (light && !worded && has_other_part(r, tries[i], first, noun))
            continue;
        if (light) {
            add(f, item, first, noun, tries[i], 300 + words * 10 + light * 5 + (i == 0));
            return;
        }
    }
}

/* The verb that only lets the noun's event be ("बैठक हुई", "वार्ता जारी है"), or whose noun part it is; -1. */
static int32_t occurrence(const karaka_reading *r, int32_t first, int32_t noun) {
    if (karaka_marker_of(r, (uint32_t)first, (uint32_t)noun, NULL))
        return -1;
    int32_t tries[3] = {verb_above(r, noun), verb_right(r, noun), verb_left(r, first)};
    for (int i = 0; i < 3; i++)
        if (tries[i] >= 0 &&
            ((r->words[tries[i]].classes & KARAKA_OCCUR) || (i == 0 && (r->words[noun].classes & KARAKA_NOUN_PART))))
            return tries[i];
    return -1;
}

/* The nodes of the trie reached so far: a word may continue a phrase by its form and another by its lemma. */
enum { WAYS = 8 };
typedef struct ways {
    uint32_t nodes[WAYS], count;
} ways;

static void reach(ways *w, uint32_t node) {
    for (uint32_t i = 0; i < w->count; i++)
        if (w->nodes[i] == node)
            return;
    if (node && w->count < WAYS)
        w->nodes[w->count++] = node;
}

static ways step(const karaka_phrases *p, const ways *from, const karaka_atom *atom) {
    ways to = {.count = 0};
    for (uint32_t i = 0; i < from->count; i++) {
        reach(&to, karaka_phrasebook_step(p, from->nodes[i], atom->form));
        reach(&to, karaka_phrasebook_step(p, from->nodes[i], atom->lemma));
    }
    return to;
}

static void find_nouns(finder *f, uint32_t at) {
    karaka_reading *r = f->r;
    const karaka_phrases *p = &r->lexicon->phrases;
    ways w = {.nodes = {KARAKA_SET_NOUN}, .count = 1};
    for (uint32_t i = at; i < r->atom_count && i < at + KARAKA_WORD_KEYS && w.count; i++) {
        if (i > at && !continues(r, i))
            break;
        w = step(p, &w, &r->atoms[i]);
        int32_t first = (int32_t)r->atoms[at].token, noun = (int32_t)r->atoms[i].token;
        if (r->words[noun].pos == POS_ADP || r->words[noun].pos == POS_AUX ||
            (r->words[noun].pos == POS_VERB && !r->lexicon->settings->verb_final))
            continue;
        for (uint32_t k = 0; k < w.count; k++)
            for (uint32_t v = karaka_phrasebook_first(p, w.nodes[k]); v; v = p->values.items[v].next) {
                uint32_t item = p->values.items[v].item, words = i - at + 1;
                if (line_of(r, item)->form == KARAKA_FORM_COMPLEX)
                    find_complex(f, item, first, noun, words);
                else
                    add(f, item, first, noun, occurrence(r, first, noun), 100 + words * 10);
            }
    }
}

/* Adds the lines at the nodes `w`, whose words begin at `first` and have the verb `verb`; `ought`: they are an
 * auxiliary that demands it. */
static void add_verbs(finder *f, const ways *w, int32_t first, int32_t verb, uint32_t words, bool ought) {
    const karaka_phrases *p = &f->r->lexicon->phrases;
    uint32_t before = f->count;
    for (uint32_t k = 0; k < w->count && verb >= 0; k++)
        for (uint32_t v = karaka_phrasebook_first(p, w->nodes[k]); v; v = p->values.items[v].next)
            add(f, p->values.items[v].item, first < verb ? first : -1, first < verb ? verb - 1 : -1, verb,
                200 + words * 10 + k);
    for (; before < f->count; before++)
        f->found[before].ought = ought;
}

/* "handed the city over to": a particle of the verb that does not stand next to it, and what follows it. */
static void find_particles(finder *f, const ways *start, int32_t verb, uint32_t words) {
    const karaka_reading *r = f->r;
    const karaka_phrases *p = &r->lexicon->phrases;
    for (int32_t c = r->words[verb].first_child; c >= 0; c = r->words[c].next_child) {
        uint8_t pos = r->words[c].pos;
        if (c <= verb + 1 || (pos != POS_ADP && pos != POS_ADV && pos != POS_ADJ))
            continue;
        ways w = *start;
        for (int32_t i = c; i < (int32_t)r->count && i < c + 3 && w.count; i++) {
            w = step(p, &w, &(karaka_atom){.form = r->words[i].form, .lemma = r->words[i].lemma});
            add_verbs(f, &w, verb, verb, words + (uint32_t)(i - c) + 1, false);
        }
    }
}

static void find_verbs(finder *f, uint32_t at) {
    karaka_reading *r = f->r;
    const karaka_phrases *p = &r->lexicon->phrases;
    ways w = {.nodes = {KARAKA_SET_VERB}, .count = 1};
    int32_t verb = -1;
    for (uint32_t i = at; i < r->atom_count && i < at + KARAKA_WORD_KEYS && w.count; i++) {
        int32_t token = (int32_t)r->atoms[i].token;
        if (i > at && !continues(r, i))
            break;
        w = step(p, &w, &r->atoms[i]);
        bool named = r->words[token].name >= 0 && !r->lexicon->settings->verb_final;
        if (verb < 0 && r->words[token].pos == POS_VERB && !named)
            verb = token;
        bool ought = verb < 0 && (r->words[token].classes & KARAKA_OUGHT) && r->words[token].head >= 0 &&
                     r->words[r->words[token].head].pos == POS_VERB && (i == at || r->lexicon->settings->verb_final);
        if (ought) /* "करना चाहिए": an auxiliary that is itself a demand */
            verb = r->words[token].head;
        int32_t first = (int32_t)r->atoms[at].token;
        add_verbs(f, &w, first, verb, i - at + 1, r->lexicon->settings->verb_final ? verb < first : ought);
        if (i == at && verb == token && !r->lexicon->settings->verb_final)
            find_particles(f, &w, verb, 1);
    }
}

/* Whether the word is one of those before the verb in a light verb of the line. */
static bool in_light(const karaka_reading *r, const karaka_predicate_line *line, int32_t word) {
    for (uint32_t i = 0; i < line->light_count; i++)
        for (uint32_t k = 0; k + 1 < line->lights[i].count; k++)
            if (is_key(&r->words[word], line->lights[i].keys[k]))
                return true;
    return false;
}

/* A candidate falls to a more specific one that uses one of its words; alternatives of the same words stay. */
static bool beaten(const finder *f, uint32_t i) {
    const karaka_candidate *c = &f->found[i];
    const karaka_predicate_line *line = line_of(f->r, c->line);
    for (uint32_t k = 0; k < f->count; k++) {
        const karaka_candidate *o = &f->found[k];
        if (c->ought && !o->ought && !f->r->lexicon->settings->verb_final && o->verb == c->verb &&
            (line_of(f->r, o->line)->flags & KARAKA_FLAG_SPEAKER))
            return true; /* "should stop" says more than "should" */
        if (f->scores[k] <= f->scores[i] || c->ought != o->ought)
            continue;
        if (line->form == KARAKA_FORM_VERB && c->noun < 0 && o->verb == c->verb &&
            line_of(f->r, o->line)->form != KARAKA_FORM_NOUN)
            return true;
        if (c->noun >= 0 && o->noun >= 0 && c->noun >= o->noun_first && c->noun <= o->noun)
            return true;
        /* A word of the other's light verb: "दोषी करार देना" leaves no "करार देना". */
        if (o->verb == c->verb && c->noun >= 0 && c->noun_first == c->noun && o->noun >= 0 &&
            in_light(f->r, line_of(f->r, o->line), c->noun))
            return true;
    }
    return false;
}

int karaka_predicates_find(karaka_reading *r) {
    uint32_t room = KARAKA_READ_TOKENS * 2;
    r->hush = NULL;
    finder f = {.r = r, .found = r->candidates + room, .scores = r->scores, .room = room};
    for (uint32_t at = 0; at < r->atom_count; at++) {
        find_nouns(&f, at);
        find_verbs(&f, at);
    }
    r->candidate_count = 0;
    for (uint32_t i = 0; i < f.count; i++)
        if (!beaten(&f, i))
            r->candidates[r->candidate_count++] = f.found[i];
    for (uint32_t i = 0; i < r->count; i++)
        r->governs[i] = -1;
    for (uint32_t i = r->candidate_count; i-- > 0;) {
        const karaka_candidate *c = &r->candidates[i];
        if (c->noun >= 0)
            r->governs[c->noun] = (int32_t)i;
        if (c->verb >= 0 && line_of(r, c->line)->form != KARAKA_FORM_NOUN)
            r->governs[c->verb] = (int32_t)i;
    }
    return KARAKA_OK;
}

int32_t karaka_predicates_governor(const karaka_reading *r, const karaka_candidate *c, enum karaka_way *way) {
    int32_t token = c->verb >= 0 ? c->verb : c->noun;
    *way = KARAKA_WITHIN;
    for (unsigned step = 0; token >= 0 && step < KARAKA_CLIMB; step++) {
        if (r->words[token].pos == POS_VERB && (r->words[token].classes & KARAKA_FINITE) && *way == KARAKA_WITHIN)
            *way = KARAKA_ACROSS;
        bool content = *way == KARAKA_ACROSS && (r->words[token].shapes & KARAKA_SHAPE_CONTENT);
        if (r->words[token].pos == POS_SCONJ || content)
            *way = KARAKA_CONTENT_CLAUSE;
        token = r->words[token].head;
        if (token < 0 || token == c->noun || token == c->verb)
            continue;
        if (r->governs[token] >= 0)
            return r->governs[token];
    }
    return -1;
}
