/* main: the command. The first word is the verb; each verb stands in its own cmd_*.c.
 *
 * In: karaka VERB ... Out: an exit code (0 well, 1 some documents failed, 2 usage, 3 output, 4 language or model).
 * Example: karaka code page.txt
 */
#include "cli.h"

#include <signal.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int count, char **words);
} verbs[] = {
    {"read", cmd_read},       {"parse", cmd_parse},       {"code", cmd_code},
    {"explain", cmd_explain}, {"headline", cmd_headline}, {"same", cmd_same},
    {"add", cmd_add},         {"query", cmd_query},       {"relation", cmd_relation},
#ifdef KARAKA_SERVE
    {"serve", cmd_serve},
#endif
#ifdef KARAKA_STREAM
    {"stream", cmd_stream},
#endif
    {"train", cmd_train},     {"eval", cmd_eval},
};

static bool is(const char *word, const char *a, const char *b) {
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

static int shown(void) {
    return fflush(stdout) == 0 ? EXIT_WELL : EXIT_OUTPUT;
}

int main(int count, char **words) {
    /* A caller may have switched it off; `karaka code ... | head` must end quietly all the same. */
    signal(SIGPIPE, SIG_DFL);
    if (count < 2) {
        help_print(stderr, NULL);
        return EXIT_USAGE;
    }
    if (is(words[1], "--help", "-h") || strcmp(words[1], "help") == 0) {
        help_print(stdout, count > 2 ? words[2] : NULL);
        return shown();
    }
    if (is(words[1], "--version", "-V")) {
        char holds[128];
        sandbox_describe(holds, sizeof holds);
        printf("karaka %s\nsandbox: %s\n", karaka_version(), holds);
        return shown();
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(words[1], verbs[i].name) == 0)
            return verbs[i].run(count - 1, words + 1);
    if (strcmp(words[1], "serve") == 0)
        return usage_error(NULL, "this karaka was built without serve; it needs libmicrohttpd and npm");
    if (strcmp(words[1], "stream") == 0)
        return usage_error(NULL, "this karaka was built without stream; it needs librdkafka");
    return usage_error(NULL, "unknown verb '%s'; karaka --help lists the verbs", words[1]);
}
