/* region: where on the page the article's paragraphs stand, and what they are about.
 *
 * In: lines with their shape. Out: page->first and last; the stems of the paragraphs' words; the script. The article is
 * the run of paragraphs with most words; other runs belong to it where they are about the same.
 * Example: 40 links, a title, 6 paragraphs, 30 links with a line of text each -> the 6 paragraphs.
 */
#include "page/reading.h"
#include <unicode/uchar.h>

enum {
    GAP = 8,            /* lines like headlines between paragraphs of one run */
    ALONE_WORDS = 6,    /* with nothing that looks like a paragraph: lines so long are paragraphs */
    HEADLINE_REACH = 4, /* lines between a byline and its headline */
    TOLD_WORDS = 30,    /* of the article before another one can begin */
    TRIES = 4,
    LETTERS = 512,  /* of a paragraph whose script is told */
    SAID_LEAST = 4, /* words about a subject: fewer tell nothing */
};
static const double SAME_SUBJECT = 0.5, SAME_ARTICLE = 0.4;

typedef struct run {
    size_t first, last, words;
} run;

static bool paragraph(const karaka_page_line *line) {
    return line->paragraph && !line->reason;
}

/* The first run that has at least `words` words; none: the one with most. */
static run find_run(const karaka_page *page, size_t words) {
    run best = {0}, now = {0};
    size_t gap = 0;
    for (size_t i = 0; i < page->count; i++) {
        const karaka_page_line *line = &page->lines[i];
        if (!paragraph(line)) {
            gap += !line->reason;
            continue;
        }
        if (!now.words || gap > GAP) {
            if (best.words >= words)
                return best;
            now = (run){.first = i};
        }
        gap = 0;
        now.last = i;
        now.words += line->word_count;
        if (now.words > best.words)
            best = now;
    }
    return best;
}

/* A page goes on with the next stories, which may be longer: the first run that is half as long as any is the article.
 */
static run article_run(const karaka_page *page) {
    run longest = find_run(page, SIZE_MAX);
    return longest.words ? find_run(page, (longest.words + 1) / 2) : longest;
}

/* ---- Stems ---- */

static bool has_stem(const karaka_stems *stems, uint32_t stem) {
    for (size_t at = stem & stems->mask; stems->slots[at]; at = (at + 1) & stems->mask)
        if (stems->slots[at] == stem)
            return true;
    return false;
}

static void add_stems(karaka_stems *stems, const karaka_page_line *line) {
    for (uint32_t i = 0; i < line->word_count; i++) {
        uint32_t stem = line->words[i].stem;
        size_t at = stem & stems->mask;
        while (stems->slots[at] && stems->slots[at] != stem)
            at = (at + 1) & stems->mask;
        stems->slots[at] = stem;
    }
}

/* Those of the paragraphs of lines [from, to). */
static int collect_stems(karaka_page *page, size_t from, size_t to) {
    size_t room = 64;
    while (room < page->words * 2)
        room *= 2;
    page->stems.slots = karaka_arena_array(page->arena, room, sizeof *page->stems.slots);
    if (!page->stems.slots)
        return KARAKA_ERROR_MEMORY;
    page->stems.mask = room - 1;
    for (size_t i = from; i < to; i++)
        if (paragraph(&page->lines[i]))
            add_stems(&page->stems, &page->lines[i]);
    return KARAKA_OK;
}

double karaka_page_related(const karaka_page *page, const karaka_page_line *line, unsigned *said) {
    unsigned shared = 0;
    *said = 0;
    for (uint32_t i = 0; i < line->word_count; i++) {
        const karaka_page_token *word = &line->words[i];
        size_t taken = 0;
        if (word->kind != KARAKA_PAGE_WORD ||
            karaka_page_rule_at(page->rules, &taken, 1u << KARAKA_PAGE_COMMON, word, 1))
            continue;
        ++*said;
        shared += page->stems.slots && has_stem(&page->stems, word->stem);
    }
    return *said ? (double)shared / *said : 0;
}

/* ---- The region ---- */

/* A page whose writer sets no sentence ends: its longer lines are its paragraphs. */
static void lines_as_paragraphs(karaka_page *page) {
    size_t open = 0, longer = 0, words = 0, seen = 0;
    for (size_t i = 0; i < page->count; i++) {
        open += !page->lines[i].reason;
        if (page->lines[i].reason || page->lines[i].word_count < ALONE_WORDS)
            continue;
        longer++;
        words += page->lines[i].word_count;
    }
    for (size_t i = 0; i < page->count; i++) {
        karaka_page_line *line = &page->lines[i];
        if (line->reason || !(longer ? line->word_count >= ALONE_WORDS : open == 1))
            continue;
        bool title = !seen++ && longer > 1 && (size_t)line->word_count * 2 * (longer - 1) <= words - line->word_count;
        line->paragraph = !title; /* the first line is a title where it is half as long as those after it */
    }
}

/* Fewer than one letter in ten is of the article's script. */
static bool foreign(const karaka_page *page, karaka_slice text) {
    unsigned own = 0, letters = 0;
    for (size_t at = 0; at < text.length && letters < LETTERS;) {
        int32_t cp = karaka_utf8_next(text.bytes, text.length, &at);
        if (cp < 0 || !u_isalpha(cp))
            continue;
        letters++;
        own += uscript_getScript(cp, &(UErrorCode){U_ZERO_ERROR}) == page->script;
    }
    return own * 10 < letters;
}

/* The article's language is not theirs. */
static void drop_foreign(karaka_page *page) {
    for (size_t i = 0; i < page->count; i++) {
        karaka_page_line *line = &page->lines[i];
        if (paragraph(line) && foreign(page, line->line.text))
            karaka_page_drop(line, "another script", "");
    }
}

/* A paragraph outside the longest run belongs to the article if it speaks of the same. */
static void widen(karaka_page *page, run r) {
    page->first = (ptrdiff_t)r.first;
    page->last = (ptrdiff_t)r.last;
    for (size_t i = 0; i < page->count; i++) {
        karaka_page_line *line = &page->lines[i];
        if (!paragraph(line) || (i >= r.first && i <= r.last))
            continue;
        unsigned said = 0;
        if (karaka_page_related(page, line, &said) < SAME_SUBJECT || said < SAID_LEAST)
            karaka_page_drop(line, i < r.first ? "before the article" : "after the article", "");
        else if (i < r.first && (ptrdiff_t)i < page->first)
            page->first = (ptrdiff_t)i;
        else if (i > r.last)
            page->last = (ptrdiff_t)i;
    }
}

int karaka_page_region(karaka_page *page) {
    page->first = page->last = KARAKA_PAGE_NONE;
    run r = article_run(page);
    if (!r.words) {
        lines_as_paragraphs(page);
        r = article_run(page);
    }
    if (!r.words)
        return KARAKA_OK;
    page->script = karaka_page_script(page->lines[r.first].line.text);
    int error = collect_stems(page, r.first, r.last + 1);
    if (error == KARAKA_OK)
        widen(page, r);
    drop_foreign(page);
    return error;
}

int karaka_page_region_told(karaka_page *page) {
    page->first = page->last = KARAKA_PAGE_NONE;
    for (size_t i = 0; i < page->count; i++) {
        if (!paragraph(&page->lines[i]))
            continue;
        if (page->first == KARAKA_PAGE_NONE)
            page->first = (ptrdiff_t)i;
        page->last = (ptrdiff_t)i;
    }
    if (page->first == KARAKA_PAGE_NONE)
        return KARAKA_OK;
    page->script = karaka_page_script(page->lines[page->first].line.text);
    return collect_stems(page, (size_t)page->first, (size_t)page->last + 1);
}

/* ---- Where the next article begins ---- */

static size_t words_between(const karaka_page *page, size_t from, size_t to) {
    size_t words = 0;
    for (size_t i = from; i < to; i++)
        words += paragraph(&page->lines[i]) ? page->lines[i].word_count : 0;
    return words;
}

/* Share of the words of lines [from, to)'s paragraphs that the stems have; a few paragraphs are enough to tell. */
static double related_between(const karaka_page *page, size_t from, size_t to) {
    enum { LOOKED_AT = 5 };
    double shared = 0, all = 0;
    for (size_t i = from, looked = 0; i < to && looked < LOOKED_AT; i++) {
        unsigned said = 0;
        if (!paragraph(&page->lines[i]))
            continue;
        shared += karaka_page_related(page, &page->lines[i], &said) * said;
        all += said;
        looked++;
    }
    return all > 0 ? shared / all : 1;
}

/* The headline above the byline at `at`, or `at`. */
static size_t headline_above(const karaka_page *page, size_t at) {
    size_t start = at;
    for (size_t i = at; i-- > 0 && at - i <= HEADLINE_REACH && !paragraph(&page->lines[i]);)
        if (!page->lines[i].reason)
            start = i;
    return start;
}

static size_t first_byline(const karaka_page *page) {
    size_t i = 0;
    while (i < page->count && !page->lines[i].byline)
        i++;
    return i;
}

/* A page that scrolls on shows the next article under the first: a second byline in the midst of the paragraphs, and
 * what follows it speaks of something else. */
int karaka_page_next_article(karaka_page *page) {
    size_t tries = 0, own = first_byline(page);
    for (ptrdiff_t i = page->first + 1; page->first != KARAKA_PAGE_NONE && i < page->last && tries < TRIES; i++) {
        size_t at = (size_t)i, first = (size_t)page->first, last = (size_t)page->last;
        if (!page->lines[at].byline || at <= own || words_between(page, own, at) < TOLD_WORDS)
            continue;
        tries++;
        int error = collect_stems(page, first, at);
        if (error < 0)
            return error;
        if (related_between(page, at, last + 1) >= SAME_ARTICLE)
            continue;
        for (size_t k = headline_above(page, at); k < page->count; k++)
            if (!page->lines[k].reason)
                karaka_page_drop(&page->lines[k], "next article", "");
        while (!paragraph(&page->lines[page->last]))
            page->last--;
        return KARAKA_OK;
    }
    return tries ? collect_stems(page, (size_t)page->first, (size_t)page->last + 1) : KARAKA_OK;
}
