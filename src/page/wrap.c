/* wrap: text that was broken at a fixed width becomes paragraphs again.
 *
 * In: lines. Out: lines; each that fills the width is joined with the next. A page is such a text when no line is
 * longer than a terminal, most are about as long as the longest, and most end in the midst of a sentence. Example: "Kim
 * met Lavrov on Saturday in the coastal town of" + "Wonsan." -> one line.
 */
#include "page/reading.h"
#include <string.h>

enum {
    WIDEST = 120, /* code points */
    NARROWEST = 40,
    LINES_LEAST = 5,   /* that go on in the next line */
    FULL_PERCENT = 65, /* of the widest line: such a line is full */
    MOST_PERCENT = 75, /* of the lines are full */
    OPEN_PERCENT = 50, /* of the lines end within a sentence */
};

static size_t code_points(karaka_slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return count;
}

static bool ends_sentence(karaka_slice text) {
    size_t at = text.length;
    while (at > 0 && ((unsigned char)text.bytes[--at] & 0xC0) == 0x80)
        ;
    return karaka_page_ends_sentence(karaka_utf8_next(text.bytes, text.length, &at));
}

static bool full(karaka_slice text, size_t width) {
    return code_points(text) * 100 >= width * FULL_PERCENT;
}

/* The width at which the text was broken; 0: it was not. */
static size_t find_width(const karaka_lines *lines) {
    size_t width = 0, going_on = 0, filled = 0, open = 0, ended = 0;
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].text.length > (size_t)WIDEST * 4)
            return 0;
        size_t length = code_points(lines->items[i].text);
        width = length > width ? length : width;
    }
    if (width > WIDEST || width < NARROWEST)
        return 0;
    for (size_t i = 0; i < lines->count; i++) {
        bool end = ends_sentence(lines->items[i].text);
        ended += end;
        if (i + 1 == lines->count || lines->items[i + 1].gap)
            continue;
        going_on++;
        filled += full(lines->items[i].text, width);
        open += !end;
    }
    bool wrapped = going_on >= LINES_LEAST && ended && filled * 100 >= going_on * MOST_PERCENT &&
                   open * 100 >= going_on * OPEN_PERCENT;
    return wrapped ? width : 0;
}

int karaka_page_unwrap(karaka_lines *lines, karaka_arena *arena) {
    size_t width = find_width(lines), total = 0, kept = 0;
    if (!width)
        return KARAKA_OK;
    for (size_t i = 0; i < lines->count; i++)
        total += lines->items[i].text.length + 1;
    char *out = karaka_arena_alloc(arena, total);
    if (!out)
        return KARAKA_ERROR_MEMORY;
    bool goes_on = false;
    for (size_t i = 0; i < lines->count; i++) {
        karaka_line line = lines->items[i];
        bool joins = goes_on && !line.gap;
        goes_on = full(line.text, width);
        if (joins)
            *out++ = ' ';
        memcpy(out, line.text.bytes, line.text.length);
        if (joins) {
            karaka_line *before = &lines->items[kept - 1];
            before->text.length += line.text.length + 1;
            before->input.end = line.input.end;
        } else {
            line.text.bytes = out;
            lines->items[kept++] = line;
        }
        out += line.text.length;
    }
    lines->count = kept;
    return KARAKA_OK;
}
