/* jsonl: events as JSON Lines, the record that users build on.
 *
 * In: a coded document. Out: one object a line for each event; keys in a fixed order and never renamed; what is not
 * known is null or [].
 * Example: {"id":"9f2c...","doc":"page-hi","url":null, ... ,"headline":false,"rule":"hi/predicates:214"}
 */
#include "output/writer.h"

static void put_key(karaka_writer *w, const char *key, const char *value) {
    karaka_put_format(w, ",\"%s\":", key);
    karaka_put_json(w, value);
}

static void put_span(karaka_writer *w, karaka_span span) {
    karaka_put_format(w, "\"span\":[%u,%u]", span.start, span.end);
}

static void put_text_span(karaka_writer *w, const char *text, karaka_span span) {
    karaka_put(w, "{\"text\":");
    karaka_put_json(w, text);
    karaka_put(w, ",");
    put_span(w, span);
}

static void put_parties(karaka_writer *w, const char *key, const karaka_party *parties, uint32_t count) {
    karaka_put_format(w, ",\"%s\":[", key);
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            karaka_put(w, ",");
        put_text_span(w, parties[i].text, parties[i].span);
        put_key(w, "name", parties[i].name);
        put_key(w, "code", parties[i].code);
        karaka_put(w, "}");
    }
    karaka_put(w, "]");
}

static void put_time(karaka_writer *w, const karaka_time *time) {
    karaka_put(w, ",\"time\":");
    if (!time->text) {
        karaka_put(w, "null");
        return;
    }
    put_text_span(w, time->text, time->span);
    put_key(w, "start", time->start);
    put_key(w, "end", time->end);
    karaka_put(w, "}");
}

static void put_place(karaka_writer *w, const karaka_place *place) {
    karaka_put(w, ",\"place\":");
    if (!place->text) {
        karaka_put(w, "null");
        return;
    }
    put_text_span(w, place->text, place->span);
    put_key(w, "name", place->name);
    put_key(w, "country", place->country);
    karaka_put(w, ",\"lat\":");
    karaka_put_number(w, place->lat, 5, "null");
    karaka_put(w, ",\"lon\":");
    karaka_put_number(w, place->lon, 5, "null");
    if (place->geonames)
        karaka_put_format(w, ",\"geonames\":%u}", place->geonames);
    else
        karaka_put(w, ",\"geonames\":null}");
}

static void put_sources(karaka_writer *w, const karaka_event *event) {
    karaka_put(w, ",\"sources\":[");
    for (uint32_t i = 0; i < event->source_count; i++) {
        const karaka_source *source = &event->sources[i];
        if (i)
            karaka_put(w, ",");
        put_text_span(w, source->text, source->span);
        put_key(w, "name", source->name);
        put_key(w, "code", source->code);
        karaka_put_format(w, ",\"state_media\":%s}", source->state_media ? "true" : "false");
    }
    karaka_put(w, "]");
}

static void put_contexts(karaka_writer *w, const karaka_event *event) {
    karaka_put(w, ",\"contexts\":[");
    for (uint32_t i = 0; i < event->context_count; i++) {
        if (i)
            karaka_put(w, ",");
        karaka_put_json(w, event->contexts[i]);
    }
    karaka_put(w, "]");
}

static void put_evidence(karaka_writer *w, const karaka_document *document, const karaka_event *event) {
    karaka_span span = karaka_sentence_span(document, event->sentence);
    karaka_slice text = karaka_article_part(&document->article, span);
    karaka_put(w, ",\"trigger\":");
    put_text_span(w, event->trigger, event->trigger_span);
    put_key(w, "lemma", event->trigger_lemma);
    karaka_put_format(w, "},\"sentence\":{\"index\":%u,", event->sentence);
    put_span(w, span);
    karaka_put(w, ",\"text\":");
    karaka_put_json_bytes(w, text.bytes, text.length);
    karaka_put(w, "},\"mentions\":[");
    for (uint32_t i = 0; i < event->mention_count; i++) {
        karaka_put_format(w, "%s{\"sentence\":%u,", i ? "," : "", event->mentions[i].sentence);
        put_span(w, event->mentions[i].span);
        karaka_put(w, "}");
    }
    karaka_put(w, "]");
}

static void put_event(karaka_writer *w, const karaka_document *document, const karaka_event *event) {
    const karaka_article *article = &document->article;
    karaka_put(w, "{\"id\":");
    karaka_put_json(w, event->id);
    put_key(w, "doc", article->id);
    put_key(w, "url", article->url);
    put_key(w, "outlet", article->outlet);
    put_key(w, "lang", article->lang);
    put_key(w, "published", article->published);
    put_key(w, "type", event->type);
    put_key(w, "mode", event->mode);
    put_contexts(w, event);
    if (event->quad)
        karaka_put_format(w, ",\"quad\":%d", event->quad);
    else
        karaka_put(w, ",\"quad\":null");
    put_key(w, "cameo", event->cameo);
    karaka_put(w, ",\"goldstein\":");
    karaka_put_number(w, event->goldstein, 2, "null");
    put_parties(w, "actors", event->actors, event->actor_count);
    put_parties(w, "recipients", event->recipients, event->recipient_count);
    karaka_put_format(w, ",\"mutual\":%s", event->mutual ? "true" : "false");
    put_key(w, "status", karaka_status_name(event->status));
    put_time(w, &event->time);
    put_place(w, &event->place);
    put_sources(w, event);
    put_evidence(w, document, event);
    karaka_put_format(w, ",\"headline\":%s", event->headline ? "true" : "false");
    put_key(w, "rule", event->rule);
    if (document->likeness) {
        put_key(w, "duplicate_of", event->duplicate_of);
        put_key(w, "event_of", event->event_of);
    }
    karaka_put(w, "}\n");
}

int karaka_write_jsonl(karaka_text *out, const karaka_document *document) {
    karaka_writer w = karaka_writer_begin(out, false);
    for (uint32_t i = 0; i < document->event_count; i++)
        put_event(&w, document, &document->events[i]);
    return karaka_writer_end(&w);
}
