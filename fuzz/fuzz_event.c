/* fuzz_event: trees from outside to events.
 *
 * In: one byte that chooses the language, then CoNLL-U. Checked: what is read is coded, explained and judged without
 * harm, and all spans lie in the text.
 */
#include "languages.h"

int LLVMFuzzerInitialize(int *count, char ***words) {
    (void)count, (void)words;
    open_languages(KARAKA_OPEN_NO_MODEL);
    return 0;
}

static void check_events(const karaka_document *document) {
    size_t count = 0;
    const karaka_event *events = karaka_document_events(document, &count);
    uint32_t length = karaka_document_article(document)->length;
    for (size_t i = 0; i < count; i++)
        if (events[i].trigger_span.start > events[i].trigger_span.end || events[i].trigger_span.end > length)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    karaka_document *document = NULL;
    karaka_text out = {0};
    if (!size ||
        karaka_document_from_conllu(&document, languages[*data & 1], (const char *)data + 1, size - 1, true) < 0)
        return 0;
    if (karaka_document_explain(document) == 0 && karaka_document_judge(document) == 0) {
        check_events(document);
        if (karaka_write_explain(&out, document, true) < 0 || karaka_write_jsonl(&out, document) < 0)
            abort();
    }
    karaka_text_free(&out);
    karaka_document_free(document);
    return 0;
}
