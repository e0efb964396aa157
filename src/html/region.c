/* region: which element holds the article.
 *
 * In: blocks, and what the table says of the elements around them. Out: first the blocks of elements that the table
 * drops have a reason; then blocks->article is set, and the blocks outside it have one.
 * A block is good where it is text: sentences, few of them in links. An element is worth the good words in it less a
 * part of the other ones; the one that is worth most holds the article, and one that the table calls a body wins
 * against others that are not much better. Example: body > (nav 40 links, div > (5 paragraphs, aside 9 links)) -> div.
 */
#include "html/html.h"

#include <string.h>

enum { OTHER_WORDS = 4, GOOD_WORDS = 10, SENTENCE_WORDS = 4, BODY_LEAST = 25 };
static const double LINKED = 0.5; /* share of a good block's words that links may have */
static const double OTHER_COST = 0.4, ITEM_WORTH = 0.7;
static const double DROP_MOST = 0.8, DOUBT_MOST = 0.35; /* of the page's good words: more is no furniture */
static const double BODY_SHARE = 0.4, AROUND = 0.3, ONE_BODY = 0.7;

/* Sums over the nodes before one, so that any element's is a difference. */
typedef struct sums {
    double *good, *other;
    uint32_t *bodies; /* elements that the table calls a body, and first headings */
} sums;

typedef struct finder {
    karaka_html_blocks *blocks;
    const karaka_html_node *nodes;
    size_t count;
    sums sums;
    const karaka_markup_rule **dropped; /* of each node: by which rule, itself or from above */
    bool *hidden;
} finder;

static bool good(const karaka_html_block *b) {
    if (b->tag == TAG_HEADING || b->tag == TAG_HEADING1)
        return false;
    return b->link_words <= b->words * LINKED && (b->words >= GOOD_WORDS || (b->ends && b->words >= SENTENCE_WORDS));
}

static double worth(const karaka_html_block *b) {
    double words = b->words - b->link_words;
    return b->tag == TAG_ITEM || b->tag == TAG_CELL ? words * ITEM_WORTH : words;
}

/* What an element loses for a block of other things. */
static double other(const karaka_html_block *b) {
    bool heading = b->tag == TAG_HEADING || b->tag == TAG_HEADING1;
    return heading && b->link_words * 2 < b->words ? 0 : OTHER_WORDS + b->words * OTHER_COST;
}

static double good_in(const finder *f, uint32_t at) {
    return f->sums.good[f->nodes[at].end] - f->sums.good[at];
}

static double value(const finder *f, uint32_t at) {
    return good_in(f, at) - (f->sums.other[f->nodes[at].end] - f->sums.other[at]);
}

/* Of the blocks that are not dropped. */
static void add_up(finder *f) {
    memset(f->sums.good, 0, (f->count + 1) * sizeof *f->sums.good);
    memset(f->sums.other, 0, (f->count + 1) * sizeof *f->sums.other);
    for (size_t i = 0; i < f->blocks->count; i++) {
        const karaka_html_block *b = &f->blocks->items[i];
        if (b->reason)
            continue;
        if (good(b))
            f->sums.good[b->at + 1] += worth(b);
        else
            f->sums.other[b->at + 1] += other(b);
    }
    for (size_t i = 0; i < f->count; i++) {
        f->sums.good[i + 1] += f->sums.good[i];
        f->sums.other[i + 1] += f->sums.other[i];
    }
}

static bool is_body(const finder *f, uint32_t at) {
    const karaka_markup_match *m = &f->nodes[at].match;
    return m->body && !m->drop && karaka_html_breaks(f->nodes[at].tag);
}

static void count_bodies(finder *f) {
    for (uint32_t i = 0; i < f->count; i++)
        f->sums.bodies[i + 1] = f->sums.bodies[i] + (is_body(f, i) || f->nodes[i].tag == TAG_HEADING1);
}

/* ---- What the table drops ---- */

/* The rule by which an element goes, itself: none where it holds what no furniture holds. */
static const karaka_markup_rule *rule_of(const finder *f, uint32_t at, bool doubt, double all) {
    const karaka_html_node *node = &f->nodes[at];
    const karaka_markup_match *m = &node->match;
    bool unsure = node->tag == TAG_ARTICLE; /* its classes name its subjects too: "tag-advertising" */
    const karaka_markup_rule *rule = !doubt ? (unsure ? NULL : m->drop) : m->doubt ? m->doubt : unsure ? m->drop : NULL;
    if (!rule || node->tag == TAG_BODY || node->tag == TAG_HTML)
        return NULL;
    bool holds = f->sums.bodies[node->end] > f->sums.bodies[at + 1];
    double share = all > 0 ? good_in(f, at) / all : 0;
    return (holds && share > 0) || share > (doubt ? DOUBT_MOST : DROP_MOST) ? NULL : rule;
}

/* What is certain first, for what is doubtful is measured against the rest. */
static void mark(finder *f, bool doubt) {
    double all = f->sums.good[f->count];
    for (uint32_t i = 1; i < f->count; i++) {
        uint32_t up = f->nodes[i].parent;
        if (!f->dropped[i])
            f->dropped[i] = f->dropped[up] ? f->dropped[up] : rule_of(f, i, doubt, all);
        double share = all > 0 ? good_in(f, i) / all : 0;
        f->hidden[i] = f->hidden[up] || (doubt && f->nodes[i].hidden && share < DOUBT_MOST);
    }
    for (size_t i = 0; i < f->blocks->count; i++) {
        karaka_html_block *b = &f->blocks->items[i];
        if (b->reason)
            continue;
        if (f->dropped[b->at]) {
            b->reason = f->dropped[b->at]->value;
            b->rule = f->dropped[b->at]->name;
        } else if (f->hidden[b->at]) {
            b->reason = "hidden";
            b->rule = "";
        }
    }
}

/* ---- Which element ---- */

static uint32_t common(const finder *f, uint32_t a, uint32_t b) {
    while (!(b >= a && b < f->nodes[a].end))
        a = f->nodes[a].parent;
    return a;
}

/* The element that the table calls a body, or the one around all such, where there is enough in them. */
static uint32_t find_body(const finder *f, double best) {
    uint32_t most = 0, all = 0;
    double sum = 0;
    for (uint32_t i = 1; i < f->count; i++) {
        if (!is_body(f, i) || good_in(f, i) < BODY_LEAST)
            continue;
        if (!most || good_in(f, i) > good_in(f, most))
            most = i;
        all = all ? common(f, all, i) : i;
        sum += good_in(f, i);
        i = f->nodes[i].end - 1;
    }
    if (!most || sum < best * BODY_SHARE)
        return 0;
    if (good_in(f, most) < sum * ONE_BODY)
        return all;
    for (uint32_t i = most + 1; i < f->nodes[most].end; i++) /* the innermost that holds as much */
        if (is_body(f, i) && good_in(f, i) >= good_in(f, most) * ONE_BODY)
            most = i;
    return most;
}

static uint32_t find_best(const finder *f, uint32_t in) {
    uint32_t best = in;
    for (uint32_t i = in + 1; i < f->nodes[in].end; i++)
        if (karaka_html_breaks(f->nodes[i].tag) && good_in(f, i) > 0 && value(f, i) >= value(f, best))
            best = i;
    return best;
}

/* The element <article> around the headline; 0: none. */
static uint32_t around_headline(const finder *f) {
    uint32_t at = f->blocks->headline < 0 ? 0 : f->blocks->items[f->blocks->headline].at;
    while (at && f->nodes[at].tag != TAG_ARTICLE)
        at = f->nodes[at].parent;
    return at;
}

static uint32_t find_article(const finder *f) {
    uint32_t best = find_best(f, 0), around = around_headline(f);
    if (around && around > best && around < f->nodes[best].end && good_in(f, around) >= good_in(f, best) * AROUND)
        best = find_best(f, around);
    uint32_t body = find_body(f, good_in(f, best));
    return body ? body : best;
}

static void drop_outside(finder *f) {
    const karaka_html_node *article = &f->nodes[f->blocks->article];
    for (size_t i = 0; i < f->blocks->count; i++) {
        karaka_html_block *b = &f->blocks->items[i];
        bool before = b->at < f->blocks->article, after = b->at >= article->end;
        if (b->reason || !(before || after))
            continue;
        b->reason = before ? "before the article" : "after the article";
        b->rule = "";
    }
}

static int begin(finder *f, karaka_html_blocks *blocks, karaka_arena *arena) {
    size_t count = blocks->tree->count;
    *f = (finder){.blocks = blocks, .nodes = blocks->tree->items, .count = count};
    f->sums.good = karaka_arena_array(arena, count + 1, sizeof *f->sums.good);
    f->sums.other = karaka_arena_array(arena, count + 1, sizeof *f->sums.other);
    f->sums.bodies = karaka_arena_array(arena, count + 1, sizeof *f->sums.bodies);
    f->dropped = karaka_arena_array(arena, count, sizeof *f->dropped);
    f->hidden = karaka_arena_array(arena, count, sizeof *f->hidden);
    if (!f->sums.good || !f->sums.other || !f->sums.bodies || !f->dropped || !f->hidden)
        return KARAKA_ERROR_MEMORY;
    count_bodies(f);
    add_up(f);
    return KARAKA_OK;
}

int karaka_html_mark(karaka_html_blocks *blocks, karaka_arena *arena) {
    finder f;
    int error = begin(&f, blocks, arena);
    if (error < 0)
        return error;
    mark(&f, false);
    add_up(&f);
    mark(&f, true);
    return KARAKA_OK;
}

int karaka_html_region(karaka_html_blocks *blocks, karaka_arena *arena) {
    finder f;
    int error = begin(&f, blocks, arena);
    if (error < 0)
        return error;
    blocks->article = find_article(&f);
    drop_outside(&f);
    return KARAKA_OK;
}
