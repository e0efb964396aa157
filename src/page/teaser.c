/* teaser: kickers, and which of the lines like headlines are sub-headings.
 *
 * In: the article's lines. Out: page->kicker; a kind for the lines that stay; teasers for other stories go. A teaser
 * gives itself away: it has a kicker, calls out, is long, stands among its like, and its words are not the article's. A
 * sub-heading is shorter, and a paragraph of the article follows.
 * Example: between paragraphs on Kim and Lavrov "Why Moscow needs Kim" stays, "Cricket: India win! What Sharma said"
 * goes.
 */
#include "page/reading.h"
#include <string.h>

enum {
    KICKER_WORDS = 6,
    LONG_WORDS = 14, /* for a sub-heading */
    LONGER_WORDS = 18,
    HEADING_WORDS = 4, /* so short a line before a paragraph need not share words with it */
    FIRST_WORDS = 5,   /* before the lead: fewer are a label */
    TAIL_WORDS = 12,
    SAID_LEAST = 2, /* words about a subject: fewer tell nothing */
    LINKS = 3,      /* lines in a row that are like headlines */
    TEASER = 2,     /* points */
};
static const double UNRELATED = 0.34, HALF_RELATED = 0.5, RELATED = 0.75, LIST_RELATED = 0.6, ITEM_RELATED = 0.4;

/* ---- Kickers ---- */

/* Words before the colon that may end a kicker; *rest: where the text goes on. 0: no such colon. */
static size_t colon_words(const karaka_page_line *line, size_t *rest) {
    karaka_slice text = line->line.text;
    for (size_t i = 0; i < line->word_count && i < KICKER_WORDS; i++) {
        size_t at = line->words[i].end, next = i + 1 < line->word_count ? line->words[i + 1].start : text.length;
        while (at < next && text.bytes[at] == ' ')
            at++;
        bool inside = text.bytes[0] == '[' && !memchr(text.bytes, ']', at); /* "[The opera: a review] ..." */
        if (at < next && text.bytes[at] == ':' && at + 1 < text.length && text.bytes[at + 1] == ' ' && !inside) {
            *rest = at + 2;
            return i + 1;
        }
        for (; at < next; at++) /* a sentence's end or a quote: what follows is no kicker's colon */
            if (text.bytes[at] == '"' || text.bytes[at] == '!' || text.bytes[at] == '?')
                return 0;
    }
    return 0;
}

/* A kicker is known by the table, by its script, or by the page's using it on several lines; any other words before a
 * colon are a speaker or a place. */
static bool is_kicker(const karaka_page *page, const karaka_page_line *line, size_t words, size_t rest) {
    karaka_slice text = line->line.text;
    size_t taken = 0;
    if (karaka_page_rule_at(page->rules, &taken, 1u << KARAKA_PAGE_KICKER, line->words, words) && taken == words)
        return true;
    UScriptCode before = karaka_page_script((karaka_slice){text.bytes, rest});
    UScriptCode after = karaka_page_script((karaka_slice){text.bytes + rest, text.length - rest});
    if (before != USCRIPT_COMMON && before != after && after == page->script)
        return true;
    uint64_t hash = karaka_page_words_hash(line->words, words);
    for (size_t i = 0, looked = 0; i < page->count && looked < 200; i++, looked++) {
        const karaka_page_line *other = &page->lines[i];
        size_t other_rest = 0;
        if (other->hash != line->hash && colon_words(other, &other_rest) == words &&
            karaka_page_words_hash(other->words, words) == hash)
            return true;
    }
    return false;
}

/* Takes the kicker off the line's text; the line's words are still those of all of it. */
static karaka_slice take_kicker(karaka_page *page, karaka_page_line *line) {
    size_t rest = 0, words = colon_words(line, &rest);
    if (!words || !is_kicker(page, line, words, rest))
        return (karaka_slice){"", 0};
    karaka_slice *text = &line->line.text;
    size_t start = line->words[0].start, end = line->words[words - 1].end;
    karaka_slice kicker = {text->bytes + start, end - start};
    karaka_slice left = karaka_slice_trim((karaka_slice){text->bytes + rest, text->length - rest});
    if (!left.length)
        return (karaka_slice){"", 0};
    *text = left;
    return kicker;
}

int karaka_page_kickers(karaka_page *page) {
    page->lead = KARAKA_PAGE_NONE;
    for (size_t i = 0; i < page->count && page->lead == KARAKA_PAGE_NONE; i++)
        if (!page->lines[i].reason && page->lines[i].paragraph && (ptrdiff_t)i != page->title_line)
            page->lead = (ptrdiff_t)i;
    int error = KARAKA_OK;
    if (page->lead != KARAKA_PAGE_NONE) {
        karaka_page_line *lead = &page->lines[page->lead];
        page->kicker = take_kicker(page, lead);
        error = page->kicker.length ? karaka_page_line_words(page, lead) : KARAKA_OK;
        lead->paragraph = true; /* however short it is now */
    }
    if (error < 0 || !page->title.length)
        return error;
    karaka_page_line title = {.line = {.text = page->title}};
    error = karaka_page_line_words(page, &title);
    if (error < 0)
        return error;
    page->title_kicker = take_kicker(page, &title);
    page->title = title.line.text;
    return KARAKA_OK;
}

/* ---- Teasers ---- */

static bool open_line(const karaka_page *page, size_t at) {
    return !page->lines[at].reason && (ptrdiff_t)at != page->title_line;
}

static int points(const karaka_page *page, const karaka_page_line *line, bool in_row, bool heading) {
    unsigned said = 0;
    double related = karaka_page_related(page, line, &said);
    size_t rest = 0;
    int sum = 0;
    sum += colon_words(line, &rest) > 0;
    sum += line->calls;
    sum += line->word_count >= LONG_WORDS;
    sum += line->word_count >= LONGER_WORDS;
    sum += in_row;
    sum += karaka_page_script(line->line.text) != page->script;
    if (said >= SAID_LEAST)
        sum += related < UNRELATED ? (heading ? 1 : 2) : related < HALF_RELATED ? 1 : related >= RELATED ? -1 : 0;
    return sum;
}

/* An item after one that stays, or after a paragraph that ends in a colon. */
static bool announced(const karaka_page *page, size_t at) {
    const karaka_page_line *before = at ? &page->lines[at - 1] : NULL;
    return before && !before->reason && (before->colon || (before->bullet && before->kind == KARAKA_BODY));
}

/* After the last paragraph nothing more is told, unless a long line next to it speaks of the same: a paragraph whose
 * last mark is missing. */
static void judge_after(karaka_page *page, size_t at) {
    karaka_page_line *line = &page->lines[at];
    unsigned said = 0;
    size_t rest = 0;
    bool next = page->last != KARAKA_PAGE_NONE && (ptrdiff_t)at == page->last + 1;
    if (next && line->word_count >= TAIL_WORDS && !line->calls && !colon_words(line, &rest) &&
        karaka_page_related(page, line, &said) >= LIST_RELATED)
        line->kind = KARAKA_BODY;
    else
        karaka_page_drop(line, "after the article", "");
}

/* A line like a headline: a sub-heading, an item of a list in the article, or no part of it. */
static void judge(karaka_page *page, size_t at, size_t in_row, bool before_paragraph) {
    karaka_page_line *line = &page->lines[at];
    unsigned said = 0;
    bool begun = page->lead != KARAKA_PAGE_NONE && (ptrdiff_t)at > page->lead;
    bool second = !begun && page->title_line != KARAKA_PAGE_NONE && (ptrdiff_t)at == page->title_line + 1;
    bool heading = in_row == 1 && before_paragraph && line->word_count <= HEADING_WORDS;
    line->kind = line->word_count >= LONG_WORDS && begun ? KARAKA_BODY : KARAKA_SUBHEAD;
    if (line->bullet && announced(page, at))
        line->kind = KARAKA_BODY;
    else if (page->last == KARAKA_PAGE_NONE || (ptrdiff_t)at > page->last)
        judge_after(page, at);
    else if (line->bullet && karaka_page_related(page, line, &said) >= ITEM_RELATED && said >= SAID_LEAST)
        line->kind = KARAKA_BODY;
    else if (line->word_count < (begun ? 2u : FIRST_WORDS))
        karaka_page_drop(line, "short line", "");
    else if (points(page, line, begun && in_row >= LINKS, heading) - (second ? 1 : 0) >= TEASER)
        karaka_page_drop(line, in_row >= LINKS ? "links" : "teaser", "");
    else if (begun && in_row >= LINKS && !before_paragraph) {
        if (karaka_page_related(page, line, &said) < LIST_RELATED)
            karaka_page_drop(line, "links", "");
        else
            line->kind = KARAKA_BODY;
    }
}

void karaka_page_teasers(karaka_page *page) {
    for (size_t i = 0; i < page->count;) {
        if (!open_line(page, i) || page->lines[i].paragraph) {
            page->lines[i].kind = (ptrdiff_t)i == page->title_line ? KARAKA_TITLE
                                  : (ptrdiff_t)i == page->lead     ? KARAKA_LEAD
                                                                   : KARAKA_BODY;
            i++;
            continue;
        }
        size_t end = i, in_row = 0; /* the row goes on over what was dropped before */
        for (; end < page->count && !(open_line(page, end) && page->lines[end].paragraph); end++)
            in_row += open_line(page, end) && !page->lines[end].bullet;
        size_t last = end;
        while (last > i && !open_line(page, last - 1))
            last--;
        for (size_t k = i; k < end; k++)
            if (open_line(page, k))
                judge(page, k, in_row, k + 1 == last);
        i = end;
    }
}
