/* fuzz_code: any bytes as a page, the whole way to the records.
 *
 * In: bytes; the first one chooses page or clean text, a date, a title (then the first line is that), the language.
 * Checked: no step outside memory, spans inside the text, every writer takes what the stages made.
 */
#include "languages.h"

#include <string.h>

int LLVMFuzzerInitialize(int *count, char ***words) {
    (void)count, (void)words;
    open_languages(KARAKA_OPEN_ALL);
    return 0;
}

static void inside(const karaka_article *article, karaka_span span) {
    if (span.start > span.end || span.end > article->length)
        abort();
}

static void check_spans(const karaka_document *document) {
    const karaka_article *article = karaka_document_article(document);
    size_t sentences = 0, events = 0;
    const karaka_sentence *sentence = karaka_document_sentences(document, &sentences);
    const karaka_event *event = karaka_document_events(document, &events);
    for (uint32_t i = 0; i < article->paragraph_count; i++)
        inside(article, article->paragraphs[i].span);
    for (size_t i = 0; i < sentences; i++) {
        inside(article, sentence[i].span);
        for (uint32_t t = 0; t < sentence[i].token_count; t++)
            inside(article, sentence[i].tokens[t].span);
    }
    for (size_t i = 0; i < events; i++) {
        if (event[i].sentence >= sentences || !event[i].id || !event[i].type || !event[i].rule)
            abort();
        inside(article, event[i].trigger_span);
    }
}

static void check_headline(const karaka_document *document) {
    const karaka_headline *h = karaka_document_headline(document);
    size_t sentences = 0;
    const karaka_sentence *sentence = karaka_document_sentences(document, &sentences);
    for (uint32_t i = 0; i < h->claim_count; i++) {
        const karaka_claim *c = &h->claims[i];
        inside(karaka_document_article(document), c->span);
        if (c->sentence >= sentences || !c->text || !c->reason || !c->rule || (!c->type && !c->strong))
            abort();
        for (uint32_t k = 0; k < c->evidence_count; k++)
            if (c->evidence[k].sentence >= sentences ||
                c->evidence[k].span.start < sentence[c->evidence[k].sentence].span.start ||
                c->evidence[k].span.end > sentence[c->evidence[k].sentence].span.end)
                abort();
    }
}

static void write_all(const karaka_document *document) {
    karaka_text out = {0};
    if (karaka_write_jsonl(&out, document) < 0 || karaka_write_csv(&out, document, true) < 0 ||
        karaka_write_table(&out, document, true) < 0 || karaka_write_conllu(&out, document) < 0 ||
        karaka_write_article(&out, document, true, true, false) < 0 ||
        karaka_write_article(&out, document, false, true, true) < 0 || karaka_write_explain(&out, document, true) < 0 ||
        karaka_write_headline(&out, document, true, false) < 0 ||
        karaka_write_headline(&out, document, false, true) < 0)
        abort();
    karaka_text_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { TEXT = 1, DATE = 2, TITLE = 4, SECOND_LANGUAGE = 8 };
    if (!size)
        return 0;
    const char *bytes = (const char *)data + 1, *end = memchr(bytes, '\n', size - 1);
    char *title = *data & TITLE && end ? strndup(bytes, (size_t)(end - bytes)) : NULL;
    bytes = title ? end + 1 : bytes;
    karaka_document *document = NULL;
    karaka_input input = {.kind = *data & TEXT ? KARAKA_INPUT_TEXT : KARAKA_INPUT_PAGE,
                          .bytes = bytes,
                          .length = size - (size_t)(bytes - (const char *)data),
                          .title = title,
                          .published = *data & DATE ? "2025-07-14" : NULL};
    const karaka_language *language = languages[*data & SECOND_LANGUAGE ? 1 : 0];
    if (karaka_document_read(&document, language, &input) == 0 && karaka_document_code(document) == 0 &&
        karaka_document_judge(document) == 0) {
        check_spans(document);
        check_headline(document);
        write_all(document);
    }
    karaka_document_free(document);
    free(title);
    return 0;
}
