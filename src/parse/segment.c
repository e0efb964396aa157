/* segment: paragraphs to sentences and tokens. Finds nothing yet. */
#include "document.h"

struct karaka_segment_rules {
    int unused;
};

int karaka_segment_rules_load(karaka_segment_rules **out, karaka_arena *arena, const char *directory) {
    (void)directory;
    *out = karaka_arena_alloc(arena, sizeof **out);
    return *out ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

int karaka_segment(karaka_document *document) {
    document->segmented = true;
    return KARAKA_OK;
}
