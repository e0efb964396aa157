/* html: the stage that reads a page in HTML.
 *
 * In: karaka_input. Out: page->lines, judged first by the markup and then by the steps of src/page; title, authors,
 * dates and the rest in page and document->article. Example: an h1 "Kim meets Lavrov" above two paragraphs and a
 * JSON-LD datePublished -> TITLE, LEAD, BODY, and published.
 */
#include "html/html.h"
#include "page/reading.h"

#include <string.h>

/* A line that is no part of the article but may tell who wrote it. */
typedef struct opened {
    size_t line;
    const char *reason, *rule;
} opened;

typedef struct stage {
    karaka_document *document;
    karaka_page *page;
    const karaka_page_rules *rules;
    karaka_html_tree tree;
    karaka_html_blocks blocks;
    karaka_html_facts facts;
    KARAKA_LIST(opened) opened;
} stage;

/* ---- Title ---- */

enum { TITLE_WORDS = 60, SITE_WORDS = 3 };
static const double SAME_TITLE = 0.6;

typedef struct title_words {
    karaka_page_token items[TITLE_WORDS];
    size_t count;
} title_words;

static title_words words_of(const stage *s, karaka_slice text) {
    title_words w;
    bool good = karaka_utf8_check(text.bytes, text.length) == text.length;
    w.count = good ? karaka_page_tokens(w.items, TITLE_WORDS, s->rules->spelling, text, false) : 0;
    return w;
}

static double share_in(const title_words *a, const title_words *b) {
    size_t shared = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->items[i].hash == b->items[k].hash) {
                shared++;
                break;
            }
    return a->count ? (double)shared / (double)a->count : 0;
}

/* Only a block of about as many words can be the title: most need not be looked at. */
static bool as_long(const karaka_html_block *b, const title_words *title) {
    return b->words <= 2 * title->count + 4 && 3 * b->words + 3 >= title->count;
}

/* "Kim meets Lavrov | World | Daily" without what the site adds. */
static karaka_slice without_site(const stage *s, karaka_slice title) {
    for (size_t at = title.length; at-- > 0;) {
        size_t next = at;
        int32_t cp = karaka_utf8_next(title.bytes, title.length, &next);
        bool sign = cp == '|' || cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == 0xBB || cp == 0xB7;
        if (!sign || at == 0 || title.bytes[at - 1] != ' ' || next >= title.length || title.bytes[next] != ' ')
            continue;
        karaka_slice rest = karaka_slice_trim((karaka_slice){title.bytes, at});
        if (words_of(s, rest).count < SITE_WORDS)
            return title;
        title = rest;
    }
    return title;
}

/* The block that says most of what the metadata call the title, and no more; first headings before others. */
static void find_headline(stage *s, const title_words *told) {
    double most = SAME_TITLE;
    if (s->blocks.headline >= 0)
        return;
    for (size_t i = 0; i < s->blocks.count; i++) {
        const karaka_html_block *b = &s->blocks.items[i];
        bool heading = b->tag == TAG_HEADING1 || b->tag == TAG_HEADING;
        if (b->words < 2 || !as_long(b, told) || (!heading && b->reason && *b->rule))
            continue;
        title_words own = words_of(s, karaka_html_block_text(&s->blocks, b));
        double both = share_in(&own, told) * 0.8 + share_in(told, &own) * 0.2;
        both += b->tag == TAG_HEADING1 ? 0.2 : b->tag == TAG_HEADING ? 0.05 : 0;
        if (both > most) {
            most = both;
            s->blocks.headline = (ptrdiff_t)i;
        }
    }
}

/* The first heading of all, where none says what the metadata do; not the site's name. */
static void find_heading(stage *s, size_t least) {
    title_words outlet = words_of(s, s->facts.value[KARAKA_FACT_OUTLET]);
    for (size_t i = 0; i < s->blocks.count && s->blocks.headline < 0; i++) {
        const karaka_html_block *b = &s->blocks.items[i];
        if (b->tag != TAG_HEADING1 || b->words < least || b->reason)
            continue;
        title_words own = words_of(s, karaka_html_block_text(&s->blocks, b));
        if (share_in(&own, &outlet) < 1)
            s->blocks.headline = (ptrdiff_t)i;
    }
}

/* Blocks that say the title again and nothing else. */
static void drop_repeats(stage *s, const title_words *title) {
    for (size_t i = 0; i < s->blocks.count; i++) {
        karaka_html_block *b = &s->blocks.items[i];
        if (b->reason || (ptrdiff_t)i == s->blocks.headline || title->count < 2 || !as_long(b, title))
            continue;
        title_words own = words_of(s, karaka_html_block_text(&s->blocks, b));
        if (own.count != title->count || share_in(&own, title) < 1)
            continue;
        b->reason = "repeated headline";
        b->rule = "";
    }
}

/* What the caller calls the title, else the metadata, else the window: the first that a block of the page says. */
static int find_title(stage *s) {
    const karaka_slice window = without_site(s, s->facts.page_title), meta = s->facts.value[KARAKA_FACT_TITLE];
    const karaka_slice told[] = {s->page->title, meta, window};
    const size_t count = s->page->title.length ? 1 : sizeof told / sizeof *told;
    karaka_slice title = {"", 0};
    title_words w = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        w = words_of(s, told[i]);
        if (w.count)
            find_headline(s, &w);
        if (w.count && !title.length)
            title = told[i];
    }
    if (!s->page->title.length)
        find_heading(s, title.length ? SITE_WORDS : 1);
    w = words_of(s, title);
    karaka_lines lines;
    if (s->blocks.headline >= 0) {
        title = karaka_html_block_text(&s->blocks, &s->blocks.items[s->blocks.headline]);
        w = words_of(s, title);
    }
    drop_repeats(s, &w);
    if (s->page->title.length || !title.length || karaka_utf8_check(title.bytes, title.length) != title.length)
        return KARAKA_OK;
    int error = karaka_page_clean(&lines, s->page->arena, title.bytes, title.length, "title: ");
    if (error == KARAKA_ERROR_MEMORY)
        return error;
    if (error == KARAKA_OK)
        s->page->title = lines.items[0].text;
    return KARAKA_OK;
}

static size_t kept_words(const stage *s) {
    size_t words = 0;
    for (size_t i = 0; i < s->blocks.count; i++)
        words += s->blocks.items[i].reason || (ptrdiff_t)i == s->blocks.headline ? 0 : s->blocks.items[i].words;
    return words;
}

/* A page that shows its text by script has it in JSON-LD: taken where the page shows no third of it. */
static void choose_text(stage *s) {
    enum { TOLD_LEAST = 20, MOST = 3 };
    size_t told = 0;
    for (size_t i = 0; i < s->facts.text.length; i++)
        told += s->facts.text.bytes[i] == ' ' || s->facts.text.bytes[i] == '\n';
    if (told < TOLD_LEAST || told < MOST * kept_words(s)) {
        s->facts.text.length = 0;
        return;
    }
    for (size_t i = 0; i < s->blocks.count; i++)
        if (!s->blocks.items[i].reason && (ptrdiff_t)i != s->blocks.headline) {
            s->blocks.items[i].reason = "less than JSON-LD";
            s->blocks.items[i].rule = "";
        }
}

/* What is told between the headline and the article's element, in sentences, most often says what the article says
 * again; where that is hardly anything (behind a paywall, under photos) it is the lead. */
static void keep_lead(stage *s) {
    enum { LEAD_WORDS = 8, STUB_WORDS = 60 };
    if (kept_words(s) > STUB_WORDS)
        return;
    for (size_t i = s->blocks.headline < 0 ? s->blocks.count : (size_t)s->blocks.headline + 1; i < s->blocks.count;
         i++) {
        karaka_html_block *b = &s->blocks.items[i];
        if (b->at >= s->blocks.article)
            return;
        bool outside = b->reason && strcmp(b->reason, "before the article") == 0;
        if (outside && b->words >= LEAD_WORDS && b->ends && b->link_words * 4 < b->words)
            b->reason = NULL;
    }
}

/* ---- Lines ---- */

/* What stands by the article and tells who wrote it is shown to the step that reads such lines. */
static bool byline(const stage *s, size_t at) {
    enum { NEAR = 12 };
    const karaka_html_block *b = &s->blocks.items[at];
    if (!b->reason || b->words > 30)
        return false;
    size_t last = at + NEAR < s->blocks.count ? at + NEAR : s->blocks.count;
    bool near = false;
    for (size_t i = at + 1; i < last && !near; i++)
        near = !s->blocks.items[i].reason;
    return near && (strcmp(b->reason, "byline") == 0 ||
                    (strcmp(b->reason, "before the article") == 0 && (ptrdiff_t)at > s->blocks.headline));
}

static int add_block_line(stage *s, karaka_page_line_list *list, karaka_line line, size_t at) {
    const karaka_html_block *b = &s->blocks.items[at];
    bool open = !b->reason || byline(s, at);
    line.input = b->input;
    if (line.input.end <= line.input.start)
        line.input.end = line.input.start + 1;
    karaka_page_line gone = {.line = line, .reason = b->reason, .rule = b->rule};
    if (!open)
        return KARAKA_PUSH(s->page->arena, *list, gone);
    size_t from = list->count;
    int error = karaka_page_line_add(list, s->page, line);
    bool heading = b->tag == TAG_HEADING || b->tag == TAG_HEADING1 || (ptrdiff_t)at == s->blocks.headline;
    for (size_t i = from; i < list->count && error == KARAKA_OK; i++) {
        list->items[i].paragraph = !b->reason && !heading;
        if (b->reason)
            error = KARAKA_PUSH(s->page->arena, s->opened, ((opened){i, b->reason, b->rule}));
    }
    return error;
}

/* The text that JSON-LD tells, once, where its script stands among the blocks. */
static int add_told_text(stage *s, karaka_page_line_list *list, size_t at) {
    karaka_slice text = s->facts.text;
    karaka_lines lines;
    if (!text.length || (at < s->blocks.count && s->blocks.items[at].input.start < s->facts.text_input.start))
        return KARAKA_OK;
    s->facts.text.length = 0;
    int error = karaka_page_clean(&lines, s->page->arena, text.bytes, text.length, "JSON-LD: ");
    for (size_t i = 0; error == KARAKA_OK && i < lines.count; i++) {
        size_t from = list->count;
        lines.items[i].input = s->facts.text_input;
        error = karaka_page_line_add(list, s->page, lines.items[i]);
        for (; from < list->count; from++)
            list->items[from].paragraph = true;
    }
    return error;
}

static int make_lines(stage *s) {
    karaka_lines lines = {0};
    karaka_page_line_list list = {0};
    if (!s->blocks.count && !s->facts.text.length)
        return karaka_fail(KARAKA_ERROR_INPUT, "HTML without text");
    int error =
        s->blocks.count ? karaka_page_clean(&lines, s->page->arena, s->blocks.text, s->blocks.length, "") : KARAKA_OK;
    for (size_t i = 0, at = 0; error == KARAKA_OK && i < lines.count; i++) {
        while (at + 1 < s->blocks.count && lines.items[i].input.start >= s->blocks.items[at].end)
            at++;
        error = add_told_text(s, &list, at);
        if (error == KARAKA_OK)
            error = add_block_line(s, &list, lines.items[i], at);
    }
    if (error == KARAKA_OK)
        error = add_told_text(s, &list, s->blocks.count);
    s->page->lines = list.items;
    s->page->count = list.count;
    return error;
}

/* ---- Steps of src/page ---- */

/* The last heading above the lead is the one of the first part; what stands above it names the page. */
static bool near_lead(const karaka_page *page, size_t at) {
    for (size_t i = at + 1; (ptrdiff_t)i < page->first; i++)
        if (!page->lines[i].reason)
            return false;
    return true;
}

static void set_kinds(karaka_page *page) {
    for (size_t i = 0; i < page->count; i++) {
        karaka_page_line *line = &page->lines[i];
        line->kind = (ptrdiff_t)i == page->title_line ? KARAKA_TITLE
                     : (ptrdiff_t)i == page->lead     ? KARAKA_LEAD
                     : line->paragraph                ? KARAKA_BODY
                                                      : KARAKA_SUBHEAD;
        if (!line->reason && line->kind == KARAKA_SUBHEAD && (ptrdiff_t)i < page->first && !near_lead(page, i))
            karaka_page_drop(line, "before the article", "");
    }
}

static int judge(stage *s) {
    karaka_page *page = s->page;
    karaka_page_furniture(page);
    int error = karaka_page_region_told(page);
    if (error == KARAKA_OK)
        error = karaka_page_bylines(page);
    for (size_t i = 0; i < s->opened.count; i++)
        if (!page->lines[s->opened.items[i].line].reason)
            karaka_page_drop(&page->lines[s->opened.items[i].line], s->opened.items[i].reason, s->opened.items[i].rule);
    if (error == KARAKA_OK)
        error = karaka_page_region_told(page);
    page->title_line = KARAKA_PAGE_NONE;
    if (error == KARAKA_OK && page->title.length)
        error = karaka_page_headline(page);
    if (error < 0)
        return error;
    karaka_page_lists(page);
    error = karaka_page_repeats(page);
    if (error == KARAKA_OK)
        error = karaka_page_kickers(page);
    set_kinds(page);
    return error;
}

/* ---- Facts ---- */

static int keep(const char **out, stage *s, karaka_slice value) {
    if (*out || !value.length || karaka_utf8_check(value.bytes, value.length) != value.length)
        return KARAKA_OK;
    *out = karaka_arena_copy(s->document->arena, value.bytes, value.length);
    return *out ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

static int keep_date(const char **out, stage *s, karaka_slice value) {
    if (*out || !value.length || karaka_utf8_check(value.bytes, value.length) != value.length)
        return KARAKA_OK;
    return karaka_date_read(out, s->document->arena, &s->rules->dates, value);
}

/* "By Asha Rao" -> "Asha Rao" */
static karaka_slice without_label(const stage *s, karaka_slice author) {
    title_words w = words_of(s, author);
    size_t taken = 0;
    if (w.count < 2 || !karaka_page_rule_at(s->rules, &taken, 1u << KARAKA_PAGE_BYLINE, w.items, w.count) ||
        taken >= w.count)
        return author;
    size_t start = w.items[taken].start;
    return (karaka_slice){author.bytes + start, author.length - start};
}

/* A name alone in an element that is called a byline, where nothing else tells an author. */
static int find_author(stage *s) {
    enum { NAME_WORDS = 4 };
    for (size_t i = 0; i < s->opened.count && !s->facts.authors.count && !s->page->authors.count; i++) {
        const karaka_page_line *line = &s->page->lines[s->opened.items[i].line];
        bool name = line->word_count >= 2 && line->word_count <= NAME_WORDS && !line->final &&
                    strcmp(s->opened.items[i].reason, "byline") == 0 && line->reason == s->opened.items[i].reason;
        for (uint32_t k = 0; name && k < line->word_count; k++)
            name = line->words[k].kind == KARAKA_PAGE_WORD;
        if (name && KARAKA_PUSH(s->page->arena, s->facts.authors, line->line.text) < 0)
            return KARAKA_ERROR_MEMORY;
    }
    return KARAKA_OK;
}

/* The first time that the markup tells behind the headline, where no fact does. */
static void find_time(stage *s) {
    enum { NEAR_NODES = 200 };
    karaka_slice *published = &s->facts.value[KARAKA_FACT_PUBLISHED];
    uint32_t at = s->blocks.headline < 0 ? 0 : s->blocks.items[s->blocks.headline].at;
    for (uint32_t i = at; at && i < s->tree.count && i < at + NEAR_NODES && !published->length; i++) {
        const karaka_html_node *node = &s->tree.items[i];
        const char *told = node->tag == TAG_TIME ? karaka_html_attribute_of(node, ATTRIBUTE_DATETIME) : NULL;
        if (told)
            *published = karaka_slice_of(told);
    }
}

static int keep_facts(stage *s) {
    karaka_article *article = &s->document->article;
    if (find_author(s) < 0)
        return KARAKA_ERROR_MEMORY;
    find_time(s);
    const karaka_slice *told = s->facts.value;
    const struct {
        const char **out;
        karaka_slice value;
    } texts[] = {{&article->canonical, s->facts.canonical},    {&article->canonical, told[KARAKA_FACT_URL]},
                 {&article->url, s->facts.canonical},          {&article->url, told[KARAKA_FACT_URL]},
                 {&article->outlet, told[KARAKA_FACT_OUTLET]}, {&article->page_lang, told[KARAKA_FACT_LANG]}};
    int error = KARAKA_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && error == KARAKA_OK; i++)
        error = keep(texts[i].out, s, texts[i].value);
    if (error == KARAKA_OK)
        error = keep_date(&article->published, s, told[KARAKA_FACT_PUBLISHED]);
    if (error == KARAKA_OK)
        error = keep_date(&article->modified, s, told[KARAKA_FACT_MODIFIED]);
    if (told[KARAKA_FACT_SECTION].length)
        s->page->section = told[KARAKA_FACT_SECTION];
    if (s->facts.authors.count) {
        s->page->authors.count = 0;
        for (size_t i = 0; i < s->facts.authors.count && error == KARAKA_OK; i++)
            error = KARAKA_PUSH(s->page->arena, s->page->authors, without_label(s, s->facts.authors.items[i]));
    }
    return error;
}

/* ---- The whole ---- */

/* The markup's own judgement: facts, title, and the blocks that are left. */
static int find_article(stage *s, const karaka_input *input) {
    const karaka_markup *markup = s->document->language->markup;
    karaka_arena *arena = s->page->arena;
    karaka_slice text;
    int error = karaka_html_decode(&text, arena, input->bytes, input->length, input->charset);
    if (error == KARAKA_OK)
        error = karaka_html_parse(&s->tree, arena, markup, text);
    if (error == KARAKA_OK)
        error = karaka_html_facts_read(&s->facts, arena, markup, &s->tree);
    if (error == KARAKA_OK)
        error = karaka_html_split(&s->blocks, arena, &s->tree);
    if (error == KARAKA_OK)
        error = karaka_html_mark(&s->blocks, arena);
    if (error == KARAKA_OK)
        error = find_title(s);
    if (error == KARAKA_OK)
        error = karaka_html_region(&s->blocks, arena);
    if (error < 0)
        return error;
    karaka_html_drop(&s->blocks);
    if (s->blocks.headline >= 0)
        s->blocks.items[s->blocks.headline].reason = NULL;
    keep_lead(s);
    choose_text(s);
    return KARAKA_OK;
}

int karaka_html_read(karaka_document *document, karaka_page *page, const karaka_input *input) {
    stage *s = karaka_arena_alloc(page->arena, sizeof *s);
    if (!s)
        return KARAKA_ERROR_MEMORY;
    s->document = document;
    s->page = page;
    s->rules = page->rules;
    int error = find_article(s, input);
    if (error == KARAKA_OK)
        error = make_lines(s);
    if (error == KARAKA_OK)
        error = judge(s);
    return error < 0 ? error : keep_facts(s);
}
