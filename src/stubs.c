/* stubs: a weak stand-in for each function that another file is still to bring; the true one wins at the link.
 *
 * In: calls. Out: KARAKA_OK and nothing, or an error.
 */
#include "document.h"

#define WEAK __attribute__((weak))
#define NOT_YET karaka_fail(KARAKA_ERROR_ARGUMENT, "%s: not built in", __func__)

/* ---- src/parse ---- */
WEAK int karaka_segment_rules_load(karaka_segment_rules **out, karaka_arena *arena, const char *directory)
{
    (void)arena, (void)directory;
    *out = NULL;
    return KARAKA_OK;
}
WEAK int karaka_segment(karaka_document *document)
{
    (void)document;
    return NOT_YET;
}
WEAK int karaka_document_from_conllu(karaka_document **out, const karaka_language *language, const char *bytes,
                                     size_t length, bool keep_trees)
{
    (void)out, (void)language, (void)bytes, (void)length, (void)keep_trees;
    return NOT_YET;
}
WEAK int karaka_evaluate(karaka_scores *out, const char *gold, size_t gold_length, const char *system,
                         size_t system_length)
{
    (void)out, (void)gold, (void)gold_length, (void)system, (void)system_length;
    return NOT_YET;
}

/* ---- src/event ---- */
WEAK int karaka_lexicon_load(karaka_lexicon **out, karaka_arena *arena, const char *directory,
                             const karaka_settings *settings, const karaka_spelling *spelling)
{
    (void)arena, (void)directory, (void)settings, (void)spelling;
    *out = NULL;
    return KARAKA_OK;
}
WEAK int karaka_event_code(karaka_document *document)
{
    (void)document;
    return NOT_YET;
}
WEAK int karaka_time_rules_load(karaka_time_rules **out, karaka_arena *arena, const char *directory,
                                const karaka_spelling *spelling)
{
    (void)arena, (void)directory, (void)spelling;
    *out = NULL;
    return KARAKA_OK;
}
WEAK int karaka_gazetteer_load(karaka_gazetteer **out, karaka_arena *arena, const char *directory,
                               const karaka_spelling *spelling)
{
    (void)arena, (void)directory, (void)spelling;
    *out = NULL;
    return KARAKA_OK;
}

/* ---- src/output ---- */
WEAK void karaka_text_free(karaka_text *text)
{
    (void)text;
}
WEAK int karaka_write_jsonl(karaka_text *out, const karaka_document *document)
{
    (void)out, (void)document;
    return NOT_YET;
}
WEAK int karaka_write_csv(karaka_text *out, const karaka_document *document, bool header)
{
    (void)out, (void)document, (void)header;
    return NOT_YET;
}
WEAK int karaka_write_table(karaka_text *out, const karaka_document *document, bool colour)
{
    (void)out, (void)document, (void)colour;
    return NOT_YET;
}
WEAK int karaka_write_conllu(karaka_text *out, const karaka_document *document)
{
    (void)out, (void)document;
    return NOT_YET;
}
WEAK int karaka_write_article(karaka_text *out, const karaka_document *document, bool json, bool why, bool colour)
{
    (void)out, (void)document, (void)json, (void)why, (void)colour;
    return NOT_YET;
}
WEAK int karaka_write_explain(karaka_text *out, const karaka_document *document, bool colour)
{
    (void)out, (void)document, (void)colour;
    return NOT_YET;
}
WEAK int karaka_input_from_json(karaka_input *input, karaka_text *store, const char *line, size_t length)
{
    (void)input, (void)store, (void)line, (void)length;
    return NOT_YET;
}
