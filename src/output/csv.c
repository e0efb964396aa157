/* csv: events as RFC 4180 rows, one flat row for each event, for spreadsheets and R.
 *
 * In: a coded document. Out: lines ended by CR LF; lists joined by ';' (a ';' inside an item becomes ','), so that the
 * n-th actor stands at the same place in actor_codes, actor_names and actor_texts.
 * Example: 9f2c...,page-hi,,,hi,2025-07-14,SUPPORT,,,1,051,3.4,PRK GOV,Kim Jong Un, ...
 */
#include "output/writer.h"

#include <string.h>

static const char header_row[] =
    "id,doc,url,outlet,lang,published,type,mode,contexts,quad,cameo,goldstein,"
    "actor_codes,actor_names,actor_texts,recipient_codes,recipient_names,recipient_texts,mutual,status,"
    "time_start,time_end,time_text,place_name,place_country,lat,lon,geonames,place_text,"
    "source_codes,source_names,source_texts,trigger,trigger_lemma,sentence_index,sentence,mentions,headline,rule";
static const char same_columns[] = ",duplicate_of,event_of"; /* only where an index was asked */

static void put_quoted(karaka_writer *w, const char *bytes, size_t length) {
    size_t done = 0;
    karaka_put(w, "\"");
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != '"')
            continue;
        karaka_put_bytes(w, bytes + done, i + 1 - done);
        karaka_put(w, "\"");
        done = i + 1;
    }
    karaka_put_bytes(w, bytes + done, length - done);
    karaka_put(w, "\"");
}

void karaka_put_cell(karaka_writer *w, const char *bytes, size_t length) {
    bool quote = false;
    for (size_t i = 0; i < length && !quote; i++)
        quote = strchr(",\"\r\n", bytes[i]) != NULL;
    if (quote)
        put_quoted(w, bytes, length);
    else
        karaka_put_bytes(w, bytes, length);
}

static void put_text(karaka_writer *w, const char *text) {
    if (text)
        karaka_put_cell(w, text, strlen(text));
    karaka_put(w, ",");
}

/* Joins items into `list`, then writes the cell and empties `list` again. */
static void add_item(karaka_writer *list, uint32_t index, const char *item) {
    size_t start;
    if (index)
        karaka_put(list, ";");
    start = list->out->length;
    karaka_put(list, item);
    for (size_t i = start; i < list->out->length; i++)
        if (list->out->bytes[i] == ';')
            list->out->bytes[i] = ',';
}

static void put_list(karaka_writer *w, karaka_writer *list) {
    if (list->error && !w->error)
        w->error = list->error;
    if (list->out->bytes)
        karaka_put_cell(w, list->out->bytes, list->out->length);
    karaka_put(w, ",");
    list->out->length = 0;
}

static void put_parties(karaka_writer *w, karaka_writer *list, const karaka_party *parties, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        add_item(list, i, parties[i].code);
    put_list(w, list);
    for (uint32_t i = 0; i < count; i++)
        add_item(list, i, parties[i].name);
    put_list(w, list);
    for (uint32_t i = 0; i < count; i++)
        add_item(list, i, parties[i].text);
    put_list(w, list);
}

static void put_sources(karaka_writer *w, karaka_writer *list, const karaka_event *event) {
    for (uint32_t i = 0; i < event->source_count; i++)
        add_item(list, i, event->sources[i].code);
    put_list(w, list);
    for (uint32_t i = 0; i < event->source_count; i++)
        add_item(list, i, event->sources[i].name);
    put_list(w, list);
    for (uint32_t i = 0; i < event->source_count; i++)
        add_item(list, i, event->sources[i].text);
    put_list(w, list);
}

static void put_place(karaka_writer *w, const karaka_place *place) {
    bool told = place->text != NULL;
    put_text(w, place->name);
    put_text(w, place->country);
    if (told)
        karaka_put_number(w, place->lat, 5, "");
    karaka_put(w, ",");
    if (told)
        karaka_put_number(w, place->lon, 5, "");
    karaka_put(w, ",");
    if (place->geonames)
        karaka_put_format(w, "%u", place->geonames);
    karaka_put(w, ",");
    put_text(w, place->text);
}

static void put_row(karaka_writer *w, karaka_writer *list, const karaka_document *document, const karaka_event *event) {
    const karaka_article *article = &document->article;
    karaka_slice sentence = karaka_article_part(article, karaka_sentence_span(document, event->sentence));
    put_text(w, event->id);
    put_text(w, article->id);
    put_text(w, article->url);
    put_text(w, article->outlet);
    put_text(w, article->lang);
    put_text(w, article->published);
    put_text(w, event->type);
    put_text(w, event->mode);
    for (uint32_t i = 0; i < event->context_count; i++)
        add_item(list, i, event->contexts[i]);
    put_list(w, list);
    if (event->quad)
        karaka_put_format(w, "%d", event->quad);
    karaka_put(w, ",");
    put_text(w, event->cameo);
    karaka_put_number(w, event->goldstein, 2, "");
    karaka_put(w, ",");
    put_parties(w, list, event->actors, event->actor_count);
    put_parties(w, list, event->recipients, event->recipient_count);
    put_text(w, event->mutual ? "true" : "false");
    put_text(w, karaka_status_name(event->status));
    put_text(w, event->time.start);
    put_text(w, event->time.end);
    put_text(w, event->time.text);
    put_place(w, &event->place);
    put_sources(w, list, event);
    put_text(w, event->trigger);
    put_text(w, event->trigger_lemma);
    karaka_put_format(w, "%u,", event->sentence);
    karaka_put_cell(w, sentence.bytes, sentence.length);
    karaka_put_format(w, ",%u,", event->mention_count);
    put_text(w, event->headline ? "true" : "false");
    if (event->rule)
        karaka_put_cell(w, event->rule, strlen(event->rule));
    if (document->likeness) {
        karaka_put(w, ",");
        put_text(w, event->duplicate_of);
        karaka_put(w, event->event_of);
    }
    karaka_put(w, "\r\n");
}

int karaka_write_csv(karaka_text *out, const karaka_document *document, bool header) {
    karaka_text joined = {0};
    karaka_writer w = karaka_writer_begin(out, false), list = karaka_writer_begin(&joined, false);
    if (header) {
        karaka_put(&w, header_row);
        karaka_put(&w, document->likeness ? same_columns : "");
        karaka_put(&w, "\r\n");
    }
    for (uint32_t i = 0; i < document->event_count; i++)
        put_row(&w, &list, document, &document->events[i]);
    karaka_text_free(&joined);
    return karaka_writer_end(&w);
}
