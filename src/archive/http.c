/* http: the head of a response, and its body as the page was before it was sent.
 *
 * In: the block of a WARC record. Out: status, media type, charset; the body without chunks and content codings.
 * Crawlers often keep a head that tells of chunks or codings which they have undone already, so a body that does not
 * begin as its head says is taken as it stands.
 * Example: "Content-Type: text/html; charset=\"utf-8\"" -> type "text/html", charset "utf-8"
 */
#include "archive/archive.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

enum { CODINGS_MOST = 3 };

static bool same(karaka_slice s, const char *text) {
    return s.length == strlen(text) && strncasecmp(s.bytes, text, s.length) == 0;
}

/* What stands before `end` (or all) off the front of `rest`, without blanks around it. */
static karaka_slice part_before(karaka_slice *rest, char end) {
    if (!rest->length)
        return (karaka_slice){"", 0};
    const char *found = memchr(rest->bytes, end, rest->length);
    size_t length = found ? (size_t)(found - rest->bytes) : rest->length, eaten = found ? length + 1 : length;
    karaka_slice part = {rest->bytes, length};
    rest->bytes += eaten;
    rest->length -= eaten;
    while (part.length && (*part.bytes == ' ' || *part.bytes == '\t'))
        part = (karaka_slice){part.bytes + 1, part.length - 1};
    while (part.length && memchr(" \t\r\n", part.bytes[part.length - 1], 4))
        part.length--;
    return part;
}

/* ---- The head ---- */

karaka_slice karaka_header_line(karaka_slice *rest) {
    const char *end = rest->length ? memchr(rest->bytes, '\n', rest->length) : NULL;
    size_t length = end ? (size_t)(end - rest->bytes) : rest->length, eaten = end ? length + 1 : length;
    karaka_slice line = {rest->bytes, length};
    if (line.length && line.bytes[line.length - 1] == '\r')
        line.length--;
    rest->bytes += eaten;
    rest->length -= eaten;
    return line;
}

karaka_slice karaka_header_value(karaka_slice line, const char *name) {
    size_t length = strlen(name);
    if (line.length <= length || line.bytes[length] != ':' || strncasecmp(line.bytes, name, length) != 0)
        return (karaka_slice){NULL, 0};
    karaka_slice rest = {line.bytes + length + 1, line.length - length - 1};
    return part_before(&rest, '\n');
}

size_t karaka_header_end(karaka_slice bytes) {
    const char *at = bytes.bytes, *end = bytes.bytes + bytes.length;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        at++;
        if (at < end && *at == '\n')
            return (size_t)(at + 1 - bytes.bytes);
        if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
            return (size_t)(at + 2 - bytes.bytes);
    }
    return 0;
}

void karaka_http_type(karaka_http *h, karaka_slice value) {
    h->type = part_before(&value, ';');
    h->charset = (karaka_slice){NULL, 0};
    while (value.length) {
        karaka_slice parameter = part_before(&value, ';'), name = part_before(&parameter, '=');
        if (!same(name, "charset"))
            continue;
        if (parameter.length >= 2 && strchr("\"'", *parameter.bytes))
            parameter = (karaka_slice){parameter.bytes + 1, parameter.length - 2};
        h->charset = part_before(&parameter, '\n');
        return;
    }
}

bool karaka_http_head(karaka_http *h, karaka_slice head) {
    karaka_slice line = karaka_header_line(&head), value;
    *h = (karaka_http){0};
    if (line.length < 12 || strncasecmp(line.bytes, "HTTP/", 5) != 0)
        return false;
    part_before(&line, ' ');
    karaka_slice status = part_before(&line, ' ');
    if (status.length != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (status.bytes[i] < '0' || status.bytes[i] > '9')
            return false;
        h->status = h->status * 10 + (unsigned)(status.bytes[i] - '0');
    }
    while (head.length) {
        line = karaka_header_line(&head);
        if ((value = karaka_header_value(line, "Content-Type")).bytes)
            karaka_http_type(h, value);
        else if ((value = karaka_header_value(line, "Content-Encoding")).bytes)
            h->codings = value;
        else if ((value = karaka_header_value(line, "Transfer-Encoding")).bytes)
            h->chunked = value.length >= 7 && strncasecmp(value.bytes + value.length - 7, "chunked", 7) == 0;
    }
    return true;
}

/* ---- The body ---- */

/* "1a2b;name=value" -> 0x1a2b; false where it is no chunk's size. */
static bool chunk_size(size_t *size, karaka_slice line) {
    size_t digits = 0;
    karaka_slice number = part_before(&line, ';');
    *size = 0;
    for (; digits < number.length; digits++) {
        const char c = number.bytes[digits], low = (char)(c | 32);
        if (!((c >= '0' && c <= '9') || (low >= 'a' && low <= 'f')) || digits >= 8)
            return false;
        *size = *size * 16 + (size_t)(c <= '9' ? c - '0' : low - 'a' + 10);
    }
    return digits > 0;
}

/* Moves the chunks of `body` together. A body that does not begin with a chunk stays as it is. */
static int join_chunks(karaka_slice *body) {
    karaka_slice rest = *body;
    char *to = (char *)(uintptr_t)body->bytes;
    size_t size = 0;
    for (bool any = false;; any = true) {
        const char *at = rest.bytes;
        bool good = rest.length && chunk_size(&size, karaka_header_line(&rest));
        if (!good && !any)
            return KARAKA_OK;
        if (!good || size > rest.length)
            return karaka_fail(KARAKA_ERROR_INPUT, "chunk at byte %zu of the body %s", (size_t)(at - body->bytes) + 1,
                               good ? "is longer than the body" : "has no size");
        if (!size)
            break;
        memmove(to, rest.bytes, size);
        to += size;
        rest = (karaka_slice){rest.bytes + size, rest.length - size};
        if (karaka_header_line(&rest).length)
            return karaka_fail(KARAKA_ERROR_INPUT, "chunk at byte %zu of the body is longer than its size",
                               (size_t)(at - body->bytes) + 1);
    }
    body->length = (size_t)(to - body->bytes);
    return KARAKA_OK;
}

static int coding_of_name(karaka_slice name) {
    if (same(name, "gzip") || same(name, "x-gzip"))
        return KARAKA_CODING_GZIP;
    if (same(name, "deflate"))
        return KARAKA_CODING_DEFLATE;
    if (same(name, "br"))
        return KARAKA_CODING_BROTLI;
    if (same(name, "zstd"))
        return KARAKA_CODING_ZSTD;
    if (!name.length || same(name, "identity") || same(name, "none") || same(name, "utf-8"))
        return KARAKA_CODING_NONE;
    return karaka_fail(KARAKA_ERROR_INPUT, "unknown Content-Encoding '%.*s'",
                       (int)(name.length < 40 ? name.length : 40), name.bytes);
}

/* The last coding named was put on last, so it comes off first. */
static int undo_codings(karaka_slice *body, karaka_buffer *room, karaka_slice names, size_t limit) {
    int codings[CODINGS_MOST], count = 0;
    while (names.length) {
        int coding = coding_of_name(part_before(&names, ','));
        if (coding < 0)
            return coding;
        if (coding && count == CODINGS_MOST)
            return karaka_fail(KARAKA_ERROR_INPUT, "more than %d content codings", CODINGS_MOST);
        if (coding)
            codings[count++] = coding;
    }
    while (count--) {
        karaka_coding coding = (karaka_coding)codings[count];
        bool known = coding == KARAKA_CODING_GZIP || coding == KARAKA_CODING_ZSTD;
        if (!body->length || (known && karaka_coding_of(*body) != coding))
            continue; /* undone already */
        karaka_buffer plain = {0};
        int error = karaka_decode(&plain, coding, *body, limit);
        karaka_buffer_free(room);
        *room = plain;
        if (error < 0)
            return error;
        *body = (karaka_slice){plain.bytes, plain.length};
    }
    return KARAKA_OK;
}

int karaka_http_body(karaka_slice *out, karaka_buffer *room, const karaka_http *h, karaka_buffer *body, size_t from,
                     size_t limit) {
    *out = (karaka_slice){body->bytes + from, body->length - from};
    int error = h->chunked ? join_chunks(out) : KARAKA_OK;
    return error < 0 ? error : undo_codings(out, room, h->codings, limit);
}

/* ---- Plain text ---- */

int karaka_text_to_utf8(karaka_buffer *out, const char *charset, karaka_slice text, size_t limit) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(charset, &status), *to = ucnv_open("UTF-8", &status);
    UChar middle[4096], *source = middle, *target = middle;
    const char *at = text.bytes;
    int error = U_FAILURE(status) ? karaka_fail(KARAKA_ERROR_INPUT, "unknown charset '%.40s'", charset) : KARAKA_OK;
    for (bool first = true, more = error == KARAKA_OK; more; first = false) {
        char piece[8192], *end = piece;
        status = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &end, piece + sizeof piece, &at, text.bytes + text.length, middle, &source, &target,
                       middle + 4096, first, true, &status);
        more = status == U_BUFFER_OVERFLOW_ERROR;
        if (U_FAILURE(status) && !more)
            error = karaka_fail(KARAKA_ERROR_INPUT, "text that is not in its charset '%.40s'", charset);
        if (error == KARAKA_OK)
            error = karaka_buffer_add(out, piece, (size_t)(end - piece));
        if (error == KARAKA_OK && out->length > limit)
            error = karaka_fail(KARAKA_ERROR_LIMIT, "larger than %zu bytes, skipped", limit);
        more = more && error == KARAKA_OK;
    }
    ucnv_close(from);
    ucnv_close(to);
    return error;
}
