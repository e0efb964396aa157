/* headline_sides: who is on the sides of a claim (headline.h).
 *
 * In: names of the title's sentence that was just read. Out: the actors and recipients of a tale. The tree of a
 * headline is often wrong, its postpositions are not.
 * Example: "भारत ने की WHO के प्रयासों की सराहना": भारत acts, WHO, whose efforts they are, receives.
 */
#include "event/headline.h"

static void take(int32_t *side, uint32_t *count, int32_t name) {
    if (*count < KARAKA_PARTIES)
        side[(*count)++] = name;
}

static uint32_t marked_parts(const karaka_judging *j, const karaka_name *n) {
    const karaka_lexicon *l = j->r.lexicon;
    return n->marker ? karaka_parts_lookup(l, 0, n->marker, true) | karaka_parts_lookup(l, 0, n->marker, false) : 0;
}

static bool is_somebody(const karaka_name *n) {
    return n->kind != KARAKA_PLACE_NAME && n->kind != KARAKA_VICTIMS;
}

static bool is_doer(const karaka_judging *j, const karaka_name *n) {
    return marked_parts(j, n) & KARAKA_PART_BIT(KARAKA_DOER);
}

/* Who was last said to act in an earlier stretch of the sentence ("A ने X को सराहा, Y को मदद दी"); -1: nobody. */
static int32_t earlier_doer(const karaka_judging *j, const karaka_tale *tale, size_t names_from) {
    int32_t found = -1;
    for (size_t i = names_from; i < j->r.names.count; i++) {
        const karaka_name *n = &j->r.names.items[i];
        if (n->sentence == tale->sentence && n->head < tale->token && is_somebody(n) && is_doer(j, n))
            found = (int32_t)i;
    }
    return found;
}

/* "WHO के प्रयासों की सराहना": the genitive belongs to another noun than the act. */
static bool owns_something(const karaka_judging *j, const karaka_name *n, const karaka_tale *tale) {
    uint32_t next = n->marker_last + 1;
    bool of = marked_parts(j, n) & KARAKA_PART_BIT(KARAKA_OF);
    return of && n->marker && next < tale->token && next < j->r.count && j->r.words[next].pos == POS_NOUN &&
           j->r.words[next].name < 0;
}

/* Some name of the stretch is said to act. */
static bool has_doer(const karaka_judging *j, size_t names_from, const karaka_tale *tale) {
    const karaka_sentence *s = &j->document->sentences[tale->sentence];
    for (size_t i = names_from; i < j->r.names.count; i++) {
        const karaka_name *n = &j->r.names.items[i];
        if (n->sentence == tale->sentence && is_somebody(n) && is_doer(j, n) &&
            !(marked_parts(j, n) & KARAKA_PART_BIT(KARAKA_OF)) && karaka_headline_one_stretch(s, n->head, tale->token))
            return true;
    }
    return false;
}

/* ने, का, द्वारा act; other markers receive; a name without one acts where nobody else does. */
void karaka_headline_sides(const karaka_judging *j, size_t names_from, karaka_tale *tale) {
    const uint32_t acting = KARAKA_PART_BIT(KARAKA_DOER) | KARAKA_PART_BIT(KARAKA_OF) | KARAKA_PART_BIT(KARAKA_BY);
    const karaka_sentence *s = &j->document->sentences[tale->sentence];
    bool doer = has_doer(j, names_from, tale);
    int32_t bare = -1;
    tale->actor_count = tale->recipient_count = 0;
    for (size_t i = names_from; i < j->r.names.count; i++) {
        const karaka_name *n = &j->r.names.items[i];
        bool owner = owns_something(j, n, tale);
        if (n->sentence != tale->sentence || !is_somebody(n) || (owner && !doer) ||
            !karaka_headline_one_stretch(s, n->head, tale->token))
            continue;
        if (!n->marker)
            bare = bare < 0 ? (int32_t)i : bare;
        else if ((marked_parts(j, n) & acting) && !owner)
            take(tale->actors, &tale->actor_count, (int32_t)i);
        else
            take(tale->recipients, &tale->recipient_count, (int32_t)i);
    }
    int32_t earlier = tale->actor_count ? -1 : earlier_doer(j, tale, names_from);
    if (earlier >= 0)
        take(tale->actors, &tale->actor_count, earlier);
    if (bare >= 0 && !tale->actor_count)
        take(tale->actors, &tale->actor_count, bare);
    else if (bare >= 0 && !tale->recipient_count)
        take(tale->recipients, &tale->recipient_count, bare);
}

/* ---- Deeds ----------------------------------------------------------------------------------------------------------
 */

/* A verb of the stretch behind or before both; -1: none. */
static int32_t verb_of(const karaka_judging *j, const karaka_sentence *s, uint32_t near) {
    for (uint32_t i = j->r.count; i-- > 0;)
        if (j->r.words[i].pos == POS_VERB && !(j->r.words[i].classes & KARAKA_INFINITIVE) &&
            karaka_headline_one_stretch(s, i, near))
            return (int32_t)i;
    return -1;
}

bool karaka_headline_deed(const karaka_judging *j, size_t names_from, uint32_t sentence, karaka_tale *tale) {
    const karaka_sentence *s = &j->document->sentences[sentence];
    int32_t doer = -1, other = -1;
    for (size_t i = names_from; i < j->r.names.count; i++) {
        const karaka_name *n = &j->r.names.items[i];
        uint32_t parts = n->marker ? karaka_parts_lookup(j->r.lexicon, 0, n->marker, true) : 0;
        if (n->sentence != sentence || !is_somebody(n) || !parts)
            continue;
        if (parts & KARAKA_PART_BIT(KARAKA_DOER))
            doer = doer < 0 ? (int32_t)i : doer;
        else if (parts &
                 (KARAKA_PART_BIT(KARAKA_OBJECT) | KARAKA_PART_BIT(KARAKA_ADDRESSEE) | KARAKA_PART_BIT(KARAKA_TARGET) |
                  KARAKA_PART_BIT(KARAKA_AGAINST) | KARAKA_PART_BIT(KARAKA_COMPANION) | KARAKA_PART_BIT(KARAKA_FROM)))
            other = other < 0 ? (int32_t)i : other;
    }
    if (doer < 0 || other < 0 || karaka_headline_same_party(&j->r, doer, other) == 2)
        return false;
    const karaka_name *a = &j->r.names.items[doer], *b = &j->r.names.items[other];
    int32_t verb = verb_of(j, s, b->head);
    if (verb < 0 || (a->head > b->head && !karaka_headline_one_stretch(s, a->head, b->head)))
        return false;
    tale->sentence = sentence;
    tale->token = tale->last = (uint32_t)verb;
    tale->trigger = s->tokens[verb].span;
    take(tale->actors, &tale->actor_count, doer);
    take(tale->recipients, &tale->recipient_count, other);
    return true;
}
