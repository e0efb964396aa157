/* words: a sentence's tokens as folded keys with classes, children, and surface clauses.
 *
 * In: the parsed sentence, table verbs. Out: r->words, r->atoms.
 * Example: "सकते" (lemma सक) -> class KARAKA_MAYBE; "भारत-चीन" -> two atoms of one token.
 */
#include "event/reading.h"

#include <string.h>

static uint8_t pos_of(const char *upos) {
    static const struct {
        const char *name;
        uint8_t pos;
    } table[] = {{"NOUN", POS_NOUN},   {"PROPN", POS_PROPN}, {"PRON", POS_PRON},   {"VERB", POS_VERB},
                 {"AUX", POS_AUX},     {"ADP", POS_ADP},     {"ADJ", POS_ADJ},     {"ADV", POS_ADV},
                 {"DET", POS_DET},     {"NUM", POS_NUM},     {"PUNCT", POS_PUNCT}, {"SYM", POS_PUNCT},
                 {"CCONJ", POS_CCONJ}, {"SCONJ", POS_SCONJ}, {"PART", POS_PART}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(upos, table[i].name) == 0)
            return table[i].pos;
    return POS_OTHER;
}

uint32_t karaka_words_classes(const karaka_lexicon *l, karaka_key key) {
    uint32_t node = karaka_phrasebook_step(&l->phrases, KARAKA_SET_WORD, key), bits = 0;
    for (uint32_t v = node ? karaka_phrasebook_first(&l->phrases, node) : 0; v; v = l->phrases.values.items[v].next)
        bits |= l->phrases.values.items[v].item;
    return bits;
}

/* Classes by "relation=X" and by each "Name=Value" of the features. */
static uint32_t sign_classes(const karaka_lexicon *l, const karaka_token *t) {
    char sign[80] = "relation=";
    uint32_t bits = 0;
    size_t n = strlen(t->deprel);
    if (n < sizeof sign - 10) {
        memcpy(sign + 9, t->deprel, n + 1);
        bits |= karaka_words_classes(l, karaka_hash(sign, 9 + n, 1));
    }
    for (const char *f = t->feats; *f;) {
        size_t length = strcspn(f, "|");
        if (length > 1)
            bits |= karaka_words_classes(l, karaka_hash(f, length, 1));
        f += length + (f[length] == '|');
    }
    return bits;
}

/* The members of a token's class list that come from its own form, and those from its lemma, are all taken. */
static void read_word(karaka_reading *r, uint32_t i) {
    const karaka_token *t = &r->sentence->tokens[i];
    const karaka_spelling *spelling = r->lexicon->spelling;
    karaka_word *w = &r->words[i];
    *w = (karaka_word){.head = t->head < (int32_t)r->count ? t->head : -1,
                       .first_child = -1,
                       .next_child = -1,
                       .name = -1,
                       .doer = -3,
                       .pos = pos_of(t->upos),
                       .first_atom = r->atom_count};
    w->form = karaka_word_key(spelling, t->form, strlen(t->form));
    w->lemma = strcmp(t->lemma, "_") == 0 ? w->form : karaka_word_key(spelling, t->lemma, strlen(t->lemma));
    w->relation = karaka_hash(t->deprel, strlen(t->deprel), 0);
    w->classes = karaka_words_classes(r->lexicon, w->form) | sign_classes(r->lexicon, t);
    if (w->pos == POS_VERB || w->pos == POS_AUX)
        w->classes |= karaka_words_classes(r->lexicon, w->lemma);
    w->plural = strstr(t->feats, "Number=Plur") != NULL;
    uint32_t marker_node = karaka_phrasebook_step(&r->lexicon->phrases, KARAKA_SET_MARKER, w->form);
    uint32_t value = marker_node ? karaka_phrasebook_first(&r->lexicon->phrases, marker_node) : 0;
    if (value && w->pos == POS_ADP) {
        uint32_t marker = r->lexicon->phrases.values.items[value].item;
        w->genitive = karaka_parts_lookup(r->lexicon, 0, marker, false) & KARAKA_PART_BIT(KARAKA_OF);
    }
    if (w->pos == POS_PUNCT && t->form[0] != '-' && t->form[0] != '.')
        return;
    karaka_key keys[KARAKA_WORD_KEYS];
    size_t n = karaka_word_pieces(keys, spelling, t->form);
    if (n > 4)
        n = 4;
    for (size_t k = 0; k < n; k++)
        r->atoms[r->atom_count++] = (karaka_atom){.form = keys[k], .lemma = n == 1 ? w->lemma : 0, .token = i};
    w->atom_count = (uint32_t)n;
}

uint32_t karaka_words_marker(const karaka_reading *r, uint32_t from, uint32_t *last) {
    const karaka_phrases *p = &r->lexicon->phrases;
    uint32_t node = KARAKA_SET_MARKER, found = 0;
    /* A verb may look like a postposition: की is "of", and "did". */
    if (from < r->count && r->words[from].pos == POS_VERB)
        return 0;
    for (uint32_t i = from; i < r->count && i < from + 8; i++) {
        uint32_t next = r->words[i].pos == POS_VERB ? 0 : karaka_phrasebook_step(p, node, r->words[i].form);
        if (!next && (r->words[i].classes & KARAKA_PARTICLE))
            continue;
        if (!next)
            break;
        node = next;
        uint32_t value = karaka_phrasebook_first(p, node);
        if (value) {
            found = p->values.items[value].item;
            *last = i;
        }
    }
    return found;
}

/* Whether a comma or conjunction stands between the verb at `from` and the next verb (or the end). */
static bool has_border(const karaka_reading *r, uint32_t from) {
    for (uint32_t i = from + 1; i < r->count && r->words[i].pos != POS_VERB; i++)
        if (r->words[i].pos == POS_PUNCT || r->words[i].pos == POS_CCONJ || r->words[i].pos == POS_SCONJ)
            return true;
    return false;
}

/* A surface clause ends after a finite verb's group: at the first comma or conjunction that follows, and where there is
 * none before the next verb, at the group's own end. */
void karaka_words_clauses(karaka_reading *r) {
    uint32_t clause = 0;
    memset(r->conditions, 0, (r->count + 1) * sizeof *r->conditions);
    bool closed = false, open_end = false; /* a finite verb has been met in this clause; nothing marks its end */
    for (uint32_t i = 0; i < r->count; i++) {
        karaka_word *w = &r->words[i];
        bool border = w->pos == POS_SCONJ || (closed && (w->pos == POS_PUNCT || w->pos == POS_CCONJ)) ||
                      (open_end && w->pos != POS_AUX && !(w->classes & KARAKA_PARTICLE));
        if (border) {
            clause++;
            closed = open_end = false;
        }
        w->clause = clause;
        r->conditions[clause] |= (w->classes & KARAKA_CONDITION) != 0;
        if (w->pos == POS_VERB && (w->classes & KARAKA_FINITE) && w->name < 0) {
            closed = true;
            open_end = !has_border(r, i);
        }
    }
}

bool karaka_words_hyphen(const karaka_reading *r, uint32_t token) {
    const karaka_token *t = r->sentence->tokens;
    return token > 0 && token + 1 < r->count && strcmp(t[token].form, "-") == 0 && !t[token - 1].space_after &&
           !t[token].space_after;
}

int32_t karaka_words_finite(const karaka_reading *r, int32_t token) {
    for (unsigned step = 0; token >= 0 && step < 2 * KARAKA_CLIMB; step++, token = r->words[token].head)
        if (r->words[token].pos == POS_VERB && (r->words[token].classes & KARAKA_FINITE))
            return token;
    return -1;
}

void karaka_words_read(karaka_reading *r) {
    r->count = r->sentence->token_count < KARAKA_READ_TOKENS ? r->sentence->token_count : KARAKA_READ_TOKENS;
    r->atom_count = 0;
    for (uint32_t i = 0; i < r->count; i++)
        read_word(r, i);
    for (uint32_t i = r->count; i-- > 0;) {
        int32_t head = r->words[i].head;
        /* An infinitive before a postposition or "and" ends no clause, whatever its relation. */
        uint32_t end = i; /* "छोड़ देने": the last auxiliary says what the form is */
        while (r->words[i].pos == POS_VERB && end + 1 < r->count && end < i + 4 && r->words[end + 1].pos == POS_AUX)
            end++;
        if (end == i && r->words[i].pos == POS_VERB && (r->words[i].classes & KARAKA_BARE) &&
            (r->words[i].classes & KARAKA_FINITE))
            r->words[i].classes |= KARAKA_WISH;
        if ((r->words[end].classes & KARAKA_INFINITIVE) && end + 1 < r->count &&
            (r->words[end + 1].pos == POS_ADP || r->words[end + 1].pos == POS_CCONJ)) {
            r->words[i].classes |= KARAKA_INFINITIVE;
            r->words[i].classes &= ~(uint32_t)KARAKA_FINITE;
        }
        /* "आरोप लगाने वाले पाकिस्तान": the doer is what it stands before, whatever its relation. */
        if (r->words[i].pos == POS_VERB && (r->words[i].classes & KARAKA_INFINITIVE) && head > (int32_t)i &&
            i + 1 < r->count && (r->words[i + 1].classes & KARAKA_INTENDED) && r->words[head].pos == POS_PROPN &&
            !(r->words[i].classes & KARAKA_OBJECT_INSIDE))
            r->words[i].classes |= KARAKA_DOER_INSIDE;
        if (head < 0)
            continue;
        r->words[i].next_child = r->words[head].first_child;
        r->words[head].first_child = (int32_t)i;
    }
    karaka_words_clauses(r);
}
