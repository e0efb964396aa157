/* page: the stage that reads a page.
 *
 * In: karaka_input. Out: document->article. Clean text is taken as it stands: the title that was given, then a
 * paragraph a line, the first of them the lead. A page goes through the steps that reading.h lists.
 * Example: title "Kim meets Lavrov", text "They met.\nThey ate." -> TITLE, LEAD "They met.", BODY "They ate."
 */
#include "page/reading.h"
#include <string.h>

typedef KARAKA_LIST(karaka_piece) piece_list;

/* A copy of what the caller told, blanks off, each malformed byte U+FFFD; NULL where nothing was told. */
static int keep_told(const char **out, karaka_arena *arena, const char *told) {
    *out = NULL;
    if (!told)
        return KARAKA_OK;
    karaka_slice s = karaka_slice_trim(karaka_slice_of(told));
    if (s.length > KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "id, url or outlet larger than %zu bytes", KARAKA_INPUT_LIMIT);
    if (!s.length)
        return KARAKA_OK;
    bool good = karaka_utf8_check(s.bytes, s.length) == s.length;
    char *copy = karaka_arena_alloc(arena, (good ? 1 : 3) * s.length + 1);
    if (!copy)
        return KARAKA_ERROR_MEMORY;
    size_t used = 0;
    for (size_t at = 0; at < s.length;) {
        int32_t cp = karaka_utf8_next(s.bytes, s.length, &at);
        used += karaka_utf8_put(copy + used, cp < 0 ? 0xFFFD : cp);
    }
    *out = copy;
    return KARAKA_OK;
}

/* The title that the caller told, on one line; empty where none was told. */
static int told_title(karaka_slice *out, karaka_arena *arena, const char *told) {
    *out = (karaka_slice){"", 0};
    karaka_slice s = told ? karaka_slice_trim(karaka_slice_of(told)) : *out;
    if (!s.length)
        return KARAKA_OK;
    karaka_lines lines;
    int error = karaka_page_clean(&lines, arena, s.bytes, s.length, "title: ");
    if (error < 0)
        return error;
    *out = lines.items[0].text;
    if (lines.count == 1)
        return KARAKA_OK;
    size_t length = 0, used = 0;
    for (size_t i = 0; i < lines.count; i++)
        length += lines.items[i].text.length + 1;
    char *joined = karaka_arena_alloc(arena, length);
    if (!joined)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < lines.count; i++) {
        if (i)
            joined[used++] = ' ';
        memcpy(joined + used, lines.items[i].text.bytes, lines.items[i].text.length);
        used += lines.items[i].text.length;
    }
    *out = (karaka_slice){joined, used};
    return KARAKA_OK;
}

/* As the caller or the page wrote it, in ISO 8601; NULL where no date can be read. */
static int told_published(const char **out, karaka_document *document, const char *told) {
    const karaka_page_rules *rules = document->language->page;
    *out = NULL;
    if (!told || !rules)
        return KARAKA_OK;
    karaka_slice text = karaka_slice_of(told);
    if (karaka_utf8_check(text.bytes, text.length) != text.length)
        return KARAKA_OK;
    return karaka_date_read(out, document->arena, &rules->dates, text);
}

static int set_title(piece_list *pieces, karaka_document *document, karaka_arena *scratch, karaka_slice title) {
    if (!title.length)
        return KARAKA_OK;
    document->article.title = karaka_arena_copy(document->arena, title.bytes, title.length);
    return document->article.title ? KARAKA_PUSH(scratch, *pieces, ((karaka_piece){KARAKA_TITLE, title}))
                                   : KARAKA_ERROR_MEMORY;
}

static int read_text(karaka_document *document, karaka_arena *scratch, const karaka_input *input) {
    karaka_lines lines;
    piece_list pieces = {0};
    karaka_slice title;
    int error = karaka_page_clean(&lines, scratch, input->bytes, input->length, "");
    if (error == KARAKA_OK)
        error = told_title(&title, scratch, input->title);
    if (error == KARAKA_OK)
        error = set_title(&pieces, document, scratch, title);
    for (size_t i = 0; error == KARAKA_OK && i < lines.count; i++)
        error = KARAKA_PUSH(scratch, pieces, ((karaka_piece){i ? KARAKA_BODY : KARAKA_LEAD, lines.items[i].text}));
    return error < 0 ? error : karaka_article_build(&document->article, document->arena, pieces.items, pieces.count);
}

/* ---- A page ---- */

static int find_article(karaka_page *page, const karaka_input *input) {
    int error = karaka_page_lines(page, input->bytes, input->length);
    if (error < 0)
        return error;
    karaka_page_furniture(page);
    error = karaka_page_region(page);
    if (error < 0)
        return error;
    karaka_page_crumbs(page);
    error = karaka_page_bylines(page);
    if (error == KARAKA_OK)
        error = karaka_page_next_article(page);
    if (error == KARAKA_OK)
        error = karaka_page_headline(page);
    if (error < 0)
        return error;
    karaka_page_lists(page);
    error = karaka_page_repeats(page);
    if (error == KARAKA_OK)
        error = karaka_page_kickers(page);
    if (error < 0)
        return error;
    karaka_page_teasers(page);
    return KARAKA_OK;
}

static int keep_slice(const char **out, karaka_arena *arena, karaka_slice s) {
    *out = s.length ? karaka_arena_copy(arena, s.bytes, s.length) : NULL;
    return s.length && !*out ? KARAKA_ERROR_MEMORY : KARAKA_OK;
}

static int keep_facts(karaka_article *article, karaka_arena *arena, const karaka_page *page) {
    int error = keep_slice(&article->kicker, arena, page->kicker.length ? page->kicker : page->title_kicker);
    if (error == KARAKA_OK)
        error = keep_slice(&article->section, arena, page->section);
    if (error == KARAKA_OK && !article->outlet && page->outlet)
        error = keep_slice(&article->outlet, arena, karaka_slice_of(page->outlet));
    if (error == KARAKA_OK && !article->published && page->stamped) {
        article->published = karaka_date_format(arena, &page->stamp);
        error = article->published ? KARAKA_OK : KARAKA_ERROR_MEMORY;
    }
    if (error < 0 || !page->authors.count)
        return error;
    const char **authors = karaka_arena_array(arena, page->authors.count, sizeof *authors);
    if (!authors)
        return KARAKA_ERROR_MEMORY;
    for (size_t i = 0; i < page->authors.count && error == KARAKA_OK; i++)
        error = keep_slice(&authors[i], arena, page->authors.items[i]);
    article->authors = authors;
    article->author_count = (uint32_t)page->authors.count;
    return error;
}

static int keep_dropped(karaka_article *article, karaka_arena *arena, const karaka_page *page) {
    enum { SHOWN = 200 };
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++)
        count += page->lines[i].reason != NULL;
    karaka_dropped *dropped = karaka_arena_array(arena, count, sizeof *dropped);
    if (!dropped)
        return KARAKA_ERROR_MEMORY;
    article->dropped = dropped;
    for (size_t i = 0; i < page->count; i++) {
        const karaka_page_line *line = &page->lines[i];
        if (!line->reason)
            continue;
        size_t shown = line->line.text.length;
        if (shown > SHOWN)
            for (shown = SHOWN; shown > 0 && ((unsigned char)line->line.text.bytes[shown] & 0xC0) == 0x80;)
                shown--;
        *dropped = (karaka_dropped){.input = line->line.input,
                                    .text = karaka_arena_copy(arena, line->line.text.bytes, shown),
                                    .reason = line->reason,
                                    .rule = line->rule};
        if (!dropped++->text)
            return KARAKA_ERROR_MEMORY;
    }
    article->dropped_count = (uint32_t)count;
    return KARAKA_OK;
}

static int keep_paragraphs(karaka_document *document, const karaka_page *page) {
    piece_list pieces = {0};
    karaka_arena *scratch = page->arena;
    int error = set_title(&pieces, document, scratch, page->title);
    bool both =
        page->kicker.length && page->title_kicker.length && !karaka_slice_equal(page->kicker, page->title_kicker);
    if (error == KARAKA_OK && page->title_kicker.length && (both || !page->kicker.length))
        error = KARAKA_PUSH(scratch, pieces, ((karaka_piece){KARAKA_KICKER, page->title_kicker}));
    if (error == KARAKA_OK && page->kicker.length)
        error = KARAKA_PUSH(scratch, pieces, ((karaka_piece){KARAKA_KICKER, page->kicker}));
    for (size_t i = 0; error == KARAKA_OK && i < page->count; i++) {
        const karaka_page_line *line = &page->lines[i];
        if (!line->reason && line->kind != KARAKA_TITLE)
            error = KARAKA_PUSH(scratch, pieces, ((karaka_piece){(karaka_paragraph_kind)line->kind, line->line.text}));
    }
    return error < 0 ? error : karaka_article_build(&document->article, document->arena, pieces.items, pieces.count);
}

static int read_page(karaka_document *document, karaka_arena *scratch, const karaka_input *input) {
    karaka_page *page = karaka_arena_alloc(scratch, sizeof *page);
    if (!page)
        return KARAKA_ERROR_MEMORY;
    page->arena = scratch;
    page->rules = document->language->page;
    int error = told_title(&page->title, scratch, input->title);
    if (error == KARAKA_OK)
        error = input->kind == KARAKA_INPUT_HTML ? karaka_html_read(document, page, input) : find_article(page, input);
    if (error == KARAKA_OK)
        error = keep_facts(&document->article, document->arena, page);
    if (error == KARAKA_OK)
        error = keep_dropped(&document->article, document->arena, page);
    return error < 0 ? error : keep_paragraphs(document, page);
}

int karaka_page_read(karaka_document *document, const karaka_input *input) {
    karaka_article *article = &document->article;
    karaka_arena *scratch = NULL;
    int error = karaka_arena_new(&scratch);
    if (error < 0)
        return error;
    *article = (karaka_article){.text = "", .lang = document->language->settings.code};
    error = keep_told(&article->id, document->arena, input->id);
    if (error == KARAKA_OK)
        error = keep_told(&article->url, document->arena, input->url);
    if (error == KARAKA_OK)
        error = keep_told(&article->outlet, document->arena, input->outlet);
    if (error == KARAKA_OK)
        error = told_published(&article->published, document, input->published);
    if (error == KARAKA_OK)
        error = (input->kind == KARAKA_INPUT_TEXT ? read_text : read_page)(document, scratch, input);
    karaka_arena_free(scratch);
    return error;
}
