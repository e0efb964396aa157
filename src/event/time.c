/* time: see time.h. Stub: finds nothing. */
#include "event/time.h"

struct karaka_time_rules {
    size_t count;
};

int karaka_time_rules_load(karaka_time_rules **out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling) {
    (void)directory, (void)spelling;
    karaka_time_rules *rules = karaka_arena_alloc(arena, sizeof *rules);
    if (!rules) return KARAKA_ERROR_MEMORY;
    *out = rules;
    return KARAKA_OK;
}

int karaka_time_find(karaka_time_mention **out, size_t *count, karaka_arena *arena, const karaka_time_rules *rules,
                     const karaka_spelling *spelling, const karaka_sentence *sentence, const karaka_article *article,
                     karaka_tense tense) {
    (void)arena, (void)rules, (void)spelling, (void)sentence, (void)article, (void)tense;
    *out = NULL;
    *count = 0;
    return KARAKA_OK;
}
