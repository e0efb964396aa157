/* karaka read: pages to articles.
 *
 * In: pages or JSON Lines. Out: the article's text, or one JSON object a line, which also judges the headline; with
 * --why what was left out.
 * Example: karaka read --why page.txt
 */
#include "cli.h"

static int read_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0 && s->options->to == TO_JSON && karaka_document_article(document)->title)
        error = karaka_document_judge(document);
    if (error == 0)
        error = karaka_write_article(out, document, s->options->to == TO_JSON, s->options->why, s->colour);
    karaka_document_free(document);
    return error;
}

int cmd_read(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from to why published limit threads lang languages"))
        return code;
    /* Only the judgement of the headline needs trees, and so the model where the input brings none. */
    code = session_open(&s, &o, o.to == TO_JSON && !inputs_are_conllu(&o) ? KARAKA_OPEN_ALL : KARAKA_OPEN_NO_MODEL);
    if (code)
        return code;
    s.headings = s.many && o.to != TO_JSON;
    process_inputs(&s, read_one);
    return session_close(&s);
}
