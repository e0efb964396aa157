/* drop: what in the article's element is no part of the article.
 *
 * In: blocks in the article. Out: the reason for those that go: links that stand alone, lists of links, headings that
 * nothing follows. Example: "<p>They met.</p><p><a>Read: India win</a></p><h3>More</h3>" -> the last two go.
 */
#include "html/html.h"

static const double LINKS = 0.6; /* share of words in links that makes a block one of links */

static void drop(karaka_html_block *b, const char *reason) {
    b->reason = reason;
    b->rule = "";
}

/* Of the lines of a paragraph together: one of them may be a link. */
static void drop_links(karaka_html_blocks *blocks) {
    for (size_t from = 0, to = 0; from < blocks->count; from = to) {
        size_t words = 0, linked = 0;
        bool lines = blocks->items[from].tag != TAG_BLOCK && blocks->items[from].tag != TAG_CELL;
        for (; to == from || (lines && to < blocks->count && blocks->items[to].node == blocks->items[from].node);
             to++) {
            words += blocks->items[to].words;
            linked += blocks->items[to].link_words;
        }
        for (size_t i = from; i < to && (double)linked > (double)words * LINKS; i++)
            if (!blocks->items[i].reason)
                drop(&blocks->items[i], blocks->items[i].tag == TAG_ITEM ? "links" : "teaser");
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

int karaka_html_drop(karaka_html_blocks *blocks, karaka_arena *arena) {
    (void)arena;
    drop_links(blocks);
    drop_headings(blocks);
    return KARAKA_OK;
}
