/* progress: how far a long run is, on standard error, only where a person watches and the output goes elsewhere.
 *
 * In: a session's counts. Out: one line that overwrites itself, ten times a second at most.
 * Example: 1204 documents, 3 failed, 85 a second
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

bool terminal_output(void) {
    return isatty(STDOUT_FILENO);
}

bool terminal_colour(void) {
    const char *no = getenv("NO_COLOR"), *kind = getenv("TERM");
    return terminal_output() && !(no && *no) && !(kind && strcmp(kind, "dumb") == 0);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Called by the thread that writes results alone, so the statics need no lock. `last` takes the line away. */
void progress_show(const session *s, bool last) {
    static double first_told, last_told;
    static bool shown;
    if (s->sink || !isatty(STDERR_FILENO) || terminal_output())
        return;
    double at = now();
    if (first_told == 0)
        first_told = last_told = at;
    if (last) {
        if (shown)
            fputs("\r\033[K", stderr);
        shown = false;
        return;
    }
    if (at - last_told < 0.1)
        return;
    double rate = (double)s->done / (at - first_told);
    fprintf(stderr, "\r%llu documents, %llu failed, %.0f a second\033[K", (unsigned long long)s->done,
            (unsigned long long)s->failed, rate);
    last_told = at;
    shown = true;
}
