/* output: where the results of a run go.
 *
 * In: results in order. Out: standard output, or the file of -o; with --resume also a state file (state.c), from which
 * a run that was killed goes on. Example: karaka code -o events.jsonl --resume run.state crawl/
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* ---- Opening ---- */

int output_refuse(const char *name, const char *what) {
    fprintf(stderr, "karaka: %s: %s\n", name, what);
    return EXIT_OUTPUT;
}

/* Goes on at the end of what the state knows; what the killed run wrote beyond it is made again. */
static int go_on_after(session *s) {
    const char *name = s->options->output;
    off_t size = lseek(fileno(s->out), 0, SEEK_END);
    if (size < 0 || (uint64_t)size < s->written)
        return output_refuse(name, "shorter than its state says; delete the state to begin anew");
    if (ftruncate(fileno(s->out), (off_t)s->written) != 0 || fseeko(s->out, (off_t)s->written, SEEK_SET) != 0)
        return output_refuse(name, strerror(errno));
    return EXIT_WELL;
}

int output_open(session *s) {
    const options *o = s->options;
    bool found = false;
    s->out = stdout;
    if (o->resume && !o->output)
        return usage_error(o->verb, "--resume needs -o FILE, the file that it goes on with");
    if (!o->output)
        return EXIT_WELL;
    int code = o->resume ? state_load(s, &found) : EXIT_WELL;
    if (code)
        return code;
    int file = open(o->output, O_RDWR | O_CREAT | O_CLOEXEC | (o->resume ? 0 : O_TRUNC), 0666);
    s->out = file >= 0 ? fdopen(file, "r+b") : NULL;
    if (!s->out)
        return output_refuse(o->output, strerror(errno));
    if (o->resume && flock(file, LOCK_EX | LOCK_NB) != 0)
        return output_refuse(o->output, errno == EWOULDBLOCK ? "another run is writing it" : strerror(errno));
    return o->resume ? go_on_after(s) : EXIT_WELL;
}

/* ---- Writing ---- */

bool output_put(session *s, const char *bytes, size_t length) {
    if (!length)
        return true;
    if (!s->sink) {
        errno = 0;
        s->written += length;
        if (fwrite(bytes, 1, length, s->out) == length)
            return true;
        s->output_error = errno ? errno : EIO;
        return false;
    }
    char *grown = realloc(s->sink->bytes, s->sink->length + length + 1);
    if (!grown) {
        s->output_error = ENOMEM;
        return false;
    }
    s->sink->bytes = grown;
    memcpy(grown + s->sink->length, bytes, length);
    s->sink->length += length;
    grown[s->sink->length] = '\0';
    return true;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The state is saved so seldom that it takes a twentieth of the time at most, and five times a second at most. */
void output_settle(session *s, bool last) {
    if (s->output_error || s->sink)
        return;
    errno = 0;
    if (fflush(s->out) != 0) {
        s->output_error = errno ? errno : EIO;
        return;
    }
    double from = now();
    if (!s->options->resume || (!last && from < s->save_next))
        return;
    if (!state_save(s, last)) {
        s->output_error = errno ? errno : EIO;
        return;
    }
    double took = now() - from;
    s->save_next = from + took + (took * 20 > 0.2 ? took * 20 : 0.2);
}
