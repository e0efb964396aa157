/* place: see place.h. Stub: finds nothing. */
#include "event/place.h"

struct karaka_gazetteer {
    size_t count;
};

int karaka_gazetteer_load(karaka_gazetteer **out, karaka_arena *arena, const char *directory,
                          const karaka_spelling *spelling) {
    (void)directory, (void)spelling;
    karaka_gazetteer *gazetteer = karaka_arena_alloc(arena, sizeof *gazetteer);
    if (!gazetteer)
        return KARAKA_ERROR_MEMORY;
    *out = gazetteer;
    return KARAKA_OK;
}

int karaka_place_find(karaka_place_mention **out, size_t *count, karaka_arena *arena, const karaka_gazetteer *gazetteer,
                      const karaka_spelling *spelling, const karaka_sentence *sentence, const char *const *countries,
                      size_t country_count) {
    (void)arena, (void)gazetteer, (void)spelling, (void)sentence, (void)countries, (void)country_count;
    *out = NULL;
    *count = 0;
    return KARAKA_OK;
}
