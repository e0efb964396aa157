/* likeness: what is told of one document of a story that is told twice.
 *
 * In: a document with a likeness. Out: one line: fields between tabs, or a JSON object.
 * Example: b<tab>copy<tab>a<tab>a<tab>0.93<tab>PTI   id, kind, cluster, the other document, score, outlet; "-": none
 */
#include "output/writer.h"

#include <string.h>

static const char *kind_name(karaka_same_kind kind) {
    static const char *const names[] = {"new", "copy", "longer", "passage"};
    return names[kind];
}

static void put_field(karaka_writer *w, const char *text, const char *end) {
    if (!text || !*text)
        text = "-";
    karaka_put_line(w, text, strlen(text), 0);
    karaka_put(w, end);
}

static void put_text(karaka_writer *w, const karaka_article *article, const karaka_likeness *likeness) {
    put_field(w, article->id, "\t");
    put_field(w, kind_name(likeness->kind), "\t");
    put_field(w, likeness->cluster, "\t");
    put_field(w, likeness->other, "\t");
    if (likeness->other)
        karaka_put_number(w, likeness->score, 2, "-");
    else
        karaka_put(w, "-");
    karaka_put(w, "\t");
    put_field(w, article->outlet, "\n");
}

static void put_key(karaka_writer *w, const char *key, const char *value) {
    karaka_put_format(w, ",\"%s\":", key);
    karaka_put_json(w, value);
}

static void put_json(karaka_writer *w, const karaka_article *article, const karaka_likeness *likeness) {
    bool passage = likeness->kind == KARAKA_SAME_PASSAGE;
    karaka_put(w, "{\"doc\":");
    karaka_put_json(w, article->id);
    put_key(w, "kind", kind_name(likeness->kind));
    put_key(w, "cluster", likeness->cluster);
    put_key(w, "duplicate_of", passage ? NULL : likeness->other);
    put_key(w, "passage_of", passage ? likeness->other : NULL);
    karaka_put(w, ",\"score\":");
    karaka_put_number(w, likeness->score, 2, "null");
    put_key(w, "outlet", article->outlet);
    put_key(w, "url", article->url);
    put_key(w, "published", article->published);
    karaka_put(w, "}\n");
}

int karaka_write_likeness(karaka_text *out, const karaka_document *document, bool json) {
    if (!document->likeness)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "no index was asked about the document");
    karaka_writer w = karaka_writer_begin(out, false);
    (json ? put_json : put_text)(&w, &document->article, document->likeness);
    return karaka_writer_end(&w);
}
