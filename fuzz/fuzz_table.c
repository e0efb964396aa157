/* fuzz_table: any bytes as a table. In: a table's text. Out: nothing; a crash, leak or hang is a bug. */
#include "language/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    karaka_arena *arena = NULL;
    karaka_table table;
    if (karaka_arena_new(&arena) < 0)
        return 0;
    if (karaka_table_parse(&table, arena, "xx/fuzz", (karaka_slice){(const char *)data, size}) == 0) {
        for (size_t i = 0; i < table.count; i++) {
            const karaka_row *row = &table.rows[i];
            const char **forms;
            size_t count;
            for (size_t c = 0; c < row->count; c++)
                karaka_table_alternatives(&forms, &count, arena, row->cell[c]);
            karaka_row_name(arena, row);
            karaka_row_fail(row, "%s", row->cell[0]);
        }
    }
    karaka_arena_free(arena);
    return 0;
}
