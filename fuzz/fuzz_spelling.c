/* fuzz_spelling: any bytes as a spelling table and a text to fold, apart at the first NUL. Out: nothing; a crash, an
 * overrun or bad UTF-8 is a bug. */
#include "language/language.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *bytes = (const char *)data;
    const char *nul = size ? memchr(bytes, '\0', size) : NULL;
    size_t head = nul ? (size_t)(nul - bytes) : size;
    karaka_arena *arena = NULL;
    karaka_table table;
    karaka_spelling *spelling = NULL;
    if (karaka_arena_new(&arena) < 0)
        return 0;
    if (karaka_table_parse(&table, arena, "xx/spelling", (karaka_slice){bytes, head}) == 0 &&
        karaka_spelling_make(&spelling, arena, &table) == 0) {
        size_t length = nul ? size - head - 1 : 0;
        size_t room = length / 2 + 1;
        char *out = malloc(room);
        size_t folded = out ? karaka_spelling_fold(spelling, out, room, nul ? nul + 1 : "", length) : 0;
        if (out && (folded >= room || out[folded] || karaka_utf8_check(out, folded) != folded))
            abort();
        free(out);
    }
    karaka_arena_free(arena);
    return 0;
}
