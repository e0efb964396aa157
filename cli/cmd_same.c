/* karaka same: which documents tell a story that another told before, in the same words.
 *
 * In: pages, JSON Lines or CoNLL-U, and an index of what was seen in earlier runs. Out: for each document its kind
 * (new, copy, longer, passage), its cluster, the older document and how much they share: fields between tabs, or a JSON
 * object. Example: karaka same --index seen news.jsonl
 */
#include "cli.h"

static int sketch_one(const session *s, const record *r, karaka_document **document) {
    int error = session_document(document, s, r);
    return error < 0 ? error : karaka_document_sketch(*document);
}

static int tell_one(const session *s, karaka_document *document, karaka_text *out) {
    int error = karaka_same_add(s->same, document);
    return error < 0 ? error : karaka_write_likeness(out, document, s->options->to == TO_JSONL);
}

int cmd_same(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from to published limit threads lang languages index"))
        return code;
    code = session_open(&s, &o, KARAKA_OPEN_NO_MODEL);
    if (!code)
        code = session_open_same(&s);
    if (code)
        return code;
    process_in_order(&s, sketch_one, tell_one);
    return session_close(&s);
}
