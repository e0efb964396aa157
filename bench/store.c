/* store: how fast a database takes events and answers.
 *
 * usage: store LANGUAGE-FOLDER PAGE DB [EVENTS]
 *
 * In: a page; its events are added again and again as those of other documents, days and countries, EVENTS (1,000,000)
 * in all, in batches of 500 documents. Out, in processor time: events a second, the size of the
 * file, milliseconds of each question.
 * Example: build/bench/store languages/hi samples/page-hi.txt /tmp/bench.db 100000
 */
#include "document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { OUTLETS = 40, DAYS = 3600, BATCH = 500 };

static const char *const countries[] = {"RUS", "PRK", "USA", "CHN", "IND", "PAK", "UKR", "ISR", "IRN",
                                        "TUR", "FRA", "DEU", "GBR", "JPN", "KOR", "BRA", "ZAF", "EGY",
                                        "SAU", "SYR", "IRQ", "AFG", "NPL", "BGD", "LKA", "MMR", "THA",
                                        "VNM", "IDN", "AUS", "CAN", "MEX", "NGA", "ETH", "KEN", "SDN"};
enum { COUNTRIES = sizeof countries / sizeof *countries };

static uint32_t state = 1;
static uint32_t draw(uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)state * below) >> 32);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void set_parties(const karaka_party *parties, uint32_t count, char codes[][8]) {
    for (uint32_t i = 0; i < count; i++) {
        /* The frequent ones are a few, as in news. */
        uint32_t country = draw(COUNTRIES);
        snprintf(codes[i % 8], 8, "%s GOV", countries[draw(country + 1)]);
        ((karaka_party *)(uintptr_t)&parties[i])->code = codes[i % 8];
    }
}

/* Makes the document another one; what it points to lives until the next call. */
static void vary(karaka_document *document, uint64_t number) {
    static char id[32], outlet[32], day[32], keys[64][24], codes[128][8];
    time_t when = 1420070400 + (time_t)draw(DAYS) * 86400;
    struct tm date;
    gmtime_r(&when, &date);
    strftime(day, sizeof day, "%Y-%m-%dT12:00:00+05:30", &date);
    snprintf(id, sizeof id, "doc-%llu", (unsigned long long)number);
    snprintf(outlet, sizeof outlet, "Outlet %u", draw(OUTLETS));
    document->article.id = id;
    document->article.outlet = outlet;
    document->article.published = day;
    for (uint32_t i = 0; i < document->event_count; i++) {
        karaka_event *e = &document->events[i];
        snprintf(keys[i % 64], sizeof keys[0], "%08x%08x", draw(UINT32_MAX), draw(UINT32_MAX));
        e->id = keys[i % 64];
        e->time = (karaka_time){0};
        set_parties(e->actors, e->actor_count, codes + (i % 8) * 16);
        set_parties(e->recipients, e->recipient_count, codes + (i % 8) * 16 + 8);
    }
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
    if (karaka_store_open(&store, path, KARAKA_STORE_READ) < 0)
        return -1;
    ask(store, "the latest 50", &(karaka_query){.order = KARAKA_ORDER_DAY_LAST, .limit = 50});
    ask(store, "a pair, the first 50",
        &(karaka_query){.pair = {"RUS", "PRK"}, .since = "2020-06", .order = KARAKA_ORDER_DAY_LAST, .limit = 50});
    ask(store, "a pair by month", &(karaka_query){.pair = {"RUS", "PRK"}, .by = KARAKA_BY_MONTH});
    ask(store, "a type in a month",
        &(karaka_query){.type = "CONSULT", .since = "2020-06", .until = "2020-06", .limit = 50});
    ask(store, "all pairs of a year, the first 50",
        &(karaka_query){.by = KARAKA_BY_PAIR, .since = "2020", .until = "2020", .limit = 50});
    ask(store, "all by month", &(karaka_query){.by = KARAKA_BY_MONTH});
    ask(store, "told by 3 outlets, in a month, the first 50",
        &(karaka_query){.outlets = 3, .since = "2020-06", .until = "2020-06", .limit = 50});
    karaka_store_close(store);
    return 0;
}

static int add_events(const char *path, karaka_document *document, uint64_t wanted) {
    karaka_store *store = NULL;
    karaka_stored stored;
    struct stat status = {0};
    uint64_t added = 0;
    int error = karaka_store_open(&store, path, KARAKA_STORE_WRITE);
    double start = now();
    for (uint64_t number = 0; error == 0 && added < wanted; number++) {
        vary(document, number);
        error = karaka_store_add(&stored, store, document);
        if (error == 0 && number % BATCH == BATCH - 1)
            error = karaka_store_commit(store);
        added += document->event_count;
    }
    if (error == 0)
        error = karaka_store_commit(store);
    double took = now() - start;
    karaka_store_close(store);
    if (error < 0)
        return error;
    stat(path, &status);
    printf("%llu events in %.1f s: %.0f a second; the file has %.0f MB\n", (unsigned long long)added, took,
           (double)added / took, (double)status.st_size / 1e6);
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
