/* json: one line of JSON Lines to what is known of a document before it is read.
 *
 * In: {"id", "text" | "page" | "html", "title"?, "published"?, "url"?, "outlet"?, "lang"?}; other keys are stepped over,
 * whatever their value. Out: a karaka_input whose strings live in `store`. Strict JSON in UTF-8; nothing recurses,
 * nesting is bounded, and an error names the byte of the line, counted from 1. Example:
 * {"id":"a","text":"\u0939\u093e"} -> id "a", kind KARAKA_INPUT_TEXT, bytes "हा".
 */
#include "output/writer.h"

#include <stdlib.h>
#include <string.h>

enum { NESTING = 64 };

typedef struct reader {
    const char *line;
    size_t length, at;
    char *room; /* where the next decoded string goes: never longer than its quoted form, so `store` cannot overflow */
} reader;

#define FAIL(r, what) fail_at((r), (r)->at, (what))

static int fail_at(const reader *r, size_t at, const char *what) {
    if (at >= r->length)
        return karaka_fail(KARAKA_ERROR_INPUT, "byte %zu: the line ends early: %s", r->length + 1, what);
    return karaka_fail(KARAKA_ERROR_INPUT, "byte %zu: %s", at + 1, what);
}

static void skip_blanks(reader *r) {
    while (r->at < r->length && memchr(" \t\r\n", r->line[r->at], 4))
        r->at++;
}

static int peek(const reader *r) {
    return r->at < r->length ? (unsigned char)r->line[r->at] : -1;
}

static bool take(reader *r, char c) {
    if (peek(r) != (unsigned char)c)
        return false;
    r->at++;
    return true;
}

static int hex_value(int c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static int read_unit(reader *r, int32_t *out) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_value(peek(r));
        if (digit < 0)
            return FAIL(r, "\\u needs four hexadecimal digits");
        value = value * 16 + digit;
        r->at++;
    }
    *out = value;
    return KARAKA_OK;
}

/* After "\u": one code point, a surrogate pair put together. */
static int read_unicode(reader *r, int32_t *out) {
    size_t start = r->at - 2;
    int32_t first = 0, second = 0;
    if (read_unit(r, &first) < 0)
        return KARAKA_ERROR_INPUT;
    if (first == 0)
        return fail_at(r, start, "\\u0000 is not text");
    if (first >= 0xdc00 && first < 0xe000)
        return fail_at(r, start, "half of a surrogate pair");
    if (first >= 0xd800 && first < 0xdc00) {
        if (!take(r, '\\') || !take(r, 'u'))
            return fail_at(r, start, "half of a surrogate pair");
        if (read_unit(r, &second) < 0)
            return KARAKA_ERROR_INPUT;
        if (second < 0xdc00 || second >= 0xe000)
            return fail_at(r, start, "half of a surrogate pair");
        first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    }
    *out = first;
    return KARAKA_OK;
}

static int read_escape(reader *r) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    int c = peek(r);
    int32_t cp = 0;
    if (c == 'u') {
        r->at++;
        int error = read_unicode(r, &cp);
        if (error < 0)
            return error;
        r->room += karaka_utf8_put(r->room, cp);
        return KARAKA_OK;
    }
    const char *found = c > 0 ? strchr(from, c) : NULL;
    if (!found)
        return FAIL(r, "unknown escape in a string; JSON allows \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    *r->room++ = to[found - from];
    r->at++;
    return KARAKA_OK;
}

/* A string at r->at into r->room, NUL-terminated; *out is its beginning. */
static int read_string(reader *r, const char **out, size_t *length) {
    char *start = r->room;
    if (!take(r, '"'))
        return FAIL(r, "a string was expected");
    for (;;) {
        size_t run = r->at;
        while (run < r->length && (unsigned char)r->line[run] >= 0x20 && r->line[run] != '"' && r->line[run] != '\\')
            run++;
        memcpy(r->room, r->line + r->at, run - r->at);
        r->room += run - r->at;
        r->at = run;
        if (take(r, '"'))
            break;
        if (!take(r, '\\'))
            return FAIL(r, run < r->length ? "a control character in a string; write it as \\u00XX"
                                           : "a string is not closed");
        int error = read_escape(r);
        if (error < 0)
            return error;
    }
    *out = start;
    *length = (size_t)(r->room - start);
    *r->room++ = '\0';
    return KARAKA_OK;
}

static int skip_digits(reader *r) {
    if (peek(r) < '0' || peek(r) > '9')
        return FAIL(r, "a digit was expected");
    while (peek(r) >= '0' && peek(r) <= '9')
        r->at++;
    return KARAKA_OK;
}

static int skip_number(reader *r) {
    take(r, '-');
    int error = take(r, '0') ? KARAKA_OK : skip_digits(r);
    if (!error && take(r, '.'))
        error = skip_digits(r);
    if (!error && (take(r, 'e') || take(r, 'E'))) {
        if (!take(r, '+'))
            take(r, '-');
        error = skip_digits(r);
    }
    return error;
}

/* true, false, null, a number or a string, stepped over. */
static int skip_scalar(reader *r) {
    static const char *const words[] = {"true", "false", "null"};
    const char *text;
    size_t length;
    int c = peek(r);
    if (c == '"') {
        char *room = r->room;
        int error = read_string(r, &text, &length);
        r->room = room;
        return error;
    }
    if (c == '-' || (c >= '0' && c <= '9'))
        return skip_number(r);
    for (size_t i = 0; i < 3; i++) {
        size_t size = strlen(words[i]);
        if (r->length - r->at < size || memcmp(r->line + r->at, words[i], size) != 0)
            continue;
        r->at += size;
        return KARAKA_OK;
    }
    return FAIL(r, "a value was expected");
}

static int skip_key(reader *r) {
    skip_blanks(r);
    if (peek(r) != '"')
        return FAIL(r, "a key in quotes was expected");
    int error = skip_scalar(r);
    if (error < 0)
        return error;
    skip_blanks(r);
    return take(r, ':') ? KARAKA_OK : FAIL(r, "':' was expected after the key");
}

/* Any value, stepped over: one bit a level tells objects from arrays, so depth costs no stack. */
static int skip_value(reader *r) {
    uint64_t objects = 0;
    unsigned depth = 0;
    for (;;) {
        int error = KARAKA_OK;
        skip_blanks(r);
        int c = peek(r);
        if (c == '{' || c == '[') {
            if (depth == NESTING)
                return FAIL(r, "nested more than 64 deep; a document needs no nesting");
            objects = objects << 1 | (c == '{');
            depth++;
            r->at++;
            skip_blanks(r);
            if (peek(r) != (c == '{' ? '}' : ']')) {
                if (c == '{')
                    error = skip_key(r);
                if (error < 0)
                    return error;
                continue;
            }
        } else {
            error = skip_scalar(r);
            if (error < 0)
                return error;
        }
        for (;;) { /* after a value, or before the end of an empty object or array */
            if (!depth)
                return KARAKA_OK;
            skip_blanks(r);
            if (take(r, ',')) {
                if (objects & 1)
                    error = skip_key(r);
                if (error < 0)
                    return error;
                break;
            }
            if (!take(r, objects & 1 ? '}' : ']'))
                return FAIL(r, objects & 1 ? "',' or '}' was expected" : "',' or ']' was expected");
            objects >>= 1;
            depth--;
        }
    }
}

/* A string, a whole number (for ids) as its digits, or null as NULL. */
static int read_text(reader *r, const char **out, size_t *length, bool number) {
    skip_blanks(r);
    int c = peek(r);
    if (c == '"')
        return read_string(r, out, length);
    if (c == 'n') {
        *out = NULL;
        *length = 0;
        return skip_scalar(r);
    }
    if (!number || !(c == '-' || (c >= '0' && c <= '9')))
        return FAIL(r, number ? "this key wants a string or a number" : "this key wants a string");
    size_t start = r->at;
    int error = skip_number(r);
    if (error < 0)
        return error;
    *length = r->at - start;
    *out = memcpy(r->room, r->line + start, *length);
    r->room[*length] = '\0';
    r->room += *length + 1;
    return KARAKA_OK;
}

enum { KEY_ID, KEY_TEXT, KEY_PAGE, KEY_TITLE, KEY_PUBLISHED, KEY_URL, KEY_OUTLET, KEY_LANG, KEY_HTML, KEY_COUNT };
static const char *const key_names[KEY_COUNT] = {"id",  "text",   "page", "title", "published",
                                                 "url", "outlet", "lang", "html"};

typedef struct member {
    const char *text;
    size_t length, at;
    bool given;
} member;

static int read_member(reader *r, member members[KEY_COUNT]) {
    const char *key;
    size_t length, at, k;
    char *room = r->room;
    skip_blanks(r);
    at = r->at;
    if (peek(r) != '"')
        return FAIL(r, "a key in quotes was expected");
    int error = read_string(r, &key, &length);
    if (error < 0)
        return error;
    for (k = 0; k < KEY_COUNT; k++)
        if (length == strlen(key_names[k]) && memcmp(key, key_names[k], length) == 0)
            break;
    r->room = room; /* the key itself is not kept */
    skip_blanks(r);
    if (!take(r, ':'))
        return FAIL(r, "':' was expected after the key");
    if (k == KEY_COUNT)
        return skip_value(r);
    if (members[k].given)
        return karaka_fail(KARAKA_ERROR_INPUT, "byte %zu: the key \"%s\" stands twice", at + 1, key_names[k]);
    members[k].given = true;
    members[k].at = at;
    return read_text(r, &members[k].text, &members[k].length, k == KEY_ID);
}

static int read_object(reader *r, member members[KEY_COUNT]) {
    skip_blanks(r);
    if (!take(r, '{'))
        return FAIL(r, "an object '{' was expected");
    skip_blanks(r);
    if (!take(r, '}')) {
        for (;;) {
            int error = read_member(r, members);
            if (error < 0)
                return error;
            skip_blanks(r);
            if (take(r, '}'))
                break;
            if (!take(r, ','))
                return FAIL(r, "',' or '}' was expected");
        }
    }
    skip_blanks(r);
    return r->at == r->length ? KARAKA_OK : FAIL(r, "more follows the object; one object a line");
}

static int fill_input(karaka_input *input, const member members[KEY_COUNT]) {
    static const struct {
        size_t key;
        karaka_input_kind kind;
    } bodies[] = {{KEY_TEXT, KARAKA_INPUT_TEXT}, {KEY_PAGE, KARAKA_INPUT_PAGE}, {KEY_HTML, KARAKA_INPUT_HTML}};
    const member *body = NULL;
    karaka_input_kind kind = KARAKA_INPUT_TEXT;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        const member *m = &members[bodies[i].key];
        if (m->text && body)
            return karaka_fail(KARAKA_ERROR_INPUT, "byte %zu: both \"%s\" and \"%s\" are given; give one", m->at + 1,
                               key_names[body - members], key_names[bodies[i].key]);
        if (!m->text)
            continue;
        body = m;
        kind = bodies[i].kind;
    }
    if (!body)
        return karaka_fail(KARAKA_ERROR_INPUT, "byte 1: neither \"text\" nor \"page\" nor \"html\" is given");
    *input = (karaka_input){
        .kind = kind,
        .bytes = body->text,
        .length = body->length,
        .id = members[KEY_ID].text,
        .title = members[KEY_TITLE].text,
        .published = members[KEY_PUBLISHED].text,
        .url = members[KEY_URL].text,
        .outlet = members[KEY_OUTLET].text,
    };
    return KARAKA_OK;
}

/* Whether the malformed rest of a line is only the beginning of a character. */
static bool begins_character(const char *rest, size_t length) {
    unsigned char lead = (unsigned char)rest[0];
    size_t whole = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (size_t i = 1; i < length && i < 4; i++)
        if (((unsigned char)rest[i] & 0xc0) != 0x80)
            return false;
    return length < whole;
}

int karaka_input_from_json(karaka_input *input, karaka_text *store, const char *line, size_t length) {
    member members[KEY_COUNT] = {{0}};
    if (length > 6 * KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "byte %zu: the line is too long", 6 * KARAKA_INPUT_LIMIT + 1);
    size_t bad = karaka_utf8_check(line, length);
    if (bad < length && begins_character(line + bad, length - bad))
        return karaka_fail(KARAKA_ERROR_INPUT, "byte %zu: the line ends inside a character; it was cut off", bad + 1);
    if (bad < length)
        return karaka_fail(KARAKA_ERROR_INPUT, "byte %zu: not UTF-8; convert the file with iconv", bad + 1);
    if (store->room < length + 1) {
        char *grown = realloc(store->bytes, length + 1);
        if (!grown)
            return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for a line of %zu bytes", length);
        store->bytes = grown;
        store->room = length + 1;
    }
    reader r = {.line = line, .length = length, .room = store->bytes};
    int error = read_object(&r, members);
    store->length = (size_t)(r.room - store->bytes);
    return error < 0 ? error : fill_input(input, members);
}
