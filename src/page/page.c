/* page: the stage that reads a page.
 *
 * In: karaka_input. Out: document->article. Clean text is taken as it stands: the title that was given, then a
 * paragraph a line, the first of them the lead.
 * Example: title "Kim meets Lavrov", text "They met.\nThey ate." -> TITLE, LEAD "They met.", BODY "They ate."
 */
#include "page/page.h"
#include "page/rules.h"
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

static int read_text(karaka_document *document, karaka_arena *scratch, const karaka_input *input) {
    karaka_article *article = &document->article;
    karaka_lines lines;
    piece_list pieces = {0};
    karaka_slice title;
    int error = karaka_page_clean(&lines, scratch, input->bytes, input->length, "");
    if (error == KARAKA_OK)
        error = told_title(&title, scratch, input->title);
    if (error == KARAKA_OK && title.length) {
        article->title = karaka_arena_copy(document->arena, title.bytes, title.length);
        error =
            article->title ? KARAKA_PUSH(scratch, pieces, ((karaka_piece){KARAKA_TITLE, title})) : KARAKA_ERROR_MEMORY;
    }
    for (size_t i = 0; error == KARAKA_OK && i < lines.count; i++)
        error = KARAKA_PUSH(scratch, pieces, ((karaka_piece){i ? KARAKA_BODY : KARAKA_LEAD, lines.items[i].text}));
    return error < 0 ? error : karaka_article_build(article, document->arena, pieces.items, pieces.count);
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
        error = read_text(document, scratch, input);
    karaka_arena_free(scratch);
    return error;
}
