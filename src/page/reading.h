/* reading: a page while it is read: its lines, and what is known of each.
 *
 * The steps, in order; each looks at the lines that no step before has dropped:
 *   wrap.c       lines broken at a fixed width joined again
 *   lines.c      bytes -> lines with their words and shape (a paragraph, or like a headline)
 *   furniture.c  lines that the table `page` knows
 *   crumbs.c     breadcrumbs, menus; the section
 *   byline.c     authors, dates, outlet
 *   headline.c   where the article's paragraphs stand, and its title
 *   repeat.c     what the page tells twice
 *   teaser.c     kickers; of the lines that are like headlines, which are sub-headings
 */
#ifndef KARAKA_PAGE_READING_H
#define KARAKA_PAGE_READING_H

#include "page/page.h"
#include "page/rules.h"
#include <unicode/uscript.h>

enum { KARAKA_PAGE_NONE = -1 };

typedef struct karaka_page_line {
    karaka_line line;
    const karaka_page_token *words; /* without signs; at most LINE_WORDS of them */
    uint32_t word_count;
    uint64_t hash;                 /* of all words in order */
    bool paragraph;                /* sentences; else it is like a headline */
    bool final;                    /* ends as a sentence does */
    bool calls;                    /* has "!" or "..." */
    bool byline;                   /* tells who wrote it, or when */
    bool colon;                    /* ends in a colon */
    bool bullet;                   /* a list sign stood before it */
    uint8_t kind;                  /* karaka_paragraph_kind, for those that stay */
    const karaka_page_rule *heads; /* a LIST or END rule that this line starts */
    const char *reason, *rule;     /* why it was dropped; reason NULL: it was not */
} karaka_page_line;

typedef KARAKA_LIST(karaka_page_line) karaka_page_line_list;

/* Stems of the words of the article's paragraphs. */
typedef struct karaka_stems {
    uint32_t *slots; /* 0: free */
    size_t mask;
} karaka_stems;

typedef struct karaka_page {
    karaka_arena *arena; /* scratch: goes when the article has been put together */
    const karaka_page_rules *rules;
    karaka_page_line *lines;
    size_t count;
    size_t words;        /* of all lines */
    karaka_slice title;  /* told by the caller, or found; length 0: none */
    karaka_slice kicker; /* of the lead */
    karaka_slice title_kicker;
    karaka_slice section;
    uint64_t crumb_title;  /* hash of the last part of a breadcrumb, where that is no section; 0: none */
    ptrdiff_t title_line;  /* KARAKA_PAGE_NONE: the caller told it, or there is none */
    ptrdiff_t first, last; /* paragraphs of the article: first and last line; KARAKA_PAGE_NONE: none */
    ptrdiff_t lead;
    karaka_stems stems;
    UScriptCode script; /* in which the article is written */
    KARAKA_LIST(karaka_slice) authors;
    const char *outlet; /* borrowed from the rules */
    karaka_stamp stamp;
    bool stamped;
} karaka_page;

/* Lines of the input, cut where a rule says so, with words and shape. */
int karaka_page_lines(karaka_page *page, const char *bytes, size_t length);
/* One line, its words and shape read, as one or, where a rule cuts it, two. */
int karaka_page_line_add(karaka_page_line_list *list, karaka_page *page, karaka_line line);
/* Joins the lines of a text that was broken at a fixed width. */
int karaka_page_unwrap(karaka_lines *lines, karaka_arena *arena);
/* Full stop, danda and the like; not "!" and "?", which headlines have too. */
bool karaka_page_ends_sentence(int32_t cp);
/* Words of `text` in page->arena; *hash of them all. */
int karaka_page_line_words(karaka_page *page, karaka_page_line *line);
void karaka_page_drop(karaka_page_line *line, const char *reason, const char *rule);
uint64_t karaka_page_words_hash(const karaka_page_token *words, size_t count);
/* The script of most letters among the first of `text`. */
UScriptCode karaka_page_script(karaka_slice text);

void karaka_page_furniture(karaka_page *page);
/* The headlines under headings of lists, and all that follows an END: known only when the article's place is. */
void karaka_page_lists(karaka_page *page);
void karaka_page_crumbs(karaka_page *page);
int karaka_page_bylines(karaka_page *page);
/* page->first, last, stems, script. */
int karaka_page_region(karaka_page *page);
/* The same where all paragraphs that are left are the article's. */
int karaka_page_region_told(karaka_page *page);
/* Drops the articles that follow the first on the page. */
int karaka_page_next_article(karaka_page *page);
/* page->title, title_line; drops what stands before it. */
int karaka_page_headline(karaka_page *page);
int karaka_page_repeats(karaka_page *page);
int karaka_page_kickers(karaka_page *page);
void karaka_page_teasers(karaka_page *page);

/* src/html/html.c: the lines of a page in HTML, judged, and what its markup tells. */
int karaka_html_read(karaka_document *document, karaka_page *page, const karaka_input *input);

/* Of the line's words that say something about a subject, the share that the article's paragraphs have too; *said: how
 * many there are. */
double karaka_page_related(const karaka_page *page, const karaka_page_line *line, unsigned *said);

#endif
