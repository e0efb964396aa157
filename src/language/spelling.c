#include "language/language.h"
#include <string.h>
struct karaka_spelling { int x; };
int karaka_spelling_load(karaka_spelling **out, karaka_arena *arena, const char *directory)
{
    (void)directory;
    *out = karaka_arena_alloc(arena, sizeof **out);
    return *out ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}
size_t karaka_spelling_fold(const karaka_spelling *spelling, char *out, size_t room, const char *text, size_t length)
{
    (void)spelling;
    size_t n = length < room - 1 ? length : room - 1;
    memcpy(out, text, n);
    out[n] = '\0';
    return n;
}
