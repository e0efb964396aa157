/* look: a cheap look at a document before it is parsed, which takes most of the time: can it tell an event at all?
 *
 * In: a segmented document. Out: why it cannot, or NULL. It must lose no event, so each reason rules out every event:
 * one takes words of the language, and two of them at least, a predicate and a party. (That no table knows a party of
 * it is no reason: short of the parse it can hardly be told, and of 1,000 news articles it holds for 16, 0.3 % of the
 * words.)
 *
 * Example: "மழை பெய்தது" -> "in no known language"; "नमस्ते" -> "too short".
 */
#include "document.h"
#include "event/event.h"
#include "parse/model.h"

#include <string.h>
#include <unicode/uchar.h>

enum { LONG = 20, FORM_ROOM = 256 };

/* The share of words that the model knows, of news in its language: never below 0.66 in 4,000 texts of LONG words and
 * more. A neighbour's text in the same script has 0.25 to 0.4, one in another script none. */
static const double SHARE_LONG = 0.4, SHARE_SHORT = 0.125;

typedef struct words_met {
    size_t all, known;
} words_met;

static bool is_word(const char *form) {
    size_t at = 0, length = strlen(form);
    while (at < length) {
        int32_t c = karaka_utf8_next(form, length, &at);
        if (c >= 0 && u_isalpha(c))
            return true;
    }
    return false;
}

static bool is_known(const karaka_model *m, const char *form) {
    char clean[FORM_ROOM];
    size_t length = karaka_form_clean(clean, sizeof clean, form);
    if (karaka_words_find(&m->words, karaka_word_hash(clean, length)))
        return true;
    if (!m->words.cased)
        return false;
    length = karaka_form_lower(clean, sizeof clean, form);
    return karaka_words_find(&m->words, karaka_word_hash(clean, length)) != 0;
}

static words_met count_words(const karaka_document *document) {
    words_met met = {0};
    for (uint32_t s = 0; s < document->sentence_count; s++)
        for (uint32_t i = 0; i < document->sentences[s].token_count; i++) {
            const char *form = document->sentences[s].tokens[i].form;
            if (!is_word(form))
                continue;
            met.all++;
            met.known += is_known(document->language->model, form);
        }
    return met;
}

const char *karaka_event_look(const karaka_document *document) {
    words_met met = count_words(document);
    if (met.all < 2)
        return "too short";
    if ((double)met.known < (double)met.all * (met.all < LONG ? SHARE_SHORT : SHARE_LONG))
        return "in no known language";
    return NULL;
}
