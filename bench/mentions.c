/* mentions: prints the times and places found in texts, for bench/times and bench/places.
 *
 * usage: mentions LANGUAGE-FOLDER < lines of "published<tab>tense<tab>text"
 *
 * In: one text a line ("-": no published time; tense 0 unknown, 1 past, 2 present, 3 future). Out: one line a text, its
 * mentions separated by tabs: "T<start>-<end> <first day>..<last day> RULE" and "P<start>-<end> COUNTRY lat,lon NAME
 * RULE", byte offsets into the text.
 */
#include "document.h"
#include "event/place.h"
#include "event/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print_times(karaka_document *d, const karaka_sentence *s, karaka_tense tense) {
    karaka_time_mention *m;
    size_t count;
    int rc = karaka_time_find(&m, &count, d->arena, d->language->times, d->language->spelling, s, &d->article, tense);
    for (size_t i = 0; rc == 0 && i < count; i++)
        printf("T%u-%u %s..%s %s\t", m[i].time.span.start, m[i].time.span.end, m[i].time.start ? m[i].time.start : "-",
               m[i].time.end ? m[i].time.end : "-", m[i].rule);
    return rc;
}

/* Countries of the places that need none to be settled, in order of mention. */
static int collect(const char *countries[16], size_t *n, karaka_document *d) {
    for (uint32_t i = 0; i < d->sentence_count; i++) {
        karaka_place_mention *m;
        size_t count;
        int rc = karaka_place_find(&m, &count, d->arena, d->language->places, d->language->spelling, &d->sentences[i],
                                   NULL, 0);
        if (rc < 0)
            return rc;
        for (size_t k = 0; k < count && *n < 16; k++) {
            bool seen = !m[k].place.country;
            for (size_t j = 0; !seen && j < *n; j++)
                seen = strcmp(countries[j], m[k].place.country) == 0;
            if (!seen)
                countries[(*n)++] = m[k].place.country;
        }
    }
    return 0;
}

static int print_places(karaka_document *d, const karaka_sentence *s, const char *const *countries, size_t n) {
    karaka_place_mention *m;
    size_t count;
    int rc = karaka_place_find(&m, &count, d->arena, d->language->places, d->language->spelling, s, countries, n);
    for (size_t i = 0; rc == 0 && i < count; i++)
        printf("P%u-%u %s %.2f,%.2f %s %s\t", m[i].place.span.start, m[i].place.span.end,
               m[i].place.country ? m[i].place.country : "-", m[i].place.lat, m[i].place.lon,
               m[i].place.name ? m[i].place.name : "-", m[i].rule);
    return rc;
}

static int run(const karaka_language *language, char *line) {
    char *tense = strchr(line, '\t'), *text = tense ? strchr(tense + 1, '\t') : NULL;
    if (!text)
        return karaka_fail(KARAKA_ERROR_INPUT, "a line without two tabs");
    *tense++ = 0, *text++ = 0;
    karaka_input input = {
        .kind = KARAKA_INPUT_TEXT, .bytes = text, .length = strlen(text), .published = strcmp(line, "-") ? line : NULL};
    karaka_document *d = NULL;
    const char *countries[16];
    size_t n = 0;
    int rc = karaka_document_read(&d, language, &input);
    if (rc == 0)
        rc = language->model ? karaka_document_parse(d) : karaka_document_segment(d);
    if (rc == 0)
        rc = collect(countries, &n, d);
    for (uint32_t i = 0; rc == 0 && i < d->sentence_count; i++) {
        rc = print_times(d, &d->sentences[i], (karaka_tense)atoi(tense));
        if (rc == 0)
            rc = print_places(d, &d->sentences[i], countries, n);
    }
    putchar('\n');
    karaka_document_free(d);
    return rc;
}

int main(int argc, char **argv) {
    karaka_language *language = NULL;
    char *line = NULL;
    size_t room = 0;
    if (argc != 2 || karaka_language_open(&language, argv[1], KARAKA_OPEN_ALL) < 0) {
        fprintf(stderr, "mentions: %s\n", argc == 2 ? karaka_error_text() : "usage: mentions LANGUAGE-FOLDER");
        return 2;
    }
    while (getline(&line, &room, stdin) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (run(language, line) < 0)
            fprintf(stderr, "mentions: %s\n", karaka_error_text());
    }
    free(line);
    karaka_language_close(language);
    return 0;
}
