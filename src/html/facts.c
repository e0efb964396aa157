/* facts: what a page's JSON-LD, meta elements, microdata and links tell of it.
 *
 * In: the tree and the table, whose order says which of two counts. Out: title, authors, dates, section, outlet, URL,
 * language, and the text of the article where JSON-LD has it. Nothing is checked against the page here.
 * Example: <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":{"@id":"#a"}},
 * {"@id":"#a","name":"Asha Rao"}]}</script> -> author "Asha Rao".
 */
#include "html/html.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

enum { AUTHORS = 16, OBJECTS = 4096 /* that are looked at for an id */, LONG_FACT = 4096, ITEM_NODES = 64 };

typedef struct collector {
    karaka_html_facts *facts;
    karaka_arena *arena;
    const karaka_markup *markup;
    const karaka_html_tree *tree;
    karaka_json json;
    uint32_t order[KARAKA_FACTS]; /* of the rule that told it; 0: not told */
} collector;

/* ---- Values ---- */

/* "&amp;", "&#2325;" at text[*at]: what browsers decode in markup and pages leave in JSON. -1: none stands there. */
static int32_t entity(karaka_slice text, size_t *at) {
    char name[12];
    size_t length = 0, i = *at + 1;
    while (i < text.length && length + 1 < sizeof name && text.bytes[i] != ';' && text.bytes[i] != '&')
        name[length++] = text.bytes[i++];
    name[length] = '\0';
    if (i >= text.length || text.bytes[i] != ';' || !length)
        return -1;
    long cp = -1;
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
    if (known)
        cp = (long)known->value;
    else if (name[0] == '#')
        cp = name[1] == 'x' || name[1] == 'X' ? strtol(name + 2, NULL, 16) : strtol(name + 1, NULL, 10);
    if (cp <= 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
        return -1;
    *at = i + 1;
    return (int32_t)cp;
}

/* Entities decoded, tags off, runs of blanks one blank, breaks too unless they are kept; in NFC. Empty where it is no
 * UTF-8. */
static int plain(karaka_slice *out, karaka_arena *arena, karaka_slice text, bool breaks) {
    char *room = karaka_arena_alloc(arena, text.length + 1);
    size_t used = 0;
    if (!room)
        return KARAKA_ERROR_MEMORY;
    for (size_t at = 0; at < text.length;) {
        const char *close = NULL;
        int32_t cp = text.bytes[at] == '&' ? entity(text, &at) : -1;
        if (cp >= 0) {
            used += karaka_utf8_put(room + used, cp);
            continue;
        }
        char c = text.bytes[at++];
        if (c == '<' && (close = memchr(text.bytes + at, '>', text.length - at))) {
            at = (size_t)(close - text.bytes) + 1;
            c = ' ';
        }
        if (c >= 0 && c < ' ' && !(breaks && c == '\n'))
            c = ' ';
        if (c != ' ' || (used && room[used - 1] != ' '))
            room[used++] = c;
    }
    *out = (karaka_slice){room, karaka_utf8_check(room, used) == used ? used : 0};
    *out = karaka_slice_trim(*out);
    return karaka_nfc(out, arena, *out);
}

static bool is_url(karaka_slice s) {
    return s.length > 4 && memcmp(s.bytes, "http", 4) == 0;
}

static int add_author(collector *c, karaka_slice name) {
    for (size_t i = 0; i < c->facts->authors.count; i++)
        if (karaka_slice_equal(c->facts->authors.items[i], name))
            return KARAKA_OK;
    if (c->facts->authors.count == AUTHORS)
        return KARAKA_OK;
    return KARAKA_PUSH(c->arena, c->facts->authors, name);
}

/* A fact told by `rule`; of authors one more where the same rule tells several. */
static int tell(collector *c, const karaka_markup_rule *rule, karaka_slice text) {
    karaka_slice value;
    uint32_t *order = &c->order[rule->fact];
    bool author = rule->fact == KARAKA_FACT_AUTHOR;
    if (text.length > LONG_FACT || (*order && (author ? *order < rule->order : *order <= rule->order)))
        return KARAKA_OK;
    int error = plain(&value, c->arena, text, false);
    if (error < 0 || !value.length || is_url(value) != (rule->fact == KARAKA_FACT_URL))
        return error;
    const char *bar = author ? memmem(value.bytes, value.length, " | ", 3) : NULL; /* the paper's name follows */
    if (bar)
        value.length = (size_t)(bar - value.bytes);
    if (author && *order != rule->order)
        c->facts->authors.count = 0;
    *order = rule->order;
    c->facts->value[rule->fact] = value;
    return author ? add_author(c, value) : KARAKA_OK;
}

/* ---- JSON-LD ---- */

static bool article_type(const collector *c, karaka_slice type) {
    for (size_t i = type.length; i-- > 0;) /* "https://schema.org/NewsArticle" */
        if (type.bytes[i] == '/' || type.bytes[i] == ':') {
            type = (karaka_slice){type.bytes + i + 1, type.length - i - 1};
            break;
        }
    return karaka_markup_article(c->markup, type);
}

static bool is_article(const collector *c, uint32_t at) {
    uint32_t type = karaka_json_member(&c->json, at, "@type");
    if (!type)
        return false;
    for (uint32_t i = type; i < c->json.items[type].end; i++)
        if (c->json.items[i].kind == JSON_STRING && article_type(c, c->json.items[i].text))
            return true;
    return false;
}

/* The object that a reference {"@id": "#a"} means; the reference itself where there is none. */
static uint32_t resolve(const collector *c, uint32_t at) {
    uint32_t id = karaka_json_member(&c->json, at, "@id"), looked = 0;
    if (!id || karaka_json_member(&c->json, at, "name"))
        return at;
    for (uint32_t i = 1; i < c->json.count && looked < OBJECTS; i++) {
        if (i == at || c->json.items[i].kind != JSON_OBJECT)
            continue;
        uint32_t other = karaka_json_member(&c->json, i, "@id");
        looked++;
        if (other && karaka_slice_equal(c->json.items[other].text, c->json.items[id].text) &&
            karaka_json_member(&c->json, i, "name"))
            return i;
    }
    return at;
}

/* The value at `at` as text: of an object its name, of a URL that is an object its id. */
static karaka_slice text_of(const collector *c, uint32_t at, karaka_fact fact) {
    const karaka_json_value *v = &c->json.items[at];
    if (v->kind != JSON_OBJECT)
        return v->text;
    bool url = fact == KARAKA_FACT_URL;
    uint32_t name = url ? karaka_json_member(&c->json, at, "@id") : 0;
    if (!name)
        name = karaka_json_member(&c->json, url ? at : resolve(c, at), url ? "url" : "name");
    if (name && c->json.items[name].kind == JSON_ARRAY)
        name = c->json.items[name].end > name + 1 ? name + 1 : 0;
    return name && c->json.items[name].kind == JSON_STRING ? c->json.items[name].text : (karaka_slice){"", 0};
}

static int tell_json(collector *c, const karaka_markup_rule *rule, uint32_t at) {
    const karaka_json_value *v = &c->json.items[at];
    if (v->kind != JSON_ARRAY)
        return tell(c, rule, text_of(c, at, rule->fact));
    int error = KARAKA_OK;
    unsigned told = 0; /* each may be a reference that is searched for */
    for (uint32_t i = at + 1; i < v->end && error == KARAKA_OK && told++ < AUTHORS; i = c->json.items[i].end)
        error = tell(c, rule, text_of(c, i, rule->fact));
    return error;
}

/* How much an object looks like the page's own article; one that stands in another's member is most often a teaser. */
static int rank(const collector *c, uint32_t at) {
    int points = 1;
    points += karaka_json_member(&c->json, at, "articleBody") ? 4 : 0;
    points += karaka_json_member(&c->json, at, "datePublished") ? 2 : 0;
    points += karaka_json_member(&c->json, at, "author") ? 1 : 0;
    points += karaka_json_member(&c->json, at, "headline") ? 1 : 0;
    for (uint32_t up = at; up; up = c->json.items[up].parent) {
        karaka_slice key = c->json.items[up].key;
        points -= key.length && !karaka_slice_is(key, "@graph") && !karaka_slice_is(key, "mainEntity") ? 4 : 0;
    }
    return points;
}

static int read_json(collector *c) {
    uint32_t best = 0;
    int most = 0, error = KARAKA_OK;
    for (uint32_t i = 1; i < c->json.count; i++)
        if (c->json.items[i].kind == JSON_OBJECT && is_article(c, i) && rank(c, i) > most) {
            most = rank(c, i);
            best = i;
        }
    if (!best)
        return KARAKA_OK;
    for (uint32_t i = best + 1; i < c->json.items[best].end && error == KARAKA_OK; i = c->json.items[i].end) {
        const karaka_markup_rule *rule = karaka_markup_fact(c->markup, "json", c->json.items[i].key);
        if (rule)
            error = tell_json(c, rule, i);
        else if (karaka_slice_is(c->json.items[i].key, "articleBody"))
            error = plain(&c->facts->text, c->arena, c->json.items[i].text, true);
    }
    return error;
}

/* ---- Elements ---- */

/* The text of the `most` nodes under one, joined. */
static int text_under(karaka_slice *out, collector *c, uint32_t at, uint32_t most) {
    const karaka_html_node *nodes = c->tree->items;
    size_t length = 0, used = 0;
    uint32_t end = nodes[at].end - at > most ? at + most : nodes[at].end;
    for (uint32_t i = at + 1; i < end; i++)
        length += nodes[i].text.length;
    char *room = karaka_arena_alloc(c->arena, length + 1);
    if (!room)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = at + 1; i < end; i++) {
        memcpy(room + used, nodes[i].text.length ? nodes[i].text.bytes : "", nodes[i].text.length);
        used += nodes[i].text.length;
    }
    *out = karaka_slice_trim((karaka_slice){room, used});
    return KARAKA_OK;
}

static int read_meta(collector *c, const karaka_html_node *node) {
    const char *name = karaka_html_attribute_of(node, ATTRIBUTE_NAME);
    const char *content = karaka_html_attribute_of(node, ATTRIBUTE_CONTENT);
    const karaka_markup_rule *rule = name ? karaka_markup_fact(c->markup, "meta", karaka_slice_of(name)) : NULL;
    return rule && content ? tell(c, rule, karaka_slice_of(content)) : KARAKA_OK;
}

/* What an element with an itemprop says: in an attribute, or else its text. */
static int read_item(collector *c, uint32_t at, const char *item) {
    const karaka_html_node *node = &c->tree->items[at];
    const karaka_markup_rule *rule = karaka_markup_fact(c->markup, "item", karaka_slice_of(item));
    karaka_slice text;
    if (!rule || (c->order[rule->fact] && c->order[rule->fact] < rule->order))
        return KARAKA_OK;
    const char *value = karaka_html_attribute_of(node, ATTRIBUTE_CONTENT);
    if (!value)
        value = karaka_html_attribute_of(node, ATTRIBUTE_DATETIME);
    if (value)
        return tell(c, rule, karaka_slice_of(value));
    for (uint32_t i = at + 1; i < node->end && i < at + ITEM_NODES; i++) { /* the name in an author or publisher */
        const char *inner = karaka_html_attribute_of(&c->tree->items[i], ATTRIBUTE_ITEMPROP);
        if (!inner || strcmp(inner, "name") != 0)
            continue;
        value = karaka_html_attribute_of(&c->tree->items[i], ATTRIBUTE_CONTENT);
        if (value)
            return tell(c, rule, karaka_slice_of(value));
        at = i;
        break;
    }
    int error = text_under(&text, c, at, ITEM_NODES);
    return error < 0 ? error : tell(c, rule, text);
}

/* <a rel="author">Asha Rao</a> */
static int read_anchor(collector *c, uint32_t at) {
    const char *rel = karaka_html_attribute_of(&c->tree->items[at], ATTRIBUTE_REL);
    const karaka_markup_rule *rule = rel ? karaka_markup_fact(c->markup, "rel", karaka_slice_of(rel)) : NULL;
    karaka_slice text;
    if (!rule || (c->order[rule->fact] && c->order[rule->fact] < rule->order))
        return KARAKA_OK;
    int error = text_under(&text, c, at, ITEM_NODES);
    return error < 0 ? error : tell(c, rule, text);
}

static int read_link(collector *c, const karaka_html_node *node) {
    const char *rel = karaka_html_attribute_of(node, ATTRIBUTE_REL);
    const char *href = karaka_html_attribute_of(node, ATTRIBUTE_HREF);
    if (!rel || !href || strcmp(rel, "canonical") != 0 || c->facts->canonical.length || !is_url(karaka_slice_of(href)))
        return KARAKA_OK;
    return plain(&c->facts->canonical, c->arena, karaka_slice_of(href), false);
}

static int read_script(collector *c, uint32_t at) {
    const karaka_html_node *nodes = c->tree->items;
    karaka_span *input = &c->facts->text_input;
    karaka_slice text;
    if (nodes[at].end == at + 1)
        return KARAKA_OK;
    if (!input->end)
        input->start = nodes[at + 1].input.start;
    input->end = nodes[nodes[at].end - 1].input.end;
    int error = text_under(&text, c, at, UINT32_MAX);
    return error < 0 ? error : karaka_json_read(&c->json, c->arena, text);
}

static int read_node(collector *c, uint32_t at) {
    const karaka_html_node *node = &c->tree->items[at];
    const char *item = karaka_html_attribute_of(node, ATTRIBUTE_ITEMPROP);
    const char *lang = node->tag == TAG_HTML ? karaka_html_attribute_of(node, ATTRIBUTE_LANG) : NULL;
    int error = KARAKA_OK;
    if (node->tag == TAG_META)
        error = read_meta(c, node);
    else if (node->tag == TAG_LINK)
        error = read_link(c, node);
    else if (node->tag == TAG_A)
        error = read_anchor(c, at);
    else if (node->tag == TAG_TITLE && !c->facts->page_title.length)
        error = text_under(&c->facts->page_title, c, at, ITEM_NODES);
    else if (node->tag == TAG_LD_JSON)
        error = read_script(c, at);
    if (error == KARAKA_OK && item)
        error = read_item(c, at, item);
    if (error == KARAKA_OK && lang)
        error = plain(&c->facts->value[KARAKA_FACT_LANG], c->arena, karaka_slice_of(lang), false);
    if (error == KARAKA_OK && lang)
        c->order[KARAKA_FACT_LANG] = 1;
    return error;
}

int karaka_html_facts_read(karaka_html_facts *out, karaka_arena *arena, const karaka_markup *markup,
                           const karaka_html_tree *tree) {
    collector c = {.facts = out, .arena = arena, .markup = markup, .tree = tree};
    *out = (karaka_html_facts){0};
    int error = KARAKA_OK;
    for (uint32_t i = 1; i < tree->count && error == KARAKA_OK; i++)
        if (tree->items[i].attributes || tree->items[i].tag == TAG_TITLE || tree->items[i].tag == TAG_LD_JSON)
            error = read_node(&c, i);
    if (error == KARAKA_OK)
        error = read_json(&c);
    return error;
}
