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

/* The classes of `key`, and its shapes in *shapes. */
static uint32_t classes_of(const karaka_lexicon *l, karaka_key key, uint32_t *shapes) {
    uint32_t node = karaka_phrasebook_step(&l->phrases, KARAKA_SET_WORD, key), bits = 0;
    for (uint32_t v = node ? karaka_phrasebook_first(&l->phrases, node) : 0; v; v = l->phrases.values.items[v].next) {
        uint32_t item = l->phrases.values.items[v].item;
        if (item & KARAKA_SHAPE)
            *shapes |= item & ~KARAKA_SHAPE;
        else
            bits |= item;
    }
    return bits;
}

uint32_t karaka_words_classes(const karaka_lexicon *l, karaka_key key) {
    uint32_t shapes = 0;
    return classes_of(l, key, &shapes);
}

/* Classes by each "Name=Value" of the features. */
static const karaka_signs *signs_of(karaka_reading *r, const char *feats) {
    karaka_signs *s = &r->signs[((uintptr_t)feats >> 3) % KARAKA_SIGNS];
    if (s->feats == feats)
        return s;
    *s = (karaka_signs){.feats = feats};
    for (const char *f = feats; *f;) {
        size_t length = strcspn(f, "|");
        if (length > 1)
            s->classes |= classes_of(r->lexicon, karaka_hash(f, length, 1), &s->signs);
        f += length + (f[length] == '|');
    }
    return s;
}

/* Classes by "relation=X" and by the features. */
static void read_signs(karaka_reading *r, const karaka_token *t, karaka_word *w) {
    const karaka_lexicon *l = r->lexicon;
    const karaka_signs *by_features = signs_of(r, t->feats);
    char sign[80] = "relation=";
    size_t n = strlen(t->deprel);
    if (n < sizeof sign - 10) {
        memcpy(sign + 9, t->deprel, n + 1);
        w->by_relation = classes_of(l, karaka_hash(sign, 9 + n, 1), &w->shapes);
    }
    w->classes |= w->by_relation | by_features->classes;
    w->signs |= by_features->signs;
}

/* A genitive's postposition, or a clitic of that kind. A preposition stands before its noun: that is for markers.c. */
static bool is_genitive(const karaka_lexicon *l, const karaka_word *w) {
    uint32_t node = karaka_phrasebook_step(&l->phrases, KARAKA_SET_MARKER, w->form);
    uint32_t value = node ? karaka_phrasebook_first(&l->phrases, node) : 0;
    return value && w->pos == (l->settings->markers_before ? POS_PART : POS_ADP) &&
           (karaka_parts_lookup(l, 0, l->phrases.values.items[value].item, false) & KARAKA_PART_BIT(KARAKA_OF));
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
    w->form = r->keys[r->index][i].form;
    w->base = t->lemma;
    if (w->pos == POS_VERB || w->pos == POS_NOUN)
        w->base = karaka_inflect(r, t->form, t->lemma, w->pos == POS_VERB ? KARAKA_FORM_VERB : KARAKA_FORM_NOUN);
    w->lemma = strcmp(w->base, "_") == 0 ? w->form
               : w->base == t->lemma     ? r->keys[r->index][i].lemma
                                         : karaka_word_key(spelling, w->base, strlen(w->base));
    w->relation = karaka_hash(t->deprel, strlen(t->deprel), 0);
    w->classes = classes_of(r->lexicon, w->form, &w->signs);
    read_signs(r, t, w);
    if (w->pos == POS_VERB || w->pos == POS_AUX)
        w->classes |= karaka_words_classes(r->lexicon, w->lemma);
    w->plural = strstr(t->feats, "Number=Plur") != NULL;
    w->genitive = is_genitive(r->lexicon, w);
    if (w->pos == POS_PUNCT && t->form[0] != '-' && t->form[0] != '.')
        return;
    karaka_key keys[KARAKA_WORD_KEYS];
    size_t n = karaka_word_pieces(keys, spelling, t->form, w->form);
    if (n > 4)
        n = 4;
    for (size_t k = 0; k < n; k++)
        r->atoms[r->atom_count++] = (karaka_atom){.form = keys[k], .lemma = n == 1 ? w->lemma : 0, .token = i};
    w->atom_count = (uint32_t)n;
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
    if (!r->lexicon->settings->verb_final) {
        karaka_shapes_clauses(r);
        return;
    }
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

/* What the words after a verb make of its form. */
static void read_form(karaka_reading *r, uint32_t i) {
    int32_t head = r->words[i].head;
    uint32_t end = i; /* "छोड़ देने": the last auxiliary says what the form is */
    while (r->words[i].pos == POS_VERB && end + 1 < r->count && end < i + 4 && r->words[end + 1].pos == POS_AUX)
        end++;
    if (end == i && r->words[i].pos == POS_VERB && (r->words[i].classes & KARAKA_BARE) &&
        (r->words[i].classes & KARAKA_FINITE))
        r->words[i].classes |= KARAKA_WISH;
    /* An infinitive before a postposition or "and" ends no clause, whatever its relation. */
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
}

void karaka_words_read(karaka_reading *r) {
    r->count = r->sentence->token_count < KARAKA_READ_TOKENS ? r->sentence->token_count : KARAKA_READ_TOKENS;
    r->atom_count = 0;
    for (uint32_t i = 0; i < r->count; i++)
        read_word(r, i);
    karaka_shapes_level(r);
    for (uint32_t i = r->count; i-- > 0;) {
        int32_t head = r->words[i].head;
        if (r->lexicon->settings->verb_final)
            read_form(r, i);
        if (head < 0)
            continue;
        r->words[i].next_child = r->words[head].first_child;
        r->words[head].first_child = (int32_t)i;
    }
    karaka_words_clauses(r);
}

bool karaka_words_hang(const karaka_reading *r, uint32_t token, uint32_t head) {
    int32_t at = (int32_t)token;
    for (unsigned step = 0; at >= 0 && step < 4; step++, at = r->words[at].head)
        if (at == (int32_t)head)
            return true;
    return false;
}
