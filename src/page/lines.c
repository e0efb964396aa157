/* lines: a page's lines with their words and shape.
 *
 * In: bytes. Out: page->lines. A paragraph is told by the ends of sentences in it; all else is like a headline.
 * Example: "They met. They ate." is a paragraph, "Kim meets Lavrov!" is like a headline.
 */
#include "page/reading.h"
#include <string.h>
#include <unicode/uchar.h>

enum {
    LINE_WORDS = 256,       /* that are looked at */
    PAGE_WORDS = 1 << 21,   /* lines past this have no words */
    PARAGRAPH_WORDS = 35,   /* so long without a sentence's end is a paragraph all the same */
    SHORT_PARAGRAPH = 3,    /* with the end of a sentence at its end */
    INNER_PARAGRAPH = 8,    /* with one inside */
    INTRODUCTION_WORDS = 6, /* with a colon at the end */
};

void karaka_page_drop(karaka_page_line *line, const char *reason, const char *rule) {
    line->reason = reason;
    line->rule = rule;
}

uint64_t karaka_page_words_hash(const karaka_page_token *words, size_t count) {
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++)
        hash = karaka_hash(&words[i].hash, sizeof words[i].hash, hash);
    return hash;
}

UScriptCode karaka_page_script(karaka_slice text) {
    enum { LETTERS = 256, SCRIPTS = 256 };
    uint16_t counts[SCRIPTS] = {0};
    int best = USCRIPT_COMMON, letters = 0;
    for (size_t at = 0; at < text.length && letters < LETTERS;) {
        int32_t cp = karaka_utf8_next(text.bytes, text.length, &at);
        if (cp < 0 || !u_isalpha(cp))
            continue;
        int script = uscript_getScript(cp, &(UErrorCode){U_ZERO_ERROR});
        letters++;
        if (script > USCRIPT_INHERITED && script < SCRIPTS && ++counts[script] > counts[best])
            best = script;
    }
    return (UScriptCode)best;
}

/* ---- Shape ---- */

static bool weak_end(int32_t cp) {
    return cp == '!' || cp == '?' || cp == 0x61F || cp == 0xFF01 || cp == 0xFF1F;
}

static bool strong_end(int32_t cp) {
    return karaka_page_ends_sentence(cp);
}

bool karaka_page_ends_sentence(int32_t cp) {
    return cp == '|' || (!weak_end(cp) && u_hasBinaryProperty(cp, UCHAR_S_TERM));
}

static bool closing(int32_t cp) {
    return cp == '"' || cp == '\'' || cp == ' ' ||
           (U_MASK(u_charType(cp)) & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK));
}

typedef struct ends {
    unsigned inner; /* sentences that end before the line does */
    int32_t last;   /* last character, closing quotes and brackets off */
    bool ellipsis, calls;
} ends;

/* A full stop after one or two letters is most often an abbreviation's. */
static ends find_ends(karaka_slice text) {
    ends e = {0};
    unsigned letters = 0, dots = 0;
    bool ended = false, full = false; /* full: by a sign that is nothing but a sentence's end */
    for (size_t at = 0; at < text.length;) {
        int32_t cp = karaka_utf8_next(text.bytes, text.length, &at);
        if (closing(cp)) {
            e.inner += cp == ' ' && ended;
            ended = ended && cp != ' ';
            letters = cp == ' ' ? 0 : letters;
            continue;
        }
        e.inner += ended && full; /* the next sentence begins without a blank */
        dots = cp == '.' ? dots + 1 : 0;
        e.ellipsis = dots > 1 || cp == 0x2026;
        e.calls = e.calls || e.ellipsis || cp == '!';
        ended = strong_end(cp) && dots < 2 && (cp != '.' || letters > 2) && cp != '|';
        full = ended && cp != '.';
        letters = strong_end(cp) || weak_end(cp) ? 0 : letters + 1;
        e.last = cp;
    }
    return e;
}

static void set_shape(karaka_page_line *line) {
    ends e = find_ends(line->line.text);
    uint32_t words = line->word_count;
    line->calls = e.calls;
    line->colon = e.last == ':';
    line->final = strong_end(e.last) && !e.ellipsis;
    line->paragraph = (line->final && words >= SHORT_PARAGRAPH) || (e.inner && words >= INNER_PARAGRAPH) ||
                      (e.last == ':' && words >= INTRODUCTION_WORDS) || words >= PARAGRAPH_WORDS;
}

/* ---- Words ---- */

int karaka_page_line_words(karaka_page *page, karaka_page_line *line) {
    karaka_page_token found[LINE_WORDS];
    size_t room = page->words < PAGE_WORDS ? LINE_WORDS : 0;
    size_t count = karaka_page_tokens(found, room, page->rules->spelling, line->line.text, false);
    karaka_page_token *words = karaka_arena_array(page->arena, count, sizeof *words);
    if (!words)
        return KARAKA_ERROR_MEMORY;
    if (count)
        memcpy(words, found, count * sizeof *words);
    page->words += count;
    line->words = words;
    line->word_count = (uint32_t)count;
    line->hash = karaka_page_words_hash(words, count);
    set_shape(line);
    return KARAKA_OK;
}

static bool letter_at(karaka_slice text, size_t at) {
    int32_t cp = karaka_utf8_next(text.bytes, text.length, &at);
    return cp >= 0 && u_isalpha(cp);
}

/* Takes a list's sign off the start. */
static void take_bullet(karaka_page_line *line) {
    static const int32_t signs[] = {'-',    '*',    0x2022, 0x25CF, 0x25AA, 0x25A0, 0x25E6, 0x2023,
                                    0x25B6, 0x25BA, 0x27A4, 0x2714, 0x2013, 0x2014, 0xB7};
    karaka_slice *text = &line->line.text;
    size_t at = 0;
    int32_t cp = karaka_utf8_next(text->bytes, text->length, &at);
    while (cp == '-' && at < text->length && text->bytes[at] == '-')
        at++;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (cp == signs[i] && at < text->length && (text->bytes[at] == ' ' || letter_at(*text, at))) {
            *text = karaka_slice_trim((karaka_slice){text->bytes + at, text->length - at});
            line->bullet = true;
            return;
        }
}

/* ---- Cutting ---- */

static bool ends_before(karaka_slice text, size_t at) {
    while (at > 0 && text.bytes[at - 1] == ' ')
        at--;
    size_t start = at;
    while (start > 0 && at - start < 4 && ((unsigned char)text.bytes[--start] & 0xC0) == 0x80)
        ;
    if (start == at)
        return false;
    int32_t cp = karaka_utf8_next(text.bytes, at, &start);
    return strong_end(cp) || weak_end(cp) || cp == '(' || cp == '[' || cp == '"' || cp == 0x201D;
}

static bool label_sign(karaka_slice text, size_t at) {
    while (at < text.length && text.bytes[at] == ' ')
        at++;
    if (at == text.length)
        return true;
    int32_t cp = karaka_utf8_next(text.bytes, text.length, &at);
    return cp == ':' || cp == '-' || cp == 0x2013 || cp == 0x2014 || cp == '|' || cp == '>';
}

/* Where in the line a CUT rule's label stands after a sentence; 0: nowhere. */
static size_t find_cut(const karaka_page *page, const karaka_page_line *line) {
    for (size_t i = 1; i < line->word_count; i++) {
        size_t taken = 0;
        const karaka_page_rule *rule =
            karaka_page_rule_at(page->rules, &taken, 1u << KARAKA_PAGE_LIST | 1u << KARAKA_PAGE_DROP, line->words + i,
                                line->word_count - i);
        if (rule && rule->where == KARAKA_PAGE_CUT && ends_before(line->line.text, line->words[i].start) &&
            label_sign(line->line.text, line->words[i + taken - 1].end))
            return line->words[i].start;
    }
    return 0;
}

/* Brackets and blanks off the end that opened what was cut. */
static karaka_slice without_opening(karaka_slice text) {
    while (text.length && (text.bytes[text.length - 1] == ' ' || text.bytes[text.length - 1] == '(' ||
                           text.bytes[text.length - 1] == '['))
        text.length--;
    return text;
}

int karaka_page_line_add(karaka_page_line_list *list, karaka_page *page, karaka_line line) {
    karaka_page_line fresh = {.line = line};
    take_bullet(&fresh);
    int error = karaka_page_line_words(page, &fresh);
    if (error < 0)
        return error;
    size_t cut = find_cut(page, &fresh);
    if (!cut)
        return KARAKA_PUSH(page->arena, *list, fresh);
    karaka_slice whole = fresh.line.text;
    karaka_page_line parts[2] = {fresh, fresh};
    parts[0].line.text = without_opening((karaka_slice){whole.bytes, cut});
    parts[1].line.text = (karaka_slice){whole.bytes + cut, whole.length - cut};
    if (whole.length == line.input.end - line.input.start) /* nothing was cleaned off: the bytes are the same */
        parts[0].line.input.end = parts[1].line.input.start = line.input.start + (uint32_t)cut;
    parts[1].bullet = false;
    for (int i = 0; i < 2 && error == KARAKA_OK; i++) {
        error = karaka_page_line_words(page, &parts[i]);
        if (error == KARAKA_OK)
            error = KARAKA_PUSH(page->arena, *list, parts[i]);
    }
    return error;
}

int karaka_page_lines(karaka_page *page, const char *bytes, size_t length) {
    karaka_lines lines;
    karaka_page_line_list list = {0};
    int error = karaka_page_clean(&lines, page->arena, bytes, length, "");
    if (error == KARAKA_OK)
        error = karaka_page_unwrap(&lines, page->arena);
    for (size_t i = 0; error == KARAKA_OK && i < lines.count; i++)
        error = karaka_page_line_add(&list, page, lines.items[i]);
    page->lines = list.items;
    page->count = list.count;
    return error;
}
