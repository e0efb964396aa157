/* document: the public functions that take a document through its stages.
 *
 * In: a language and a page, or CoNLL-U. Out: one document that owns article, trees, events.
 * Example: karaka_document_read, then karaka_document_code (which parses by itself), then karaka_document_events.
 */
#include "document.h"
#include "event/event.h"
#include <stdlib.h>

const char *karaka_version(void) {
    return KARAKA_VERSION;
}

int karaka_document_new(karaka_document **out, const karaka_language *language) {
    karaka_document *document = calloc(1, sizeof *document);
    if (!document)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    int error = karaka_arena_new(&document->arena);
    if (error < 0) {
        free(document);
        return error;
    }
    document->language = language;
    *out = document;
    return KARAKA_OK;
}

int karaka_document_read(karaka_document **out, const karaka_language *language, const karaka_input *input) {
    if (!language || !input || (!input->bytes && input->length))
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "no language or no input");
    if (input->length > KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "input of %zu bytes: larger than %zu", input->length,
                           KARAKA_INPUT_LIMIT);
    karaka_document *document = NULL;
    int error = karaka_document_new(&document, language);
    if (error < 0)
        return error;
    karaka_input whole = *input;
    if (!whole.bytes)
        whole.bytes = "";
    error = karaka_arena_end(document->arena, karaka_page_read(document, &whole));
    if (error < 0) {
        karaka_document_free(document);
        return error;
    }
    *out = document;
    return KARAKA_OK;
}

void karaka_document_free(karaka_document *document) {
    if (!document)
        return;
    karaka_arena_free(document->arena);
    free(document);
}

const karaka_article *karaka_document_article(const karaka_document *document) {
    return &document->article;
}

int karaka_document_segment(karaka_document *document) {
    if (document->segmented)
        return KARAKA_OK;
    int error = karaka_arena_end(document->arena, karaka_segment(document));
    document->segmented = error == KARAKA_OK;
    return error;
}

int karaka_document_parse(karaka_document *document) {
    if (document->parsed)
        return KARAKA_OK;
    int error = karaka_document_segment(document);
    if (error < 0)
        return error;
    if (!document->language->model)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "%s: the language was opened without its model",
                           document->language->settings.code);
    error = karaka_arena_end(document->arena, karaka_model_parse(document));
    document->parsed = error == KARAKA_OK;
    return error;
}

const karaka_sentence *karaka_document_sentences(const karaka_document *document, size_t *count) {
    *count = document->sentence_count;
    return document->sentences;
}

/* Whether a parse is worth its time; a document that has its trees, or cannot get them, is not looked at. */
static int look(karaka_document *document) {
    if (document->parsed || !document->language->model)
        return KARAKA_OK;
    int error = karaka_document_segment(document);
    if (error == KARAKA_OK)
        document->passed_over = karaka_event_look(document);
    document->coded = document->passed_over != NULL;
    return error;
}

int karaka_document_code(karaka_document *document) {
    if (document->coded)
        return KARAKA_OK;
    int error = look(document);
    if (error < 0 || document->passed_over)
        return error;
    error = karaka_document_parse(document);
    if (error == KARAKA_OK)
        error = karaka_arena_end(document->arena, karaka_event_code(document));
    document->coded = error == KARAKA_OK;
    return error;
}

const char *karaka_document_passed_over(const karaka_document *document) {
    return document->passed_over;
}

int karaka_document_explain(karaka_document *document) {
    if (document->coded)
        return document->explained ? KARAKA_OK
                                   : karaka_fail(KARAKA_ERROR_ARGUMENT, "the document was coded without grounds");
    document->explained = true;
    return karaka_document_code(document);
}

const karaka_event *karaka_document_events(const karaka_document *document, size_t *count) {
    *count = document->event_count;
    return document->events;
}

const karaka_decision *karaka_document_decisions(const karaka_document *document, size_t *count) {
    *count = document->decision_count;
    return document->decisions;
}

const karaka_party *karaka_document_actors(const karaka_document *document, size_t *count) {
    *count = document->actor_count;
    return document->actors;
}
