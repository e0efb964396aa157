/* slice: borrowed bytes: trim, compare, hash.
 *
 * In: bytes. Out: slices of them.
 * Example: karaka_slice_trim of "\u00a0 GOV\t" is "GOV".
 */
#include "base/base.h"
#include <string.h>
#include <unicode/uchar.h>
/* Most of what is hashed is a word: a call of a shared library costs as much as the hash. */
#define XXH_INLINE_ALL
#include <xxhash.h>

karaka_slice karaka_slice_of(const char *text) {
    return (karaka_slice){text, strlen(text)};
}

bool karaka_utf8_blank(int32_t cp) {
    if (cp >= 0x900 && cp < 0x1680) /* letters of many scripts, no blank among them */
        return false;
    return cp == 0xFEFF || cp == 0x200B || cp == 0x200E || cp == 0x200F || cp == 0x2060 ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0 && u_isUWhiteSpace(cp));
}

/* An ASCII character that is no blank: most texts begin and end so, and need no look at properties. */
static bool solid(char c) {
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7F;
}

karaka_slice karaka_slice_trim(karaka_slice s) {
    size_t start = 0, end = s.length;
    while (start < end) {
        size_t at = start;
        if (solid(s.bytes[start]))
            break;
        if (!karaka_utf8_blank(karaka_utf8_next(s.bytes, end, &at)))
            break;
        start = at;
    }
    while (end > start && !solid(s.bytes[end - 1])) {
        size_t last = end - 1;
        while (last > start && end - last < 4 && ((unsigned char)s.bytes[last] & 0xC0) == 0x80)
            last--;
        size_t at = last;
        if (!karaka_utf8_blank(karaka_utf8_next(s.bytes, end, &at)) || at != end)
            break;
        end = last;
    }
    return (karaka_slice){start ? s.bytes + start : s.bytes, end - start};
}

bool karaka_slice_equal(karaka_slice a, karaka_slice b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

bool karaka_slice_is(karaka_slice a, const char *text) {
    return karaka_slice_equal(a, karaka_slice_of(text));
}

uint64_t karaka_hash(const void *bytes, size_t length, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, length, seed);
}
