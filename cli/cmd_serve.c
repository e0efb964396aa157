/* karaka serve: a page on this machine over a database.
 *
 * In: a database. Out: http://127.0.0.1:PORT/ until the command is stopped. Nothing is loaded from the network.
 * Example: karaka serve news.db
 */
#include "serve.h"

#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USUAL_PORT = 8090 };

static bool read_port(unsigned *out, const char *value) {
    char *end;
    unsigned long number = strtoul(value, &end, 10);
    *out = (unsigned)number;
    return *value >= '0' && *value <= '9' && !*end && number <= 65535;
}

typedef struct reading {
    server *server;
    options *options;
} reading;

static int take_option(void *context, const struct option *option, const char *value) {
    const reading *r = context;
    if (option->val == 'l')
        r->options->lang = value;
    else if (option->val == 'd')
        r->options->languages = value;
    else if (!read_port(&r->server->port, value))
        return usage_error(r->options->verb, "--port %s: give 0 (any that is free) to 65535", value);
    return EXIT_WELL;
}

/* False with *code set where the command ends here. */
static bool read_words(server *s, options *o, int *code, int count, char **words) {
    static const struct option all[] = {{"help", no_argument, NULL, 'h'},
                                        {"port", required_argument, NULL, 'p'},
                                        {"lang", required_argument, NULL, 'l'},
                                        {"languages", required_argument, NULL, 'd'},
                                        {0}};
    if (!options_each(code, count, words, ":h", all, take_option, &(reading){s, o}))
        return false;
    if (count - optind != 1)
        *code = usage_error(words[0], "name one database, for example news.db");
    else
        s->database = words[optind];
    return *code == EXIT_WELL;
}

static bool open_stores(server *s) {
    while (s->idle_count < SERVE_STORES) {
        karaka_store **store = &s->idle[s->idle_count];
        if (karaka_store_open(store, s->database, KARAKA_STORE_READ | KARAKA_STORE_ALONE) < 0) {
            fprintf(stderr, "karaka: %s\n", karaka_error_text());
            return false;
        }
        karaka_store_time_limit(*store, SERVE_MILLISECONDS);
        s->idle_count++;
    }
    return true;
}

static void close_stores(server *s) {
    while (s->idle_count)
        karaka_store_close(s->idle[--s->idle_count]);
}

/* Until SIGINT or SIGTERM, which every thread has blocked before any was started. The database is open and the socket
 * listens before the sandbox is entered, which then lets no file be opened but the languages, and no socket be made. */
static int serve(server *s) {
    int signal_number = 0, listener = http_listen(s);
    sigset_t ends;
    if (listener < 0)
        return EXIT_OUTPUT;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    printf("http://127.0.0.1:%u/  (Ctrl-C ends)\n", s->port);
    fflush(stdout);
    struct MHD_Daemon *daemon = session_confine(s->session) ? http_start(s, listener) : NULL;
    if (!daemon) {
        close(listener);
        return EXIT_OUTPUT;
    }
    sigwait(&ends, &signal_number);
    http_stop(daemon);
    return EXIT_WELL;
}

int cmd_serve(int count, char **words) {
    options o = {.verb = words[0], .limit = KARAKA_INPUT_LIMIT};
    session opened;
    server s = {.session = &opened, .port = USUAL_PORT, .lock = PTHREAD_MUTEX_INITIALIZER};
    int code = EXIT_WELL, closed = EXIT_WELL;
    if (!read_words(&s, &o, &code, count, words))
        return code;
    code = open_stores(&s) ? session_open(&opened, &o, KARAKA_OPEN_ALL) : EXIT_SOME_FAILED;
    if (code == EXIT_WELL) {
        opened.serves = true;
        code = serve(&s);
        closed = session_close(&opened);
    }
    close_stores(&s);
    pthread_mutex_destroy(&s.lock);
    return code ? code : closed;
}
