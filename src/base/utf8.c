/* utf8: code points in and out, well-formedness, NFC.
 *
 * In: bytes, of which nothing is believed. Out: code points; -1 for each byte that starts no well-formed sequence
 * (overlong forms, surrogates, above U+10FFFF).
 * Example: E0 A4 95 -> U+0915; C0 80 -> -1, -1.
 */
#include "base/base.h"
#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

int32_t karaka_utf8_next(const char *text, size_t length, size_t *at) {
    const unsigned char *s = (const unsigned char *)text + *at;
    size_t left = length - *at;
    int32_t lead = s[0];
    *at += 1;
    if (lead < 0x80)
        return lead;
    if (lead < 0xC2 || lead > 0xF4)
        return -1;
    size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (left <= more)
        return -1;
    int32_t cp = lead & (0x3F >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return -1;
        cp = cp << 6 | (s[i] & 0x3F);
    }
    if ((more == 2 && (cp < 0x800 || (cp >= 0xD800 && cp <= 0xDFFF))) || (more == 3 && (cp < 0x10000 || cp > 0x10FFFF)))
        return -1;
    *at += more;
    return cp;
}

size_t karaka_utf8_put(char out[4], int32_t cp) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* A well-formed sequence of three bytes, the commonest in text that is not ASCII; E0, ED and F0.. have bounds of their
 * own and take the slow way. */
static bool plain_three(const unsigned char *s) {
    return s[0] >= 0xE1 && s[0] <= 0xEC && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80;
}

/* U+0800..U+0FFF: E0 A0..BF. */
static bool low_three(const unsigned char *s) {
    return s[0] == 0xE0 && (s[1] & 0xE0) == 0xA0 && (s[2] & 0xC0) == 0x80;
}

size_t karaka_utf8_check(const char *text, size_t length) {
    const unsigned char *s = (const unsigned char *)text;
    for (size_t at = 0; at < length;) {
        if (s[at] < 0x80) {
            at++;
            continue;
        }
        if (length - at >= 3 && (low_three(s + at) || plain_three(s + at))) {
            at += 3;
            continue;
        }
        size_t start = at;
        if (karaka_utf8_next(text, length, &at) < 0)
            return start;
    }
    return length;
}

/* Whether the text is NFC for sure, without asking ICU: all of it below U+0300, or in the first 88 or from the 101st on
 * of the code points of U+0900..U+097F without U+093C (all of class 0 but one, and none changed or composed by NFC when
 * U+093C is away; a test asks ICU about each), or U+2010..U+202F. */
static bool surely_nfc(karaka_slice text) {
    const unsigned char *s = (const unsigned char *)text.bytes;
    for (size_t i = 0; i < text.length;) {
        if (s[i] < 0xCC) {
            i++;
            continue;
        }
        if (text.length - i < 3)
            return false;
        unsigned third = s[i + 2];
        bool low = s[i] == 0xE0 && s[i + 1] == 0xA4 && third != 0xBC;
        bool high = s[i] == 0xE0 && s[i + 1] == 0xA5 && (third <= 0x90 || third >= 0xA4);
        bool dash = s[i] == 0xE2 && s[i + 1] == 0x80 && third >= 0x90 && third <= 0xAF;
        if (!low && !high && !dash)
            return false;
        i += 3;
    }
    return true;
}

static int fail_nfc(UErrorCode status) {
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    return karaka_fail(KARAKA_ERROR_INPUT, "NFC: %s", u_errorName(status));
}

/* Normalizes `wide` into UTF-8 in the arena; *out is left alone where it is NFC already. */
static int normalize(karaka_slice *out, karaka_arena *arena, const UChar *wide, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        return fail_nfc(status);
    if (unorm2_spanQuickCheckYes(nfc, wide, length, &status) == length)
        return KARAKA_OK;
    int32_t room = unorm2_normalize(nfc, wide, length, NULL, 0, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status))
        return fail_nfc(status);
    UChar *normal = malloc(((size_t)room + 1) * sizeof *normal);
    if (!normal)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    int32_t bytes = 0;
    status = U_ZERO_ERROR;
    unorm2_normalize(nfc, wide, length, normal, room + 1, &status);
    u_strToUTF8(NULL, 0, &bytes, normal, room, &(UErrorCode){U_ZERO_ERROR});
    char *text = U_SUCCESS(status) ? karaka_arena_alloc(arena, (size_t)bytes + 1) : NULL;
    int error = KARAKA_OK;
    if (text) {
        u_strToUTF8(text, bytes + 1, NULL, normal, room, &status);
        *out = (karaka_slice){text, (size_t)bytes};
    } else if (U_SUCCESS(status)) {
        error = KARAKA_ERROR_MEMORY;
    }
    if (U_FAILURE(status))
        error = fail_nfc(status);
    free(normal);
    return error;
}

int karaka_nfc(karaka_slice *out, karaka_arena *arena, karaka_slice text) {
    if (surely_nfc(text)) {
        *out = text;
        return KARAKA_OK;
    }
    if (text.length > KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_LIMIT, "text larger than %zu bytes", KARAKA_INPUT_LIMIT);
    /* No UTF-8 text has more UTF-16 units than bytes. */
    UChar *wide = malloc((text.length + 1) * sizeof *wide);
    if (!wide)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(wide, (int32_t)text.length + 1, &length, text.bytes, (int32_t)text.length, &status);
    karaka_slice normal = text;
    int error =
        U_FAILURE(status) ? karaka_fail(KARAKA_ERROR_INPUT, "bad UTF-8") : normalize(&normal, arena, wide, length);
    free(wide);
    if (error == KARAKA_OK)
        *out = normal;
    return error;
}
