/* words: a line as words that can be compared, and phrases of the tables found among them.
 *
 * In: NFC text. Out: tokens whose hash is of the folded spelling; letters and digits never share a token.
 * Example: "Jul १४: पी.टी.आई." -> jul, 14, ':', पी, '.', टी, '.', आई, '.'
 */
#ifndef KARAKA_PAGE_WORDS_H
#define KARAKA_PAGE_WORDS_H

#include "document.h"

typedef enum karaka_token_kind { KARAKA_PAGE_WORD, KARAKA_PAGE_NUMBER, KARAKA_PAGE_SIGN } karaka_token_kind;

typedef struct karaka_page_token {
    uint64_t hash; /* of the folded word or number, or of the sign */
    uint32_t stem; /* hash of the first letters: the same for most forms of a word */
    uint32_t start, end;
    int32_t value; /* of a number (-1: longer than 9 digits), the code point of a sign */
    uint16_t digits;
    uint8_t kind;
    bool after_blank;
} karaka_page_token;

/* Tokens of `text`, at most `room`; returns how many. Without `signs` only words, numbers, and the signs that stand for
 * words (# @ & and symbols such as U+00A9). */
size_t karaka_page_tokens(karaka_page_token *out, size_t room, const karaka_spelling *spelling, karaka_slice text,
                          bool signs);

/* Words of a table, ready to be found. */
enum { KARAKA_PAGE_PHRASE_WORDS = 8 };
typedef struct karaka_page_phrase {
    uint64_t words[KARAKA_PAGE_PHRASE_WORDS];
    uint32_t count;
    uint32_t rule; /* the caller's number for the table line */
} karaka_page_phrase;

typedef struct karaka_page_phrases {
    karaka_page_phrase *items;
    size_t count, room;
} karaka_page_phrases;

/* Adds each alternative of `cell`; KARAKA_ERROR_FORMAT names the row where one has no words, or too many. */
int karaka_page_phrases_add(karaka_page_phrases *phrases, karaka_arena *arena, const karaka_spelling *spelling,
                            const karaka_row *row, const char *cell, uint32_t rule);
/* Makes them ready to be found; call it once, after the last _add. */
void karaka_page_phrases_sort(karaka_page_phrases *phrases);
/* The phrases that stand at tokens[0], longest first: `after` NULL gives the first, then the one before; NULL at the
 * end. Full stops between the words do not count (a.m.). `*taken`: tokens that it covers. */
const karaka_page_phrase *karaka_page_phrases_next(const karaka_page_phrases *phrases, const karaka_page_phrase *after,
                                                   size_t *taken, const karaka_page_token *tokens, size_t count);

#endif
