/* blocks: nodes become blocks of text, each between two borders of block elements.
 *
 * In: the tree. Out: blocks in the order of the page with their words, links and sentence ends; runs of blanks are one,
 * a <br> is a border too. Example: "<div>Kim <a>met</a><p>They ate.</p>" -> "Kim met" (two words, one in a link,
 * TAG_BLOCK) and "They ate." (TAG_P, one sentence).
 */
#include "html/html.h"
#include "page/reading.h"

#include <string.h>

enum { WORD_BYTES = 12 /* a text without blanks has a word in so many bytes */ };

typedef struct splitter {
    karaka_html_blocks *blocks;
    karaka_arena *arena;
    const karaka_html_node *nodes;
    uint32_t node, holder; /* where we are; the block element around it */
    unsigned links;        /* links around it */
    bool blank, word;      /* a blank is due; the last byte was of a word */
    bool open;             /* a block has begun */
    bool ended;            /* the last character ended a sentence, if a blank follows */
} splitter;

karaka_slice karaka_html_block_text(const karaka_html_blocks *blocks, const karaka_html_block *block) {
    return (karaka_slice){blocks->text + block->start, block->end - block->start};
}

static karaka_html_block *current(splitter *s) {
    return &s->blocks->items[s->blocks->count - 1];
}

/* Headings, items, cells and paragraphs give their kind to the elements in them. */
static karaka_html_tag kind_of(const splitter *s, uint32_t at) {
    for (unsigned up = 0; up < 4 && at; up++, at = s->nodes[at].parent)
        switch (s->nodes[at].tag) {
        case TAG_P:
        case TAG_PRE:
        case TAG_HEADING1:
        case TAG_HEADING:
        case TAG_ITEM:
        case TAG_QUOTE:
        case TAG_CELL:
            return s->nodes[at].tag;
        default:
            break;
        }
    return TAG_BLOCK;
}

static void flush(splitter *s) {
    if (s->open) {
        karaka_html_block *b = current(s);
        b->end = (uint32_t)s->blocks->length;
        b->ends += s->ended;
        uint32_t least = (b->end - b->start) / WORD_BYTES;
        if (b->words < least && b->words < 3) {
            b->link_words = b->words ? b->link_words * least / b->words : 0;
            b->words = least;
        }
        s->blocks->text[s->blocks->length++] = '\n';
    }
    s->open = s->blank = s->word = s->ended = false;
}

static int open_block(splitter *s, const karaka_html_node *text) {
    karaka_html_block fresh = {.node = s->holder,
                               .at = (uint32_t)(text - s->nodes),
                               .start = (uint32_t)s->blocks->length,
                               .input = text->input,
                               .tag = kind_of(s, s->holder)};
    int error = KARAKA_PUSH(s->arena, *s->blocks, fresh);
    s->open = error == KARAKA_OK;
    return error;
}

static bool blank_byte(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void put_char(splitter *s, const char *bytes, size_t length, int32_t cp) {
    karaka_html_block *b = current(s);
    if (s->blank && s->blocks->length > b->start && s->blocks->text[s->blocks->length - 1] != '\n') {
        s->blocks->text[s->blocks->length++] = ' ';
        b->ends += s->ended;
        s->ended = false;
    }
    if (s->blank || !s->word) {
        b->words++;
        b->link_words += s->links > 0;
    }
    s->blank = false;
    s->word = true;
    memcpy(s->blocks->text + s->blocks->length, bytes, length);
    s->blocks->length += length;
    if (cp == '"' || cp == '\'' || cp == ')' || cp == 0x201D || cp == 0x2019)
        return; /* closes a sentence that has ended, or does not */
    s->ended = cp == '.' || cp == '!' || cp == '?' || (cp >= 0x80 && karaka_page_ends_sentence(cp));
    b->ends += s->ended && cp >= 0x3000; /* no blank follows there */
}

static int take_text(splitter *s, const karaka_html_node *node) {
    bool pre = s->nodes[s->holder].tag == TAG_PRE;
    for (size_t at = 0; at < node->text.length;) {
        size_t start = at;
        char c = node->text.bytes[at];
        if (blank_byte(c)) {
            at++;
            if (pre && c == '\n' && s->open && !s->blank)
                s->blocks->text[s->blocks->length++] = '\n';
            s->blank = true;
            continue;
        }
        int32_t cp = karaka_utf8_next(node->text.bytes, node->text.length, &at);
        if (cp >= 0x80 && karaka_utf8_blank(cp)) {
            s->blank = true;
            continue;
        }
        if (!s->open && open_block(s, node) < 0)
            return KARAKA_ERROR_MEMORY;
        char meant[4];
        if (cp >= 0x80 && cp < 0xA0) /* "&#146;" */
            put_char(s, meant, karaka_utf8_put(meant, karaka_html_stray((unsigned char)cp)), cp);
        else
            put_char(s, node->text.bytes + start, at - start, cp);
        current(s)->input.end = node->input.end;
    }
    return KARAKA_OK;
}

static void leave(splitter *s) {
    const karaka_html_node *node = &s->nodes[s->node];
    if (node->tag == TAG_A)
        s->links--;
    if (karaka_html_breaks(node->tag)) {
        flush(s);
        s->holder = s->nodes[node->parent].holder;
    }
    s->node = node->parent;
}

static int enter(splitter *s, uint32_t at) {
    const karaka_html_node *node = &s->nodes[at];
    if (node->tag == TAG_TEXT)
        return take_text(s, node);
    s->node = at;
    if (node->tag == TAG_A)
        s->links++;
    if (node->tag == TAG_BR)
        flush(s);
    if (karaka_html_breaks(node->tag)) {
        flush(s);
        s->holder = at;
    }
    return KARAKA_OK;
}

/* Hidden words within a line are left out here; whole blocks that are hidden are judged later. */
static bool shown(const karaka_html_node *node) {
    bool inside = node->tag == TAG_INLINE || node->tag == TAG_A;
    return node->tag != TAG_SKIP && node->tag != TAG_HEAD && node->tag != TAG_TITLE && node->tag != TAG_LD_JSON &&
           !(inside && node->hidden);
}

int karaka_html_split(karaka_html_blocks *out, karaka_arena *arena, const karaka_html_tree *tree) {
    size_t room = 1;
    *out = (karaka_html_blocks){.tree = tree, .headline = -1};
    for (size_t i = 0; i < tree->count; i++) /* a break behind each; two bytes become three at most */
        room += tree->items[i].text.length * 3 / 2 + 2;
    out->text = karaka_arena_alloc(arena, room);
    if (!out->text)
        return KARAKA_ERROR_MEMORY;
    splitter s = {.blocks = out, .arena = arena, .nodes = tree->items};
    int error = KARAKA_OK;
    for (uint32_t i = 1; i < tree->count && error == KARAKA_OK;) {
        while (i >= tree->items[s.node].end)
            leave(&s);
        bool seen = shown(&tree->items[i]);
        error = seen ? enter(&s, i) : KARAKA_OK;
        i = seen ? i + 1 : tree->items[i].end;
    }
    flush(&s);
    return error;
}
