/* karaka explain: how each sentence was understood.
 *
 * In: pages, JSON Lines or CoNLL-U. Out: trees, parties, and for each predicate the event or why there is none.
 * Example: karaka explain page.txt | less -R
 */
#include "cli.h"

static int explain_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    bool unread = error == 0 && languages_lack(s->others, document);
    if (error == 0)
        error = karaka_document_explain(document);
    if (error == 0)
        error = karaka_write_explain(out, document, s->colour);
    karaka_document_free(document);
    return error == 0 && unread ? UNREAD : error;
}

int cmd_explain(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from published limit threads lang languages"))
        return code;
    code = session_open(&s, &o, inputs_are_conllu(&o) ? KARAKA_OPEN_NO_MODEL : KARAKA_OPEN_ALL);
    if (code)
        return code;
    process_inputs(&s, explain_one);
    return session_close(&s);
}
