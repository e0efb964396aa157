/* words: see words.h. A token is a run of letters and their signs, a run of digits, or one other sign. */
#include "page/words.h"
#include <stdlib.h>
#include <unicode/uchar.h>

enum { LONGEST_WORD = 256 /* folded bytes that count */, STEM = 4 /* code points */, STEM_LOOKED_AT = 8 };

static bool letter(int32_t cp) {
    return cp == 0x200C || cp == 0x200D || u_isalpha(cp) ||
           (U_MASK(u_charType(cp)) & (U_GC_MN_MASK | U_GC_MC_MASK | U_GC_ME_MASK));
}

/* A sign that people read as a word. */
static bool symbol(int32_t cp) {
    return cp == '#' || cp == '@' || cp == '&' || u_charType(cp) == U_OTHER_SYMBOL;
}

static karaka_token_kind kind_of(int32_t cp) {
    if (u_charDigitValue(cp) >= 0)
        return KARAKA_PAGE_NUMBER;
    return letter(cp) ? KARAKA_PAGE_WORD : KARAKA_PAGE_SIGN;
}

static void add_digit(karaka_page_token *token, int32_t cp) {
    int32_t digit = (int32_t)u_charDigitValue(cp);
    if (token->digits++ >= 9)
        token->value = -1;
    else
        token->value = token->value * 10 + digit;
}

static bool vowel_sign(int32_t cp) {
    return cp >= 0 && (U_MASK(u_charType(cp)) & (U_GC_MN_MASK | U_GC_MC_MASK));
}

/* The first letters, without the signs at the word's end: they are most often an inflection. */
static uint32_t stem_of(const char *folded, size_t length) {
    size_t ends[STEM_LOOKED_AT], count = 0, at = 0;
    bool signs[STEM_LOOKED_AT];
    while (at < length && count < STEM_LOOKED_AT) {
        signs[count] = vowel_sign(karaka_utf8_next(folded, length, &at));
        ends[count++] = at;
    }
    while (at == length && count > 1 && signs[count - 1])
        count--;
    if (count > STEM)
        count = STEM;
    return (uint32_t)karaka_hash(folded, count ? ends[count - 1] : 0, 1);
}

/* The token at text[*at], blanks before it skipped; false at the end. */
static bool next_token(karaka_page_token *out, const karaka_spelling *spelling, karaka_slice text, size_t *at) {
    size_t start = *at, end = start;
    int32_t cp = -1;
    do {
        start = end;
        if (start >= text.length)
            return false;
        cp = karaka_utf8_next(text.bytes, text.length, &end);
    } while (karaka_utf8_blank(cp));
    *out = (karaka_page_token){.start = (uint32_t)start, .kind = (uint8_t)kind_of(cp), .after_blank = start > *at};
    if (out->kind == KARAKA_PAGE_SIGN) {
        out->value = cp;
    } else {
        if (out->kind == KARAKA_PAGE_NUMBER)
            add_digit(out, cp);
        for (size_t after = end; after < text.length; end = after) {
            cp = karaka_utf8_next(text.bytes, text.length, &after);
            if (kind_of(cp) != (karaka_token_kind)out->kind || out->digits == UINT16_MAX)
                break;
            if (out->kind == KARAKA_PAGE_NUMBER)
                add_digit(out, cp);
        }
    }
    char folded[LONGEST_WORD];
    size_t length = karaka_spelling_fold(spelling, folded, sizeof folded, text.bytes + start, end - start);
    out->hash = karaka_hash(folded, length, 0);
    out->stem = stem_of(folded, length);
    out->end = (uint32_t)end;
    *at = end;
    return true;
}

size_t karaka_page_tokens(karaka_page_token *out, size_t room, const karaka_spelling *spelling, karaka_slice text,
                          bool signs) {
    size_t count = 0;
    karaka_page_token token;
    for (size_t at = 0; count < room && next_token(&token, spelling, text, &at);)
        if (signs || token.kind != KARAKA_PAGE_SIGN || symbol(token.value))
            out[count++] = token;
    return count;
}

int karaka_page_phrases_add(karaka_page_phrases *phrases, karaka_arena *arena, const karaka_spelling *spelling,
                            const karaka_row *row, const char *cell, uint32_t rule) {
    const char **words = NULL;
    size_t count = 0;
    int error = karaka_table_alternatives(&words, &count, arena, cell);
    for (size_t i = 0; error == KARAKA_OK && i < count; i++) {
        karaka_page_token tokens[KARAKA_PAGE_PHRASE_WORDS + 1];
        size_t length =
            karaka_page_tokens(tokens, KARAKA_PAGE_PHRASE_WORDS + 1, spelling, karaka_slice_of(words[i]), false);
        if (!length || length > KARAKA_PAGE_PHRASE_WORDS)
            return karaka_row_fail(row, "\"%s\": 1 to %d words", words[i], KARAKA_PAGE_PHRASE_WORDS);
        karaka_page_phrase phrase = {.count = (uint32_t)length, .rule = rule};
        for (size_t k = 0; k < length; k++)
            phrase.words[k] = tokens[k].hash;
        error = KARAKA_PUSH(arena, *phrases, phrase);
    }
    return error;
}

static int compare(const void *a, const void *b) {
    const karaka_page_phrase *x = a, *y = b;
    if (x->words[0] != y->words[0])
        return x->words[0] < y->words[0] ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

void karaka_page_phrases_sort(karaka_page_phrases *phrases) {
    if (phrases->count)
        qsort(phrases->items, phrases->count, sizeof *phrases->items, compare);
}

static const karaka_page_phrase *first(const karaka_page_phrases *phrases, uint64_t hash) {
    size_t low = 0, high = phrases->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (phrases->items[middle].words[0] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return phrases->items + low;
}

/* Tokens that the phrase covers, 0 where it does not stand here. */
static size_t match(const karaka_page_phrase *phrase, const karaka_page_token *tokens, size_t count) {
    size_t at = 0;
    for (uint32_t i = 0; i < phrase->count; i++) {
        while (i && at < count && tokens[at].kind == KARAKA_PAGE_SIGN && tokens[at].value == '.')
            at++;
        if (at == count || tokens[at++].hash != phrase->words[i])
            return 0;
    }
    return at;
}

const karaka_page_phrase *karaka_page_phrases_next(const karaka_page_phrases *phrases, const karaka_page_phrase *after,
                                                   size_t *taken, const karaka_page_token *tokens, size_t count) {
    if (!count || !phrases->count)
        return NULL;
    const karaka_page_phrase *end = phrases->items + phrases->count;
    for (const karaka_page_phrase *p = after ? after + 1 : first(phrases, tokens[0].hash); p != end; p++) {
        if (p->words[0] != tokens[0].hash)
            break;
        *taken = match(p, tokens, count);
        if (*taken)
            return p;
    }
    return NULL;
}
