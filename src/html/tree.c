/* tree: markup becomes nodes in the order of the page.
 *
 * In: UTF-8, read by libxml2's HTML parser as events: it closes what the page leaves open, decodes the entities that
 * HTML defines (no page can define others) and fetches nothing. Out: an array of nodes; those under node i are the ones
 * from i + 1 to nodes[i].end, so that every later step is a loop and none recurses.
 * Example: "<p>a<b>c</b>" -> root, html, body, p, text "a", b, text "c".
 */
#include "html/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

enum {
    ERRORS = 1 << 18,    /* an end tag that closes nothing costs a search of all that is open */
    LONG_VALUE = 1 << 16 /* bytes of an attribute: a longer one tells nothing */
};

typedef struct tag_name {
    const char *name;
    karaka_html_tag tag;
} tag_name;

/* In order. What is not named is inline. */
static const tag_name tag_names[] = {
    {"a", TAG_A},
    {"address", TAG_BLOCK},
    {"article", TAG_ARTICLE},
    {"aside", TAG_BLOCK},
    {"blockquote", TAG_QUOTE},
    {"body", TAG_BODY},
    {"br", TAG_BR},
    {"button", TAG_BLOCK},
    {"canvas", TAG_SKIP},
    {"caption", TAG_BLOCK},
    {"center", TAG_BLOCK},
    {"dd", TAG_ITEM},
    {"details", TAG_BLOCK},
    {"dialog", TAG_BLOCK},
    {"div", TAG_BLOCK},
    {"dl", TAG_LIST},
    {"dt", TAG_ITEM},
    {"fieldset", TAG_BLOCK},
    {"figcaption", TAG_BLOCK},
    {"figure", TAG_BLOCK},
    {"footer", TAG_BLOCK},
    {"form", TAG_BLOCK},
    {"h1", TAG_HEADING1},
    {"h2", TAG_HEADING},
    {"h3", TAG_HEADING},
    {"h4", TAG_HEADING},
    {"h5", TAG_HEADING},
    {"h6", TAG_HEADING},
    {"head", TAG_HEAD},
    {"header", TAG_BLOCK},
    {"hr", TAG_BLOCK},
    {"html", TAG_HTML},
    {"iframe", TAG_SKIP},
    {"li", TAG_ITEM},
    {"link", TAG_LINK},
    {"main", TAG_BLOCK},
    {"menu", TAG_BLOCK},
    {"meta", TAG_META},
    {"nav", TAG_BLOCK},
    {"noscript", TAG_SKIP},
    {"object", TAG_SKIP},
    {"ol", TAG_LIST},
    {"option", TAG_SKIP},
    {"p", TAG_P},
    {"pre", TAG_PRE},
    {"script", TAG_SKIP},
    {"section", TAG_BLOCK},
    {"select", TAG_SKIP},
    {"style", TAG_SKIP},
    {"summary", TAG_BLOCK},
    {"svg", TAG_SKIP},
    {"table", TAG_BLOCK},
    {"tbody", TAG_BLOCK},
    {"td", TAG_CELL},
    {"template", TAG_SKIP},
    {"textarea", TAG_SKIP},
    {"tfoot", TAG_BLOCK},
    {"th", TAG_CELL},
    {"thead", TAG_BLOCK},
    {"time", TAG_TIME},
    {"title", TAG_TITLE},
    {"tr", TAG_BLOCK},
    {"ul", TAG_LIST},
};

/* What the table says of a name of a class, kept while the page is read: pages use few names often. */
typedef struct known_name {
    uint64_t hash; /* 0: free */
    karaka_markup_match match;
} known_name;

enum { KNOWN_NAMES = 1 << 12 };

typedef struct builder {
    karaka_html_tree tree;
    karaka_arena *arena;
    const karaka_markup *markup;
    htmlParserCtxtPtr parser;
    uint32_t open; /* the node that is being filled */
    size_t depth, at /* bytes read up to the last event */, errors;
    known_name *known;
    int error;
} builder;

static int compare_tags(const void *a, const void *b) {
    return strcmp(((const tag_name *)a)->name, ((const tag_name *)b)->name);
}

static karaka_html_tag tag_of(const char *name) {
    const tag_name key = {name, TAG_INLINE};
    const tag_name *found =
        bsearch(&key, tag_names, sizeof tag_names / sizeof *tag_names, sizeof *tag_names, compare_tags);
    return found ? found->tag : TAG_INLINE;
}

bool karaka_html_breaks(karaka_html_tag tag) {
    return tag != TAG_INLINE && tag != TAG_TEXT && tag != TAG_A && tag != TAG_BR && tag != TAG_TIME && tag != TAG_SKIP;
}

const char *karaka_html_attribute_of(const karaka_html_node *node, karaka_html_attribute_name name) {
    for (const karaka_html_attribute *a = node->attributes; a; a = a->next)
        if (a->name == name)
            return a->value;
    return NULL;
}

static void stop(builder *b, int error) {
    if (b->error == KARAKA_OK)
        b->error = error;
    xmlStopParser(b->parser);
}

/* ---- Attributes ---- */

static void merge(karaka_markup_match *into, karaka_markup_match from) {
    into->drop = into->drop ? into->drop : from.drop;
    into->doubt = into->doubt ? into->doubt : from.doubt;
    into->body = into->body ? into->body : from.body;
}

static karaka_markup_match match_class(builder *b, karaka_slice name) {
    uint64_t hash = karaka_hash(name.bytes, name.length, 0) | 1;
    known_name *slot = &b->known[hash % KNOWN_NAMES];
    if (slot->hash != hash)
        *slot = (known_name){hash, karaka_markup_class(b->markup, name)};
    return slot->match;
}

/* Each name of a class, blanks between them. */
static void match_names(builder *b, karaka_html_node *node, const char *names) {
    while (*names) {
        size_t length = strcspn(names, " \t\r\n");
        if (length)
            merge(&node->match, match_class(b, (karaka_slice){names, length}));
        names += length + strspn(names + length, " \t\r\n");
    }
}

static bool style_hides(const char *style) {
    const char *display = strstr(style, "display");
    if (!display)
        return false;
    display += strlen("display");
    return strncmp(display + strspn(display, " :"), "none", 4) == 0;
}

static void keep(builder *b, karaka_html_node *node, karaka_html_attribute_name name, const char *value) {
    size_t length = strlen(value);
    karaka_html_attribute *a = karaka_arena_alloc(b->arena, sizeof *a);
    char *copy = length < LONG_VALUE ? karaka_arena_copy(b->arena, value, length) : "";
    if (!a || !copy) {
        stop(b, KARAKA_ERROR_MEMORY);
        return;
    }
    *a = (karaka_html_attribute){name, copy, node->attributes};
    node->attributes = a;
}

static void take_attribute(builder *b, karaka_html_node *node, const char *name, const char *value) {
    static const struct {
        const char *name;
        karaka_html_attribute_name kept;
    } kept[] = {{"content", ATTRIBUTE_CONTENT},   {"datetime", ATTRIBUTE_DATETIME}, {"href", ATTRIBUTE_HREF},
                {"itemprop", ATTRIBUTE_ITEMPROP}, {"itemtype", ATTRIBUTE_ITEMTYPE}, {"lang", ATTRIBUTE_LANG},
                {"name", ATTRIBUTE_NAME},         {"property", ATTRIBUTE_NAME},     {"rel", ATTRIBUTE_REL},
                {"type", ATTRIBUTE_TYPE}};
    if (strcmp(name, "class") == 0 || strcmp(name, "id") == 0 || strcmp(name, "role") == 0)
        match_names(b, node, value);
    else if (strcmp(name, "hidden") == 0 || (strcmp(name, "style") == 0 && style_hides(value)))
        node->hidden = true;
    else if (strcmp(name, "aria-hidden") == 0)
        node->hidden = node->hidden || strcmp(value, "true") == 0;
    bool facts = node->tag == TAG_META || node->tag == TAG_LINK || node->tag == TAG_TIME || node->tag == TAG_HTML ||
                 node->tag == TAG_A || node->tag == TAG_SKIP;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strcmp(name, kept[i].name) == 0 && (facts || strncmp(name, "item", 4) == 0 || *name == 'c'))
            keep(b, node, kept[i].kept, value);
}

/* ---- Events ---- */

/* libxml2 counts with longs; a page is at most KARAKA_INPUT_LIMIT. */
static size_t position(builder *b) {
    long at = xmlByteConsumed(b->parser);
    if (at > (long)b->at)
        b->at = (size_t)at;
    return b->at;
}

static karaka_html_node *add(builder *b, karaka_html_tag tag) {
    if (b->tree.count == KARAKA_HTML_NODES) {
        stop(b, karaka_fail(KARAKA_ERROR_LIMIT, "more than %d elements, at byte %zu", KARAKA_HTML_NODES, position(b)));
        return NULL;
    }
    karaka_html_node node = {.tag = tag, .parent = b->open};
    if (KARAKA_PUSH(b->arena, b->tree, node) < 0) {
        stop(b, KARAKA_ERROR_MEMORY);
        return NULL;
    }
    uint32_t at = (uint32_t)b->tree.count - 1;
    b->tree.items[at].end = at + 1;
    b->tree.items[at].holder = karaka_html_breaks(tag) ? at : b->tree.items[b->open].holder;
    return &b->tree.items[at];
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
    builder *b = context;
    karaka_html_node *node = b->error < 0 ? NULL : add(b, tag_of((const char *)name));
    if (!node)
        return;
    b->open = (uint32_t)(node - b->tree.items);
    node->match = karaka_markup_tag(b->markup, (const char *)name);
    for (; attributes && attributes[0] && b->error == KARAKA_OK; attributes += 2)
        take_attribute(b, node, (const char *)attributes[0], attributes[1] ? (const char *)attributes[1] : "");
    const char *type = karaka_html_attribute_of(node, ATTRIBUTE_TYPE);
    if (node->tag == TAG_SKIP && type && strstr(type, "ld+json"))
        node->tag = TAG_LD_JSON;
    const char *item = karaka_html_attribute_of(node, ATTRIBUTE_ITEMPROP);
    if (item)
        merge(&node->match, karaka_markup_item(b->markup, item));
    position(b);
    if (++b->depth > KARAKA_HTML_DEPTH)
        stop(b, karaka_fail(KARAKA_ERROR_LIMIT, "elements nested more than %d deep, at byte %zu", KARAKA_HTML_DEPTH,
                            b->at));
}

/* libxml2 ends elements in the order in which they began, the innermost first. */
static void end_element(void *context, const xmlChar *name) {
    builder *b = context;
    (void)name;
    position(b);
    if (b->error < 0 || b->open == 0)
        return;
    b->tree.items[b->open].end = (uint32_t)b->tree.count;
    b->open = b->tree.items[b->open].parent;
    b->depth--;
}

static void characters(void *context, const xmlChar *bytes, int length) {
    builder *b = context;
    size_t from = b->at, to = position(b);
    karaka_html_tag in = b->tree.items[b->open].tag;
    if (b->error < 0 || in == TAG_SKIP || length <= 0)
        return;
    char *copy = karaka_arena_copy(b->arena, (const char *)bytes, (size_t)length);
    karaka_html_node *node = copy ? add(b, TAG_TEXT) : NULL;
    if (!copy)
        stop(b, KARAKA_ERROR_MEMORY);
    if (!node)
        return;
    node->text = (karaka_slice){copy, (size_t)length};
    node->input = (karaka_span){(uint32_t)from, (uint32_t)to};
}

static void count_error(void *context, xmlErrorPtr error) {
    builder *b = context;
    if (error && error->code == XML_ERR_NO_MEMORY)
        stop(b, KARAKA_ERROR_MEMORY);
    else if (++b->errors > ERRORS)
        stop(b, karaka_fail(KARAKA_ERROR_LIMIT, "no HTML: more than %d faults in its markup, at byte %zu", ERRORS,
                            position(b)));
}

/* ---- The whole ---- */

static void run(builder *b, karaka_slice text) {
    htmlSAXHandler events = {.startElement = start_element,
                             .endElement = end_element,
                             .characters = characters,
                             .ignorableWhitespace = characters,
                             .cdataBlock = characters,
                             .serror = count_error,
                             .initialized = XML_SAX2_MAGIC};
    b->parser = htmlCreateMemoryParserCtxt(text.bytes, (int)text.length);
    if (!b->parser) {
        b->error = karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
        return;
    }
    htmlSAXHandlerPtr own = b->parser->sax;
    b->parser->sax = &events;
    b->parser->userData = b;
    htmlCtxtUseOptions(b->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(b->parser, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(b->parser);
    b->parser->sax = own;
    htmlFreeParserCtxt(b->parser);
}

int karaka_html_parse(karaka_html_tree *out, karaka_arena *arena, const karaka_markup *markup, karaka_slice text) {
    builder b = {.arena = arena, .markup = markup};
    b.known = karaka_arena_array(arena, KNOWN_NAMES, sizeof *b.known);
    if (!b.known || !add(&b, TAG_BLOCK))
        return KARAKA_ERROR_MEMORY;
    if (text.length)
        run(&b, text);
    for (uint32_t i = b.open; b.error == KARAKA_OK; i = b.tree.items[i].parent) {
        b.tree.items[i].end = (uint32_t)b.tree.count;
        if (i == 0)
            break;
    }
    *out = b.tree;
    return b.error;
}
