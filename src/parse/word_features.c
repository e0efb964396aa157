/* word_features: see word_features.h. In: a form; out: rows of the embedding table. */
#include "parse/word_features.h"

#include <string.h>
#include <unicode/uchar.h>

enum { FORM_BYTES = 256, AFFIX = 5 };

static size_t clean_form(char *out, size_t room, const char *form, bool lower) {
    size_t length = strlen(form), at = 0, used = 0;
    while (at < length) {
        size_t from = at;
        int32_t cp = karaka_utf8_next(form, length, &at);
        /* Format characters lie at U+00AD and above U+0600. */
        if (cp >= 0xAD && u_charType(cp) == U_FORMAT_CHAR)
            continue;
        char bytes[4];
        int32_t small = lower && cp >= 0 ? (int32_t)u_tolower(cp) : cp;
        size_t size = small == cp ? at - from : karaka_utf8_put(bytes, small);
        if (used + size >= room)
            break;
        memcpy(out + used, small == cp ? form + from : bytes, size);
        used += size;
    }
    out[used] = 0;
    return used;
}

size_t karaka_form_clean(char *out, size_t room, const char *form) {
    return clean_form(out, room, form, false);
}

size_t karaka_form_lower(char *out, size_t room, const char *form) {
    return clean_form(out, room, form, true);
}

uint64_t karaka_word_hash(const char *clean, size_t length) {
    return karaka_hash(clean, length, 0x6b6172616b61u);
}

uint32_t karaka_words_find(const karaka_words *words, uint64_t hash) {
    uint32_t mask = words->slots - 1, print = (uint32_t)(hash >> 32) | 1u;
    for (uint32_t at = (uint32_t)hash & mask, tries = 0; tries <= mask; at = (at + 1) & mask, tries++) {
        if (words->slot[2 * at] == print)
            return words->slot[2 * at + 1];
        if (words->slot[2 * at] == 0)
            break;
    }
    return 0;
}

void karaka_words_add(uint32_t *slot, uint32_t slots, uint64_t hash, uint32_t row) {
    uint32_t mask = slots - 1, at = (uint32_t)hash & mask;
    while (slot[2 * at] != 0)
        at = (at + 1) & mask;
    slot[2 * at] = (uint32_t)(hash >> 32) | 1u;
    slot[2 * at + 1] = row;
}

/* One letter a class, runs collapsed: "COVID-19" -> "X-d". */
static size_t shape_of(char *out, const char *clean, size_t length) {
    size_t used = 0;
    for (size_t at = 0; at < length && used < 12;) {
        int32_t cp = karaka_utf8_next(clean, length, &at);
        char c = cp < 0                                                                               ? '?'
                 : u_isdigit(cp)                                                                      ? 'd'
                 : u_isupper(cp)                                                                      ? 'X'
                 : u_islower(cp)                                                                      ? 'x'
                 : u_isalpha(cp)                                                                      ? 'a'
                 : cp < 0x80                                                                          ? (char)cp
                 : u_ispunct(cp)                                                                      ? 'p'
                 : u_charType(cp) == U_NON_SPACING_MARK || u_charType(cp) == U_COMBINING_SPACING_MARK ? 'a'
                                                                                                      : 'o';
        if (used == 0 || out[used - 1] != c)
            out[used++] = c;
    }
    return used;
}

void karaka_features_of(karaka_features *out, const karaka_words *words, uint32_t first, uint32_t buckets,
                        const char *form) {
    char clean[FORM_BYTES], shape[16];
    uint16_t start[FORM_BYTES + 1];
    size_t length = karaka_form_clean(clean, sizeof clean, form), count = 0, used = 0;
    size_t shape_length = shape_of(shape, clean, length);
    uint64_t hash = karaka_word_hash(clean, length);
    out->row[used] = karaka_words_find(words, hash);
    if (words->cased) {
        length = karaka_form_lower(clean, sizeof clean, form);
        hash = karaka_word_hash(clean, length);
        if (out->row[used] == 0)
            out->row[used] = karaka_words_find(words, hash);
    }
    used++;
    for (size_t i = 0; i < length; i++) /* code point starts */
        if (((unsigned char)clean[i] & 0xC0) != 0x80)
            start[count++] = (uint16_t)i;
    start[count] = (uint16_t)length;
    out->row[used++] = first + (uint32_t)(hash % buckets);
    for (size_t n = 1; n <= AFFIX; n++) {
        size_t cut = n < count ? n : count;
        if (n < AFFIX)
            out->row[used++] = first + (uint32_t)(karaka_hash(clean, start[cut], n) % buckets);
        out->row[used++] =
            first + (uint32_t)(karaka_hash(clean + start[count - cut], length - start[count - cut], n + 16) % buckets);
    }
    out->row[used++] = first + (uint32_t)(karaka_hash(shape, shape_length, 32) % buckets);
    /* word, form, 4 prefixes, 5 suffixes, shape */
    _Static_assert(KARAKA_FEATURE_ROWS == 2 + 4 + 5 + 1, "rows a token");
}
