/* conditions: a query by names and values, as options of the command and as parameters of an address.
 *
 * In: "pair", "RUS,PRK". Out: a field of karaka_query set, or what is wrong with the value.
 * Example: condition_take(&c, "quad", "5") -> "--quad 5: give 1 to 4"
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Those that are a word or words: the place of each in karaka_query. */
static const struct {
    const char *name;
    size_t at;
} texts[] = {
    {"actor", offsetof(karaka_query, actor)},     {"recipient", offsetof(karaka_query, recipient)},
    {"type", offsetof(karaka_query, type)},       {"mode", offsetof(karaka_query, mode)},
    {"context", offsetof(karaka_query, context)}, {"status", offsetof(karaka_query, status)},
    {"since", offsetof(karaka_query, since)},     {"until", offsetof(karaka_query, until)},
    {"country", offsetof(karaka_query, country)}, {"source", offsetof(karaka_query, source)},
    {"outlet", offsetof(karaka_query, outlet)},   {"text", offsetof(karaka_query, text)},
    {"doc", offsetof(karaka_query, doc)},
};
enum { TEXTS = sizeof texts / sizeof *texts };

static const char *const others[] = {"first", "skip", "quad", "box", "outlets", "sort", "by", "to", "pair", "reprints"};
enum { OTHERS = sizeof others / sizeof *others };

const char *condition_name(size_t number) {
    return number < TEXTS ? texts[number].name : number < TEXTS + OTHERS ? others[number - TEXTS] : NULL;
}

static bool read_whole_number(uint64_t *out, const char *value, uint64_t least, uint64_t most) {
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    *out = number;
    return *value >= '0' && *value <= '9' && !*end && !errno && number >= least && number <= most;
}

/* The number of `word` among the blank-separated `names`, -1 if it is none of them. */
static int choose(const char *word, const char *names) {
    size_t length = strlen(word);
    int number = 0;
    for (const char *at = names; *at; number++) {
        size_t this = strcspn(at, " ");
        if (this == length && memcmp(at, word, length) == 0)
            return number;
        at += this + strspn(at + this, " ");
    }
    return -1;
}

/* "pair,month" */
static bool read_by(unsigned *out, const char *value) {
    char room[64];
    snprintf(room, sizeof room, "%s", value);
    for (char *save = NULL, *word = strtok_r(room, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
        int which = choose(word, "pair day week month year type place outlet");
        if (which < 0)
            return false;
        *out |= 1u << which;
    }
    return *out != 0;
}

static bool read_box(karaka_query *query, const char *value) {
    double *box = query->box;
    char end;
    query->boxed = true;
    return sscanf(value, "%lf,%lf,%lf,%lf%c", &box[0], &box[1], &box[2], &box[3], &end) == 4;
}

static bool read_pair(conditions *c, const char *value) {
    free(c->pair);
    c->pair = strdup(value);
    char *comma = c->pair ? strchr(c->pair, ',') : NULL;
    if (!comma)
        return false;
    *comma = '\0';
    c->query.pair[0] = c->pair;
    c->query.pair[1] = comma + 1;
    return *c->pair && comma[1];
}

static bool read_one_of(int *out, const char *value, const char *names) {
    *out = choose(value, names);
    return *out >= 0;
}

/* NULL, or what should have been given. */
static const char *take_other(conditions *c, const char *name, const char *value) {
    karaka_query *query = &c->query;
    uint64_t number = 0;
    int which = 0;
    switch (choose(name, "first skip quad box outlets sort by to pair reprints")) {
    case 0:
        return read_whole_number(&query->limit, value, 1, INT64_MAX) ? NULL : "give a number of rows";
    case 1:
        return read_whole_number(&query->offset, value, 0, INT64_MAX) ? NULL : "give a number of rows";
    case 2:
        if (!read_whole_number(&number, value, 1, 4))
            return "give 1 to 4";
        query->quad = (int)number;
        return NULL;
    case 3:
        return read_box(query, value) ? NULL : "give west,south,east,north in degrees, for example 22,44,40,53";
    case 4:
        if (!read_whole_number(&number, value, 0, UINT32_MAX))
            return "give a number";
        query->outlets = (uint32_t)number;
        return NULL;
    case 5:
        if (!read_one_of(&which, value, "day latest goldstein outlets"))
            return "give day, latest, goldstein or outlets";
        query->order = (unsigned)which;
        return NULL;
    case 6:
        return read_by(&query->by, value)
                   ? NULL
                   : "give pair, type, place, outlet and one of day, week, month, year, joined by commas";
    case 7:
        if (!read_one_of(&which, value, "jsonl csv table geojson polecat icews gdelt graphml"))
            return "give table, csv, jsonl, geojson, polecat, icews, gdelt or graphml";
        c->form = (karaka_rows_form)which;
        return NULL;
    case 8:
        return read_pair(c, value) ? NULL : "give two actors, for example RUS,PRK";
    case 9:
        if (!read_one_of(&which, value, "too no only"))
            return "give too, no or only";
        query->reprints = (unsigned)which;
        return NULL;
    default:
        return "there is no such condition";
    }
}

bool condition_take(conditions *c, const char *name, const char *value) {
    for (size_t i = 0; i < TEXTS; i++) {
        if (strcmp(name, texts[i].name) != 0)
            continue;
        memcpy((char *)&c->query + texts[i].at, &value, sizeof value);
        return true;
    }
    const char *hint = take_other(c, name, value);
    if (hint)
        snprintf(c->wrong, sizeof c->wrong, "%s %.60s: %s", name, value, hint);
    return !hint;
}

void conditions_free(conditions *c) {
    free(c->pair);
    c->pair = NULL;
}
