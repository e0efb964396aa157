/* segment_scan: text to tokens, one after another, each character looked at a bounded number of times. See segment.h.
 *
 * In: a paragraph. Out: its tokens in order; all that is not blank is in one of them.
 * Example: "पी.टी.आई. ने 1,250 रु. (19वें)" -> "पी.टी.आई." "ने" "1,250" "रु." "(" "19वें" ")"
 */
#include "parse/segment.h"

#include <string.h>

enum { PIECES = 6 }; /* of a dotted abbreviation */

/* ---- Characters ------------------------------------------------------------------------------------------------- */

segment_class segment_scan_peek(const segment_scan *s, size_t at, size_t *next, int32_t *cp) {
    *next = at;
    if (at >= s->end) {
        *cp = ' ';
        return CLASS_BLANK;
    }
    const unsigned char *p = (const unsigned char *)s->text + at;
    if (p[0] < 0x80) {
        *cp = p[0];
        *next = at + 1;
    } else if (p[0] == 0xE0 && s->end - at >= 3 && p[1] >= 0xA0 && p[1] < 0xC0 && (p[2] & 0xC0) == 0x80) {
        /* U+0800 to U+0FFF, the scripts of India among them. */
        *cp = (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        *next = at + 3;
    } else {
        *cp = karaka_utf8_next(s->text, s->end, next);
    }
    return segment_class_of(s->rules, *cp);
}

static segment_class class_at(const segment_scan *s, size_t at) {
    size_t next;
    int32_t cp;
    return segment_scan_peek(s, at, &next, &cp);
}

size_t segment_scan_skip_blanks(const segment_scan *s, size_t at) {
    size_t next;
    int32_t cp;
    while (at < s->end && segment_scan_peek(s, at, &next, &cp) == CLASS_BLANK)
        at = next;
    return at;
}

static bool is_wordly(segment_class c) {
    return c == CLASS_LETTER || c == CLASS_MARK || c == CLASS_DIGIT;
}

static bool is_upper(int c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(int c) {
    return c >= 'a' && c <= 'z';
}

static bool is_latin(int c) {
    return is_upper(c) || is_lower(c);
}

static bool is_ascii_word(int c) {
    return is_latin(c) || (c >= '0' && c <= '9');
}

/* Byte at `at`, 0 at the end. */
static int byte_at(const segment_scan *s, size_t at) {
    return at < s->end ? (unsigned char)s->text[at] : 0;
}

size_t segment_scan_skip_word(const segment_scan *s, size_t start, size_t at) {
    size_t next;
    int32_t cp;
    while (at < s->end && at - start < SEGMENT_TOKEN_BYTES && is_wordly(segment_scan_peek(s, at, &next, &cp)))
        at = next;
    return at;
}

/* ---- Dots ------------------------------------------------------------------------------------------------------- */

static uint32_t kinds_of(const segment_scan *s, size_t start, size_t end) {
    return segment_word_kinds(s->rules, s->text + start, end - start);
}

/* As of the word without the number written to it: "20रु." */
static bool is_abbreviation(const segment_scan *s, size_t start, size_t end) {
    size_t next;
    int32_t cp;
    while (start < end && segment_scan_peek(s, start, &next, &cp) == CLASS_DIGIT)
        start = next;
    return kinds_of(s, start, end) & WORD_ABBREVIATION;
}

/* One letter without a vowel sign ("म", "A"). */
static bool is_single_letter(const segment_scan *s, size_t start, size_t end) {
    size_t next;
    int32_t cp;
    return segment_scan_peek(s, start, &next, &cp) == CLASS_LETTER && next == end;
}

bool segment_scan_is_initial(const segment_scan *s, size_t start, size_t end, bool beside) {
    uint32_t kinds = kinds_of(s, start, end);
    if (kinds & WORD_LETTER_WORD)
        return beside;
    return (kinds & WORD_LETTER) || is_single_letter(s, start, end);
}

/* Does an initial with its dot follow the dot at `dot`, with or without blanks between? */
static bool initial_follows(const segment_scan *s, size_t dot) {
    size_t start = segment_scan_skip_blanks(s, dot + 1), end = segment_scan_skip_word(s, start, start);
    return end > start && segment_scan_is_initial(s, start, end, false) && (byte_at(s, end) == '.' || start == dot + 1);
}

/* "कि.मी." as a whole stands in the table: its end with the last dot, if there is one; else 0. */
static size_t end_of_dotted(const segment_scan *s, size_t start, size_t end) {
    size_t ends[PIECES], count = 0;
    for (size_t at = end; count < PIECES && byte_at(s, at) == '.' && class_at(s, at + 1) == CLASS_LETTER;)
        ends[count++] = at = segment_scan_skip_word(s, start, at + 1);
    while (count-- > 0)
        if (is_abbreviation(s, start, ends[count]))
            return ends[count] + (byte_at(s, ends[count]) == '.');
    return 0;
}

/* The letters with dots that begin with [start, end): "पी.टी.आई.", "एस." of "एस.जयशंकर"; 0 if they are none. */
static size_t end_of_initials(const segment_scan *s, size_t start, size_t end) {
    if (!segment_scan_is_initial(s, start, end, s->last == KIND_INITIAL || initial_follows(s, end)))
        return 0;
    size_t at = end + 1;
    while (class_at(s, at) == CLASS_LETTER && at - start < SEGMENT_TOKEN_BYTES) {
        size_t piece = segment_scan_skip_word(s, start, at);
        bool dot = byte_at(s, piece) == '.' && byte_at(s, piece + 1) != '.';
        if (!segment_scan_is_initial(s, at, piece, dot))
            break;
        at = piece + dot;
        if (!dot)
            break;
    }
    return at;
}

/* A word ends at `end`, before a dot: the end with the dots that belong to it, and its kind. */
static size_t take_dots(const segment_scan *s, size_t start, size_t end, segment_kind *kind) {
    if (byte_at(s, end + 1) == '.')
        return end;
    size_t with = end_of_dotted(s, start, end);
    if (with == 0 && is_abbreviation(s, start, end))
        with = end + 1;
    if (with > 0) {
        *kind = KIND_ABBREVIATION;
        return with;
    }
    with = end_of_initials(s, start, end);
    /* "U.S" was read as one word: Latin pieces hold together. */
    if (with == 0 && end - start > 2 && is_latin(byte_at(s, end - 1)) && byte_at(s, end - 2) == '.')
        with = end + 1;
    if (with == 0)
        return end;
    *kind = KIND_INITIAL;
    return with;
}

/* ---- Clitics ---------------------------------------------------------------------------------------------------- */

enum { CLITIC_BYTES = 8 };

/* End of the clitic that begins with the apostrophe at `at` ("'s"), else 0. */
static size_t end_of_clitic(const segment_scan *s, size_t at) {
    size_t after;
    int32_t cp;
    if (!s->rules->has_clitics)
        return 0;
    (void)segment_scan_peek(s, at, &after, &cp);
    if (cp != '\'' && cp != 0x2019)
        return 0;
    size_t end = segment_scan_skip_word(s, at, after);
    return end > after && end - at <= CLITIC_BYTES && (kinds_of(s, at, end) & WORD_CLITIC) ? end : 0;
}

/* Stands the apostrophe at [at, after) inside a clitic that begins one letter before it ("n't")? */
static bool is_inside_clitic(const segment_scan *s, size_t start, size_t at, size_t after) {
    if (!s->rules->has_clitics || at < start + 2)
        return false;
    size_t end = segment_scan_skip_word(s, start, after);
    return end - at < CLITIC_BYTES && (kinds_of(s, at - 1, end) & WORD_CLITIC);
}

/* The end of the first token of the word [start, end): the word may be two ("don't", "cannot"); s->cut then says so. */
static size_t cut_word(segment_scan *s, size_t start, size_t end) {
    if (!s->rules->has_clitics)
        return end;
    size_t first = segment_word_first(s->rules, s->text + start, end - start);
    for (size_t at = end - start > CLITIC_BYTES ? end - CLITIC_BYTES : start + 1; first == 0 && at < end; at++)
        if (kinds_of(s, at, end) & WORD_CLITIC)
            first = at - start;
    if (first == 0 || first >= end - start)
        return end;
    s->cut = end;
    return start + first;
}

/* ---- Words ------------------------------------------------------------------------------------------------------ */

static bool is_digit_at(const segment_scan *s, size_t at) {
    return class_at(s, at) == CLASS_DIGIT;
}

/* Class of the character that ends at `at`. */
static segment_class class_before(const segment_scan *s, size_t start, size_t at) {
    size_t from = at - 1;
    while (from > start && (s->text[from] & 0xC0) == 0x80)
        from--;
    return class_at(s, from);
}

/* Do the sign [at, after) and the word before it hold together with what follows? */
static bool holds(const segment_scan *s, size_t start, size_t at, size_t after, int32_t cp) {
    bool digits = class_before(s, start, at) == CLASS_DIGIT && is_digit_at(s, after);
    int before = byte_at(s, at - 1), behind = byte_at(s, after);
    switch (cp) {
    case '.':
        return digits || (kinds_of(s, after, segment_scan_skip_word(s, after, after)) & WORD_DOMAIN) ||
               (is_latin(before) && is_latin(behind) && !(is_lower(before) && is_upper(behind)));
    case ',': {
        size_t next;
        int32_t digit;
        (void)segment_scan_peek(s, after, &next, &digit);
        return digits && is_digit_at(s, next);
    }
    case ':':
        return digits || ((kinds_of(s, start, at) & WORD_COLON) != 0);
    case '&':
    case '@':
        return is_ascii_word(before) && is_ascii_word(behind);
    case '_':
        return is_wordly(class_at(s, after));
    case '\'':
        return class_at(s, after) == CLASS_LETTER && !end_of_clitic(s, at) &&
               (!s->in_single || is_inside_clitic(s, start, at, after));
    case 0x2019: /* the apostrophe of typesetting, also a closing quote */
        return is_latin(before) && is_latin(behind) && !end_of_clitic(s, at);
    case '-':
        return class_at(s, after) == CLASS_LETTER && (kinds_of(s, start, at) & WORD_PREFIX);
    default:
        return digits && is_digit_at(s, after) && (kinds_of(s, at, after) & WORD_DIGITS);
    }
}

static bool is_address_char(int c) {
    return c > ' ' && c < 0x7F && !strchr("<>\"'`()[]{}|\\^", c);
}

/* End of a web address that goes on at `at`; a full stop or comma after it does not belong to it. */
static size_t end_of_address(const segment_scan *s, size_t start, size_t at) {
    while (at - start < SEGMENT_TOKEN_BYTES && is_address_char(byte_at(s, at)))
        at++;
    while (at > start + 1 && strchr(".,;:!?", byte_at(s, at - 1)))
        at--;
    return at;
}

/* "bbc.com" + "/hindi", "http" + "://..." */
static bool address_goes_on(const segment_scan *s, size_t start, size_t at) {
    if (s->end - at >= 3 && memcmp(s->text + at, "://", 3) == 0)
        return is_latin(byte_at(s, at - 1));
    return byte_at(s, at) == '/' && is_ascii_word(byte_at(s, at + 1)) && is_latin(byte_at(s, at - 1)) &&
           memchr(s->text + start, '.', at - start) != NULL;
}

static size_t scan_word(const segment_scan *s, size_t start, segment_kind *kind) {
    *kind = is_digit_at(s, start) ? KIND_NUMBER : KIND_WORD;
    size_t at = start, after;
    int32_t cp;
    for (;;) {
        at = segment_scan_skip_word(s, start, at);
        if (at >= s->end || at == start || at - start >= SEGMENT_TOKEN_BYTES)
            return at;
        if (address_goes_on(s, start, at))
            return end_of_address(s, start, at);
        segment_class c = segment_scan_peek(s, at, &after, &cp);
        if (c == CLASS_BLANK)
            return at;
        if (!holds(s, start, at, after, cp))
            return cp == '.' ? take_dots(s, start, at, kind) : at;
        at = after;
        if (!is_wordly(class_at(s, at)))
            return at;
    }
}

/* ---- Signs ------------------------------------------------------------------------------------------------------ */

/* End of the run of the same sign. */
static size_t skip_run(const segment_scan *s, size_t start, size_t at, int32_t sign) {
    size_t next;
    int32_t cp;
    while (at < s->end && at - start < SEGMENT_TOKEN_BYTES) {
        (void)segment_scan_peek(s, at, &next, &cp);
        if (cp != sign)
            break;
        at = next;
    }
    return at;
}

/* An ASCII quote opens before a word and closes after one; between two words or two blanks it does what is due. */
static segment_kind turn_quote(segment_scan *s, bool blank_before, size_t start, size_t end) {
    bool twofold = s->text[start] == '"' || end - start > 1;
    bool *open = twofold ? &s->in_double : &s->in_single;
    bool blank_after = class_at(s, end) == CLASS_BLANK;
    bool ended = s->last == KIND_END || s->last == KIND_SOFT_END || s->last == KIND_DOT;
    bool opens = blank_before == blank_after ? !*open && !(blank_before && ended) : blank_before;
    *open = opens;
    return opens ? KIND_QUOTE_OPEN : KIND_QUOTE_CLOSE;
}

static bool is_curly_quote(int32_t cp) {
    return (cp >= 0x2018 && cp <= 0x201F) || cp == 0xAB || cp == 0xBB;
}

static segment_kind kind_of_sign(segment_class c) {
    switch (c) {
    case CLASS_END:
        return KIND_END;
    case CLASS_SOFT_END:
        return KIND_SOFT_END;
    case CLASS_WEAK_END:
        return KIND_WEAK_END;
    case CLASS_COMMA:
        return KIND_COMMA;
    case CLASS_OPEN:
        return KIND_OPEN;
    case CLASS_CLOSE:
        return KIND_CLOSE;
    default:
        return KIND_OTHER;
    }
}

static size_t scan_sign(segment_scan *s, segment_token *token) {
    size_t start = token->start, after;
    int32_t cp;
    segment_class c = segment_scan_peek(s, start, &after, &cp);
    bool bracket = (c == CLASS_OPEN || c == CLASS_CLOSE) && !is_curly_quote(cp);
    size_t end = bracket ? after : skip_run(s, start, after, cp);
    for (size_t signs = 3; signs > 1; signs--)
        if (s->end - start >= signs && (kinds_of(s, start, start + signs) & WORD_SIGN))
            return start + signs;
    token->kind = kind_of_sign(c);
    if (c == CLASS_QUOTE)
        token->kind = turn_quote(s, token->space_before || s->last == KIND_OPEN, start, end);
    else if (c == CLASS_DOT)
        token->kind = end > after ? KIND_ELLIPSIS : KIND_DOT;
    else if (cp == 0x2026)
        token->kind = KIND_ELLIPSIS;
    else if (cp == '/' && end > after) /* "///" parts sentences */
        token->kind = KIND_WEAK_END;
    else if (c == CLASS_OTHER && end == after)
        while (end < s->end && end - start < SEGMENT_TOKEN_BYTES && class_at(s, end) == CLASS_MARK)
            (void)segment_scan_peek(s, end, &end, &cp);
    /* "#word", "@name" */
    if ((cp == '#' || cp == '@') && end == after && is_wordly(class_at(s, end)))
        end = scan_word(s, end, &token->kind);
    return end;
}

bool segment_scan_next(segment_scan *s, segment_token *token) {
    size_t start = segment_scan_skip_blanks(s, s->at);
    if (start >= s->end)
        return false;
    bool line = start > s->at && memchr(s->text + s->at, '\n', start - s->at) != NULL;
    *token = (segment_token){.start = (uint32_t)start, .space_before = start > s->at, .line_before = line};
    size_t end = !token->space_before && s->last <= KIND_ABBREVIATION ? end_of_clitic(s, start) : 0;
    token->kind = KIND_WORD;
    if (start < s->cut)
        end = s->cut;
    else if (!end && is_wordly(class_at(s, start)))
        end = cut_word(s, start, scan_word(s, start, &token->kind));
    else if (!end)
        end = scan_sign(s, token);
    token->end = (uint32_t)end;
    s->at = end;
    s->last = token->kind;
    return true;
}
