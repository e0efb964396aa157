/* context: what a telling is about.
 *
 * In: a telling, the words of its clause and those near it, its parties. Out: a set of the ontology's contexts.
 * Example: "सेना ने परमाणु हथियार ले जाने वाली मिसाइल का परीक्षण किया" -> military, cbrn.
 */
#include "event/ontology.h"
#include "event/reading.h"

#include <stdlib.h>
#include <string.h>

enum {
    NEAR = 6,   /* tokens from the trigger that count, in whatever clause */
    REACH = 24, /* tokens of its own clause that count */
};

static bool counts(const karaka_reading *r, const karaka_telling *t, uint32_t token) {
    uint32_t distance = token > t->token ? token - t->token : t->token - token;
    return distance <= NEAR || (distance <= REACH && r->words[token].clause == r->words[t->token].clause);
}

/* The longest phrase that begins at the atom; its length in atoms, 0: none. */
static uint32_t longest(const karaka_reading *r, const karaka_phrases *p, uint32_t atom, uint32_t *item) {
    uint32_t node = 1, found = 0;
    for (uint32_t i = atom; i < r->atom_count && i < atom + KARAKA_WORD_KEYS; i++) {
        uint32_t next = karaka_phrasebook_step(p, node, r->atoms[i].form);
        if (!next && r->atoms[i].lemma)
            next = karaka_phrasebook_step(p, node, r->atoms[i].lemma);
        if (!next)
            break;
        node = next;
        uint32_t value = karaka_phrasebook_first(p, node);
        if (value) {
            found = i - atom + 1;
            *item = p->values.items[value].item;
        }
    }
    return found;
}

static bool has_role(const char *code, const char *role) {
    const char *blank = strchr(code, ' ');
    return blank && strcmp(blank + 1, role) == 0;
}

static bool sign_holds(const karaka_reading *r, const karaka_telling *t, const karaka_context_sign *s) {
    if (s->kind == KARAKA_SIGN_MODE)
        return t->type == t->line->type && t->line->mode && strcmp(t->line->mode, s->value) == 0;
    bool actor = false, recipient = false;
    for (uint32_t side = 0; side < 2; side++) {
        const int32_t *names = side ? t->recipients : t->actors;
        uint32_t count = side ? t->recipient_count : t->actor_count;
        for (uint32_t i = 0; i < count; i++) {
            const char *code = r->names.items[names[i]].code;
            bool fits = s->kind == KARAKA_SIGN_CODE ? strcmp(code, s->value) == 0 : has_role(code, s->value);
            if (fits && s->kind != KARAKA_SIGN_SIDES)
                return true;
            *(side ? &recipient : &actor) |= fits;
        }
    }
    /* both sides, of two countries, in words of good will */
    return s->kind == KARAKA_SIGN_SIDES && actor && recipient && karaka_event_types[t->type].quad == 1 &&
           !karaka_same_country(r->names.items[t->actors[0]].code, r->names.items[t->recipients[0]].code);
}

uint64_t karaka_context_of(const karaka_reading *r, const karaka_telling *t) {
    const karaka_ontology *o = r->document->language->ontology;
    uint64_t contexts = 0;
    if (!o)
        return 0;
    for (uint32_t i = 0; i < r->atom_count;) {
        uint32_t item = 0, length = counts(r, t, r->atoms[i].token) ? longest(r, &o->phrases, i, &item) : 0;
        if (item)
            contexts |= UINT64_C(1) << (item - 1);
        i += length ? length : 1;
    }
    for (size_t i = 0; i < o->signs.count; i++)
        if (sign_holds(r, t, &o->signs.items[i]))
            contexts |= o->signs.items[i].contexts;
    return contexts;
}
