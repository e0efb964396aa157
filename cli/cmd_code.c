/* karaka code: documents to events.
 *
 * In: pages, JSON Lines or CoNLL-U. Out: a table for people, JSON Lines, or CSV.
 * Example: karaka code --to csv news/ > events.csv
 */
#include "cli.h"

#include <string.h>

static int write_events(const session *s, const karaka_document *document, karaka_text *out) {
    switch (s->options->to) {
    case TO_TABLE:
        return karaka_write_table(out, document, s->colour);
    case TO_CSV:
        return karaka_write_csv(out, document, true);
    default:
        return karaka_write_jsonl(out, document);
    }
}

static int code_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0)
        error = karaka_document_code(document);
    if (error == 0)
        error = write_events(s, document, out);
    karaka_document_free(document);
    return error;
}

int cmd_code(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from to published limit threads lang languages"))
        return code;
    if (o.to == TO_DEFAULT)
        o.to = terminal_output() ? TO_TABLE : TO_JSONL;
    /* Trees given as CoNLL-U need no model. */
    code = session_open(&s, &o, inputs_are_conllu(&o) ? KARAKA_OPEN_NO_MODEL : KARAKA_OPEN_ALL);
    if (code)
        return code;
    s.header_row = o.to == TO_CSV;
    process_inputs(&s, code_one);
    return session_close(&s);
}
