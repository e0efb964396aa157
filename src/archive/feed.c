/* feed: the items of RSS 2.0, RSS 1.0 (RDF) and Atom, one document each.
 *
 * In: a flow of XML in any encoding that libxml2 knows. Out: a record an item: title, url, date, id, the feed's title
 * as outlet, and the longest text that it brings, as HTML or text. Nothing is loaded from outside, and no entity that
 * the feed declares is ever put in, so none can grow; the names of HTML ("&nbsp;") are known. After an error in an item
 * that item is told and the next is read.
 * Example: <item><title>T</title><link>http://a/1</link><description>D</description></item> -> title T, text D
 */
#include "archive/archive.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

/* Few bytes at a time, so that few items are done at once. */
enum { PIECE = 4096, HEAD = 4, DEEPEST = 256 };

typedef enum field { NONE, TITLE, LINK, GUID, DATE, UPDATED, CONTENT, SUMMARY, OUTLET, FIELDS } field;

/* An item that is done and not given yet, or trouble between two. */
typedef struct item {
    karaka_buffer fields[FIELDS];
    bool content_markup, summary_markup;
    uint64_t number, line, place;
    int error;
    char what[200];
} item;

typedef struct feed {
    karaka_reader reader;
    xmlParserCtxtPtr parser;
    item *done; /* those of the last piece */
    size_t done_count, done_room, given;
    item now; /* being read */
    bool in_item, ended, no_memory, xhtml;
    unsigned depth, item_depth, channel_depth, field_depth;
    const xmlChar *item_space; /* namespace of the item's own elements; in the parser's dictionary */
    field field;
    size_t size; /* bytes of the fields of `now` */
    xmlEntity entity;
    xmlChar entity_text[8];
    karaka_buffer outlet;
    char date[KARAKA_FEED_DATE];
} feed;

static bool is(const xmlChar *a, const char *b) {
    return a && strcmp((const char *)a, b) == 0;
}

static void set_error(item *i, int error, const char *what) {
    if (i->error)
        return; /* the first one tells most */
    i->error = error;
    snprintf(i->what, sizeof i->what, "%s", what);
}

static void free_item(item *i) {
    for (size_t f = 0; f < FIELDS; f++)
        karaka_buffer_free(&i->fields[f]);
    *i = (item){0};
}

/* ---- Text of fields ---- */

static void add(feed *f, const char *bytes, size_t length) {
    karaka_buffer *to = f->field == OUTLET ? &f->outlet : &f->now.fields[f->field];
    if (f->field == NONE || (f->in_item && f->now.error))
        return;
    if (f->field == OUTLET && to->length > 1000)
        return; /* no title of a feed is that long */
    f->size += length;
    if (f->size > f->reader.reading->limit && f->in_item) {
        karaka_reader_over(&f->reader);
        set_error(&f->now, KARAKA_ERROR_LIMIT, karaka_error_text());
    } else if (karaka_buffer_add(to, bytes, length) < 0) {
        set_error(&f->now, KARAKA_ERROR_MEMORY, karaka_error_text());
    }
}

static void on_text(void *context, const xmlChar *text, int length) {
    feed *f = context;
    const char *at = (const char *)text;
    if (!f->xhtml) {
        add(f, at, (size_t)length);
        return;
    }
    for (int i = 0; i < length; i++) {
        const char *escaped = at[i] == '<' ? "&lt;" : at[i] == '&' ? "&amp;" : NULL;
        add(f, escaped ? escaped : at + i, escaped ? strlen(escaped) : 1);
    }
}

/* ---- Elements ---- */

static karaka_slice attribute(int count, const xmlChar **attributes, const char *name) {
    for (int i = 0; i < count; i++)
        if (is(attributes[5 * i], name))
            return (karaka_slice){(const char *)attributes[5 * i + 3],
                                  (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3])};
    return (karaka_slice){"", 0};
}

static void finish_item(feed *f) {
    f->in_item = false;
    f->field = NONE;
    if (f->done_count == f->done_room) {
        size_t room = f->done_room * 2 + 4;
        item *grown = realloc(f->done, room * sizeof *grown);
        if (!grown) {
            free_item(&f->now);
            f->ended = f->no_memory = true;
            return;
        }
        f->done = grown;
        f->done_room = room;
    }
    f->done[f->done_count++] = f->now;
    f->now = (item){0};
}

static void place_item(feed *f) {
    long consumed = xmlByteConsumed(f->parser);
    f->now.line = (uint64_t)xmlSAX2GetLineNumber(f->parser);
    f->now.place = f->reader.flow->mark_count || consumed < 0 ? karaka_flow_place(f->reader.flow) : (uint64_t)consumed;
}

static void begin_item(feed *f, const xmlChar *name, const xmlChar *space) {
    if (f->now.error) /* trouble before the item */
        finish_item(f);
    f->in_item = true;
    f->item_depth = f->depth;
    f->item_space = space;
    f->size = 0;
    place_item(f);
    size_t tag = strlen((const char *)name) + 1;
    if (!f->reader.flow->mark_count && f->now.place >= tag)
        f->now.place -= tag;
    f->now.number = ++f->reader.number;
}

/* "html" and "xhtml" of Atom; the elements of RSS hold HTML or text, which their text tells. */
static void begin_body(feed *f, field to, karaka_slice type) {
    bool markup = karaka_slice_is(type, "html") || karaka_slice_is(type, "text/html");
    f->xhtml = karaka_slice_is(type, "xhtml");
    *(to == CONTENT ? &f->now.content_markup : &f->now.summary_markup) = markup || f->xhtml;
}

static field field_of(const feed *f, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
    static const struct {
        const char *name;
        field field;
    } own[] = {{"title", TITLE},      {"link", LINK},       {"guid", GUID},           {"id", GUID},
               {"pubDate", DATE},     {"published", DATE},  {"issued", DATE},         {"updated", UPDATED},
               {"modified", UPDATED}, {"content", CONTENT}, {"description", SUMMARY}, {"summary", SUMMARY}};
    if (is(space, "http://purl.org/rss/1.0/modules/content/") || is(prefix, "content"))
        return is(name, "encoded") ? CONTENT : NONE;
    if (is(space, "http://purl.org/dc/elements/1.1/") || is(prefix, "dc"))
        return is(name, "date") ? UPDATED : NONE;
    for (size_t i = 0; space == f->item_space && i < sizeof own / sizeof *own; i++)
        if (is(name, own[i].name))
            return own[i].field;
    return NONE;
}

static void begin_field(feed *f, field to, int count, const xmlChar **attributes) {
    karaka_slice rel = attribute(count, attributes, "rel"), href = attribute(count, attributes, "href");
    if (to == NONE || (f->now.fields[to].length && (to != CONTENT && to != SUMMARY)))
        return; /* the first of each */
    f->field = to;
    f->field_depth = f->depth;
    f->now.fields[to].length = 0;
    if (to == LINK && href.length && (!rel.length || karaka_slice_is(rel, "alternate")))
        add(f, href.bytes, href.length);
    if (to == CONTENT || to == SUMMARY)
        begin_body(f, to, attribute(count, attributes, "type"));
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int spaces,
                     const xmlChar **declared, int count, int defaulted, const xmlChar **attributes) {
    feed *f = context;
    (void)spaces, (void)declared, (void)defaulted;
    /* After an error libxml2 would drop all references; the error is told, so this document is good again. */
    f->parser->wellFormed = 1;
    if (++f->depth > DEEPEST) {
        set_error(&f->now, KARAKA_ERROR_INPUT, "elements nested more than 256 deep");
        xmlStopParser(f->parser);
        return;
    }
    bool begins = (is(name, "item") || is(name, "entry")) && (!f->in_item || (!f->xhtml && space == f->item_space));
    if (begins && f->in_item) {
        set_error(&f->now, KARAKA_ERROR_INPUT, "the next item begins before its end");
        finish_item(f);
    }
    if (begins) {
        begin_item(f, name, space);
    } else if (f->in_item && f->field == NONE && f->depth == f->item_depth + 1) {
        begin_field(f, field_of(f, name, prefix, space), count, attributes);
    } else if (f->field == CONTENT || f->field == SUMMARY) {
        bool *markup = f->field == CONTENT ? &f->now.content_markup : &f->now.summary_markup;
        *markup = true;
        add(f, "<", 1);
        add(f, (const char *)name, strlen((const char *)name));
        add(f, ">", 1);
    } else if (!f->in_item && (is(name, "channel") || is(name, "feed"))) {
        f->channel_depth = f->depth;
    } else if (!f->in_item && f->channel_depth && f->depth == f->channel_depth + 1 && is(name, "title") && !prefix &&
               !f->outlet.length) {
        f->field = OUTLET;
        f->field_depth = f->depth;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space) {
    feed *f = context;
    (void)prefix, (void)space;
    if (f->in_item && f->depth <= f->item_depth) {
        finish_item(f);
    } else if (f->field != NONE && f->depth <= f->field_depth) {
        f->field = NONE;
        f->xhtml = false;
    } else if (f->field == CONTENT || f->field == SUMMARY) {
        add(f, "</", 2);
        add(f, (const char *)name, strlen((const char *)name));
        add(f, ">", 1);
    }
    if (f->depth)
        f->depth--;
}

/* Only the names of HTML; what the feed declares is not looked at. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name) {
    feed *f = context;
    const htmlEntityDesc *known = htmlEntityLookup(name);
    if (!known)
        return NULL;
    size_t length = karaka_utf8_put((char *)f->entity_text, (int32_t)known->value);
    f->entity_text[length] = '\0';
    f->entity = (xmlEntity){.type = XML_ENTITY_DECL,
                            .name = name,
                            .etype = XML_INTERNAL_PREDEFINED_ENTITY,
                            .content = f->entity_text,
                            .orig = f->entity_text,
                            .length = (int)length};
    return &f->entity;
}

static void on_error(void *context, xmlErrorPtr error) {
    feed *f = context;
    char what[200];
    if (error->level < XML_ERR_ERROR || f->now.error)
        return;
    snprintf(what, sizeof what, "bad XML at line %d: %.100s", error->line, error->message ? error->message : "");
    what[strcspn(what, "\r\n")] = '\0';
    if (!f->in_item) {
        place_item(f);
        f->now.number = f->reader.number + 1;
    }
    set_error(&f->now, error->code == XML_ERR_NO_MEMORY ? KARAKA_ERROR_MEMORY : KARAKA_ERROR_INPUT, what);
}

/* ---- Records ---- */

static void feed_piece(feed *f) {
    karaka_flow *flow = f->reader.flow;
    karaka_slice next = karaka_flow_peek(flow, 1);
    size_t length = next.length < PIECE ? next.length : PIECE;
    if (length) {
        xmlParseChunk(f->parser, next.bytes, (int)length, 0);
        karaka_flow_take(flow, length);
    } else {
        f->ended = true;
        if (flow->error) {
            f->now.number = f->in_item ? f->now.number : f->reader.number + 1;
            f->now.error = flow->error;
            snprintf(f->now.what, sizeof f->now.what, "%.150s; the rest cannot be read", flow->trouble);
            f->now.place = flow->trouble_place;
        } else {
            xmlParseChunk(f->parser, NULL, 0, 1);
        }
    }
    if (f->parser->disableSAX || f->parser->instate == XML_PARSER_EOF) {
        if (!f->ended) {
            set_error(&f->now, KARAKA_ERROR_INPUT, "bad XML");
            strncat(f->now.what, "; the rest cannot be read", sizeof f->now.what - strlen(f->now.what) - 1);
        }
        f->ended = true;
    }
    if (f->ended && (f->in_item || f->now.error)) {
        set_error(&f->now, KARAKA_ERROR_INPUT, "the feed breaks off inside it");
        finish_item(f);
    }
}

static bool holds_markup(const karaka_buffer *b) {
    if (b->length && memchr(b->bytes, '<', b->length))
        return true;
    for (const char *at = b->bytes; at && (at = strchr(at, '&')); at++) {
        size_t name = strspn(at + 1, "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (name && name < 12 && at[1 + name] == ';')
            return true;
    }
    return false;
}

/* The field without blanks around it; NULL where there is none. */
static const char *trimmed(karaka_buffer *b) {
    karaka_slice s = karaka_slice_trim((karaka_slice){b->bytes, b->length});
    if (!s.length)
        return NULL;
    b->bytes[s.bytes - b->bytes + (ptrdiff_t)s.length] = '\0';
    return s.bytes;
}

static int give(feed *f, item *i, karaka_record *out) {
    karaka_buffer *date = &i->fields[i->fields[DATE].length ? DATE : UPDATED];
    field body = i->fields[CONTENT].length ? CONTENT : SUMMARY;
    bool markup = body == CONTENT ? i->content_markup : i->summary_markup;
    markup = markup || holds_markup(&i->fields[body]);
    out->title = trimmed(&i->fields[TITLE]);
    out->url = trimmed(&i->fields[LINK]);
    out->id = trimmed(&i->fields[GUID]);
    out->outlet = trimmed(&f->outlet);
    out->bytes = trimmed(&i->fields[body]);
    out->published = trimmed(date);
    if (out->published && karaka_feed_date(f->date, karaka_slice_of(out->published)))
        out->published = f->date;
    if (!out->url && out->id && (strncmp(out->id, "http://", 7) == 0 || strncmp(out->id, "https://", 8) == 0))
        out->url = out->id;
    if (!out->id)
        out->id = out->url;
    if (!out->id) {
        int error = karaka_reader_id(&f->reader, i->number);
        if (error < 0)
            return error;
        out->id = f->reader.id.bytes;
    }
    if (!out->bytes) { /* a headline alone */
        out->bytes = out->title;
        out->title = NULL;
        markup = false;
    }
    if (!out->bytes)
        return 0;
    out->length = strlen(out->bytes);
    out->form = markup ? KARAKA_STREAM_HTML : KARAKA_STREAM_TEXT;
    out->charset = markup ? "utf-8" : NULL;
    return 1;
}

static int next_feed(karaka_reader *r, karaka_record *out) {
    feed *f = (feed *)r;
    for (;;) {
        if (f->given < f->done_count) {
            item *i = &f->done[f->given++];
            out->number = i->number;
            out->line = i->line;
            out->offset = i->place;
            if (i->error)
                return karaka_fail(i->error, "%s", i->what);
            r->reading->tally.seen++;
            int given = give(f, i, out);
            if (given)
                return given;
            karaka_tally_pass(&r->reading->tally, "without text");
            continue;
        }
        while (f->given)
            free_item(&f->done[--f->given]);
        f->done_count = 0;
        if (f->no_memory)
            return f->no_memory = false, karaka_fail(KARAKA_ERROR_MEMORY, "out of memory; the rest cannot be read");
        if (f->ended)
            return 0;
        feed_piece(f);
    }
}

static void close_feed(karaka_reader *r) {
    feed *f = (feed *)r;
    for (size_t i = 0; i < f->done_count; i++)
        free_item(&f->done[i]);
    free(f->done);
    free_item(&f->now);
    karaka_buffer_free(&f->outlet);
    if (f->parser) {
        xmlDocPtr document = f->parser->myDoc;
        xmlFreeParserCtxt(f->parser);
        xmlFreeDoc(document);
    }
    karaka_reader_free(r);
}

int karaka_feed_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name) {
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text,
                         .getEntity = on_entity,
                         .serror = on_error};
    int error = karaka_reader_new(out, sizeof(feed), reading, flow, name);
    if (error < 0)
        return error;
    feed *f = (feed *)*out;
    karaka_slice start = karaka_flow_peek(flow, HEAD);
    size_t length = start.length < HEAD ? start.length : HEAD;
    xmlInitParser();
    f->parser = xmlCreatePushParserCtxt(&sax, f, start.bytes, (int)length, NULL);
    if (!f->parser) {
        free(f);
        *out = NULL;
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    }
    xmlCtxtUseOptions(f->parser, XML_PARSE_RECOVER | XML_PARSE_NONET);
    karaka_flow_take(flow, length);
    f->reader.next = next_feed;
    f->reader.close = close_feed;
    return KARAKA_OK;
}
