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

int32_t karaka_utf8_next(const char *text, size_t length, size_t *at)
{
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

size_t karaka_utf8_put(char out[4], int32_t cp)
{
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

size_t karaka_utf8_check(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        size_t start = at;
        if (karaka_utf8_next(text, length, &at) < 0)
            return start;
    }
    return length;
}

static bool ascii(karaka_slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.bytes[i] >= 0x80)
            return false;
    return true;
}

/* Normalizes `wide` into UTF-8 in the arena; *out is left alone where it is NFC already. */
static int normalize(karaka_slice *out, karaka_arena *arena, const UChar *wide, int32_t length)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        return karaka_fail(KARAKA_ERROR_INPUT, "NFC: %s", u_errorName(status));
    if (unorm2_spanQuickCheckYes(nfc, wide, length, &status) == length)
        return KARAKA_OK;
    int32_t room = unorm2_normalize(nfc, wide, length, NULL, 0, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status))
        return karaka_fail(KARAKA_ERROR_INPUT, "NFC: %s", u_errorName(status));
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
        error = karaka_fail(KARAKA_ERROR_INPUT, "NFC: %s", u_errorName(status));
    free(normal);
    return error;
}

int karaka_nfc(karaka_slice *out, karaka_arena *arena, karaka_slice text)
{
    if (ascii(text)) {
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
    int error = U_FAILURE(status) ? karaka_fail(KARAKA_ERROR_INPUT, "bad UTF-8")
                                  : normalize(&normal, arena, wide, length);
    free(wide);
    if (error == KARAKA_OK)
        *out = normal;
    return error;
}
