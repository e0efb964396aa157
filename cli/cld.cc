/* cld: whether a text is in another language than the one whose script it has (CLD2, which speaks C++ only).
 *
 * In: UTF-8, a language's code. Out: true only where CLD2 is sure and finds nothing of the language in the text.
 * Example: a German article and "en" -> true; "Merkel kritisiert Trump." -> false, for a few words prove nothing.
 */
#include <cstdio> /* the next header needs it */

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <cstring>

extern "C" bool cld_is_other(const char *text, size_t length, const char *code);

/* Fewer letters are not judged: Hindi sentences are taken for Bhojpuri up to 45 letters (docs/accuracy.md). */
static const int ENOUGH = 80;
static const size_t LOOKED_AT = 2048;

static bool begins_letter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

bool cld_is_other(const char *text, size_t length, const char *code) {
    CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language found[3];
    int share[3], bytes = 0, valid = 0, letters = 0;
    double score[3];
    bool sure = false;
    if (length > LOOKED_AT)
        for (length = LOOKED_AT; length > 0 && !begins_letter(text[length]);)
            length--;
    for (size_t i = 0; i < length; i++)
        letters += begins_letter(text[i]);
    if (letters < ENOUGH)
        return false;
    CLD2::ExtDetectLanguageSummaryCheckUTF8(text, static_cast<int>(length), true, &hints, 0, found, share, score,
                                            nullptr, &bytes, &sure, &valid);
    for (CLD2::Language language : found)
        if (strcmp(CLD2::LanguageCode(language), code) == 0)
            return false;
    return sure && found[0] != CLD2::UNKNOWN_LANGUAGE;
}
