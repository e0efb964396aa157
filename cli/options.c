/* options: the words after the verb.
 *
 * In: argv. Out: options, or a message on standard error that says what to do.
 * Example: --to csv -j 2 a.jsonl -> to TO_CSV, threads 2, files {"a.jsonl"}
 */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPT_LANG = 256,
    OPT_LANGUAGES,
    OPT_FROM,
    OPT_TO,
    OPT_PUBLISHED,
    OPT_LIMIT,
    OPT_PASSES,
    OPT_SEED,
    OPT_DEV,
    OPT_VECTORS,
    OPT_GIVEN,
    OPT_SILVER,
    OPT_LAYERS,
    OPT_BATCH,
    OPT_WHY,
    OPT_TOKENS,
    OPT_RAW,
    OPT_INDEX,
    OPT_RESUME,
    OPT_STATS,
    OPT_BROKERS,
    OPT_GROUP,
    OPT_IN,
    OPT_OUT,
    OPT_ERRORS,
    OPT_DONE,
    OPT_CONFIG,
    OPT_UNTIL_END,
};

static const struct option all_options[] = {
    {"help", no_argument, NULL, 'h'},
    {"output", required_argument, NULL, 'o'},
    {"lang", required_argument, NULL, OPT_LANG},
    {"languages", required_argument, NULL, OPT_LANGUAGES},
    {"from", required_argument, NULL, OPT_FROM},
    {"to", required_argument, NULL, OPT_TO},
    {"published", required_argument, NULL, OPT_PUBLISHED},
    {"limit", required_argument, NULL, OPT_LIMIT},
    {"threads", required_argument, NULL, 'j'},
    {"passes", required_argument, NULL, OPT_PASSES},
    {"seed", required_argument, NULL, OPT_SEED},
    {"dev", required_argument, NULL, OPT_DEV},
    {"vectors", required_argument, NULL, OPT_VECTORS},
    {"given", required_argument, NULL, OPT_GIVEN},
    {"silver", required_argument, NULL, OPT_SILVER},
    {"layers", required_argument, NULL, OPT_LAYERS},
    {"batch", required_argument, NULL, OPT_BATCH},
    {"why", no_argument, NULL, OPT_WHY},
    {"tokens", no_argument, NULL, OPT_TOKENS},
    {"raw", no_argument, NULL, OPT_RAW},
    {"index", required_argument, NULL, OPT_INDEX},
    {"same", required_argument, NULL, OPT_INDEX},
    {"resume", required_argument, NULL, OPT_RESUME},
    {"stats", no_argument, NULL, OPT_STATS},
    {"brokers", required_argument, NULL, OPT_BROKERS},
    {"group", required_argument, NULL, OPT_GROUP},
    {"in", required_argument, NULL, OPT_IN},
    {"out", required_argument, NULL, OPT_OUT},
    {"errors", required_argument, NULL, OPT_ERRORS},
    {"done", required_argument, NULL, OPT_DONE},
    {"config", required_argument, NULL, OPT_CONFIG},
    {"setting", required_argument, NULL, 'X'},
    {"until-end", no_argument, NULL, OPT_UNTIL_END},
    {0},
};

int usage_error(const char *verb, const char *format, ...) {
    va_list arguments;
    fputs("karaka: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry: karaka %s%s--help\n", verb ? verb : "", verb ? " " : "");
    return EXIT_USAGE;
}

static bool in_list(const char *list, const char *name) {
    size_t length = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == ',' || !at[length]))
            return true;
    return false;
}

static bool read_from(input_form *out, const char *value) {
    static const struct {
        const char *name;
        input_form form;
    } forms[] = {{"text", FORM_PAGE}, {"page", FORM_PAGE},     {"clean", FORM_CLEAN}, {"jsonl", FORM_JSONL},
                 {"html", FORM_HTML}, {"conllu", FORM_CONLLU}, {"warc", FORM_WARC},   {"feed", FORM_FEED}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(value, forms[i].name) == 0)
            return *out = forms[i].form, true;
    return false;
}

/* The forms a verb writes, for the user to choose from. */
static const char *forms_of(const char *verb) {
    if (strcmp(verb, "read") == 0 || strcmp(verb, "headline") == 0)
        return "text or json";
    return strcmp(verb, "same") == 0 ? "text or jsonl" : "table, jsonl or csv";
}

static bool read_to(output_form *out, const char *verb, const char *value) {
    static const struct {
        const char *name;
        output_form form;
    } forms[] = {{"text", TO_TEXT}, {"json", TO_JSON}, {"table", TO_TABLE}, {"jsonl", TO_JSONL}, {"csv", TO_CSV}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(value, forms[i].name) == 0 && in_list(forms_of(verb), value))
            return *out = forms[i].form, true;
    return false;
}

static bool read_count(uint64_t *out, const char *value, uint64_t least, uint64_t most) {
    char *end;
    if (value[0] < '0' || value[0] > '9')
        return false;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (errno || *end || number < least || number > most)
        return false;
    *out = number;
    return true;
}

/* "500000", "500K", "16M". */
static bool read_size(size_t *out, const char *value) {
    char digits[24];
    uint64_t number, unit = 1;
    size_t length = strlen(value);
    if (!length || length >= sizeof digits)
        return false;
    memcpy(digits, value, length + 1);
    if (digits[length - 1] == 'K')
        unit = 1024;
    if (digits[length - 1] == 'M')
        unit = 1024 * 1024;
    if (unit > 1)
        digits[length - 1] = '\0';
    if (!read_count(&number, digits, 1, KARAKA_INPUT_LIMIT) || number * unit > KARAKA_INPUT_LIMIT)
        return false;
    *out = (size_t)(number * unit);
    return true;
}

/* An exit code, 0 to go on. */
static int take_option(options *o, int option, const char *value) {
    uint64_t number = 0;
    const char *verb = o->verb;
    switch (option) {
    case 'o':
        o->output = value;
        return 0;
    case OPT_LANG:
        if (!*value || strchr(value, '/') || value[0] == '.')
            return usage_error(verb, "--lang %s: give a language code such as hi", value);
        o->lang = value;
        return 0;
    case OPT_LANGUAGES:
        o->languages = value;
        return 0;
    case OPT_PUBLISHED:
        o->published = value;
        return 0;
    case OPT_DEV:
        o->dev = value;
        return 0;
    case OPT_VECTORS:
        o->vectors = value;
        return 0;
    case OPT_GIVEN:
        o->given = value;
        return 0;
    case OPT_INDEX:
        if (!*value)
            return usage_error(verb, "the index needs a file name; - keeps it in memory for this run");
        o->index = value;
        return 0;
    case OPT_SILVER:
        o->silver = value;
        return 0;
    case OPT_WHY:
        o->why = true;
        return 0;
    case OPT_TOKENS:
        o->tokens = true;
        return 0;
    case OPT_RAW:
        o->raw = true;
        return 0;
    case OPT_RESUME:
        o->resume = value;
        return 0;
    case OPT_STATS:
        o->stats = true;
        return 0;
    case OPT_BROKERS:
        o->brokers = value;
        return 0;
    case OPT_GROUP:
        o->group = value;
        return 0;
    case OPT_IN:
        o->in = value;
        return 0;
    case OPT_OUT:
        o->out = value;
        return 0;
    case OPT_ERRORS:
        o->errors = value;
        return 0;
    case OPT_DONE:
        o->done = value;
        return 0;
    case OPT_CONFIG:
        o->config = value;
        return 0;
    case OPT_UNTIL_END:
        o->until_end = true;
        return 0;
    case 'X':
        if (o->setting_count == OPTIONS_SETTINGS)
            return usage_error(verb, "-X: %d at most; put them into a file and give --config", OPTIONS_SETTINGS);
        o->settings[o->setting_count++] = value;
        return 0;
    case OPT_FROM:
        if (read_from(&o->from, value))
            return 0;
        return usage_error(verb, "--from %s: give text, clean, html, jsonl, conllu, warc or feed", value);
    case OPT_TO:
        if (read_to(&o->to, verb, value))
            return 0;
        return usage_error(verb, "--to %s: give %s", value, forms_of(verb));
    case OPT_LIMIT:
        if (read_size(&o->limit, value))
            return 0;
        return usage_error(verb, "--limit %s: give a size from 1 to 64M, for example 500K", value);
    case 'j':
        if (!read_count(&number, value, 1, 256))
            return usage_error(verb, "-j %s: give 1 to 256", value);
        o->threads = (uint32_t)number;
        return 0;
    case OPT_PASSES:
        if (!read_count(&number, value, 1, 10000))
            return usage_error(verb, "--passes %s: give 1 to 10000", value);
        o->passes = (uint32_t)number;
        return 0;
    case OPT_LAYERS:
        if (!read_count(&number, value, 2, 6))
            return usage_error(verb, "--layers %s: give 2 to 6", value);
        o->layers = (uint32_t)number;
        return 0;
    case OPT_BATCH:
        if (!read_count(&number, value, 1, 100000))
            return usage_error(verb, "--batch %s: give 1 to 100000", value);
        o->batch = (uint32_t)number;
        return 0;
    case OPT_SEED:
        if (!read_count(&number, value, 0, UINT32_MAX))
            return usage_error(verb, "--seed %s: give a whole number", value);
        o->seed = (uint32_t)number;
        return 0;
    default:
        return EXIT_USAGE;
    }
}

bool options_each(int *code, int count, char **words, const char *letters, const struct option *all, option_taker take,
                  void *context) {
    int index = -1;
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(count, words, letters, all, &index)) != -1; index = -1) {
        if (option == 'h') {
            help_print(stdout, words[0]);
            *code = fflush(stdout) == 0 ? EXIT_WELL : EXIT_OUTPUT;
            return false;
        }
        if (option == ':')
            *code = usage_error(words[0], "%s needs a value", words[optind - 1]);
        else if (option == '?')
            *code = usage_error(words[0], "unknown option %s", words[optind - 1]);
        else {
            for (int i = 0; index < 0; i++)
                if (all[i].val == option)
                    index = i;
            *code = take(context, &all[index], optarg);
        }
        if (*code)
            return false;
    }
    return true;
}

typedef struct reading {
    options *options;
    const char *allowed;
} reading;

static int take_allowed(void *context, const struct option *option, const char *value) {
    const reading *r = context;
    if (!in_list(r->allowed, option->name))
        return usage_error(r->options->verb, "%s takes no --%s", r->options->verb, option->name);
    return take_option(r->options, option->val, value);
}

bool options_read(options *out, int *code, int count, char **words, const char *allowed) {
    *out = (options){.verb = words[0], .limit = (size_t)16 << 20};
    if (!options_each(code, count, words, ":ho:j:X:", all_options, take_allowed, &(reading){out, allowed}))
        return false;
    out->files = words + optind;
    out->file_count = count - optind;
    return true;
}
