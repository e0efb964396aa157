/* writer: appending text, JSON and numbers to a karaka_text; styles of a terminal.
 *
 * In: pieces of one document. Out: bytes at the end of a karaka_text, or nothing at all on error.
 * Example: karaka_put_json(&w, "a\n") appends "a\n" with its quotes, the line break written as \n.
 */
#include "output/writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void karaka_text_free(karaka_text *text) {
    if (!text)
        return;
    free(text->bytes);
    *text = (karaka_text){0};
}

karaka_writer karaka_writer_begin(karaka_text *out, bool colour) {
    return (karaka_writer){.out = out, .mark = out->length, .colour = colour};
}

int karaka_writer_end(karaka_writer *w) {
    if (w->error == 0)
        karaka_put_bytes(w, "", 0); /* an empty result is "" and not NULL */
    if (w->error == 0)
        return KARAKA_OK;
    w->out->length = w->mark;
    if (w->out->bytes)
        w->out->bytes[w->mark] = '\0';
    return w->error;
}

void karaka_put_bytes(karaka_writer *w, const char *bytes, size_t length) {
    karaka_text *out = w->out;
    if (w->error)
        return;
    if (length > SIZE_MAX / 4 - out->length) {
        w->error = karaka_fail(KARAKA_ERROR_MEMORY, "the output is too large");
        return;
    }
    if (out->length + length + 1 > out->room) {
        size_t room = (out->length + length + 1) * 2;
        if (room < 512)
            room = 512;
        char *grown = realloc(out->bytes, room);
        if (!grown) {
            w->error = karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for %zu bytes of output", room);
            return;
        }
        out->bytes = grown;
        out->room = room;
    }
    if (length)
        memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = '\0';
}

void karaka_put(karaka_writer *w, const char *text) {
    if (text)
        karaka_put_bytes(w, text, strlen(text));
}

void karaka_put_format(karaka_writer *w, const char *format, ...) {
    char small[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    /* Only short pieces are formatted; text of any length goes through karaka_put. */
    if (length < 0 || (size_t)length >= sizeof small) {
        if (!w->error)
            w->error = karaka_fail(KARAKA_ERROR_ARGUMENT, "a formatted piece of output is too long");
        return;
    }
    karaka_put_bytes(w, small, (size_t)length);
}

void karaka_put_json_bytes(karaka_writer *w, const char *bytes, size_t length) {
    static const char hex[] = "0123456789abcdef";
    size_t done = 0;
    karaka_put_bytes(w, "\"", 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        karaka_put_bytes(w, bytes + done, i - done);
        done = i + 1;
        switch (c) {
        case '"':
            karaka_put_bytes(w, "\\\"", 2);
            break;
        case '\\':
            karaka_put_bytes(w, "\\\\", 2);
            break;
        case '\n':
            karaka_put_bytes(w, "\\n", 2);
            break;
        case '\r':
            karaka_put_bytes(w, "\\r", 2);
            break;
        case '\t':
            karaka_put_bytes(w, "\\t", 2);
            break;
        default: {
            const char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
            karaka_put_bytes(w, escape, sizeof escape);
        }
        }
    }
    karaka_put_bytes(w, bytes + done, length - done);
    karaka_put_bytes(w, "\"", 1);
}

void karaka_put_json(karaka_writer *w, const char *text) {
    if (text)
        karaka_put_json_bytes(w, text, strlen(text));
    else
        karaka_put_bytes(w, "null", 4);
}

/* By whole numbers, because printf's decimal point follows the locale of the calling program. */
void karaka_put_number(karaka_writer *w, double value, int places, const char *absent) {
    double scale = 1;
    for (int i = 0; i < places; i++)
        scale *= 10;
    if (!isfinite(value) || fabs(value) * scale > 9e15) {
        karaka_put(w, absent);
        return;
    }
    unsigned long long scaled = (unsigned long long)llround(fabs(value) * scale);
    unsigned long long unit = (unsigned long long)scale, fraction = scaled % unit;
    karaka_put_format(w, "%s%llu", value < 0 && scaled > 0 ? "-" : "", scaled / unit);
    if (!fraction)
        return;
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%0*llu", places, fraction);
    while (length > 1 && digits[length - 1] == '0')
        length--;
    karaka_put_bytes(w, ".", 1);
    karaka_put_bytes(w, digits, (size_t)length);
}

void karaka_style_on(karaka_writer *w, const char *style) {
    if (w->colour)
        karaka_put_format(w, "\033[%sm", style);
}

void karaka_style_off(karaka_writer *w) {
    if (w->colour)
        karaka_put(w, "\033[0m");
}

void karaka_put_style(karaka_writer *w, const char *style, const char *text) {
    karaka_style_on(w, style);
    karaka_put(w, text);
    karaka_style_off(w);
}

karaka_slice karaka_article_part(const karaka_article *article, karaka_span span) {
    if (!article->text || span.start > span.end || span.end > article->length)
        return (karaka_slice){"", 0};
    return (karaka_slice){article->text + span.start, span.end - span.start};
}

karaka_span karaka_sentence_span(const karaka_document *document, uint32_t sentence) {
    if (sentence >= document->sentence_count)
        return (karaka_span){0, 0};
    return document->sentences[sentence].span;
}

const char *karaka_status_name(karaka_status status) {
    switch (status) {
    case KARAKA_ASSERTED:
        return "asserted";
    case KARAKA_PLANNED:
        return "planned";
    case KARAKA_POSSIBLE:
        return "possible";
    case KARAKA_DENIED:
        return "denied";
    }
    return "asserted";
}

const char *karaka_paragraph_name(karaka_paragraph_kind kind) {
    switch (kind) {
    case KARAKA_TITLE:
        return "title";
    case KARAKA_KICKER:
        return "kicker";
    case KARAKA_LEAD:
        return "lead";
    case KARAKA_SUBHEAD:
        return "subhead";
    case KARAKA_BODY:
        return "body";
    }
    return "body";
}
