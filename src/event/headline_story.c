/* headline_story: the words of the title in the body (headline.h).
 *
 * In: sentences of a parsed document. Out: for each sentence of the body how many of the title's words it and the next
 * have. Example: title "कैट की याचिका खारिज", body "कैट की याचिका को अदालत ने खारिज कर दिया।" -> 100 in 100.
 * The bounds were set on newspapers: of titles beside their own bodies 7 in 100 stay below KARAKA_STORY_OTHER, and of
 * those beside bodies of others 84; below KARAKA_STORY_SAME 11 and 92.
 */
#include "event/headline.h"

#include <string.h>

enum { FEWEST = 3, ENOUGH = 5 }; /* words that a title must have to tell a story where it claims nothing, and else */

static bool is_content(const karaka_token *t) {
    static const char *const tags[] = {"NOUN", "PROPN", "ADJ", "NUM"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(t->upos, tags[i]) == 0)
            return true;
    return false;
}

static karaka_key key_of(const karaka_judging *j, const karaka_token *t) {
    return karaka_word_key(j->r.lexicon->spelling, t->lemma, strlen(t->lemma));
}

static void take_title(karaka_judging *j) {
    karaka_story *story = &j->story;
    const karaka_document *d = j->document;
    story->sentence = UINT32_MAX;
    for (uint32_t s = 0; s < d->sentence_count; s++)
        for (uint32_t i = 0; karaka_headline_title(d, s) && i < d->sentences[s].token_count; i++) {
            const karaka_token *t = &d->sentences[s].tokens[i];
            if (!is_content(t))
                continue;
            karaka_key key = key_of(j, t);
            bool known = story->count == KARAKA_STORY_WORDS;
            for (uint32_t k = 0; k < story->count && !known; k++)
                known = story->keys[k] == key;
            if (!known)
                story->keys[story->count++] = key;
            story->named |= strcmp(t->upos, "PROPN") == 0;
            story->sentence = s < story->sentence ? s : story->sentence;
        }
}

/* The words of the title in a sentence, a bit each. */
static uint64_t words_in(const karaka_judging *j, uint32_t sentence) {
    const karaka_sentence *s = &j->document->sentences[sentence];
    uint64_t bits = 0;
    for (uint32_t i = 0; i < s->token_count; i++) {
        karaka_key key = key_of(j, &s->tokens[i]);
        for (uint32_t k = 0; k < j->story.count; k++)
            if (j->story.keys[k] == key)
                bits |= UINT64_C(1) << k;
    }
    return bits;
}

static uint32_t bits_in(uint64_t bits) {
    uint32_t count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

int karaka_headline_story_read(karaka_judging *j) {
    const karaka_document *d = j->document;
    karaka_story *story = &j->story;
    uint64_t before = 0;
    bool follows = false;
    story->share = karaka_arena_array(d->arena, d->sentence_count + 1, sizeof *story->share);
    if (!story->share)
        return KARAKA_ERROR_MEMORY;
    take_title(j);
    for (uint32_t s = 0; s < d->sentence_count && story->count; s++) {
        if (!karaka_headline_body(d, s)) {
            before = 0;
            follows = false;
            continue;
        }
        uint64_t here = words_in(j, s);
        uint8_t share = (uint8_t)(100 * bits_in(here) / story->count);
        uint8_t both = (uint8_t)(100 * bits_in(here | before) / story->count);
        story->share[s] = share;
        if (follows)
            story->share[s - 1] = both;
        story->best = both > story->best ? both : story->best;
        before = here;
        follows = true;
    }
    return KARAKA_OK;
}

bool karaka_headline_story_told(const karaka_judging *j, uint32_t s, uint8_t bound) {
    return j->story.share[s] >= bound || (s > 0 && j->story.share[s - 1] >= bound);
}

/* Who has a name, not "the people" and not a place. */
static bool has_name(const karaka_name *n) {
    return n->kind != KARAKA_PLACE_NAME && (n->person || n->name);
}

bool karaka_headline_story_other(const karaka_judging *j) {
    size_t names = j->r.names.count;
    if (j->story.count < (j->claim_count ? ENOUGH : FEWEST) || j->story.best >= KARAKA_STORY_OTHER ||
        (names == j->body_names && !j->story.named))
        return false;
    for (size_t t = j->body_names; t < names; t++)
        for (size_t i = 0; i < j->body_names; i++)
            if (has_name(&j->r.names.items[t]) && karaka_headline_same_party(&j->r, (int32_t)i, (int32_t)t) == 2)
                return false;
    return true;
}
