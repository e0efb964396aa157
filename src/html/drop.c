/* drop: what in the article's element is no part of the article.
 *
 * In: blocks in the article. Out: the reason for those that go: links that stand alone, lists of links, headings that
 * nothing follows. Example: "<p>They met.</p><p><a>Read: India win</a></p><h3>More</h3>" -> the last two go.
 */
#include "html/html.h"

enum {
    SAID = 25,     /* words outside its links that make a paragraph one of the article, with whatever is in the links */
    NEAR_LIST = 8, /* elements from an item up to its list */
};
static const double LINKS = 0.6; /* share of words in links that makes a block one of links */

static void drop(karaka_html_block *b, const char *reason) {
    b->reason = reason;
    b->rule = "";
}

/* What is judged together: the items of a list, the lines of a paragraph; else each block alone. */
static uint32_t group_of(const karaka_html_blocks *blocks, size_t at) {
    const karaka_html_node *nodes = blocks->tree->items;
    uint32_t node = blocks->items[at].node;
    if (blocks->items[at].tag != TAG_ITEM)
        return blocks->items[at].tag == TAG_BLOCK || blocks->items[at].tag == TAG_CELL ? 0 : node;
    for (unsigned up = 0; up < NEAR_LIST && nodes[node].tag != TAG_LIST; up++)
        node = nodes[node].parent;
    return node;
}

static void drop_links(karaka_html_blocks *blocks) {
    for (size_t from = 0, to = 0; from < blocks->count; from = to) {
        size_t words = 0, linked = 0;
        uint32_t group = group_of(blocks, from);
        for (; to == from || (group && to < blocks->count && group_of(blocks, to) == group); to++) {
            words += blocks->items[to].words;
            linked += blocks->items[to].link_words;
        }
        for (size_t i = from; i < to && (double)linked > (double)words * LINKS; i++) {
            karaka_html_block *b = &blocks->items[i];
            bool list = b->tag == TAG_ITEM;
            if (!b->reason && (list || !b->ends || b->words < b->link_words + SAID))
                drop(b, list ? "links" : "teaser");
        }
    }
}

static bool heading(const karaka_html_block *b) {
    return b->tag == TAG_HEADING || b->tag == TAG_HEADING1;
}

/* A heading that no text follows. */
static void drop_headings(karaka_html_blocks *blocks) {
    bool text = false;
    for (size_t i = blocks->count; i-- > 0;) {
        karaka_html_block *b = &blocks->items[i];
        if (b->reason)
            continue;
        if (heading(b) && !text)
            drop(b, "heading");
        text = !heading(b);
    }
}

void karaka_html_drop(karaka_html_blocks *blocks) {
    drop_links(blocks);
    drop_headings(blocks);
}
