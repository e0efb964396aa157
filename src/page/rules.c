/* rules: see rules.h. Example of a row: "drop<tab>line<tab>advertisement<tab>Advertisement | Sponsored". */
#include "page/rules.h"
#include <string.h>

static const char *const kind_names[KARAKA_PAGE_KINDS] = {
    [KARAKA_PAGE_DROP] = "drop",           [KARAKA_PAGE_LIST] = "list",       [KARAKA_PAGE_END] = "end",
    [KARAKA_PAGE_BYLINE] = "byline",       [KARAKA_PAGE_AND] = "and",         [KARAKA_PAGE_ROLE] = "role",
    [KARAKA_PAGE_PUBLISHED] = "published", [KARAKA_PAGE_UPDATED] = "updated", [KARAKA_PAGE_OUTLET] = "outlet",
    [KARAKA_PAGE_AGENCY] = "agency",       [KARAKA_PAGE_HOME] = "home",       [KARAKA_PAGE_SECTION] = "section",
    [KARAKA_PAGE_KICKER] = "kicker",       [KARAKA_PAGE_COMMON] = "common",
};

static const char *const where_names[KARAKA_PAGE_WHERES] = {
    [KARAKA_PAGE_LINE] = "line", [KARAKA_PAGE_LABEL] = "label", [KARAKA_PAGE_START] = "start",
    [KARAKA_PAGE_LAST] = "last", [KARAKA_PAGE_ANY] = "any",     [KARAKA_PAGE_CUT] = "cut",
};

static size_t find_name(const char *const *names, size_t count, const char *name) {
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0)
        i++;
    return i;
}

static int read_row(karaka_page_rules *rules, karaka_arena *arena, const karaka_row *row) {
    karaka_page_rule rule = {.value = row->cell[2], .name = karaka_row_name(arena, row)};
    if (!rule.name)
        return KARAKA_ERROR_MEMORY;
    rule.kind = (karaka_page_kind)find_name(kind_names, KARAKA_PAGE_KINDS, row->cell[0]);
    if (rule.kind == KARAKA_PAGE_KINDS)
        return karaka_row_fail(row, "unknown kind \"%s\"", row->cell[0]);
    if (rule.kind <= KARAKA_PAGE_END) {
        rule.where = (karaka_page_where)find_name(where_names, KARAKA_PAGE_WHERES, row->cell[1]);
        if (rule.where == KARAKA_PAGE_WHERES)
            return karaka_row_fail(row, "\"%s\": line, label, start, last, any or cut is wanted", row->cell[1]);
        if (!*rule.value)
            return karaka_row_fail(row, "no reason");
    }
    int error =
        karaka_page_phrases_add(&rules->phrases, arena, rules->spelling, row, row->cell[3], (uint32_t)rules->count);
    return error < 0 ? error : KARAKA_PUSH(arena, *rules, rule);
}

int karaka_page_rules_load(karaka_page_rules **out, karaka_arena *arena, const char *directory,
                           const karaka_spelling *spelling) {
    karaka_page_rules *rules = karaka_arena_alloc(arena, sizeof *rules);
    if (!rules)
        return KARAKA_ERROR_MEMORY;
    rules->spelling = spelling;
    int error = karaka_date_rules_load(&rules->dates, arena, directory, spelling);
    karaka_table table = {0};
    if (error == KARAKA_OK)
        error = karaka_table_read(&table, arena, directory, "page");
    for (size_t i = 0; error == KARAKA_OK && i < table.count; i++)
        error = read_row(rules, arena, &table.rows[i]);
    if (error < 0)
        return error;
    karaka_page_phrases_sort(&rules->phrases);
    *out = rules;
    return KARAKA_OK;
}

const karaka_page_rule *karaka_page_rule_at(const karaka_page_rules *rules, size_t *taken, unsigned kinds,
                                            const karaka_page_token *tokens, size_t count) {
    const karaka_page_phrase *found = NULL;
    while ((found = karaka_page_phrases_next(&rules->phrases, found, taken, tokens, count)))
        if (kinds >> rules->items[found->rule].kind & 1u)
            return &rules->items[found->rule];
    return NULL;
}
