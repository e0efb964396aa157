/* date_rules: the table `dates`.
 *
 * In: rows (kind, value, words). Out: phrases, each with its kind and number. Example: "zone +05:30 IST" -> 330.
 */
#include "page/date.h"
#include <string.h>

static int number_of(const karaka_row *row, int least, int most, int *out) {
    int value = 0;
    const char *s = row->cell[1];
    for (; *s >= '0' && *s <= '9' && value <= most; s++)
        value = value * 10 + (*s - '0');
    if (*s || s == row->cell[1] || value < least || value > most)
        return karaka_row_fail(row, "\"%s\": a number from %d to %d is wanted", row->cell[1], least, most);
    *out = value;
    return KARAKA_OK;
}

/* "+05:30" -> 330 */
static int offset_of(const karaka_row *row, int *out) {
    const char *s = row->cell[1];
    bool good = strlen(s) == 6 && (s[0] == '+' || s[0] == '-') && s[3] == ':';
    for (int i = 1; good && i < 6; i++)
        good = i == 3 || (s[i] >= '0' && s[i] <= '9');
    if (!good)
        return karaka_row_fail(row, "\"%s\": an offset like +05:30 is wanted", s);
    int minutes = ((s[1] - '0') * 10 + s[2] - '0') * 60 + (s[4] - '0') * 10 + s[5] - '0';
    *out = s[0] == '-' ? -minutes : minutes;
    return KARAKA_OK;
}

static int half_of(const karaka_row *row, int *out) {
    static const char *const names[] = {"morning", "afternoon", "night"};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(row->cell[1], names[i]) == 0) {
            *out = names[i][0] == 'm' ? 'a' : names[i][0] == 'a' ? 'p' : 'n';
            return KARAKA_OK;
        }
    return karaka_row_fail(row, "\"%s\": morning, afternoon or night is wanted", row->cell[1]);
}

static int read_row(karaka_date_rules *rules, karaka_arena *arena, const karaka_row *row) {
    karaka_date_word word = {0};
    const char *kind = row->cell[0];
    int error = KARAKA_OK;
    if (strcmp(kind, "order") == 0) {
        rules->month_first = strcmp(row->cell[1], "month-day") == 0;
        return KARAKA_OK;
    }
    if (strcmp(kind, "month") == 0) {
        word.kind = KARAKA_DATE_MONTH;
        error = number_of(row, 1, 12, &word.value);
    } else if (strcmp(kind, "weekday") == 0) {
        word.kind = KARAKA_DATE_WEEKDAY;
        error = number_of(row, 1, 7, &word.value);
    } else if (strcmp(kind, "zone") == 0) {
        word.kind = KARAKA_DATE_ZONE;
        error = offset_of(row, &word.value);
    } else if (strcmp(kind, "half") == 0) {
        word.kind = KARAKA_DATE_HALF;
        error = half_of(row, &word.value);
    } else if (strcmp(kind, "clock") == 0) {
        word.kind = KARAKA_DATE_CLOCK;
    } else if (strcmp(kind, "skip") == 0) {
        word.kind = KARAKA_DATE_SKIP;
    } else {
        return karaka_row_fail(row, "unknown kind \"%s\"", kind);
    }
    if (error == KARAKA_OK)
        error =
            karaka_page_phrases_add(&rules->phrases, arena, rules->spelling, row, row->cell[2], (uint32_t)rules->count);
    return error < 0 ? error : KARAKA_PUSH(arena, *rules, word);
}

int karaka_date_rules_load(karaka_date_rules *out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling) {
    karaka_table table;
    *out = (karaka_date_rules){.spelling = spelling};
    int error = karaka_table_read(&table, arena, directory, "dates");
    for (size_t i = 0; error == KARAKA_OK && i < table.count; i++)
        error = read_row(out, arena, &table.rows[i]);
    karaka_page_phrases_sort(&out->phrases);
    return error;
}
