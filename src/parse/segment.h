/* segment: what the parts of segmentation share: character classes, the table's words, the tokens of a scan.
 *
 * In: the table `segments` of a language, and the article's paragraphs. Out: sentences and tokens of the document.
 *   segment_rules.c   the table: classes of characters, sets of words
 *   segment_scan.c    text -> tokens, one after another
 *   segment.c         tokens -> sentences
 * Example: "डॉ. राम आए। वे गए।" -> two sentences, "डॉ." "राम" "आए" "।" and "वे" "गए" "।".
 */
#ifndef KARAKA_PARSE_SEGMENT_H
#define KARAKA_PARSE_SEGMENT_H

#include "document.h"

typedef enum segment_class {
    CLASS_BLANK,
    CLASS_LETTER,
    CLASS_MARK, /* vowel signs, joiners: part of the letter before */
    CLASS_DIGIT,
    CLASS_DOT,
    CLASS_END,      /* ends a sentence: danda */
    CLASS_SOFT_END, /* the same, if the next words do not show that it goes on: ? ! */
    CLASS_WEAK_END, /* typed for one: | */
    CLASS_COMMA,
    CLASS_OPEN,
    CLASS_CLOSE,
    CLASS_QUOTE, /* opens or closes: ' " */
    CLASS_DASH,
    CLASS_OTHER,
} segment_class;

/* What the table says of a word; a set of bits. */
enum {
    WORD_ABBREVIATION = 1,
    WORD_LETTER = 2,      /* name of a letter: an initial if a dot follows */
    WORD_LETTER_WORD = 4, /* the same, and also a common word: an initial only beside another */
    WORD_COLON = 8,       /* written with ":" for its last sign */
    WORD_CONJUNCTION = 16,
    WORD_FINAL = 32,        /* a sentence may end with it */
    WORD_CONTINUATION = 64, /* no sentence begins with it */
    WORD_DOMAIN = 128,      /* ends a web address: ".com" in the language's script */
    WORD_CLITIC = 256,      /* a word's end that is a token by itself: 's, n't */
    WORD_PARTS = 512,       /* two tokens written as one: cannot */
    WORD_PREFIX = 1024,     /* a hyphen after it parts nothing: non-, anti- */
    WORD_DIGITS = 2048,     /* a sign that holds digits together: 9/11 */
    WORD_OPENING = 4096,    /* begins a sentence after an abbreviation that may end one */
    WORD_DATELINE = 8192,   /* a dash between dateline and text: "LIMA, Aug 5 (AFP) -" */
    WORD_SIGN = 16384,      /* several signs that are one token: ":-)" */
};

typedef struct segment_slot {
    const char *text; /* NULL: free */
    uint32_t length, kinds;
    uint32_t first; /* length of the first of the two tokens of WORD_PARTS */
} segment_slot;

struct karaka_segment_rules {
    uint8_t classes[0x10000]; /* segment_class of each code point of the basic plane */
    segment_slot *slots;      /* [slot_count], open addressing */
    size_t slot_count;        /* a power of two */
    bool has_clitics;
    bool lower_opens; /* a sentence may begin in lower case */
};

segment_class segment_class_of(const karaka_segment_rules *rules, int32_t cp);
/* The bits of the word, 0 if the table has it not. */
uint32_t segment_word_kinds(const karaka_segment_rules *rules, const char *text, size_t length);
/* Length of the first of two tokens that are written as one word, 0 if it is one. */
size_t segment_word_first(const karaka_segment_rules *rules, const char *text, size_t length);

typedef enum segment_kind {
    KIND_WORD,
    KIND_NUMBER,
    KIND_INITIAL, /* letters with dots: "एस." */
    KIND_ABBREVIATION,
    KIND_DOT,
    KIND_ELLIPSIS, /* two dots or more, or the one sign for them */
    KIND_END,
    KIND_SOFT_END,
    KIND_WEAK_END,
    KIND_COMMA,
    KIND_OPEN,
    KIND_CLOSE,
    KIND_QUOTE_OPEN,
    KIND_QUOTE_CLOSE,
    KIND_OTHER,
} segment_kind;

typedef struct segment_token {
    uint32_t start, end;
    segment_kind kind;
    bool space_before, line_before; /* a blank; a line break among the blanks */
} segment_token;

/* A paragraph as it is being read. */
typedef struct segment_scan {
    const karaka_segment_rules *rules;
    const char *text;
    size_t at, end;
    size_t cut;                /* what begins before it is one token up to it: the rest of a word that was cut in two */
    segment_kind last;         /* kind of the token before */
    bool in_single, in_double; /* an ASCII quote is open */
} segment_scan;

/* The longest token; a longer word is cut. */
enum { SEGMENT_TOKEN_BYTES = 4096 };

/* The next token; false at the end. */
bool segment_scan_next(segment_scan *scan, segment_token *token);
/* Class of the character at `at`, CLASS_BLANK at the end; *next is the offset after it, *cp the character. */
segment_class segment_scan_peek(const segment_scan *scan, size_t at, size_t *next, int32_t *cp);
/* End of the word that begins at `at`; no further than the longest token from `start`. */
size_t segment_scan_skip_word(const segment_scan *scan, size_t start, size_t at);
/* Is [start, end) the name of a letter, or one letter without a vowel sign? `beside`: another initial stands beside it,
 * which makes initials of letter names that are common words too. */
bool segment_scan_is_initial(const segment_scan *scan, size_t start, size_t end, bool beside);
/* Offset of the first character at or after `at` that is not blank. */
size_t segment_scan_skip_blanks(const segment_scan *scan, size_t at);

#endif
