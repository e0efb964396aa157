/* writer: what the writers of this folder share: appending text, JSON and columns to a karaka_text.
 *
 * In: pieces of one document. Out: bytes at the end of a karaka_text; on error all that was added since writer_begin is
 * taken back, so that half a record is never seen.
 * Example: writer w = karaka_writer_begin(out); karaka_put_json(&w, "a \"b\""); return karaka_writer_end(&w);
 *          -> "a \"b\""
 */
#ifndef KARAKA_OUTPUT_WRITER_H
#define KARAKA_OUTPUT_WRITER_H

#include "base/base.h"
#include "document.h"

/* Errors stick: after the first one every call does nothing. */
typedef struct karaka_writer {
    karaka_text *out;
    size_t mark; /* length of `out` before this document */
    int error;
    bool colour;
} karaka_writer;

karaka_writer karaka_writer_begin(karaka_text *out, bool colour);
int karaka_writer_end(karaka_writer *w);

void karaka_put(karaka_writer *w, const char *text); /* NULL adds nothing */
void karaka_put_bytes(karaka_writer *w, const char *bytes, size_t length);
void karaka_put_format(karaka_writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A JSON string with its quotes, or null for NULL. */
void karaka_put_json(karaka_writer *w, const char *text);
void karaka_put_json_bytes(karaka_writer *w, const char *bytes, size_t length);
/* A cell of RFC 4180, quoted where that is needed. */
void karaka_put_cell(karaka_writer *w, const char *bytes, size_t length);
/* `value` with at most `places` decimals (0..6), the same in every locale; `absent` for NAN. */
void karaka_put_number(karaka_writer *w, double value, int places, const char *absent);

/* Terminal styles; nothing without colour. */
#define STYLE_BOLD "1"
#define STYLE_DIM "2"
#define STYLE_RED "31"
#define STYLE_GREEN "32"
#define STYLE_YELLOW "33"
#define STYLE_BLUE "34"
#define STYLE_CYAN "36"
#define STYLE_TYPE "1;35"
#define STYLE_TRIGGER "1;4"
void karaka_put_style(karaka_writer *w, const char *style, const char *text);
void karaka_style_on(karaka_writer *w, const char *style);
void karaka_style_off(karaka_writer *w);

/* Columns that the text takes on a terminal: combining marks take none, East Asian wide letters two. */
size_t karaka_columns(const char *text, size_t length);
/* `text`, then blanks up to `columns`; a longer text is followed by one blank. */
void karaka_put_padded(karaka_writer *w, const char *text, size_t columns);
/* Text on lines of at most `width` columns, each later line after `indent` blanks, `column` columns being used on the
 * first. Bytes of `mark` (offsets into `text`) are shown as the trigger. Control characters become blanks. */
void karaka_put_wrapped(karaka_writer *w, const char *text, size_t length, karaka_span mark, size_t column,
                        size_t indent, size_t width);
/* One line of text with control characters as blanks, at most `columns` wide (0: no limit), cut with an ellipsis. */
void karaka_put_line(karaka_writer *w, const char *text, size_t length, size_t columns);

/* The part of the article under `span`; empty if the span does not lie in it. */
karaka_slice karaka_article_part(const karaka_article *article, karaka_span span);
/* The sentence of an event, an empty span if there is none. */
karaka_span karaka_sentence_span(const karaka_document *document, uint32_t sentence);
/* "asserted", "planned", ... */
const char *karaka_status_name(karaka_status status);
/* "title", "lead", ... */
const char *karaka_paragraph_name(karaka_paragraph_kind kind);
/* The judgement of a judged document's headline, as a JSON object: verdict, reason, claims. */
void karaka_put_headline(karaka_writer *w, const karaka_document *document);

#endif
