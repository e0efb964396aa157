/* article: what was read from a page, as text or as JSON.
 *
 * In: a read document. Out: as text exactly the article's text, into which all spans count, and a line break; with
 * `why` then its facts, its paragraphs and what was left out, with the reason. As JSON one object on one line, with the
 * judgement of its headline if it has a title and was judged. Example: {"id":"page","title":"...","kicker":null, ...
 * ,"paragraphs":[{"kind":"title","span":[0,96]}, ...],"headline":{"verdict":"supported", ...}}
 */
#include "output/writer.h"

#include <string.h>

static void put_key(karaka_writer *w, const char *key, const char *value) {
    karaka_put_format(w, ",\"%s\":", key);
    karaka_put_json(w, value);
}

static void put_json_lists(karaka_writer *w, const karaka_article *article, bool why) {
    karaka_put(w, ",\"paragraphs\":[");
    for (uint32_t i = 0; i < article->paragraph_count; i++) {
        const karaka_paragraph *p = &article->paragraphs[i];
        karaka_put_format(w, "%s{\"kind\":\"%s\",\"span\":[%u,%u]}", i ? "," : "", karaka_paragraph_name(p->kind),
                          p->span.start, p->span.end);
    }
    karaka_put(w, "]");
    if (!why)
        return;
    karaka_put(w, ",\"dropped\":[");
    for (uint32_t i = 0; i < article->dropped_count; i++) {
        const karaka_dropped *d = &article->dropped[i];
        karaka_put_format(w, "%s{\"input\":[%u,%u]", i ? "," : "", d->input.start, d->input.end);
        put_key(w, "text", d->text);
        put_key(w, "reason", d->reason);
        put_key(w, "rule", d->rule && *d->rule ? d->rule : NULL);
        karaka_put(w, "}");
    }
    karaka_put(w, "]");
}

static void put_json(karaka_writer *w, const karaka_document *document, bool why) {
    const karaka_article *article = &document->article;
    karaka_put(w, "{\"id\":");
    karaka_put_json(w, article->id);
    put_key(w, "url", article->url);
    put_key(w, "outlet", article->outlet);
    put_key(w, "lang", article->lang);
    put_key(w, "published", article->published);
    put_key(w, "modified", article->modified);
    put_key(w, "canonical", article->canonical);
    put_key(w, "page_lang", article->page_lang);
    put_key(w, "title", article->title);
    put_key(w, "kicker", article->kicker);
    put_key(w, "section", article->section);
    karaka_put(w, ",\"authors\":[");
    for (uint32_t i = 0; i < article->author_count; i++) {
        if (i)
            karaka_put(w, ",");
        karaka_put_json(w, article->authors[i]);
    }
    karaka_put(w, "],\"text\":");
    karaka_put_json_bytes(w, article->text ? article->text : "", article->length);
    put_json_lists(w, article, why);
    karaka_put(w, ",\"headline\":");
    if (document->headline && article->title)
        karaka_put_headline(w, document);
    else
        karaka_put_json(w, NULL);
    karaka_put(w, "}\n");
}

static void put_fact(karaka_writer *w, const char *key, const char *value) {
    if (!value)
        return;
    karaka_style_on(w, STYLE_DIM);
    karaka_put_padded(w, key, 11);
    karaka_style_off(w);
    karaka_put_line(w, value, strlen(value), 88);
    karaka_put(w, "\n");
}

static void put_heading(karaka_writer *w, const char *heading) {
    karaka_put(w, "\n");
    karaka_style_on(w, STYLE_BOLD);
    karaka_put(w, "---- ");
    karaka_put(w, heading);
    karaka_style_off(w);
    karaka_put(w, "\n");
}

static void put_paragraphs(karaka_writer *w, const karaka_article *article) {
    put_heading(w, "paragraphs (bytes of the text)");
    for (uint32_t i = 0; i < article->paragraph_count; i++) {
        const karaka_paragraph *p = &article->paragraphs[i];
        karaka_slice text = karaka_article_part(article, p->span);
        karaka_put_padded(w, karaka_paragraph_name(p->kind), 9);
        karaka_put_format(w, "%6u..%-6u ", p->span.start, p->span.end);
        karaka_put_line(w, text.bytes, text.length, 70);
        karaka_put(w, "\n");
    }
}

static void put_dropped(karaka_writer *w, const karaka_article *article) {
    put_heading(w, article->dropped_count ? "left out (bytes of the input)" : "left out: nothing");
    for (uint32_t i = 0; i < article->dropped_count; i++) {
        const karaka_dropped *d = &article->dropped[i];
        karaka_put_format(w, "%6u..%-6u ", d->input.start, d->input.end);
        karaka_style_on(w, STYLE_YELLOW);
        karaka_put_padded(w, d->reason ? d->reason : "", 18);
        karaka_style_off(w);
        karaka_put_padded(w, d->rule && *d->rule ? d->rule : "-", 14);
        if (d->text)
            karaka_put_line(w, d->text, strlen(d->text), 50);
        karaka_put(w, "\n");
    }
}

static void put_why(karaka_writer *w, const karaka_article *article) {
    put_heading(w, "article");
    put_fact(w, "id", article->id);
    put_fact(w, "url", article->url);
    put_fact(w, "outlet", article->outlet);
    put_fact(w, "lang", article->lang);
    put_fact(w, "published", article->published);
    put_fact(w, "modified", article->modified);
    put_fact(w, "canonical", article->canonical);
    put_fact(w, "page_lang", article->page_lang);
    put_fact(w, "title", article->title);
    put_fact(w, "kicker", article->kicker);
    put_fact(w, "section", article->section);
    for (uint32_t i = 0; i < article->author_count; i++)
        put_fact(w, "author", article->authors[i]);
    put_paragraphs(w, article);
    put_dropped(w, article);
}

int karaka_write_article(karaka_text *out, const karaka_document *document, bool json, bool why, bool colour) {
    const karaka_article *article = &document->article;
    karaka_writer w = karaka_writer_begin(out, colour && !json);
    if (json) {
        put_json(&w, document, why);
        return karaka_writer_end(&w);
    }
    if (article->text)
        karaka_put_bytes(&w, article->text, article->length);
    karaka_put(&w, "\n");
    if (why)
        put_why(&w, article);
    return karaka_writer_end(&w);
}
