/* headline: the page's title.
 *
 * In: lines, the article's region, perhaps the title that the caller told. Out: page->title; the lines before it go.
 * Of the lines like headlines above the first paragraph that one is the title which the page repeats (in its
 * breadcrumb, above the byline), whose words the article uses, and which stands next to the article. Example: "Cricket:
 * India win", "Kim meets Lavrov", "Kim and Lavrov met on Saturday." -> the second.
 */
#include "page/reading.h"

enum {
    TITLE_WORDS = 4,    /* fewer are seldom a title */
    TITLE_LONGEST = 40, /* more never */
    UNRELATED_WORDS = 4,
};
static const double ENOUGH = 1.0, UNRELATED = 0.25, RELATED_MOST = 0.5;

/* Lines of the page with the same words, up to 2. */
static int times_told(const karaka_page *page, const karaka_page_line *line, size_t from, size_t to) {
    int times = 0;
    for (size_t i = from; i < to && times < 2; i++)
        times += page->lines[i].hash == line->hash;
    return times;
}

static bool candidate(const karaka_page_line *line) {
    return !line->reason && !line->paragraph && line->word_count >= 2 && line->word_count <= TITLE_LONGEST;
}

static double score(const karaka_page *page, size_t at, size_t end, bool adjacent) {
    const karaka_page_line *line = &page->lines[at];
    unsigned said = 0;
    double related = karaka_page_related(page, line, &said), points = 0;
    points += 3 * (related < RELATED_MOST ? related : RELATED_MOST);
    if (line->word_count >= TITLE_WORDS)
        points += line->hash == page->crumb_title || times_told(page, line, at, end) > 1 ? 2.5 : 0.5;
    else
        points -= 1;
    size_t taken = 0; /* a breadcrumb without signs between its parts */
    if (karaka_page_rule_at(page->rules, &taken, 1u << KARAKA_PAGE_HOME, line->words, line->word_count) && taken > 1)
        points -= 1;
    return points + (adjacent ? 1 : 0);
}

/* How many lines above the first paragraph are looked at: enough for any page, and no page is slow. */
enum { REACH = 400 };

static ptrdiff_t find_title(const karaka_page *page) {
    size_t end = page->first == KARAKA_PAGE_NONE ? page->count : (size_t)page->first;
    size_t start = end > REACH ? end - REACH : 0;
    size_t after = end + REACH < page->count ? end + REACH : page->count;
    ptrdiff_t best = KARAKA_PAGE_NONE;
    double most = ENOUGH;
    bool adjacent = true;
    for (size_t i = end; i-- > start;) {
        const karaka_page_line *line = &page->lines[i];
        if (!candidate(line))
            continue;
        double points = score(page, i, after, adjacent);
        if (points >= most) { /* of equal ones the upper: a second headline stands below the first */
            most = points;
            best = (ptrdiff_t)i;
        }
        unsigned said = 0;
        if (line->word_count >= UNRELATED_WORDS && karaka_page_related(page, line, &said) < UNRELATED)
            adjacent = false;
    }
    return best;
}

/* One is the other, or the other cut short, or with the site's name behind. */
static bool same_start(const karaka_page_line *a, const karaka_page_line *b) {
    uint32_t least = a->word_count < b->word_count ? a->word_count : b->word_count;
    if (a->hash != b->hash && least < TITLE_WORDS)
        return false;
    for (uint32_t i = 0; i < least; i++)
        if (a->words[i].hash != b->words[i].hash)
            return false;
    return true;
}

/* The caller's title on the page, or nothing. */
static int find_told(karaka_page *page, ptrdiff_t *out) {
    karaka_page_line told = {.line = {.text = page->title}};
    *out = KARAKA_PAGE_NONE;
    int error = karaka_page_line_words(page, &told);
    for (size_t i = 0; error == KARAKA_OK && i < page->count; i++)
        if (!page->lines[i].reason && !page->lines[i].paragraph && same_start(&page->lines[i], &told)) {
            *out = (ptrdiff_t)i;
            break;
        }
    return error;
}

static void drop_before(karaka_page *page, ptrdiff_t end) {
    for (ptrdiff_t i = 0; i < end; i++)
        if (!page->lines[i].reason)
            karaka_page_drop(&page->lines[i], "before the headline", "");
}

int karaka_page_headline(karaka_page *page) {
    page->title_line = KARAKA_PAGE_NONE;
    if (page->title.length) {
        ptrdiff_t told = KARAKA_PAGE_NONE;
        int error = find_told(page, &told);
        if (error < 0 || told == KARAKA_PAGE_NONE)
            return error;
        page->title_line = told;
    } else {
        page->title_line = find_title(page);
        if (page->title_line == KARAKA_PAGE_NONE)
            return KARAKA_OK;
        page->title = page->lines[page->title_line].line.text;
    }
    page->lines[page->title_line].kind = KARAKA_TITLE;
    if (page->first == KARAKA_PAGE_NONE || page->title_line < page->first)
        drop_before(page, page->title_line);
    return KARAKA_OK;
}
