/* json: JSON as pages write it becomes a list of values.
 *
 * In: the text of a script element. Out: values in the order of the text, nested by their `end`. Nothing is refused:
 * what is no JSON is stepped over, an end that is missing is put at the end. Nothing recurses.
 * Example: {"@type":"NewsArticle","author":[{"name":"Asha"},],  ->  object, string, array, object, string.
 */
#include "html/html.h"

#include <string.h>

enum { VALUES = 1 << 16, DEEP = 64 };

typedef struct reader {
    karaka_json *json;
    karaka_arena *arena;
    karaka_slice text;
    size_t at;
    uint32_t open[DEEP]; /* objects and arrays that are being read */
    unsigned depth;
    karaka_slice key;
    bool keyed; /* a key has been read, its value not yet */
} reader;

static char peek(const reader *r) {
    return r->at < r->text.length ? r->text.bytes[r->at] : '\0';
}

static int32_t read_hex(reader *r) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = peek(r);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return '?'; /* shorter than what stood there */
        value = value * 16 + digit;
        r->at++;
    }
    return value;
}

/* After a backslash. */
static size_t read_escape(reader *r, char out[4]) {
    static const char from[] = "bfnrt", to[] = "  \n\n ";
    char c = peek(r);
    if (c)
        r->at++;
    const char *found = c ? strchr(from, c) : NULL;
    if (c != 'u') {
        out[0] = found ? to[found - from] : c ? c : ' ';
        return 1;
    }
    int32_t cp = read_hex(r);
    if (cp >= 0xD800 && cp < 0xDC00 && r->at + 6 <= r->text.length && memcmp(r->text.bytes + r->at, "\\u", 2) == 0) {
        r->at += 2;
        int32_t low = read_hex(r);
        cp = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
    }
    return karaka_utf8_put(out, cp == 0 || (cp >= 0xD800 && cp < 0xE000) ? 0xFFFD : cp);
}

/* Whether the quote at `at` ends its string: in strings that were pasted in unescaped, other text follows it. */
static bool closes(const reader *r, size_t at) {
    size_t start = ++at;
    while (at < r->text.length && strchr(" \t\r\n", r->text.bytes[at]))
        at++;
    if (at < r->text.length && r->text.bytes[at] == '"')
        return at > start; /* a comma is missing */
    return at >= r->text.length || strchr(",:}]", r->text.bytes[at]);
}

/* A string at its quote. */
static int read_string(reader *r, karaka_slice *out) {
    size_t end = r->at + 1, used = 0;
    while (end < r->text.length && !(r->text.bytes[end] == '"' && closes(r, end)))
        end += r->text.bytes[end] == '\\' && end + 1 < r->text.length ? 2 : 1;
    char *room = karaka_arena_alloc(r->arena, end - r->at + 1); /* an escape is never shorter than what it says */
    if (!room)
        return KARAKA_ERROR_MEMORY;
    for (r->at++; r->at < end;) {
        char c = r->text.bytes[r->at++];
        if (c == '\\')
            used += read_escape(r, room + used);
        else
            room[used++] = c == '\0' ? ' ' : c;
    }
    r->at = end < r->text.length ? end + 1 : r->text.length;
    *out = (karaka_slice){room, used};
    return KARAKA_OK;
}

static int add(reader *r, karaka_json_kind kind, karaka_slice text) {
    if (r->json->count == VALUES)
        return KARAKA_OK;
    karaka_json_value v = {.kind = kind, .text = text};
    v.parent = r->depth ? r->open[r->depth - 1] : 0;
    v.end = (uint32_t)r->json->count + 1;
    if (r->keyed)
        v.key = r->key;
    r->keyed = false;
    return KARAKA_PUSH(r->arena, *r->json, v);
}

static int open_value(reader *r, karaka_json_kind kind) {
    if (r->depth == DEEP || r->json->count == VALUES) {
        r->at = r->text.length;
        return KARAKA_OK;
    }
    int error = add(r, kind, (karaka_slice){"", 0});
    r->open[r->depth++] = (uint32_t)r->json->count - 1;
    return error;
}

static void close_value(reader *r) {
    r->keyed = false;
    if (r->depth)
        r->json->items[r->open[--r->depth]].end = (uint32_t)r->json->count;
}

static int read_quoted(reader *r) {
    karaka_slice text;
    int error = read_string(r, &text);
    if (error < 0)
        return error;
    size_t at = r->at;
    while (r->at < r->text.length && strchr(" \t\r\n", peek(r)) && peek(r))
        r->at++;
    bool in_object = r->depth && r->json->items[r->open[r->depth - 1]].kind == JSON_OBJECT;
    if (in_object && !r->keyed && peek(r) == ':') {
        r->at++;
        r->key = text;
        r->keyed = true;
        return KARAKA_OK;
    }
    r->at = at;
    return r->depth ? add(r, JSON_STRING, text) : KARAKA_OK;
}

/* true, 12, and what is no JSON. */
static int read_word(reader *r) {
    size_t start = r->at;
    while (r->at < r->text.length && peek(r) && !strchr("{}[],:\" \t\r\n", peek(r)))
        r->at++;
    if (r->at == start)
        r->at++;
    karaka_slice word = {r->text.bytes + start, r->at - start};
    return r->keyed ? add(r, JSON_OTHER, word) : KARAKA_OK;
}

int karaka_json_read(karaka_json *out, karaka_arena *arena, karaka_slice text) {
    reader r = {.json = out, .arena = arena, .text = text};
    int error = KARAKA_OK;
    if (!out->count) /* value 0 stands for "none" */
        error = add(&r, JSON_OTHER, (karaka_slice){"", 0});
    while (error == KARAKA_OK && r.at < text.length) {
        char c = peek(&r);
        if (c == '"') {
            error = read_quoted(&r);
        } else if (c == '{' || c == '[') {
            r.at++;
            error = open_value(&r, c == '{' ? JSON_OBJECT : JSON_ARRAY);
        } else if (c == '}' || c == ']') {
            r.at++;
            close_value(&r);
        } else if (c == ',' || c == ':' || c == ' ' || (c >= '\t' && c <= '\r')) {
            r.at++;
        } else {
            error = read_word(&r);
        }
    }
    while (r.depth)
        close_value(&r);
    return error;
}

uint32_t karaka_json_member(const karaka_json *json, uint32_t at, const char *key) {
    if (json->items[at].kind != JSON_OBJECT)
        return 0;
    for (uint32_t i = at + 1; i < json->items[at].end; i = json->items[i].end)
        if (karaka_slice_is(json->items[i].key, key))
            return i;
    return 0;
}
