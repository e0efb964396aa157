/* page: the bytes of a page's text become an article.
 *
 * In: bytes of which nothing is believed, and the tables `page` and `dates`. Out: document->article: title, kicker,
 * section, authors, published, paragraphs in NFC with their spans, and what was dropped with the reason.
 * Inside: clean.c makes lines of bytes, rules.c reads the tables, article.c puts the pieces together.
 */
#ifndef KARAKA_PAGE_H
#define KARAKA_PAGE_H

#include "document.h"

/* A line of the page: NFC, without controls, single blanks, never empty. */
typedef struct karaka_line {
    karaka_slice text;
    karaka_span input; /* bytes of the input */
    bool gap;          /* an empty line stands before it */
} karaka_line;

typedef struct karaka_lines {
    karaka_line *items;
    size_t count, room;
} karaka_lines;

/* More lines than this are KARAKA_ERROR_LIMIT: each costs memory, however short. */
enum { KARAKA_PAGE_LINES = 1 << 20 };

/* Bytes to lines; both live in `arena`. KARAKA_ERROR_INPUT (empty, binary, bad UTF-8, UTF-16) names the byte. `what`
 * stands before the message: "" or "title: ". */
int karaka_page_clean(karaka_lines *out, karaka_arena *arena, const char *bytes, size_t length, const char *what);

/* A paragraph to be: text borrowed until the article is put together. */
typedef struct karaka_piece {
    karaka_paragraph_kind kind;
    karaka_slice text;
} karaka_piece;

/* Copies the pieces into article->text and article->paragraphs, in `arena`. */
int karaka_article_build(karaka_article *article, karaka_arena *arena, const karaka_piece *pieces, size_t count);

#endif
