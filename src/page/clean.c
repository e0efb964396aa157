/* clean: a page's bytes become lines.
 *
 * In: bytes. Out: lines in NFC: each run of blanks one ' ', none at the ends, no controls and no invisible marks (the
 * joiners stay, they are part of words), empty lines gone; each line knows its bytes of the input.
 * Example: "\xEF\xBB\xBF Kim\xC2\xA0\xC2\xA0 met \r\n\r\nLavrov" -> "Kim met" [4,14), "Lavrov" [18,24).
 */
#include "page/page.h"
#include <string.h>

enum {
    FEW_CONTROLS = 16,  /* so many are forgiven in any text */
    CONTROL_SHARE = 50, /* and one in so many bytes in a long one */
};

typedef struct cleaner {
    karaka_arena *arena;
    karaka_lines lines;
    char *out;          /* room for the whole input: cleaning never makes it longer */
    size_t used, start; /* of `out`; start: of this line */
    size_t from, to;    /* input bytes of this line, blanks at the ends left out */
    bool gap;           /* an empty line came last */
    bool blank;         /* a blank is due before the next character */
    size_t controls, first_control;
} cleaner;

static bool line_break(int32_t cp) {
    return (cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static bool control(int32_t cp) {
    return (cp < ' ' && cp != '\t') || (cp >= 0x7F && cp < 0xA0);
}

/* Soft hyphen, zero-width space, direction marks, word joiner and the like: nothing that a reader sees. */
static bool invisible(int32_t cp) {
    return cp == 0xAD || cp == 0x200B || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || (cp >= 0xFFF9 && cp <= 0xFFFB);
}

static int end_line(cleaner *c) {
    c->blank = false;
    if (c->used == c->start) {
        c->gap = true;
        return KARAKA_OK;
    }
    if (c->lines.count == KARAKA_PAGE_LINES)
        return karaka_fail(KARAKA_ERROR_LIMIT, "more than %d lines", KARAKA_PAGE_LINES);
    karaka_line line = {
        .text = {c->out + c->start, c->used - c->start}, .input = {(uint32_t)c->from, (uint32_t)c->to}, .gap = c->gap};
    c->gap = false;
    c->start = c->used;
    int error = karaka_nfc(&line.text, c->arena, line.text);
    if (error < 0)
        return error;
    return KARAKA_PUSH(c->arena, c->lines, line);
}

static void put(cleaner *c, const char *bytes, size_t start, size_t end) {
    if (c->used == c->start)
        c->from = start;
    else if (c->blank)
        c->out[c->used++] = ' ';
    c->blank = false;
    memcpy(c->out + c->used, bytes + start, end - start);
    c->used += end - start;
    c->to = end;
}

static int take(cleaner *c, const char *bytes, size_t start, size_t end, int32_t cp) {
    bool pair = cp == '\n' && start > 0 && bytes[start - 1] == '\r';
    if (line_break(cp))
        return pair ? KARAKA_OK : end_line(c);
    if (control(cp)) {
        if (!c->controls++)
            c->first_control = start;
        return KARAKA_OK;
    }
    if (invisible(cp))
        return KARAKA_OK;
    if (cp == ' ' || cp == '\t' || (cp >= 0x80 && karaka_utf8_blank(cp)))
        c->blank = true;
    else
        put(c, bytes, start, end);
    return KARAKA_OK;
}

static int refuse(const char *bytes, size_t length, const char *what) {
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return karaka_fail(KARAKA_ERROR_INPUT, "%sUTF-16 (byte order mark at byte 0), not UTF-8", what);
    const char *nul = length ? memchr(bytes, '\0', length) : NULL;
    if (nul)
        return karaka_fail(KARAKA_ERROR_INPUT, "%sbinary: NUL at byte %zu", what, (size_t)(nul - bytes));
    size_t bad = karaka_utf8_check(bytes, length);
    if (bad != length)
        return karaka_fail(KARAKA_ERROR_INPUT, "%sbad UTF-8 at byte %zu", what, bad);
    return KARAKA_OK;
}

int karaka_page_clean(karaka_lines *out, karaka_arena *arena, const char *bytes, size_t length, const char *what) {
    if (length > KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "%slarger than %zu bytes", what, KARAKA_INPUT_LIMIT);
    int error = refuse(bytes, length, what);
    if (error < 0)
        return error;
    cleaner c = {.arena = arena, .out = karaka_arena_alloc(arena, length + 1)};
    if (!c.out)
        return KARAKA_ERROR_MEMORY;
    for (size_t at = 0; at < length && error == KARAKA_OK;) {
        size_t start = at;
        int32_t cp = karaka_utf8_next(bytes, length, &at);
        error = take(&c, bytes, start, at, cp);
    }
    if (error == KARAKA_OK)
        error = end_line(&c);
    if (error < 0)
        return error;
    if (c.controls > FEW_CONTROLS && c.controls > length / CONTROL_SHARE)
        return karaka_fail(KARAKA_ERROR_INPUT, "%sbinary: %zu control characters, the first at byte %zu", what,
                           c.controls, c.first_control);
    if (!c.lines.count)
        return karaka_fail(KARAKA_ERROR_INPUT, "%sempty", what);
    *out = c.lines;
    return KARAKA_OK;
}
