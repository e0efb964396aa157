/* karaka parse: text or CoNLL-U to trees.
 *
 * In: pages, JSON Lines or CoNLL-U. Out: CoNLL-U.
 * Example: karaka parse --tokens treebank.conllu > mine.conllu
 */
#include "cli.h"

static int parse_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0 && r->form == FORM_CONLLU && !s->options->tokens)
        error = session_document_text(&document, s);
    if (error == 0)
        error = karaka_document_parse(document);
    if (error == 0)
        error = karaka_write_conllu(out, document);
    karaka_document_free(document);
    return error;
}

int cmd_parse(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from tokens published limit threads lang languages"))
        return code;
    code = session_open(&s, &o, KARAKA_OPEN_ALL);
    if (code)
        return code;
    process_inputs(&s, parse_one);
    return session_close(&s);
}
