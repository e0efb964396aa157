/* proposals: prints all that is weighed for and against events (src/event/weigh.h), for tools/learn-weights.
 *
 * usage: proposals LANGUAGE-FOLDER < documents as JSON Lines
 *
 * In: documents. Out, tab-separated, in the order in which they are weighed:
 *     line DOC SENTENCE NOUN VERB TRIGGER FEATURE...           a predicate's line; NOUN, VERB: tokens, -1 for none
 *     actor N FEATURE...     recipient N FEATURE...            one way to fill a slot of it
 *     pair N N TYPE MUTUAL STATUS ACTORS RECIPIENTS FEATURE... two of them together; parties as "RUS GOV=मॉस्को|USA
 * GOV=..."
 */
#include "document.h"
#include "event/choose.h"
#include "event/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_form(const karaka_reading *r, int32_t token) {
    if (token >= 0)
        printf("%s ", r->sentence->tokens[token].form);
}

static void put_side(const karaka_reading *r, const int32_t *names, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const karaka_name *n = karaka_name_told(r, names[i]);
        const karaka_token *tokens = r->document->sentences[n->sentence].tokens;
        uint32_t start = tokens[n->told_first].span.start, end = tokens[n->told_last].span.end;
        printf("%s%s=%.*s", i ? "|" : "", n->code, (int)(end - start), r->document->article.text + start);
    }
    putchar('\t');
}

static void put(void *observer, karaka_reading *r, const karaka_weighed *w) {
    const karaka_candidate *c = w->stance->candidate;
    (void)observer;
    printf("%s\t", w->what);
    if (strcmp(w->what, "line") == 0) {
        printf("%s\t%u\t%d\t%d\t", r->document->article.id, r->index, c->noun, c->verb);
        for (int32_t t = c->noun_first; c->noun >= 0 && t <= c->noun; t++)
            put_form(r, t);
        put_form(r, c->verb);
        putchar('\t');
    } else if (w->draft) {
        karaka_status status = w->stance->negated ? KARAKA_DENIED : w->stance->status;
        uint8_t type = karaka_tell_type(r, c, &status, w->draft);
        printf("%u\t%u\t%s\t%d\t%d\t", w->actor, w->recipient, karaka_event_types[type].name, w->draft->mutual, status);
        put_side(r, w->draft->actors, w->draft->actor_count);
        put_side(r, w->draft->recipients, w->draft->recipient_count);
    } else
        printf("%u\t", w->actor);
    printf("%s\n", w->features);
}

static int run(const karaka_language *language, const char *line, karaka_text *store) {
    karaka_input input;
    karaka_document *d = NULL;
    int rc = karaka_input_from_json(&input, store, line, strlen(line));
    if (rc == 0)
        rc = karaka_document_read(&d, language, &input);
    if (rc == 0)
        rc = karaka_document_parse(d);
    if (rc == 0)
        rc = karaka_event_code_observed(d, put, NULL);
    karaka_document_free(d);
    return rc;
}

int main(int argc, char **argv) {
    karaka_language *language = NULL;
    karaka_text store = {0};
    char *line = NULL;
    size_t room = 0;
    if (argc != 2 || karaka_language_open(&language, argv[1], KARAKA_OPEN_ALL) < 0) {
        fprintf(stderr, "proposals: %s\n", argc == 2 ? karaka_error_text() : "usage: proposals LANGUAGE-FOLDER");
        return 2;
    }
    while (getline(&line, &room, stdin) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (run(language, line, &store) < 0)
            fprintf(stderr, "proposals: %s\n", karaka_error_text());
    }
    free(line);
    karaka_text_free(&store);
    karaka_language_close(language);
    return 0;
}
