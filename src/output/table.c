/* table: events for people, as one reads them at a terminal.
 *
 * In: a coded document. Out: a heading, then for each event who -> TYPE -> whom, when, where, who said so, the sentence
 * with the words that tell it marked, and the table line that made it. Lines keep to 100 columns.
 * Example:
 *     1  किम जोंग-उन (PRK GOV)  ── SUPPORT ─▶  रूस (RUS GOV)
 *        when    2025-07-12 (शनिवार)
 */
#include "output/writer.h"

#include <math.h>
#include <string.h>

enum { TABLE_WIDTH = 100, TABLE_INDENT = 14 };
static const karaka_span no_mark = {0, 0};

static void put_label(karaka_writer *w, const char *label) {
    karaka_put(w, "    ");
    karaka_style_on(w, STYLE_DIM);
    karaka_put_padded(w, label, TABLE_INDENT - 4);
    karaka_style_off(w);
}

static void put_clean(karaka_writer *w, const char *text) {
    if (text)
        karaka_put_line(w, text, strlen(text), 0);
}

static bool same_words(const karaka_party *a, const karaka_party *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end && a->text && b->text &&
           strcmp(a->text, b->text) == 0;
}

/* Words that mean several parties ("both leaders") are shown once, with the codes of all. */
static void put_parties(karaka_writer *w, const karaka_party *parties, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        bool again = i && same_words(&parties[i - 1], &parties[i]);
        bool more = i + 1 < count && same_words(&parties[i], &parties[i + 1]);
        if (i)
            karaka_put(w, " + ");
        if (!again) {
            karaka_style_on(w, STYLE_BOLD);
            put_clean(w, parties[i].text);
            karaka_style_off(w);
            karaka_put(w, " (");
        }
        karaka_put_style(w, STYLE_CYAN, parties[i].code ? parties[i].code : "?");
        if (!more)
            karaka_put(w, ")");
    }
    if (!count)
        karaka_put_style(w, STYLE_DIM, "nobody named");
}

static void put_type(karaka_writer *w, const karaka_event *event) {
    const char *style = event->quad >= 3 ? STYLE_RED : event->quad >= 1 ? STYLE_GREEN : STYLE_BOLD;
    karaka_style_on(w, style);
    karaka_put(w, event->type);
    if (event->mode) {
        karaka_put(w, "/");
        karaka_put(w, event->mode);
    }
    karaka_style_off(w);
}

/* "The two countries agreed": the same words are both sides. */
static bool same_sides(const karaka_event *event) {
    return event->mutual && event->actor_count == 1 && event->recipient_count == 1 &&
           same_words(&event->actors[0], &event->recipients[0]);
}

static void put_who(karaka_writer *w, const karaka_event *event) {
    bool same = same_sides(event);
    karaka_party both[2];
    if (same) {
        both[0] = event->actors[0];
        both[1] = event->recipients[0];
    }
    put_parties(w, same ? both : event->actors, same ? 2 : event->actor_count);
    karaka_put(w, event->mutual ? "  ◀─ " : "  ── ");
    put_type(w, event);
    if (event->mutual && (same || !event->recipient_count)) {
        karaka_put(w, " ─▶  each other");
    } else if (event->recipient_count) {
        karaka_put(w, " ─▶  ");
        put_parties(w, event->recipients, event->recipient_count);
    }
    if (event->status != KARAKA_ASSERTED) {
        karaka_put(w, "  ");
        karaka_put_style(w, STYLE_YELLOW, karaka_status_name(event->status));
    }
    karaka_put(w, "\n");
}

static void put_words(karaka_writer *w, const char *words) {
    karaka_put(w, " (");
    put_clean(w, words);
    karaka_put(w, ")");
}

static void put_when(karaka_writer *w, const karaka_time *time) {
    if (!time->text)
        return;
    put_label(w, "when");
    if (time->start) {
        karaka_put(w, time->start);
        if (time->end && strcmp(time->start, time->end) != 0) {
            karaka_put(w, " to ");
            karaka_put(w, time->end);
        }
        put_words(w, time->text);
    } else {
        put_clean(w, time->text);
    }
    karaka_put(w, "\n");
}

static void put_where(karaka_writer *w, const karaka_place *place) {
    if (!place->text)
        return;
    put_label(w, "where");
    if (place->name) {
        put_clean(w, place->name);
        if (place->country) {
            karaka_put(w, ", ");
            karaka_put(w, place->country);
        }
        put_words(w, place->text);
    } else {
        put_clean(w, place->text);
    }
    if (!isnan(place->lat) && !isnan(place->lon)) {
        karaka_put(w, "  ");
        karaka_put_number(w, fabs(place->lat), 2, "");
        karaka_put(w, place->lat < 0 ? "°S " : "°N ");
        karaka_put_number(w, fabs(place->lon), 2, "");
        karaka_put(w, place->lon < 0 ? "°W" : "°E");
    }
    karaka_put(w, "\n");
}

static size_t source_columns(const karaka_source *source) {
    size_t columns = source->text ? karaka_columns(source->text, strlen(source->text)) : 0;
    if (source->code || source->state_media)
        columns += 3 + (source->code ? strlen(source->code) : 0) + (source->state_media ? 13 : 0);
    return columns;
}

static void put_source(karaka_writer *w, const karaka_source *source) {
    put_clean(w, source->text);
    if (!source->code && !source->state_media)
        return;
    karaka_put(w, " (");
    if (source->code)
        karaka_put_style(w, STYLE_CYAN, source->code);
    if (source->state_media)
        karaka_put(w, source->code ? ", state media" : "state media");
    karaka_put(w, ")");
}

static void put_sources(karaka_writer *w, const karaka_event *event) {
    size_t column = TABLE_INDENT;
    if (!event->source_count)
        return;
    put_label(w, "said by");
    for (uint32_t i = 0; i < event->source_count; i++) {
        size_t columns = source_columns(&event->sources[i]);
        if (i && column + columns + 6 > TABLE_WIDTH) {
            karaka_put(w, ",\n");
            put_label(w, "");
            karaka_put(w, "via ");
            column = TABLE_INDENT + 4;
        } else if (i) {
            karaka_put(w, ", via ");
            column += 6;
        }
        put_source(w, &event->sources[i]);
        column += columns;
    }
    karaka_put(w, "\n");
}

/* The mark as offsets into the sentence; empty where the trigger lies outside it. */
static karaka_span mark_in(karaka_span sentence, karaka_span trigger) {
    if (trigger.start < sentence.start || trigger.end > sentence.end || trigger.start >= trigger.end)
        return no_mark;
    return (karaka_span){trigger.start - sentence.start, trigger.end - sentence.start};
}

static void put_told(karaka_writer *w, const karaka_document *document, const karaka_event *event) {
    karaka_span span = karaka_sentence_span(document, event->sentence);
    karaka_slice text = karaka_article_part(&document->article, span);
    if (!text.length)
        return;
    put_label(w, event->headline ? "headline" : "told");
    karaka_put_wrapped(w, text.bytes, text.length, mark_in(span, event->trigger_span), TABLE_INDENT, TABLE_INDENT,
                       TABLE_WIDTH);
    karaka_put(w, "\n");
    if (!event->mention_count)
        return;
    put_label(w, "");
    karaka_style_on(w, STYLE_DIM);
    karaka_put_format(w, "told %u times in all", event->mention_count + 1);
    karaka_style_off(w);
    karaka_put(w, "\n");
}

static void put_event(karaka_writer *w, const karaka_document *document, uint32_t index) {
    const karaka_event *event = &document->events[index];
    karaka_put_format(w, "%3u ", index + 1);
    put_who(w, event);
    put_when(w, &event->time);
    put_where(w, &event->place);
    put_sources(w, event);
    put_told(w, document, event);
    if (event->duplicate_of) {
        put_label(w, "copy of");
        put_clean(w, event->duplicate_of);
        karaka_put(w, "\n");
    }
    put_label(w, "rule");
    karaka_put_style(w, STYLE_DIM, event->rule);
    karaka_put(w, "\n\n");
}

static void put_heading(karaka_writer *w, const karaka_document *document) {
    const karaka_article *article = &document->article;
    const char *heading = article->title ? article->title : article->id ? article->id : "document";
    karaka_style_on(w, STYLE_BOLD);
    karaka_put_wrapped(w, heading, strlen(heading), no_mark, 0, 0, TABLE_WIDTH);
    karaka_style_off(w);
    karaka_put(w, "\n");
    karaka_style_on(w, STYLE_DIM);
    if (article->title && article->id) {
        put_clean(w, article->id);
        karaka_put(w, " · ");
    }
    if (article->outlet) {
        put_clean(w, article->outlet);
        karaka_put(w, " · ");
    }
    if (article->published) {
        karaka_put(w, article->published);
        karaka_put(w, " · ");
    }
    karaka_put_format(w, "%u event%s", document->event_count, document->event_count == 1 ? "" : "s");
    karaka_style_off(w);
    karaka_put(w, "\n\n");
}

int karaka_write_table(karaka_text *out, const karaka_document *document, bool colour) {
    karaka_writer w = karaka_writer_begin(out, colour);
    put_heading(&w, document);
    for (uint32_t i = 0; i < document->event_count; i++)
        put_event(&w, document, i);
    return karaka_writer_end(&w);
}
