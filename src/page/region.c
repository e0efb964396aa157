/* region: where on the page the article's paragraphs stand, and what they are about.
 *
 * In: lines with their shape. Out: page->first and last; the stems of the paragraphs' words; the script. The article is
 * the run of paragraphs with most words; other runs belong to it where they are about the same.
 * Example: 40 links, a title, 6 paragraphs, 30 links with a line of text each -> the 6 paragraphs.
 */
#include "page/reading.h"

enum {
    GAP = 8,         /* lines like headlines between paragraphs of one run */
    ALONE_WORDS = 6, /* with nothing that looks like a paragraph: lines so long are paragraphs */
    SAID_LEAST = 4,  /* words about a subject: fewer tell nothing */
};
static const double SAME_SUBJECT = 0.5;

typedef struct run {
    size_t first, last, words;
} run;

static bool paragraph(const karaka_page_line *line) {
    return line->paragraph && !line->reason;
}

static run longest_run(const karaka_page *page) {
    run best = {0}, now = {0};
    size_t gap = 0;
    for (size_t i = 0; i < page->count; i++) {
        const karaka_page_line *line = &page->lines[i];
        if (!paragraph(line)) {
            gap += !line->reason;
            continue;
        }
        if (!now.words || gap > GAP)
            now = (run){.first = i};
        gap = 0;
        now.last = i;
        now.words += line->word_count;
        if (now.words > best.words)
            best = now;
    }
    return best;
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

static int collect_stems(karaka_page *page, run r) {
    size_t room = 64;
    while (room < page->words * 2)
        room *= 2;
    page->stems.slots = karaka_arena_array(page->arena, room, sizeof *page->stems.slots);
    if (!page->stems.slots)
        return KARAKA_ERROR_MEMORY;
    page->stems.mask = room - 1;
    for (size_t i = r.first; i <= r.last; i++)
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
    size_t open = 0, longer = 0;
    for (size_t i = 0; i < page->count; i++) {
        open += !page->lines[i].reason;
        longer += !page->lines[i].reason && page->lines[i].word_count >= ALONE_WORDS;
    }
    for (size_t i = 0; i < page->count; i++)
        if (longer ? page->lines[i].word_count >= ALONE_WORDS : open == 1)
            page->lines[i].paragraph = true;
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
    run r = longest_run(page);
    if (!r.words) {
        lines_as_paragraphs(page);
        r = longest_run(page);
    }
    if (!r.words)
        return KARAKA_OK;
    page->script = karaka_page_script(page->lines[r.first].line.text);
    int error = collect_stems(page, r);
    if (error == KARAKA_OK)
        widen(page, r);
    return error;
}
