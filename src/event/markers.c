/* markers: the marker of a phrase: the postposition after it, or the preposition before it and the clitic right behind.
 *
 * In: the words of the sentence, the markers of the table roles, the setting `markers`. Out: the marker's number and
 * where it stands. Example: "रूस के साथ" -> के साथ; with `markers before`, "on behalf of the old king" -> on behalf of,
 * and "the king's" -> 's.
 */
#include "event/reading.h"

/* The longest marker that begins at token `from`. */
static uint32_t from_here(const karaka_reading *r, uint32_t from, karaka_stretch *where) {
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
            *where = (karaka_stretch){from, i};
        }
    }
    return found;
}

/* The longest marker whose last token is `end`. */
static uint32_t up_to_here(const karaka_reading *r, uint32_t end, karaka_stretch *where) {
    enum { LONGEST = 5 };
    const karaka_phrases *p = &r->lexicon->phrases;
    for (uint32_t from = end >= LONGEST ? end - LONGEST : 0; from <= end; from++) {
        uint32_t node = KARAKA_SET_MARKER;
        for (uint32_t i = from; i <= end && node; i++)
            node = karaka_phrasebook_step(p, node, r->words[i].form);
        uint32_t value = node ? karaka_phrasebook_first(p, node) : 0;
        if (value) {
            *where = (karaka_stretch){from, end};
            return p->values.items[value].item;
        }
    }
    return 0;
}

bool karaka_words_clitic(const karaka_reading *r, uint32_t token) {
    return token > 0 && token < r->count && r->words[token].pos == POS_PART &&
           !r->sentence->tokens[token - 1].space_after && r->words[token].genitive;
}

/* Whether the token hangs, directly or not, on a word of [first, last]. */
static bool hangs_in(const karaka_reading *r, uint32_t token, uint32_t first, uint32_t last) {
    int32_t at = r->words[token].head;
    for (unsigned step = 0; at >= 0 && step < 5; step++, at = r->words[at].head)
        if (at >= (int32_t)first && at <= (int32_t)last)
            return true;
    return false;
}

/* Whether the token just before a phrase may be the end of its marker. */
static bool ends_marker(const karaka_reading *r, uint32_t token, uint32_t first, uint32_t last) {
    const karaka_word *w = &r->words[token];
    if (w->pos == POS_VERB)
        return w->head >= (int32_t)first && w->head <= (int32_t)last;
    if (w->pos != POS_ADP && w->pos != POS_SCONJ)
        return false;
    return !(w->head >= 0 && w->head < (int32_t)token && r->words[w->head].pos == POS_VERB); /* a verb's particle */
}

/* Whether the word before a phrase belongs to it. */
static bool belongs(const karaka_reading *r, uint32_t token, uint32_t first, uint32_t last) {
    uint8_t pos = r->words[token].pos;
    if (r->words[last].pos == POS_VERB)
        return pos == POS_AUX || pos == POS_ADV || pos == POS_PART;
    switch (pos) {
    case POS_DET:
    case POS_ADJ:
    case POS_NUM:
        return true;
    case POS_PUNCT: /* an opening quotation mark, a hyphen */
        return r->sentence->tokens[token].form[0] == '"' || r->sentence->tokens[token].form[0] == '-';
    case POS_VERB:
    case POS_NOUN:
    case POS_PROPN:
    case POS_PRON:
    case POS_ADV:
    case POS_PART:
        return hangs_in(r, token, first, last);
    default:
        return karaka_words_clitic(r, token);
    }
}

uint32_t karaka_marker_of(const karaka_reading *r, uint32_t first, uint32_t last, karaka_stretch *where) {
    karaka_stretch nowhere;
    if (!where)
        where = &nowhere;
    *where = (karaka_stretch){last, last};
    if (!r->lexicon->settings->markers_before)
        return from_here(r, last + 1, where);
    uint32_t marker = karaka_words_clitic(r, last + 1) ? from_here(r, last + 1, where) : 0;
    if (marker || last >= r->count)
        return marker;
    for (uint32_t at = first, back = 0; at-- > 0 && back < 12; back++) {
        if (ends_marker(r, at, first, last))
            return up_to_here(r, at, where);
        if (!belongs(r, at, first, last))
            break;
    }
    return 0;
}
