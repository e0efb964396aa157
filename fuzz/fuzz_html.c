/* fuzz_html: any bytes as a page in HTML.
 *
 * In: a charset up to a newline, then the page. Checked: the promises of tests/page_invariants.h.
 */
#include "../tests/page_invariants.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { GROWTH = 4 /* a page in another encoding is longer in UTF-8, in which the dropped pieces are counted */ };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static karaka_language language; /* only its tables `page`, `dates` and `markup` */
    if (!language.arena) {
        language.settings.code = "hi";
        if (karaka_arena_new(&language.arena) < 0 ||
            karaka_spelling_load(&language.spelling, language.arena, "languages/hi") < 0 ||
            karaka_page_rules_load(&language.page, language.arena, "languages/hi", language.spelling) < 0 ||
            karaka_markup_load(&language.markup, language.arena, "languages/hi") < 0)
            abort();
    }
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    if (!end)
        return 0;
    char *charset = strndup((const char *)data, (size_t)(end - data));
    size -= (size_t)(end + 1 - data);
    karaka_input input = {
        .kind = KARAKA_INPUT_HTML, .bytes = (const char *)end + 1, .length = size, .charset = charset};
    karaka_document *document = NULL;
    if (karaka_document_read(&document, &language, &input) == KARAKA_OK) {
        const char *broken = page_broken(karaka_document_article(document), size * GROWTH);
        if (broken) {
            fprintf(stderr, "not so: %s\n", broken);
            abort();
        }
    }
    karaka_document_free(document);
    free(charset);
    return 0;
}
