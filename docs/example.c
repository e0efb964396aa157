/* example: the events of one page.
 *
 *     cc example.c $(pkg-config --cflags --libs karaka) -o example && ./example languages/hi samples/page-hi.txt
 */
#include <karaka.h>
#include <stdio.h>

static char page[1 << 20];

static const char *first_code(const karaka_party *parties, uint32_t count) {
    return count ? parties[0].code : "-";
}

int main(int count, char **words) {
    karaka_language *language = NULL;
    karaka_document *document = NULL;
    FILE *file = count == 3 ? fopen(words[2], "rb") : NULL;
    if (!file)
        return fprintf(stderr, "usage: example LANGUAGE-FOLDER PAGE\n"), 2;
    karaka_input input = {.kind = KARAKA_INPUT_PAGE, .bytes = page, .length = fread(page, 1, sizeof page, file)};
    fclose(file);

    int error = karaka_language_open(&language, words[1], KARAKA_OPEN_ALL);
    if (!error)
        error = karaka_document_read(&document, language, &input);
    if (!error)
        error = karaka_document_code(document);
    size_t events = 0;
    const karaka_event *event = error ? NULL : karaka_document_events(document, &events);
    for (size_t i = 0; i < events; i++)
        printf("%-10s %-10s %s\n", event[i].type, first_code(event[i].actors, event[i].actor_count),
               first_code(event[i].recipients, event[i].recipient_count));
    if (error)
        fprintf(stderr, "example: %s\n", karaka_error_text());
    karaka_document_free(document);
    karaka_language_close(language);
    return error ? 1 : 0;
}
