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

static int code_document(const session *s, const record *r, karaka_document **document) {
    int error = session_document(document, s, r);
    return error < 0 ? error : karaka_document_code(*document);
}

static int code_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = code_document(s, r, &document);
    if (error == 0)
        error = write_events(s, document, out);
    karaka_document_free(document);
    return error;
}

/* With an index: what was told before is known only when all before is. */
static int code_and_sketch(const session *s, const record *r, karaka_document **document) {
    int error = code_document(s, r, document);
    return error < 0 ? error : karaka_document_sketch(*document);
}

static int tell_copies(const session *s, karaka_document *document, karaka_text *out) {
    int error = karaka_same_add(s->same, document);
    return error < 0 ? error : write_events(s, document, out);
}

int cmd_code(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words,
                      "from to published limit threads output resume stats lang languages same"))
        return code;
    if (o.resume && o.index)
        return usage_error(o.verb, "--resume and --same do not go together: the index knows of no crash");
    if (o.to == TO_DEFAULT)
        o.to = terminal_output() && !o.output ? TO_TABLE : TO_JSONL;
    /* Trees given as CoNLL-U need no model. */
    code = session_open(&s, &o, inputs_are_conllu(&o) ? KARAKA_OPEN_NO_MODEL : KARAKA_OPEN_ALL);
    if (!code && o.index)
        code = session_open_same(&s);
    if (code)
        return code;
    s.header_row = o.to == TO_CSV;
    if (s.same)
        process_in_order(&s, code_and_sketch, tell_copies);
    else
        process_inputs(&s, code_one);
    return session_close(&s);
}
