/* columns: how wide text is on a terminal, and text wrapped to a width.
 *
 * In: UTF-8. Out: columns as terminals count them (wcwidth of the C library and of VTE): marks that stand above, below
 * or in no place take none, a vowel sign that stands beside its letter takes one, East Asian wide letters two.
 * Example: karaka_columns("कि", 6) = 2, karaka_columns("क्", 6) = 1.
 */
#include "output/writer.h"

#include <string.h>
#include <unicode/uchar.h>

static size_t width_of(int32_t cp) {
    if (cp < 0)
        return 1; /* a malformed byte is shown as one replacement sign */
    if (cp < 0x300)
        return cp == 0xad ? 0 : 1;
    switch (u_charType(cp)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
        return 0;
    default:
        break;
    }
    int wide = u_getIntPropertyValue(cp, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

size_t karaka_columns(const char *text, size_t length) {
    size_t at = 0, columns = 0;
    while (at < length)
        columns += width_of(karaka_utf8_next(text, length, &at));
    return columns;
}

void karaka_put_padded(karaka_writer *w, const char *text, size_t columns) {
    size_t used = karaka_columns(text, strlen(text));
    karaka_put(w, text);
    do
        karaka_put_bytes(w, " ", 1);
    while (++used < columns);
}

/* A control character in a page must not steer the reader's terminal. */
static bool is_control(int32_t cp) {
    return cp >= 0 && (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 || cp == 0x2029);
}

static void put_one(karaka_writer *w, const char *text, size_t from, size_t to, int32_t cp) {
    if (cp < 0)
        karaka_put(w, "\xEF\xBF\xBD");
    else if (is_control(cp))
        karaka_put_bytes(w, " ", 1);
    else
        karaka_put_bytes(w, text + from, to - from);
}

void karaka_put_line(karaka_writer *w, const char *text, size_t length, size_t columns) {
    size_t used = 0;
    bool cut = columns && karaka_columns(text, length) > columns;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        int32_t cp = karaka_utf8_next(text, length, &at);
        used += width_of(cp);
        if (cut && used + 1 > columns)
            break;
        put_one(w, text, from, at, cp);
    }
    if (cut)
        karaka_put(w, "…");
}

static bool is_blank(const char *text, size_t at) {
    return text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r';
}

static void put_word(karaka_writer *w, const char *text, size_t from, size_t to, karaka_span mark) {
    for (size_t at = from; at < to;) {
        size_t start = at;
        int32_t cp = karaka_utf8_next(text, to, &at);
        if (mark.start < mark.end && start == mark.start) {
            if (w->colour)
                karaka_style_on(w, STYLE_TRIGGER);
            else
                karaka_put(w, "«");
        }
        put_one(w, text, start, at, cp);
        if (mark.start < mark.end && at == mark.end) {
            if (w->colour)
                karaka_style_off(w);
            else
                karaka_put(w, "»");
        }
    }
}

void karaka_put_wrapped(karaka_writer *w, const char *text, size_t length, karaka_span mark, size_t column,
                        size_t indent, size_t width) {
    bool first = true;
    for (size_t at = 0; at < length;) {
        while (at < length && is_blank(text, at))
            at++;
        size_t end = at;
        while (end < length && !is_blank(text, end))
            end++;
        if (end == at)
            break;
        size_t needed = karaka_columns(text + at, end - at);
        if (!w->colour && at <= mark.start && mark.start < end)
            needed++;
        if (!w->colour && at < mark.end && mark.end <= end)
            needed++;
        /* A style must not run over the blanks that begin a line. */
        bool inside = w->colour && mark.start < at && at < mark.end;
        if (!first && column + 1 + needed > width) {
            if (inside)
                karaka_style_off(w);
            karaka_put(w, "\n");
            for (size_t i = 0; i < indent; i++)
                karaka_put_bytes(w, " ", 1);
            if (inside)
                karaka_style_on(w, STYLE_TRIGGER);
            column = indent;
        } else if (!first) {
            karaka_put_bytes(w, " ", 1);
            column++;
        }
        put_word(w, text, at, end, mark);
        column += needed;
        first = false;
        at = end;
    }
}
