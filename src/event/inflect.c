/* inflect: the infinitive of a verb form, or the singular of a noun, where the model's guess is none that a table
 * knows.
 *
 * In: the table inflections (irregular forms; endings and what stands instead), the words of the tables of predicates.
 * Out: a lemma. Example: "struck" is told as a form of strike; "boycotted" has the ending "+ed" (a doubled letter).
 */
#include "event/reading.h"

#include <string.h>

static karaka_key key_of(const karaka_lexicon *l, const char *text) {
    return karaka_word_key(l->spelling, text, strlen(text));
}

static bool is_known(const karaka_lexicon *l, uint8_t kind, karaka_key key) {
    uint32_t set = kind == KARAKA_FORM_VERB ? KARAKA_SET_VERB : KARAKA_SET_NOUN;
    return karaka_phrasebook_step(&l->phrases, set, key) ||
           (kind == KARAKA_FORM_NOUN && karaka_phrasebook_step(&l->phrases, KARAKA_SET_AGENT, key)) ||
           (kind == KARAKA_FORM_VERB && karaka_phrasebook_step(&l->phrases, KARAKA_SET_LIGHT, key));
}

/* The form without the ending of the row, in out[64]; false where it has another. */
static bool strip(const karaka_inflection *i, const char *form, char *out) {
    size_t n = strlen(form), end = strlen(i->ending), keep;
    if (n <= end + 1 || n >= 60 || strcmp(form + n - end, i->ending) != 0)
        return false;
    keep = n - end;
    if (i->doubled && (keep < 3 || form[keep - 1] != form[keep - 2]))
        return false;
    keep -= i->doubled;
    memcpy(out, form, keep);
    out[keep] = 0;
    return keep + strlen(i->instead) < 64 && strcat(out, i->instead);
}

const char *karaka_inflect(const karaka_reading *r, const char *form, const char *lemma, uint8_t kind) {
    const karaka_lexicon *l = r->lexicon;
    char folded[64], base[64];
    if (l->inflections.count == 0 || strlen(form) > 50)
        return lemma;
    size_t n = karaka_spelling_fold(l->spelling, folded, sizeof folded, form, strlen(form));
    folded[n] = 0;
    for (size_t i = 0; i < l->inflections.count; i++) {
        const karaka_inflection *f = &l->inflections.items[i];
        if (f->kind == kind && f->whole && strcmp(f->ending, folded) == 0)
            return f->instead;
    }
    /* A plural that a table writes ("troops") is found by its form: its singular may stand in other lines. */
    bool plural = kind == KARAKA_FORM_NOUN && strcmp(lemma, form) == 0;
    if (!plural && is_known(l, kind, key_of(l, lemma)))
        return lemma;
    for (size_t i = 0; i < l->inflections.count; i++) {
        const karaka_inflection *f = &l->inflections.items[i];
        if (f->kind != kind || f->whole || !strip(f, folded, base) || !is_known(l, kind, key_of(l, base)))
            continue;
        const char *copy = karaka_arena_copy(r->arena, base, strlen(base));
        return copy ? copy : lemma;
    }
    return lemma;
}
