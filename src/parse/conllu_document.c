/* conllu_document: a document whose sentences and trees come as CoNLL-U. Not there yet. */
#include "document.h"

int karaka_document_from_conllu(karaka_document **out, const karaka_language *language, const char *bytes,
                                size_t length, bool keep_trees)
{
    (void)out, (void)language, (void)bytes, (void)length, (void)keep_trees;
    return karaka_fail(KARAKA_ERROR_ARGUMENT, "CoNLL-U documents are not built yet");
}
