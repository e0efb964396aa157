/* karaka query, karaka relation: questions to a database.
 *
 * In: a database and conditions. Out: events or summaries on standard output, row by row.
 * Example: karaka query --pair RUS,PRK --by month news.db  ->  a line a month with its counts
 */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_FIRST = 256, OPT_SKIP, OPT_QUAD, OPT_BOX, OPT_OUTLETS, OPT_SORT, OPT_BY, OPT_TO, OPT_PAIR, OPT_TEXTS };

/* Options that are a word or words: the place of each in karaka_query. */
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

static const struct option others[] = {
    {"help", no_argument, NULL, 'h'},
    {"first", required_argument, NULL, OPT_FIRST},
    {"skip", required_argument, NULL, OPT_SKIP},
    {"quad", required_argument, NULL, OPT_QUAD},
    {"box", required_argument, NULL, OPT_BOX},
    {"outlets", required_argument, NULL, OPT_OUTLETS},
    {"sort", required_argument, NULL, OPT_SORT},
    {"by", required_argument, NULL, OPT_BY},
    {"to", required_argument, NULL, OPT_TO},
    {"pair", required_argument, NULL, OPT_PAIR},
};
enum { OTHERS = sizeof others / sizeof *others };

typedef struct asked {
    karaka_query query;
    karaka_rows_form form;
    char *pair; /* owned: the two sides of --pair */
} asked;

static bool read_whole_number(uint64_t *out, const char *value, uint64_t most) {
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    *out = number;
    return *value >= '0' && *value <= '9' && !*end && !errno && number <= most;
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
        int which = choose(word, "pair day week month year type");
        if (which < 0)
            return false;
        *out |= 1u << which;
    }
    return *out != 0;
}

static bool read_box(double box[4], const char *value) {
    char end;
    return sscanf(value, "%lf,%lf,%lf,%lf%c", &box[0], &box[1], &box[2], &box[3], &end) == 4;
}

static bool read_pair(asked *a, const char *value) {
    free(a->pair);
    a->pair = strdup(value);
    char *comma = a->pair ? strchr(a->pair, ',') : NULL;
    if (!comma)
        return false;
    *comma = '\0';
    a->query.pair[0] = a->pair;
    a->query.pair[1] = comma + 1;
    return *a->pair && comma[1];
}

/* An exit code, 0 to go on. */
static int take(asked *a, const char *verb, int option, const char *value) {
    uint64_t number = 0;
    int which;
    switch (option) {
    case OPT_FIRST:
    case OPT_SKIP:
        if (!read_whole_number(&number, value, INT64_MAX))
            return usage_error(verb, "--first and --skip take a number of rows");
        *(option == OPT_FIRST ? &a->query.limit : &a->query.offset) = number;
        return 0;
    case OPT_QUAD:
        if (!read_whole_number(&number, value, 4) || !number)
            return usage_error(verb, "--quad %s: give 1 to 4", value);
        a->query.quad = (int)number;
        return 0;
    case OPT_OUTLETS:
        if (!read_whole_number(&number, value, UINT32_MAX))
            return usage_error(verb, "--outlets %s: give a number", value);
        a->query.outlets = (uint32_t)number;
        return 0;
    case OPT_BOX:
        a->query.boxed = true;
        return read_box(a->query.box, value)
                   ? 0
                   : usage_error(verb, "--box %s: give west,south,east,north in degrees, for example 22,44,40,53",
                                 value);
    case OPT_SORT:
        which = choose(value, "day latest goldstein outlets");
        if (which < 0)
            return usage_error(verb, "--sort %s: give day, latest, goldstein or outlets", value);
        a->query.order = (unsigned)which;
        return 0;
    case OPT_BY:
        return read_by(&a->query.by, value)
                   ? 0
                   : usage_error(verb, "--by %s: give pair, type and one of day, week, month, year, joined by commas",
                                 value);
    case OPT_TO:
        which = choose(value, "jsonl csv table geojson polecat icews gdelt graphml");
        if (which < 0)
            return usage_error(verb, "--to %s: give table, csv, jsonl, geojson, polecat, icews, gdelt or graphml",
                               value);
        a->form = (karaka_rows_form)which;
        return 0;
    case OPT_PAIR:
        return read_pair(a, value) ? 0 : usage_error(verb, "--pair %s: give two actors, for example RUS,PRK", value);
    default:
        memcpy((char *)&a->query + texts[option - OPT_TEXTS].at, &value, sizeof value);
        return 0;
    }
}

/* False with *code set where the command ends here. */
static bool read_words(asked *a, int *code, int count, char **words) {
    struct option all[OTHERS + TEXTS + 1] = {0};
    memcpy(all, others, sizeof others);
    for (int i = 0; i < TEXTS; i++)
        all[OTHERS + i] = (struct option){texts[i].name, required_argument, NULL, OPT_TEXTS + i};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(count, words, ":h", all, NULL)) != -1;) {
        if (option == 'h') {
            help_print(stdout, words[0]);
            *code = fflush(stdout) == 0 ? EXIT_WELL : EXIT_OUTPUT;
            return false;
        }
        if (option == ':')
            *code = usage_error(words[0], "%s needs a value", words[optind - 1]);
        else if (option == '?')
            *code = usage_error(words[0], "unknown option %s", words[optind - 1]);
        else
            *code = take(a, words[0], option, optarg);
        if (*code)
            return false;
    }
    return true;
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

static int run(asked *a, const char *path) {
    karaka_store *store = NULL;
    karaka_rows *rows = NULL;
    int code = EXIT_SOME_FAILED;
    if (karaka_store_open(&store, path, KARAKA_STORE_READ) == 0 &&
        karaka_store_query(&rows, store, &a->query, a->form) == 0)
        code = print_rows(rows);
    else
        fprintf(stderr, "karaka: %s\n", karaka_error_text());
    karaka_rows_free(rows);
    karaka_store_close(store);
    return code;
}

int cmd_query(int count, char **words) {
    asked a = {.form = terminal_output() ? KARAKA_ROWS_TABLE : KARAKA_ROWS_JSONL};
    int code = EXIT_WELL;
    if (read_words(&a, &code, count, words))
        code = count - optind == 1 ? run(&a, words[optind])
                                   : usage_error(words[0], "name one database, for example news.db");
    free(a.pair);
    return code;
}

int cmd_relation(int count, char **words) {
    asked a = {.form = KARAKA_ROWS_TABLE};
    int code = EXIT_WELL;
    if (read_words(&a, &code, count, words)) {
        if (!a.query.by)
            a.query.by = KARAKA_BY_MONTH;
        a.query.pair[0] = count - optind == 3 ? words[optind + 1] : NULL;
        a.query.pair[1] = count - optind == 3 ? words[optind + 2] : NULL;
        code = a.query.pair[0] ? run(&a, words[optind])
                               : usage_error(words[0], "name a database and two actors, for example news.db RUS PRK");
    }
    free(a.pair);
    return code;
}
