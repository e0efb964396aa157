/* crumbs: breadcrumbs and the menu at a page's top.
 *
 * In: lines. Out: the section; the lines that say where on the site the page stands go.
 * Example: "Home > World > Kim meets Lavrov" -> section "World", and the last part is remembered as a hint of the
 * title.
 */
#include "page/reading.h"
#include <string.h>

enum {
    CRUMB_TOKENS = 96,
    CRUMB_PARTS = 12,
    SECTION_WORDS = 4, /* a longer last part is the headline */
    MENU_LINES = 4,    /* short lines after "Home": more are a menu */
};

typedef struct part {
    size_t from, to; /* tokens */
} part;

static bool separator(const karaka_page_token *t) {
    static const int32_t signs[] = {'>', '/', '|', 0x203A, 0xBB, 0x2192, 0x276F, 0x25B8, 0xB7};
    if (t->kind != KARAKA_PAGE_SIGN)
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (t->value == signs[i])
            return true;
    return false;
}

/* Parts of at least one word; 0 where there are too many. */
static size_t split(part *parts, const karaka_page_token *tokens, size_t count) {
    size_t found = 0, from = 0;
    for (size_t i = 0; i <= count; i++) {
        if (i < count && !separator(&tokens[i]))
            continue;
        if (i > from) {
            if (found == CRUMB_PARTS)
                return 0;
            parts[found++] = (part){from, i};
        }
        from = i + 1;
    }
    return found;
}

static const karaka_page_rule *whole_part(const karaka_page *page, const karaka_page_token *tokens, part p,
                                          unsigned kinds) {
    size_t taken = 0;
    const karaka_page_rule *rule = karaka_page_rule_at(page->rules, &taken, kinds, tokens + p.from, p.to - p.from);
    return rule && taken == p.to - p.from ? rule : NULL;
}

static karaka_slice part_text(const karaka_page_line *line, const karaka_page_token *tokens, part p) {
    size_t start = tokens[p.from].start, end = tokens[p.to - 1].end;
    return (karaka_slice){line->line.text.bytes + start, end - start};
}

static uint64_t part_hash(const karaka_page *page, karaka_slice text) {
    karaka_page_token words[CRUMB_TOKENS];
    size_t count = karaka_page_tokens(words, CRUMB_TOKENS, page->rules->spelling, text, false);
    return karaka_page_words_hash(words, count);
}

/* "Home > World > Kim meets Lavrov" */
static bool read_crumbs(karaka_page *page, karaka_page_line *line) {
    karaka_page_token tokens[CRUMB_TOKENS];
    part parts[CRUMB_PARTS];
    size_t count = karaka_page_tokens(tokens, CRUMB_TOKENS, page->rules->spelling, line->line.text, true);
    size_t found = split(parts, tokens, count);
    const karaka_page_rule *home = found > 1 ? whole_part(page, tokens, parts[0], 1u << KARAKA_PAGE_HOME) : NULL;
    if (!home)
        return false;
    bool menu = found > 3; /* every part short: as many sections side by side are no path */
    for (size_t i = 1; i < found; i++)
        menu = menu && parts[i].to - parts[i].from <= SECTION_WORDS;
    karaka_page_drop(line, menu ? "menu" : "breadcrumb", home->name);
    if (menu)
        return true;
    part last = parts[found - 1];
    bool headline = last.to - last.from > SECTION_WORDS;
    if (headline)
        page->crumb_title = part_hash(page, part_text(line, tokens, last));
    for (size_t i = found - (headline ? 1 : 0); i-- > 1;)
        if (!whole_part(page, tokens, parts[i], 1u << KARAKA_PAGE_HOME)) {
            page->section = part_text(line, tokens, parts[i]);
            break;
        }
    return true;
}

static const karaka_page_rule *whole_line(const karaka_page *page, const karaka_page_line *line, unsigned kinds) {
    size_t taken = 0;
    const karaka_page_rule *rule = karaka_page_rule_at(page->rules, &taken, kinds, line->words, line->word_count);
    return rule && taken == line->word_count ? rule : NULL;
}

static bool short_line(const karaka_page_line *line) {
    return !line->paragraph && line->word_count && line->word_count <= SECTION_WORDS;
}

/* The line from its first word to its last. */
static karaka_slice words_text(const karaka_page_line *line) {
    size_t start = line->words[0].start, end = line->words[line->word_count - 1].end;
    return (karaka_slice){line->line.text.bytes + start, end - start};
}

/* "Home" on a line, its parts on the lines after. Returns the line after them. */
static size_t read_column(karaka_page *page, size_t at, const karaka_page_rule *home) {
    size_t end = at + 1;
    while (end < page->count && (ptrdiff_t)end != page->first && !page->lines[end].reason &&
           short_line(&page->lines[end]))
        end++;
    size_t sections = 0;
    for (size_t i = at + 1; i < end; i++)
        sections += whole_line(page, &page->lines[i], 1u << KARAKA_PAGE_SECTION) != NULL;
    bool menu = end - at > MENU_LINES || sections > 1;
    for (size_t i = at; i < end; i++)
        if (!page->lines[i].reason)
            karaka_page_drop(&page->lines[i], menu ? "menu" : "breadcrumb", home->name);
    if (!menu && end > at + 1 && !page->section.length)
        page->section = words_text(&page->lines[end - 1]);
    return end;
}

/* A section's name alone on a line; several in a row are a menu. */
static void read_section(karaka_page *page, size_t at) {
    karaka_page_line *line = &page->lines[at];
    unsigned kinds = 1u << KARAKA_PAGE_SECTION;
    const karaka_page_rule *rule = whole_line(page, line, kinds);
    if (!rule)
        return;
    bool menu =
        (at > 0 && whole_line(page, line - 1, kinds)) || (at + 1 < page->count && whole_line(page, line + 1, kinds));
    karaka_page_drop(line, menu ? "menu" : "section", rule->name);
    if (!menu && !page->section.length)
        page->section = line->line.text;
}

void karaka_page_crumbs(karaka_page *page) {
    size_t end = page->first == KARAKA_PAGE_NONE ? page->count : (size_t)page->first;
    for (size_t i = 0; i < end; i++) {
        karaka_page_line *line = &page->lines[i];
        if (line->reason || line->paragraph || read_crumbs(page, line))
            continue;
        const karaka_page_rule *home = whole_line(page, line, 1u << KARAKA_PAGE_HOME);
        if (home)
            i = read_column(page, i, home) - 1;
        else
            read_section(page, i);
    }
}
