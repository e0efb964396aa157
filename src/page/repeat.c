/* repeat: what the page tells twice.
 *
 * In: lines. Out: of two lines that say nearly the same the shorter goes, of equal ones the later; the title stays. Two
 * lines say the same where four in five of the runs of three words in the one are in the other. Each run is looked up
 * in one hash table, so that a page of any length takes time in proportion.
 * Example: a summary of two sentences above the byline, and a first paragraph that begins with them -> the summary
 * goes.
 */
#include "page/reading.h"

enum {
    RUN = 3,        /* words */
    RUNS_LEAST = 2, /* in a line that can be told apart */
    RIVALS = 8,     /* earlier lines that one line is compared with */
    RUNS_MOST = 1 << 20,
    SAME_PERCENT = 80,
};

typedef struct slot {
    uint64_t hash; /* 0: free */
    uint32_t line;
} slot;

typedef struct table {
    slot *slots;
    size_t mask;
} table;

static uint32_t runs_of(const karaka_page_line *line) {
    return line->word_count < RUN ? 0 : line->word_count - RUN + 1;
}

static slot *find(const table *t, uint64_t hash) {
    size_t at = hash & t->mask;
    while (t->slots[at].hash && t->slots[at].hash != hash)
        at = (at + 1) & t->mask;
    return &t->slots[at];
}

typedef struct rival {
    uint32_t line, shared;
} rival;

static void count_rival(rival *rivals, size_t *count, uint32_t line) {
    for (size_t i = 0; i < *count; i++)
        if (rivals[i].line == line) {
            rivals[i].shared++;
            return;
        }
    if (*count < RIVALS)
        rivals[(*count)++] = (rival){line, 1};
}

/* Enters the line's runs where the table is not full; returns the earlier line that shares most of them, shared 0:
 * none. */
static rival enter(const karaka_page *page, table *t, uint32_t at, bool full) {
    rival rivals[RIVALS], best = {0};
    size_t count = 0;
    const karaka_page_line *line = &page->lines[at];
    for (uint32_t i = 0; i < runs_of(line); i++) {
        uint64_t hash = karaka_page_words_hash(line->words + i, RUN);
        slot *s = find(t, hash ? hash : 1);
        if (!s->hash && full)
            continue;
        if (!s->hash)
            *s = (slot){hash ? hash : 1, at};
        else if (s->line != at && !page->lines[s->line].reason)
            count_rival(rivals, &count, s->line);
        else if (s->line != at)
            s->line = at;
    }
    for (size_t i = 0; i < count; i++)
        if (rivals[i].shared > best.shared)
            best = rivals[i];
    return best;
}

/* The later line, or where that tells more the earlier one. */
static void drop_one(karaka_page *page, uint32_t earlier, uint32_t later, uint32_t shared) {
    karaka_page_line *a = &page->lines[earlier], *b = &page->lines[later];
    bool title = (ptrdiff_t)earlier == page->title_line;
    if (title && b->paragraph)
        return;
    const char *reason = title                               ? "repeated headline"
                         : page->first == (ptrdiff_t)earlier ? "repeated lead"
                                                             : "repeated paragraph";
    bool in_earlier = shared * 100 >= runs_of(b) * SAME_PERCENT;
    bool in_later = shared * 100 >= runs_of(a) * SAME_PERCENT;
    if (in_earlier && (title || runs_of(b) <= runs_of(a) || !in_later))
        karaka_page_drop(b, reason, "");
    else if (in_later && title)
        karaka_page_drop(b, reason, "");
    else if (in_later)
        karaka_page_drop(a, reason, "");
}

static uint32_t first_open(const karaka_page *page) {
    return page->title_line == KARAKA_PAGE_NONE ? 0 : (uint32_t)page->title_line;
}

int karaka_page_repeats(karaka_page *page) {
    size_t runs = 0, room = 64;
    for (size_t i = first_open(page); i < page->count; i++)
        runs += page->lines[i].reason ? 0 : runs_of(&page->lines[i]);
    if (runs > RUNS_MOST)
        runs = RUNS_MOST;
    while (room < runs * 2)
        room *= 2;
    table t = {karaka_arena_array(page->arena, room, sizeof *t.slots), room - 1};
    if (!t.slots)
        return KARAKA_ERROR_MEMORY;
    size_t entered = 0;
    for (uint32_t i = first_open(page); i < page->count; i++) {
        uint32_t own = runs_of(&page->lines[i]);
        if (page->lines[i].reason || own < RUNS_LEAST)
            continue;
        bool full = entered + own > RUNS_MOST; /* later lines are looked up, not entered */
        entered += full ? 0 : own;
        rival best = enter(page, &t, i, full);
        if (best.shared >= RUNS_LEAST)
            drop_one(page, best.line, i, best.shared);
    }
    return KARAKA_OK;
}
