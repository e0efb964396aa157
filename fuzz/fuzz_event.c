/* Trees from outside to events: any CoNLL-U that is read must be coded without harm, and all spans lie in the text. */
#include <karaka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static karaka_language *language;

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *count, char ***words) {
    char path[1024];
    const char *folder = getenv("KARAKA_LANGUAGES");
    (void)count, (void)words;
    snprintf(path, sizeof path, "%s/hi", folder && *folder ? folder : "languages");
    if (karaka_language_open(&language, path, KARAKA_OPEN_NO_MODEL) == 0)
        return 0;
    fprintf(stderr, "%s: %s\n", path, karaka_error_text());
    exit(1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    karaka_document *document = NULL;
    if (karaka_document_from_conllu(&document, language, (const char *)data, size, true) < 0)
        return 0;
    if (karaka_document_code(document) == 0) {
        size_t count = 0;
        const karaka_event *events = karaka_document_events(document, &count);
        uint32_t length = karaka_document_article(document)->length;
        for (size_t i = 0; i < count; i++)
            if (events[i].trigger_span.start > events[i].trigger_span.end || events[i].trigger_span.end > length)
                abort();
    }
    karaka_document_free(document);
    return 0;
}
