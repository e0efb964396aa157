/* fuzz_segment: any bytes as a paragraph.
 *
 * In: one byte for the paragraph's kind, then its text. Checked: the promises of tests/segment_invariants.h.
 */
#include "../tests/segment_invariants.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static karaka_language language; /* only its table `segments` */
    if (!language.arena && (karaka_arena_new(&language.arena) < 0 ||
                            karaka_segment_rules_load(&language.segments, language.arena, "languages/hi") < 0))
        abort();
    if (size == 0)
        return 0;
    karaka_document *d = segment_document(&language, data[0] % 5, (const char *)data + 1, size - 1);
    if (!d)
        return 0;
    if (karaka_segment(d) == KARAKA_OK && segment_broken(d))
        abort();
    karaka_document_free(d);
    return 0;
}
