/* karaka query, karaka relation: questions to a database.
 *
 * In: a database and conditions. Out: events or summaries on standard output, row by row.
 * Example: karaka query --pair RUS,PRK --by month news.db  ->  a line a month with its counts
 */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

enum { CONDITIONS = 32 };

typedef struct reading {
    const char *verb;
    conditions *conditions;
} reading;

static int take_condition(void *context, const struct option *option, const char *value) {
    const reading *r = context;
    return condition_take(r->conditions, option->name, value) ? EXIT_WELL
                                                              : usage_error(r->verb, "--%s", r->conditions->wrong);
}

/* False with *code set where the command ends here. */
static bool read_words(conditions *c, int *code, int count, char **words) {
    struct option all[CONDITIONS + 2] = {{"help", no_argument, NULL, 'h'}};
    for (size_t i = 0; i < CONDITIONS && condition_name(i); i++)
        all[i + 1] = (struct option){condition_name(i), required_argument, NULL, 'c'};
    return options_each(code, count, words, ":h", all, take_condition, &(reading){words[0], c});
}

static int print_rows(karaka_rows *rows) {
    karaka_text text = {0};
    bool more = true;
    int code = EXIT_WELL;
    while (more && code == EXIT_WELL) {
        text.length = 0;
        if (karaka_rows_next(&more, rows, &text) < 0) {
            fprintf(stderr, "karaka: %s\n", karaka_error_text());
            code = EXIT_SOME_FAILED;
        } else if (fwrite(text.bytes ? text.bytes : "", 1, text.length, stdout) != text.length) {
            code = EXIT_OUTPUT;
        }
    }
    karaka_text_free(&text);
    if (code == EXIT_WELL && fflush(stdout) != 0)
        code = EXIT_OUTPUT;
    if (code == EXIT_OUTPUT && errno == EPIPE)
        return EXIT_WELL;
    if (code == EXIT_OUTPUT)
        fprintf(stderr, "karaka: cannot write the output: %s\n", strerror(errno));
    return code;
}

static int run(conditions *c, const char *path) {
    karaka_store *store = NULL;
    karaka_rows *rows = NULL;
    int code = EXIT_SOME_FAILED;
    const options none = {0};
    temporary_beside(path);
    if (!options_confine(&none, path))
        return code;
    if (karaka_store_open(&store, path, KARAKA_STORE_READ) == 0 &&
        karaka_store_query(&rows, store, &c->query, c->form) == 0)
        code = print_rows(rows);
    else
        fprintf(stderr, "karaka: %s\n", karaka_error_text());
    karaka_rows_free(rows);
    karaka_store_close(store);
    return code;
}

int cmd_query(int count, char **words) {
    conditions c = {.form = terminal_output() ? KARAKA_ROWS_TABLE : KARAKA_ROWS_JSONL};
    int code = EXIT_WELL;
    if (read_words(&c, &code, count, words))
        code = count - optind == 1 ? run(&c, words[optind])
                                   : usage_error(words[0], "name one database, for example news.db");
    conditions_free(&c);
    return code;
}

int cmd_relation(int count, char **words) {
    conditions c = {.form = KARAKA_ROWS_TABLE};
    int code = EXIT_WELL;
    if (read_words(&c, &code, count, words)) {
        if (!c.query.by)
            c.query.by = KARAKA_BY_MONTH;
        c.query.pair[0] = count - optind == 3 ? words[optind + 1] : NULL;
        c.query.pair[1] = count - optind == 3 ? words[optind + 2] : NULL;
        code = c.query.pair[0] ? run(&c, words[optind])
                               : usage_error(words[0], "name a database and two actors, for example news.db RUS PRK");
    }
    conditions_free(&c);
    return code;
}
