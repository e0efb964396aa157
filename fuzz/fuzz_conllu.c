/* fuzz_conllu: any bytes as CoNLL-U.
 *
 * In: bytes. Checked: what is read makes a document whose spans hold its forms, and is to itself equal in every
 * measure.
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const karaka_document *d) {
    for (uint32_t i = 0; i < d->sentence_count; i++)
        for (uint32_t j = 0; j < d->sentences[i].token_count; j++) {
            const karaka_token *t = &d->sentences[i].tokens[j];
            size_t length = strlen(t->form);
            if (t->span.end > d->article.length || t->span.end - t->span.start != length ||
                memcmp(d->article.text + t->span.start, t->form, length) != 0 ||
                t->head >= (int32_t)d->sentences[i].token_count)
                abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const karaka_language language = {.settings = {.code = "hi"}};
    karaka_document *d = NULL;
    if (karaka_document_from_conllu(&d, &language, (const char *)data, size, size % 2) == KARAKA_OK)
        check(d);
    karaka_document_free(d);
    karaka_scores scores;
    if (karaka_evaluate(&scores, (const char *)data, size, (const char *)data, size) == KARAKA_OK &&
        (scores.las < 100 || scores.mlas < 100 || scores.sentences < 100 || scores.feats < 100))
        abort();
    return 0;
}
