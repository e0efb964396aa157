/* html: the bytes of a page in HTML become the blocks of its article, and what its markup tells of it.
 *
 * In: bytes of which nothing is believed, and the table `ontology/markup`. Out: blocks of text in the order of the
 * page, each kept or dropped with the reason, and facts (title, authors, dates). No script is run, nothing is fetched.
 * The steps, in order:
 *   encoding.c  bytes of any encoding -> UTF-8
 *   tree.c      UTF-8 -> nodes in the order of the page, by libxml2
 *   blocks.c    nodes -> blocks: the text between two borders of block elements
 *   region.c    which elements are furniture by their names, and which one holds the article
 *   drop.c      which blocks in it are no part of it
 *   facts.c     what JSON-LD, meta elements and microdata tell (json.c reads JSON)
 *   html.c      all of them; src/page then does its own work on the blocks that are left
 * markup.c reads the table. Example: "<nav>Home</nav><article><p>They met.</p></article>" -> "Home" dropped
 * ("navigation", ontology/markup:40), "They met." kept.
 */
#ifndef KARAKA_HTML_H
#define KARAKA_HTML_H

#include "page/page.h"

/* More of either is KARAKA_ERROR_LIMIT: each costs memory, or time to search. */
enum { KARAKA_HTML_NODES = 1 << 20, KARAKA_HTML_DEPTH = 2048 };

/* ---- The table `markup` ------------------------------------------------------------------------------------------ */

typedef enum karaka_markup_kind {
    KARAKA_MARKUP_DROP,   /* the element is no part of the article */
    KARAKA_MARKUP_DOUBT,  /* the same, unless most of the page's text is in it */
    KARAKA_MARKUP_BODY,   /* the element holds the article's text */
    KARAKA_MARKUP_FACT,   /* a name under which a fact is told */
    KARAKA_MARKUP_OBJECT, /* a type of JSON-LD or microdata that is an article */
    KARAKA_MARKUP_KINDS,
} karaka_markup_kind;

typedef enum karaka_fact {
    KARAKA_FACT_TITLE,
    KARAKA_FACT_AUTHOR,
    KARAKA_FACT_PUBLISHED,
    KARAKA_FACT_MODIFIED,
    KARAKA_FACT_SECTION,
    KARAKA_FACT_OUTLET,
    KARAKA_FACT_URL,
    KARAKA_FACT_LANG,
    KARAKA_FACTS,
} karaka_fact;

typedef struct karaka_markup_rule {
    karaka_markup_kind kind;
    uint32_t order;    /* of the row: of two facts the earlier counts */
    karaka_fact fact;  /* FACT */
    const char *value; /* the reason, or the kind of the object */
    const char *name;  /* "ontology/markup:31" */
} karaka_markup_rule;

/* Of each kind the first rule that fits a name; NULL: none. */
typedef struct karaka_markup_match {
    const karaka_markup_rule *drop, *doubt, *body;
} karaka_markup_match;

/* src/language/language.h: karaka_markup, karaka_markup_load. */

/* What the table says of one name of a class or an id: "comment-list", "storyBody". */
karaka_markup_match karaka_markup_class(const karaka_markup *markup, karaka_slice name);
/* The same of an element's name, and of an itemprop. */
karaka_markup_match karaka_markup_tag(const karaka_markup *markup, const char *name);
karaka_markup_match karaka_markup_item(const karaka_markup *markup, const char *name);
/* `where`: "meta", "json", "item" or "rel". NULL: the table does not know the name. */
const karaka_markup_rule *karaka_markup_fact(const karaka_markup *markup, const char *where, karaka_slice name);
/* Whether objects of the type are articles: "NewsArticle". */
bool karaka_markup_article(const karaka_markup *markup, karaka_slice type);

/* ---- Encoding ---------------------------------------------------------------------------------------------------- */

/* `length` bytes as UTF-8 without NUL, in `arena` or borrowed from `bytes`. `charset`: what the transport named, or
 * NULL. Never fails for what the bytes are: what cannot be read becomes U+FFFD. */
int karaka_html_decode(karaka_slice *out, karaka_arena *arena, const char *bytes, size_t length, const char *charset);

/* What windows-1252 means by a byte from 0x80 on. Pages name these bytes as character references too. */
int32_t karaka_html_stray(unsigned char byte);

/* ---- Tree -------------------------------------------------------------------------------------------------------- */

typedef enum karaka_html_tag {
    TAG_INLINE, /* any element that breaks no line */
    TAG_BLOCK,  /* any other one that does */
    TAG_SKIP,   /* what stands in it is not shown: script, style */
    TAG_TEXT,   /* no element: text */
    TAG_A,
    TAG_ARTICLE,
    TAG_BODY,
    TAG_BR,
    TAG_HEAD,
    TAG_HEADING1,
    TAG_HEADING, /* h2 to h6 */
    TAG_HTML,
    TAG_LD_JSON, /* a script that holds JSON-LD: its text is kept */
    TAG_LINK,
    TAG_LIST,
    TAG_ITEM,
    TAG_META,
    TAG_P,
    TAG_PRE,
    TAG_QUOTE,
    TAG_CELL,
    TAG_TIME,
    TAG_TITLE,
} karaka_html_tag;

typedef enum karaka_html_attribute_name {
    ATTRIBUTE_CONTENT,
    ATTRIBUTE_DATETIME,
    ATTRIBUTE_HREF,
    ATTRIBUTE_ITEMPROP,
    ATTRIBUTE_ITEMTYPE,
    ATTRIBUTE_LANG,
    ATTRIBUTE_NAME, /* or property */
    ATTRIBUTE_REL,
    ATTRIBUTE_TYPE,
} karaka_html_attribute_name;

typedef struct karaka_html_attribute {
    karaka_html_attribute_name name;
    const char *value;
    struct karaka_html_attribute *next;
} karaka_html_attribute;

typedef struct karaka_html_node {
    karaka_html_tag tag;
    uint32_t parent;   /* of the root: itself */
    uint32_t holder;   /* the block element that it is or stands in */
    uint32_t end;      /* the nodes under this one are those after it and before `end` */
    karaka_slice text; /* TAG_TEXT */
    karaka_span input; /* TAG_TEXT: bytes of the page in UTF-8 */
    karaka_markup_match match;
    bool hidden;
    karaka_html_attribute *attributes;
} karaka_html_node;

/* Node 0 is the root, above all. */
typedef struct karaka_html_tree {
    karaka_html_node *items;
    size_t count, room;
} karaka_html_tree;

/* `text` has no NUL. KARAKA_ERROR_LIMIT names the byte where it is too deep or too large. */
int karaka_html_parse(karaka_html_tree *out, karaka_arena *arena, const karaka_markup *markup, karaka_slice text);
/* NULL: the element has none. */
const char *karaka_html_attribute_of(const karaka_html_node *node, karaka_html_attribute_name name);
/* Whether lines break before and behind the element. */
bool karaka_html_breaks(karaka_html_tag tag);

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

typedef struct karaka_html_block {
    uint32_t node;       /* the block element that holds it */
    uint32_t at;         /* the node of its first text */
    uint32_t start, end; /* bytes of karaka_html_blocks.text */
    karaka_span input;
    uint32_t words, link_words; /* link_words: of those the ones in links */
    uint32_t ends;              /* sentences that end in it */
    karaka_html_tag tag;        /* TAG_P, TAG_HEADING1, TAG_HEADING, TAG_ITEM, TAG_CELL, TAG_PRE or TAG_BLOCK */
    const char *reason, *rule;  /* why it is dropped; reason NULL: it is not */
} karaka_html_block;

typedef struct karaka_html_blocks {
    karaka_html_block *items;
    size_t count, room;
    const karaka_html_tree *tree;
    char *text; /* of all blocks; lines end in '\n' */
    size_t length;
    uint32_t article;   /* the element that holds the article */
    ptrdiff_t headline; /* the block that is the title; -1: none */
} karaka_html_blocks;

int karaka_html_split(karaka_html_blocks *out, karaka_arena *arena, const karaka_html_tree *tree);
karaka_slice karaka_html_block_text(const karaka_html_blocks *blocks, const karaka_html_block *block);
/* Drops the blocks of elements that the table names. */
int karaka_html_mark(karaka_html_blocks *blocks, karaka_arena *arena);
/* Sets blocks->article, by the blocks that are left and where the headline is, and drops what is outside. */
int karaka_html_region(karaka_html_blocks *blocks, karaka_arena *arena);
/* Drops what in the article is no part of it. */
void karaka_html_drop(karaka_html_blocks *blocks);

/* ---- Facts ------------------------------------------------------------------------------------------------------- */

typedef struct karaka_html_facts {
    karaka_slice value[KARAKA_FACTS]; /* length 0: not told */
    KARAKA_LIST(karaka_slice) authors;
    karaka_slice canonical;
    karaka_slice text;       /* the article's, as JSON-LD tells it, a paragraph a line */
    karaka_span text_input;  /* of the scripts that JSON-LD stands in */
    karaka_slice page_title; /* the element title, the site's name behind and all */
} karaka_html_facts;

int karaka_html_facts_read(karaka_html_facts *out, karaka_arena *arena, const karaka_markup *markup,
                           const karaka_html_tree *tree);

/* ---- JSON as pages write it -------------------------------------------------------------------------------------- */

typedef enum karaka_json_kind { JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_OTHER } karaka_json_kind;

/* Values in the order of the text; those in an object or array are the ones behind it and before `end`. */
typedef struct karaka_json_value {
    karaka_json_kind kind;
    uint32_t parent, end;
    karaka_slice key; /* in an object */
    karaka_slice text;
} karaka_json_value;

typedef struct karaka_json {
    karaka_json_value *items;
    size_t count, room;
} karaka_json;

/* Whatever can be made of `text`: commas too many or too few, breaks in strings, comments around it, an end that is
 * missing. Adds to `out`. */
int karaka_json_read(karaka_json *out, karaka_arena *arena, karaka_slice text);
/* The member `key` of the object at `at`, 0 where there is none (value 0 is no member of anything). */
uint32_t karaka_json_member(const karaka_json *json, uint32_t at, const char *key);

#endif
