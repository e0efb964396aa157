/* document: the one owner of all that is made from a page, and the stages that fill it.
 *
 * Each stage reads what the stage before wrote and writes its own part:
 *   karaka_page_read     -> article          (src/page)
 *   karaka_segment       -> sentences, tokens without trees   (src/parse)
 *   karaka_model_parse   -> tags, lemmas, trees (src/parse)
 *   karaka_event_code    -> actors, events, decisions (src/event)
 */
#ifndef KARAKA_DOCUMENT_H
#define KARAKA_DOCUMENT_H

#include "base/base.h"
#include "language/language.h"

struct karaka_document {
    karaka_arena *arena; /* owns everything below */
    const karaka_language *language;
    karaka_article article;
    karaka_sentence *sentences;
    uint32_t sentence_count;
    bool segmented, parsed, coded, explained;
    const char *passed_over; /* why it was not parsed to be coded, or NULL */
    karaka_event *events;
    uint32_t event_count;
    karaka_decision *decisions;
    uint32_t decision_count;
    karaka_party *actors;
    uint32_t actor_count;
    karaka_headline *headline;    /* NULL until judged */
    struct karaka_sketch *sketch; /* src/same; NULL until made */
    karaka_likeness *likeness;    /* NULL until asked for */
};

/* An empty document; goes with karaka_document_free. */
int karaka_document_new(karaka_document **out, const karaka_language *language);
/* src/page/page.h */
int karaka_page_read(karaka_document *document, const karaka_input *input);
/* src/parse/segment.h: fills sentences (token fields other than span, form, space_after are "_", head -1). No sentence
 * has more than KARAKA_SENTENCE_TOKENS tokens: a longer one is cut at the best place. */
enum { KARAKA_SENTENCE_TOKENS = 256 };
int karaka_segment(karaka_document *document);
/* src/parse/model.h: fills lemma, upos, xpos, feats, deprel, head of every token. */
int karaka_model_parse(karaka_document *document);
/* src/event/event.h: needs a parsed document */
int karaka_event_code(karaka_document *document);

#endif
