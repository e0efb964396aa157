/* encoding: a page in any encoding becomes UTF-8.
 *
 * In: bytes, and the encoding that the transport named, if it did. Out: UTF-8 without NUL. What the bytes are counts
 * more than what is said of them: a byte order mark, then UTF-8 where the bytes are that, then the transport, the meta
 * element, ICU's detector, windows-1252. Example: "<meta charset=windows-1252>\xE0\xA4\x95" -> "...क", for those three
 * bytes are UTF-8; "<meta charset=utf-8>caf\xE9" -> "...café".
 */
#include "html/html.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

enum {
    PRESCAN = 8192,     /* bytes in which a meta element names the encoding */
    DETECTED = 1 << 16, /* bytes shown to the detector */
    CONFIDENT = 10,     /* of 100 */
    MOSTLY = 8,         /* so many good characters for a bad byte: UTF-8 with a few slips */
    NAME = 40,          /* bytes of an encoding's name */
    PROBE = 512,        /* bytes in which UTF-16 without a mark shows */
    GROWTH = 3,
    SLACK = 64 /* one byte becomes at most so many; and room to spare */
};

/* ---- Names ---- */

typedef struct encoding {
    char name[NAME];
} encoding;

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* What browsers take the names for (WHATWG Encoding): the older sets mean their supersets. */
static const char *superset(const char *name) {
    static const char *const sets[][2] = {
        {"iso-8859-1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"ascii", "windows-1252"},
        {"us-ascii", "windows-1252"},
        {"iso-8859-9", "windows-1254"},
        {"iso-8859-11", "windows-874"},
        {"tis-620", "windows-874"},
        {"gb2312", "gb18030"},
        {"gbk", "gb18030"},
        {"shift_jis", "windows-31j"},
        {"euc-kr", "windows-949"},
        {"ks_c_5601-1987", "windows-949"},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp(name, sets[i][0]) == 0)
            return sets[i][1];
    return name;
}

/* False where ICU has no converter of that name. Only plain names reach ICU: others could name options or files. */
static bool know(encoding *out, const char *bytes, size_t length) {
    char folded[NAME];
    while (length && strchr(" \t\r\n\"'", bytes[0]))
        bytes++, length--;
    size_t used = 0;
    while (used < length && used + 1 < NAME && bytes[used] && !strchr(" \t\r\n\"';>/", bytes[used])) {
        char c = small(bytes[used]);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("-_.:", c)))
            return false;
        folded[used++] = c;
    }
    folded[used] = '\0';
    UErrorCode status = U_ZERO_ERROR;
    const char *name = superset(folded);
    if (!used || !ucnv_countAliases(name, &status) || U_FAILURE(status))
        return false;
    memcpy(out->name, name, strlen(name) + 1);
    return true;
}

static bool is_utf8(const encoding *e) {
    return ucnv_compareNames(e->name, "utf-8") == 0;
}

static const char *find_fold(const char *from, const char *end, const char *what) {
    size_t length = strlen(what);
    for (; (size_t)(end - from) >= length; from++) {
        size_t i = 0;
        while (i < length && small(from[i]) == what[i])
            i++;
        if (i == length)
            return from;
    }
    return NULL;
}

/* <meta charset="x">, <meta ... content="text/html; charset=x">, <?xml encoding="x"?> */
static bool named_inside(encoding *out, const char *bytes, size_t length) {
    const char *end = bytes + (length < PRESCAN ? length : PRESCAN);
    const char *at = find_fold(bytes, end, "<?xml");
    const char *key = "encoding";
    while (true) {
        const char *close = at ? memchr(at, '>', (size_t)(end - at)) : NULL;
        const char *name = close ? find_fold(at, close, key) : NULL;
        name = name ? memchr(name, '=', (size_t)(close - name)) : NULL;
        if (name && know(out, name + 1, (size_t)(close - name - 1)))
            return true;
        at = find_fold(close ? close : at && *key == 'c' ? at + 1 : bytes, end, "<meta");
        key = "charset";
        if (!at)
            return false;
    }
}

/* ---- UTF-8 ---- */

/* Characters of more than one byte, and bytes that belong to none. */
static void count_utf8(const char *bytes, size_t length, size_t *good, size_t *bad) {
    *good = *bad = 0;
    for (size_t at = 0; at < length;) {
        if ((unsigned char)bytes[at] < 0x80) {
            at++;
            continue;
        }
        int32_t cp = karaka_utf8_next(bytes, length, &at);
        *(cp < 0 ? bad : good) += 1;
    }
}

/* A byte that is no UTF-8 is most often windows-1252 that an editor pasted in. */
int32_t karaka_html_stray(unsigned char byte) {
    static const uint16_t codes[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                       0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    return byte >= 0xA0 ? byte : codes[byte - 0x80];
}

static int repair(karaka_slice *out, karaka_arena *arena, const char *bytes, size_t length, size_t bad) {
    char *fixed = karaka_arena_alloc(arena, length + bad * (GROWTH - 1) + 1);
    size_t used = 0;
    if (!fixed)
        return KARAKA_ERROR_MEMORY;
    for (size_t at = 0; at < length;) {
        size_t start = at;
        int32_t cp = karaka_utf8_next(bytes, length, &at);
        if (cp == 0)
            cp = ' ';
        used += karaka_utf8_put(fixed + used, cp < 0 ? karaka_html_stray((unsigned char)bytes[start]) : cp);
    }
    *out = (karaka_slice){fixed, used};
    return KARAKA_OK;
}

static int take_utf8(karaka_slice *out, karaka_arena *arena, const char *bytes, size_t length, size_t bad) {
    if (bad || memchr(bytes, '\0', length))
        return repair(out, arena, bytes, length, bad);
    *out = (karaka_slice){bytes, length};
    return KARAKA_OK;
}

/* ---- Others, by ICU ---- */

static int convert(karaka_slice *out, karaka_arena *arena, const char *bytes, size_t length, const char *name) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(name, &status), *to = ucnv_open("UTF-8", &status);
    char *room = karaka_arena_alloc(arena, length * GROWTH + SLACK);
    const char *source = bytes;
    char *target = room;
    UChar pivot[1024], *pivot_source = pivot, *pivot_target = pivot;
    if (room && U_SUCCESS(status))
        ucnv_convertEx(to, from, &target, room + length * GROWTH + SLACK, &source, bytes + length, pivot, &pivot_source,
                       &pivot_target, pivot + sizeof pivot / sizeof *pivot, true, true, &status);
    ucnv_close(from);
    ucnv_close(to);
    if (!room)
        return KARAKA_ERROR_MEMORY;
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
        return karaka_fail(KARAKA_ERROR_INPUT, "cannot be read as %s: %s", name, u_errorName(status));
    if ((size_t)(target - room) > KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "larger than %zu bytes in UTF-8", KARAKA_INPUT_LIMIT);
    for (char *nul = room; (nul = memchr(nul, '\0', (size_t)(target - nul)));)
        *nul = ' ';
    *out = (karaka_slice){room, (size_t)(target - room)};
    return KARAKA_OK;
}

static bool detect(encoding *out, const char *bytes, size_t length) {
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    const UCharsetMatch *best = NULL;
    bool found = false;
    ucsdet_enableInputFilter(detector, true);
    ucsdet_setText(detector, bytes, (int32_t)(length < DETECTED ? length : DETECTED), &status);
    if (U_SUCCESS(status))
        best = ucsdet_detect(detector, &status);
    if (best && U_SUCCESS(status) && ucsdet_getConfidence(best, &status) >= CONFIDENT) {
        const char *name = ucsdet_getName(best, &status);
        found = U_SUCCESS(status) && name && know(out, name, strlen(name)) && !is_utf8(out);
    }
    ucsdet_close(detector);
    return found;
}

/* By its mark, or by the zeros that markup has in it; NULL: it is not. */
static const char *utf16(const char *bytes, size_t length) {
    size_t zeros[2] = {0}, probe = length < PROBE ? length : PROBE;
    if (length >= 4 && memcmp(bytes, "\xFF\xFE\0\0", 4) == 0)
        return "UTF-32";
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return "UTF-16";
    for (size_t i = 0; i < probe; i++)
        zeros[i & 1] += bytes[i] == '\0';
    if (zeros[0] * 8 > probe && zeros[1] == 0)
        return "UTF-16BE";
    return zeros[1] * 8 > probe && zeros[0] == 0 ? "UTF-16LE" : NULL;
}

int karaka_html_decode(karaka_slice *out, karaka_arena *arena, const char *bytes, size_t length, const char *charset) {
    encoding e = {"windows-1252"};
    size_t good = 0, bad = 0;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        memcpy(e.name, "utf-8", sizeof "utf-8");
    } else {
        const char *wide = utf16(bytes, length);
        if (wide)
            return convert(out, arena, bytes, length, wide);
    }
    count_utf8(bytes, length, &good, &bad);
    if (!bad || good > bad * MOSTLY || is_utf8(&e))
        return take_utf8(out, arena, bytes, length, bad);
    bool named = (charset && know(&e, charset, strlen(charset))) || named_inside(&e, bytes, length);
    if (named && (ucnv_compareNames(e.name, "utf-16") == 0 || is_utf8(&e)))
        named = false; /* it is neither, as was seen */
    if (!named && !detect(&e, bytes, length))
        memcpy(e.name, "windows-1252", sizeof "windows-1252");
    return convert(out, arena, bytes, length, e.name);
}
