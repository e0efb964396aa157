/* fuzz_page: any bytes as a page.
 *
 * In: one byte (page or clean text; whether a title and a date are told), a title and a date up to a newline each where
 * told, the page. Checked: the promises of tests/page_invariants.h.
 */
#include "../tests/page_invariants.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Takes a line off the front as a string. */
static char *take_line(const uint8_t **data, size_t *size) {
    const uint8_t *end = *size ? memchr(*data, '\n', *size) : NULL;
    size_t length = end ? (size_t)(end - *data) : *size;
    char *line = calloc(1, length + 1);
    if (!line)
        abort();
    if (length)
        memcpy(line, *data, length);
    size_t eaten = end ? length + 1 : length;
    *data += eaten;
    *size -= eaten;
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static karaka_language language; /* only its tables `page` and `dates` */
    if (!language.arena) {
        language.settings.code = "hi";
        if (karaka_arena_new(&language.arena) < 0 ||
            karaka_spelling_load(&language.spelling, language.arena, "languages/hi") < 0 ||
            karaka_page_rules_load(&language.page, language.arena, "languages/hi", language.spelling) < 0)
            abort();
    }
    if (size == 0)
        return 0;
    uint8_t how = *data++;
    size--;
    char *title = how & 2 ? take_line(&data, &size) : NULL, *published = how & 4 ? take_line(&data, &size) : NULL;
    karaka_input input = {.kind = how & 1 ? KARAKA_INPUT_TEXT : KARAKA_INPUT_PAGE,
                          .bytes = (const char *)data,
                          .length = size,
                          .title = title,
                          .published = published};
    karaka_document *document = NULL;
    if (karaka_document_read(&document, &language, &input) == KARAKA_OK) {
        const char *broken = page_broken(karaka_document_article(document), size);
        if (broken) {
            fprintf(stderr, "not so: %s\n", broken);
            abort();
        }
    }
    karaka_document_free(document);
    free(title);
    free(published);
    return 0;
}
