/* karaka headline: whether the body of a page bears out what its headline claims.
 *
 * In: pages or JSON Lines with "title". Out: for each the verdict (supported, exaggerated, unsupported, no claim), its
 * claims with reasons and the sentences they rest on, for people or one JSON object a line.
 * Example: karaka headline page.txt
 */
#include "cli.h"

static int judge_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0)
        error = karaka_document_judge(document);
    if (error == 0)
        error = karaka_write_headline(out, document, s->options->to == TO_JSON, s->colour);
    karaka_document_free(document);
    return error;
}

int cmd_headline(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from to published limit threads lang languages"))
        return code;
    code = session_open(&s, &o, inputs_are_conllu(&o) ? KARAKA_OPEN_NO_MODEL : KARAKA_OPEN_ALL);
    if (code)
        return code;
    s.headings = s.many && o.to != TO_JSON;
    process_inputs(&s, judge_one);
    return session_close(&s);
}
