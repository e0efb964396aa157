/* store: how fast a database takes events and answers.
 *
 * usage: store LANGUAGE-FOLDER PAGE DB [EVENTS]
 *
 * In: a page. Its first sentences, as many as chance will, with their events and forty invented words, are added again
 * and again as another document: of another outlet, with other types, parties, places and sources, few of them frequent
 * and most of them rare, as in news; the days come in their order, for ten years. EVENTS (1,000,000) in all, in batches
 * of 500 documents. Out, in processor time: events a second, the size of the file, milliseconds of each question.
 * Example: build/bench/store languages/hi samples/page-hi.txt /tmp/bench.db 100000
 */
#include "document.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { OUTLETS = 200, DAYS = 3650, BATCH = 500, PEOPLE = 3000, PLACES = 2000, SOURCES = 1000, WORDS = 200000 };
enum { MOST_EVENTS = 64, MOST_PARTIES = 4, TAIL_WORDS = 40, LEAST_SENTENCES = 4 };

static const char *const countries[] = {"RUS", "PRK", "USA", "CHN", "IND", "PAK", "UKR", "ISR", "IRN",
                                        "TUR", "FRA", "DEU", "GBR", "JPN", "KOR", "BRA", "ZAF", "EGY",
                                        "SAU", "SYR", "IRQ", "AFG", "NPL", "BGD", "LKA", "MMR", "THA",
                                        "VNM", "IDN", "AUS", "CAN", "MEX", "NGA", "ETH", "KEN", "SDN"};
enum { COUNTRIES = sizeof countries / sizeof *countries };

static const char *const roles[] = {"", " GOV", " MIL", " OPP", " CVL", " MED"};

static const struct {
    const char *name, *cameo;
    int quad;
    double goldstein;
} types[] = {
    {"CONSULT", "040", 1, 1},    {"SUPPORT", "051", 1, 3.4},  {"ACCUSE", "111", 3, -2},   {"ASSAULT", "190", 4, -10},
    {"REQUEST", "100", 3, -0.3}, {"AGREE", "030", 1, 4},      {"THREATEN", "130", 3, -4}, {"REJECT", "120", 3, -4},
    {"COOPERATE", "060", 2, 6},  {"AID", "070", 2, 7},        {"COERCE", "170", 4, -7},   {"MOBILIZE", "150", 4, -7.2},
    {"SANCTION", "160", 4, -4},  {"PROTEST", "140", 4, -6.5}, {"CONCEDE", "080", 1, 5},   {"RETREAT", "080", 2, 5}};

static uint64_t state = 1;
static uint32_t draw(uint32_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(((state >> 32) * below) >> 32);
}

/* The first numbers often, the last ones seldom: the n-th about 1/n as often as the first. */
static uint32_t draw_rare(uint32_t below) {
    return (uint32_t)pow(below, (draw(UINT32_MAX) + 0.5) / UINT32_MAX) - 1;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* What a made document points to; it lives until the next one is made. */
typedef struct made {
    karaka_document document;
    char id[32], outlet[32], published[32], *text;
    karaka_event events[MOST_EVENTS];
    karaka_party parties[MOST_EVENTS][2][MOST_PARTIES];
    karaka_source sources[MOST_EVENTS][MOST_PARTIES];
    char keys[MOST_EVENTS][24], places[MOST_EVENTS][32], codes[MOST_EVENTS][3][MOST_PARTIES][8];
    char names[MOST_EVENTS][3][MOST_PARTIES][32];
} made;

/* A word of number `n`: a letter and a vowel sign of Devanagari for each digit of it to the base 33. */
static uint32_t put_word(char *out, uint32_t n) {
    uint32_t length = 0;
    for (n += 1; n; n /= 33) {
        length += (uint32_t)karaka_utf8_put(out + length, (int32_t)(0x915 + n % 33));
        length += (uint32_t)karaka_utf8_put(out + length, 0x93E);
    }
    out[length] = ' ';
    return length + 1;
}

static void set_parties(made *m, uint32_t event, uint32_t side, const karaka_party *from, uint32_t *count) {
    *count = *count < MOST_PARTIES ? *count : MOST_PARTIES;
    for (uint32_t i = 0; i < *count; i++) {
        uint32_t country = draw_rare(COUNTRIES);
        char *code = m->codes[event][side][i], *name = m->names[event][side][i];
        snprintf(code, 8, "%s%s", countries[country], roles[draw_rare(6)]);
        snprintf(name, 32, "Person %u", draw_rare(PEOPLE) * COUNTRIES + country);
        m->parties[event][side][i] = from[i];
        m->parties[event][side][i].code = code;
        m->parties[event][side][i].name = draw(2) ? name : NULL;
    }
}

static void set_sources(made *m, uint32_t event, const karaka_event *from) {
    karaka_event *e = &m->events[event];
    e->source_count = from->source_count < MOST_PARTIES ? from->source_count : MOST_PARTIES;
    for (uint32_t i = 0; i < e->source_count; i++) {
        m->sources[event][i] = from->sources[i];
        snprintf(m->names[event][2][i], 32, "Source %u", draw_rare(SOURCES));
        m->sources[event][i].name = m->names[event][2][i];
    }
    e->sources = m->sources[event];
}

static void set_event(made *m, uint32_t event, const karaka_event *from) {
    karaka_event *e = &m->events[event];
    uint32_t type = draw_rare(sizeof types / sizeof *types), place = draw_rare(PLACES);
    *e = *from;
    snprintf(m->keys[event], 24, "%08x%08x", draw(UINT32_MAX), draw(UINT32_MAX));
    e->id = m->keys[event];
    e->type = types[type].name;
    e->cameo = types[type].cameo;
    e->quad = types[type].quad;
    e->goldstein = types[type].goldstein;
    e->time = (karaka_time){0};
    if (e->place.text) {
        snprintf(m->places[event], 32, "Place %u", place);
        e->place.name = m->places[event];
        e->place.country = countries[place % COUNTRIES];
        e->place.geonames = 1000 + place;
        e->place.lat = place % 120 - 50.0;
        e->place.lon = place % 350 - 175.0;
    }
    set_parties(m, event, 0, from->actors, &e->actor_count);
    set_parties(m, event, 1, from->recipients, &e->recipient_count);
    e->actors = m->parties[event][0];
    e->recipients = m->parties[event][1];
    set_sources(m, event, from);
}

/* `age`: from 1 to 0 while the database grows. */
static void make(made *m, const karaka_document *from, uint64_t number, double age) {
    karaka_document *d = &m->document;
    uint32_t day = (uint32_t)(DAYS * sqrt(1 - age)) + draw(7); /* more of late */
    time_t when = 1420070400 + (time_t)day * 86400;
    struct tm date;
    gmtime_r(&when, &date);
    strftime(m->published, sizeof m->published, "%Y-%m-%dT12:00:00+05:30", &date);
    snprintf(m->id, sizeof m->id, "doc-%llu", (unsigned long long)number);
    snprintf(m->outlet, sizeof m->outlet, "Outlet %u", draw_rare(OUTLETS));
    *d = *from;
    d->sentence_count = LEAST_SENTENCES + draw(from->sentence_count - LEAST_SENTENCES + 1);
    d->article.id = m->id;
    d->article.outlet = m->outlet;
    d->article.published = m->published;
    d->article.length = d->sentences[d->sentence_count - 1].span.end;
    memcpy(m->text, from->article.text, d->article.length);
    m->text[d->article.length++] = '\n';
    for (uint32_t i = 0; i < TAIL_WORDS; i++)
        d->article.length += put_word(m->text + d->article.length, draw_rare(WORDS));
    d->article.text = m->text;
    d->events = m->events;
    d->event_count = 0;
    for (uint32_t i = 0; i < from->event_count && d->event_count < MOST_EVENTS; i++)
        if (from->events[i].sentence < d->sentence_count)
            set_event(m, d->event_count++, &from->events[i]);
}

static void ask(karaka_store *store, const char *name, const karaka_query *query) {
    karaka_text text = {0};
    double best = 1e9;
    uint64_t rows = 0;
    for (int again = 0; again < 3; again++) {
        karaka_rows *cursor = NULL;
        bool more = true;
        double start = now();
        text.length = 0;
        if (karaka_store_query(&cursor, store, query, KARAKA_ROWS_JSONL) < 0)
            break;
        for (rows = 0; more && karaka_rows_next(&more, cursor, &text) == 0;)
            rows += more;
        karaka_rows_free(cursor);
        double took = now() - start;
        best = took < best ? took : best;
    }
    printf("%-44s %8.1f ms  %llu rows\n", name, best * 1000, (unsigned long long)rows);
    karaka_text_free(&text);
}

static int questions(const char *path) {
    karaka_store *store = NULL;
    char frequent[32], rare[32];
    frequent[put_word(frequent, 5) - 1] = rare[put_word(rare, WORDS / 10) - 1] = '\0';
    if (karaka_store_open(&store, path, KARAKA_STORE_READ) < 0)
        return -1;
    const struct {
        const char *name;
        karaka_query query;
    } all[] = {
        {"the latest 50", {.order = KARAKA_ORDER_DAY_LAST}},
        {"a pair's latest 50", {.pair = {"RUS", "PRK"}, .order = KARAKA_ORDER_DAY_LAST}},
        {"a rare pair's latest 50", {.pair = {"KEN", "SDN"}, .order = KARAKA_ORDER_DAY_LAST}},
        {"a person's latest 50", {.actor = "Person 40", .order = KARAKA_ORDER_DAY_LAST}},
        {"a type in a month, 50", {.type = "CONSULT", .since = "2023-06", .until = "2023-06"}},
        {"told by 3 outlets in a month, 50", {.outlets = 3, .since = "2023-06", .until = "2023-06"}},
        {"a frequent word's latest 50", {.text = frequent, .order = KARAKA_ORDER_DAY_LAST}},
        {"a rare word's latest 50", {.text = rare, .order = KARAKA_ORDER_DAY_LAST}},
        {"a pair by month", {.pair = {"RUS", "PRK"}, .by = KARAKA_BY_MONTH}},
        {"a month by pair", {.by = KARAKA_BY_PAIR, .since = "2023-06", .until = "2023-06"}},
        {"a year by pair", {.by = KARAKA_BY_PAIR, .since = "2023", .until = "2023"}},
        {"all by month", {.by = KARAKA_BY_MONTH}},
        {"all by pair", {.by = KARAKA_BY_PAIR}},
        {"all by place", {.by = KARAKA_BY_PLACE}},
        {"all by type", {.by = KARAKA_BY_TYPE}},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        karaka_query query = all[i].query;
        query.limit = query.by ? 1000 : 50;
        ask(store, all[i].name, &query);
    }
    karaka_store_close(store);
    return 0;
}

static int add_events(const char *path, const karaka_document *from, uint64_t wanted) {
    static made m;
    karaka_store *store = NULL;
    karaka_stored stored;
    struct stat status = {0};
    uint64_t added = 0, bytes = 0, number = 0;
    int error = karaka_store_open(&store, path, KARAKA_STORE_WRITE);
    m.text = malloc(from->article.length + TAIL_WORDS * 32);
    double start = now();
    for (; error == 0 && m.text && added < wanted; number++) {
        make(&m, from, number, 1 - (double)added / (double)wanted);
        error = karaka_store_add(&stored, store, &m.document);
        if (error == 0 && number % BATCH == BATCH - 1)
            error = karaka_store_commit(store);
        added += m.document.event_count;
        bytes += m.document.article.length;
    }
    if (error == 0)
        error = karaka_store_commit(store);
    karaka_store_close(store);
    double took = now() - start;
    free(m.text);
    if (error < 0)
        return error;
    stat(path, &status);
    printf("%llu events in %llu documents of %.0f MB in %.1f s: %.0f events a second; the file has %.0f MB\n",
           (unsigned long long)added, (unsigned long long)number, (double)bytes / 1e6, took, (double)added / took,
           (double)status.st_size / 1e6);
    return questions(path);
}

int main(int count, char **words) {
    karaka_language *language = NULL;
    karaka_document *document = NULL;
    karaka_file page;
    if (count < 4)
        return fprintf(stderr, "usage: store LANGUAGE-FOLDER PAGE DB [EVENTS]\n"), 2;
    int error = karaka_language_open(&language, words[1], KARAKA_OPEN_ALL);
    if (error == 0)
        error = karaka_file_open(&page, words[2]);
    if (error == 0) {
        const karaka_input input = {.bytes = page.bytes, .length = page.length};
        error = karaka_document_read(&document, language, &input);
        karaka_file_close(&page);
    }
    if (error == 0)
        error = karaka_document_code(document);
    if (error == 0)
        error = add_events(words[3], document, count > 4 ? strtoull(words[4], NULL, 10) : 1000000);
    if (error < 0)
        fprintf(stderr, "store: %s\n", karaka_error_text());
    karaka_document_free(document);
    karaka_language_close(language);
    return error < 0;
}
