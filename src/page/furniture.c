/* furniture: lines that the table `page` knows to be no part of an article.
 *
 * In: lines. Out: the reason and the rule for those that go. Headings of lists go at once, what stands under them when
 * it is known where the article's paragraphs are. Example: rule "drop line advertisement Advertisement" -> "-
 * Advertisement -" goes.
 */
#include "page/reading.h"

enum {
    SHORT_LINE = 25, /* words: only in such a line does a phrase count that stands inside it */
    TOLD_SHARE = 40, /* percent of the article's words before an END counts as the end */
    FURNITURE = 1 << KARAKA_PAGE_DROP | 1 << KARAKA_PAGE_LIST | 1 << KARAKA_PAGE_END,
};

static bool label_follows(const karaka_page_line *line, size_t last) {
    karaka_slice text = line->line.text;
    size_t at = line->words[last].end;
    if (last + 1 == line->word_count)
        return true;
    while (at < text.length && text.bytes[at] == ' ')
        at++;
    int32_t cp = at < text.length ? karaka_utf8_next(text.bytes, text.length, &at) : ':';
    return cp == ':' || cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == '|' || cp == '>' || cp == 0x964;
}

/* `from` and `to`: the words of the line without the numbers at both ends. */
static bool stands(const karaka_page_line *line, karaka_page_where where, size_t at, size_t taken, size_t from,
                   size_t to) {
    size_t end = at + taken;
    bool short_line = line->word_count <= SHORT_LINE;
    switch (where) {
    case KARAKA_PAGE_LINE:
        return at == from && end == to;
    case KARAKA_PAGE_LABEL:
        return at == 0 && label_follows(line, end - 1);
    case KARAKA_PAGE_START:
    case KARAKA_PAGE_CUT:
        return at == 0;
    case KARAKA_PAGE_LAST:
        return short_line && end == line->word_count;
    case KARAKA_PAGE_ANY:
        return short_line;
    default:
        return false;
    }
}

/* The first rule that fits, longest phrase first; *whole: it is all that the line says. */
static const karaka_page_rule *find_rule(const karaka_page *page, const karaka_page_line *line, bool *whole) {
    const karaka_page_rules *rules = page->rules;
    size_t from = 0, to = line->word_count;
    while (from < to && line->words[from].kind == KARAKA_PAGE_NUMBER)
        from++;
    while (to > from && line->words[to - 1].kind == KARAKA_PAGE_NUMBER)
        to--;
    size_t reach = line->word_count <= SHORT_LINE ? line->word_count : 1;
    for (size_t at = 0; at < reach; at++) {
        const karaka_page_phrase *found = NULL;
        size_t taken = 0;
        while ((found = karaka_page_phrases_next(&rules->phrases, found, &taken, line->words + at,
                                                 line->word_count - at))) {
            const karaka_page_rule *rule = &rules->items[found->rule];
            if (!(FURNITURE >> rule->kind & 1) || !stands(line, rule->where, at, taken, from, to))
                continue;
            *whole = at == from && at + taken == to;
            return rule;
        }
    }
    return NULL;
}

static bool starts_with(const karaka_page_line *line, const karaka_page_line *start) {
    if (start->word_count > line->word_count || !start->word_count)
        return false;
    for (uint32_t i = 0; i < start->word_count; i++)
        if (line->words[i].hash != start->words[i].hash)
            return false;
    return true;
}

/* "Kim in Wonsan" beside "Kim in Wonsan (photo: Reuters)": the picture's text and its caption. */
static void drop_beside(karaka_page *page, size_t at, const karaka_page_rule *rule) {
    karaka_page_line *line = &page->lines[at];
    karaka_page_line *before = at ? line - 1 : NULL, *after = at + 1 < page->count ? line + 1 : NULL;
    if (before && !before->reason && !before->paragraph && starts_with(line, before))
        karaka_page_drop(before, rule->value, rule->name);
    if (after && !after->reason && !after->paragraph && starts_with(line, after))
        karaka_page_drop(after, rule->value, rule->name);
}

void karaka_page_furniture(karaka_page *page) {
    for (size_t i = 0; i < page->count; i++) {
        karaka_page_line *line = &page->lines[i];
        bool whole = false;
        const karaka_page_rule *rule = find_rule(page, line, &whole);
        if (!rule || line->reason)
            continue;
        karaka_page_drop(line, rule->value, rule->name);
        if (rule->kind != KARAKA_PAGE_DROP && whole)
            line->heads = rule;
        if (rule->kind == KARAKA_PAGE_DROP && !whole)
            drop_beside(page, i, rule);
    }
}

/* Drops the headlines after line `at`; a short one that stands before a paragraph of the article may be a sub-heading.
 */
static void drop_list(karaka_page *page, size_t at) {
    const karaka_page_rule *rule = page->lines[at].heads;
    for (size_t i = at + 1; i < page->count; i++) {
        karaka_page_line *line = &page->lines[i];
        if (line->heads || (!line->reason && line->paragraph))
            return;
        if (!line->reason)
            karaka_page_drop(line, rule->value, rule->name);
    }
}

static void drop_rest(karaka_page *page, size_t at) {
    const karaka_page_rule *rule = NULL;
    for (; at < page->count; at++) {
        karaka_page_line *line = &page->lines[at];
        if (line->heads)
            rule = line->heads;
        else if (!line->reason)
            karaka_page_drop(line, rule->value, rule->name);
    }
}

static size_t paragraph_words(const karaka_page *page, size_t from, size_t to) {
    size_t words = 0;
    for (size_t i = from; i < to; i++)
        if (!page->lines[i].reason && page->lines[i].paragraph)
            words += page->lines[i].word_count;
    return words;
}

void karaka_page_lists(karaka_page *page) {
    if (page->first == KARAKA_PAGE_NONE)
        return;
    size_t first = (size_t)page->first, all = paragraph_words(page, first, (size_t)page->last + 1);
    for (size_t i = first; i < page->count; i++) {
        const karaka_page_rule *rule = page->lines[i].heads;
        if (!rule)
            continue;
        if (rule->kind == KARAKA_PAGE_END && paragraph_words(page, first, i) * 100 >= all * TOLD_SHARE) {
            drop_rest(page, i);
            return;
        }
        drop_list(page, i);
    }
}
