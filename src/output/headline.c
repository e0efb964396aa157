/* headline: the verdict on a headline, for people or as one JSON object.
 *
 * In: a judged document. Out: the title, the verdict, then for each claim its verdict, the reason and the sentences it
 * rests on. Example: {"doc":"page","verdict":"supported", ... ,"claims":[{"text":"...","verdict":"supported", ...}]}
 */
#include "output/writer.h"

#include <string.h>

enum { WIDTH = 100, INDENT = 4 };

static const char *verdict_name(karaka_verdict verdict) {
    static const char *const names[] = {"no claim", "supported", "exaggerated", "unsupported"};
    return names[verdict];
}

static const char *verdict_style(karaka_verdict verdict) {
    return verdict == KARAKA_SUPPORTED     ? STYLE_GREEN
           : verdict == KARAKA_EXAGGERATED ? STYLE_YELLOW
           : verdict == KARAKA_UNSUPPORTED ? STYLE_RED
                                           : STYLE_DIM;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static void put_pair(karaka_writer *w, const char *key, const char *value) {
    karaka_put_format(w, ",\"%s\":", key);
    karaka_put_json(w, value);
}

static void put_json_parties(karaka_writer *w, const char *key, const karaka_party *parties, uint32_t count) {
    karaka_put_format(w, ",\"%s\":[", key);
    for (uint32_t i = 0; i < count; i++) {
        karaka_put(w, i ? ",{\"text\":" : "{\"text\":");
        karaka_put_json(w, parties[i].text);
        karaka_put_format(w, ",\"span\":[%u,%u]", parties[i].span.start, parties[i].span.end);
        put_pair(w, "name", parties[i].name);
        put_pair(w, "code", parties[i].code);
        karaka_put(w, "}");
    }
    karaka_put(w, "]");
}

static void put_json_claim(karaka_writer *w, const karaka_document *document, const karaka_claim *c) {
    karaka_put(w, "{\"text\":");
    karaka_put_json(w, c->text);
    karaka_put_format(w, ",\"span\":[%u,%u],\"sentence\":%u", c->span.start, c->span.end, c->sentence);
    put_pair(w, "type", c->type);
    put_pair(w, "strong", c->strong);
    put_json_parties(w, "actors", c->actors, c->actor_count);
    put_json_parties(w, "recipients", c->recipients, c->recipient_count);
    put_pair(w, "status", c->type ? karaka_status_name(c->status) : NULL);
    put_pair(w, "verdict", verdict_name(c->verdict));
    put_pair(w, "reason", c->reason);
    put_pair(w, "rule", *c->rule ? c->rule : NULL);
    karaka_put(w, ",\"evidence\":[");
    for (uint32_t i = 0; i < c->evidence_count; i++) {
        karaka_span span = karaka_sentence_span(document, c->evidence[i].sentence);
        karaka_slice text = karaka_article_part(&document->article, span);
        karaka_put_format(w, "%s{\"sentence\":%u,\"span\":[%u,%u],\"text\":", i ? "," : "", c->evidence[i].sentence,
                          c->evidence[i].span.start, c->evidence[i].span.end);
        karaka_put_json_bytes(w, text.bytes, text.length);
        karaka_put(w, "}");
    }
    karaka_put(w, "]}");
}

/* "verdict", "reason", "claims": what an object of the headline has besides the document's facts. */
static void put_json_judgement(karaka_writer *w, const karaka_document *document, const karaka_headline *h) {
    karaka_put(w, "\"verdict\":");
    karaka_put_json(w, verdict_name(h->verdict));
    put_pair(w, "reason", h->reason);
    karaka_put(w, ",\"claims\":[");
    for (uint32_t i = 0; i < h->claim_count; i++) {
        karaka_put(w, i ? "," : "");
        put_json_claim(w, document, &h->claims[i]);
    }
    karaka_put(w, "]}");
}

void karaka_put_headline(karaka_writer *w, const karaka_document *document) {
    karaka_put(w, "{");
    put_json_judgement(w, document, document->headline);
}

static void put_json(karaka_writer *w, const karaka_document *document, const karaka_headline *h) {
    const karaka_article *article = &document->article;
    karaka_put(w, "{\"doc\":");
    karaka_put_json(w, article->id);
    put_pair(w, "url", article->url);
    put_pair(w, "outlet", article->outlet);
    put_pair(w, "published", article->published);
    put_pair(w, "title", article->title);
    put_pair(w, "kicker", article->kicker);
    karaka_put(w, ",");
    put_json_judgement(w, document, h);
    karaka_put(w, "\n");
}

/* ---- For people ----------------------------------------------------------------------------------------------------
 */

static void put_verdict(karaka_writer *w, karaka_verdict verdict, const char *reason) {
    karaka_style_on(w, verdict_style(verdict));
    karaka_put(w, verdict_name(verdict));
    karaka_style_off(w);
    karaka_put(w, ": ");
    karaka_put(w, reason);
    karaka_put(w, "\n");
}

static void put_side(karaka_writer *w, const karaka_party *parties, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        karaka_put(w, i ? " + " : "");
        karaka_put_line(w, parties[i].text, strlen(parties[i].text), 40);
        karaka_put(w, " (");
        karaka_put_style(w, STYLE_CYAN, parties[i].code ? parties[i].code : "?");
        karaka_put(w, ")");
    }
    if (!count)
        karaka_put_style(w, STYLE_DIM, "-");
}

static void put_claim(karaka_writer *w, const karaka_document *document, const karaka_claim *c, uint32_t number) {
    const karaka_span none = {0, 0};
    karaka_put_format(w, "\n%u  ", number);
    karaka_style_on(w, STYLE_BOLD);
    karaka_put_line(w, c->text, strlen(c->text), 80);
    karaka_style_off(w);
    karaka_put(w, "\n    ");
    bool deed = c->strong && strcmp(c->strong, "deed") == 0;
    if (c->type || deed) {
        put_side(w, c->actors, c->actor_count);
        karaka_put(w, "  ── ");
        karaka_put(w, deed ? c->strong : c->type);
        karaka_put(w, " ─▶  ");
        put_side(w, c->recipients, c->recipient_count);
        if (c->status != KARAKA_ASSERTED) {
            karaka_put(w, "  ");
            karaka_put_style(w, STYLE_YELLOW, karaka_status_name(c->status));
        }
    } else {
        karaka_put_format(w, "strong words (%s)", c->strong);
        if (c->actor_count) {
            karaka_put(w, " of ");
            put_side(w, c->actors, c->actor_count);
        }
    }
    karaka_put(w, *c->rule ? "  " : "");
    karaka_put_style(w, STYLE_DIM, c->rule);
    karaka_put(w, "\n    ");
    put_verdict(w, c->verdict, c->reason);
    for (uint32_t i = 0; i < c->evidence_count; i++) {
        karaka_span span = karaka_sentence_span(document, c->evidence[i].sentence);
        karaka_slice text = karaka_article_part(&document->article, span);
        karaka_span mark = none;
        if (c->evidence[i].span.start >= span.start && c->evidence[i].span.end <= span.end)
            mark = (karaka_span){c->evidence[i].span.start - span.start, c->evidence[i].span.end - span.start};
        karaka_put(w, "    > ");
        karaka_put_wrapped(w, text.bytes, text.length, mark, INDENT + 2, INDENT + 2, WIDTH);
        karaka_put(w, "\n");
    }
}

int karaka_write_headline(karaka_text *out, const karaka_document *document, bool json, bool colour) {
    const karaka_headline *h = document->headline;
    if (!h)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "the headline was not judged");
    karaka_writer w = karaka_writer_begin(out, colour && !json);
    if (json) {
        put_json(&w, document, h);
        return karaka_writer_end(&w);
    }
    const char *const lines[] = {document->article.title, document->article.kicker};
    for (size_t i = 0; i < 2; i++)
        if (lines[i]) {
            karaka_style_on(&w, STYLE_BOLD);
            karaka_put_line(&w, lines[i], strlen(lines[i]), 0);
            karaka_style_off(&w);
            karaka_put(&w, "\n");
        }
    put_verdict(&w, h->verdict, h->reason);
    for (uint32_t i = 0; i < h->claim_count; i++)
        put_claim(&w, document, &h->claims[i], i + 1);
    return karaka_writer_end(&w);
}
