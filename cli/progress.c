/* progress: how far a long run is, on standard error, only where a person watches and the output goes elsewhere.
 *
 * In: a session's counts. Out: one line that overwrites itself, ten times a second at most.
 * Example: 1204 documents (3 failed), 5.1 MB of 88.0 MB, 85 a second, 16 min left
 */
#include "cli.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* ---- The size of the input ---- */

static uint64_t size_so_far; /* nftw hands on no context */
static bool size_unknown;

/* How much is packed in a file, only its reader knows. */
static bool is_packed(const char *name) {
    static const char *const suffixes[] = {".gz", ".zst", ".xz", ".bz2", ".zip", ".tgz"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof suffixes / sizeof *suffixes; i++)
        if (strcmp(dot, suffixes[i]) == 0)
            return true;
    return false;
}

static int add_size(const char *path, const struct stat *status, int kind, struct FTW *where) {
    if (kind == FTW_F && S_ISREG(status->st_mode) && path[where->base] != '.')
        size_so_far += (uint64_t)status->st_size;
    size_unknown |= kind == FTW_F && (!S_ISREG(status->st_mode) || is_packed(path));
    return 0;
}

/* Bytes of all inputs; 0: not known. */
static uint64_t size_of_inputs(const options *o) {
    size_unknown = o->file_count == 0;
    size_so_far = 0;
    for (int i = 0; i < o->file_count; i++)
        size_unknown |= nftw(o->files[i], add_size, 16, FTW_PHYS) != 0;
    return size_unknown ? 0 : size_so_far;
}

/* ---- The line ---- */

static void show_left(double seconds) {
    if (seconds < 90)
        fprintf(stderr, ", %.0f s left", seconds);
    else if (seconds < 5400)
        fprintf(stderr, ", %.0f min left", seconds / 60);
    else
        fprintf(stderr, ", %.1f h left", seconds / 3600);
}

bool progress_watched(const session *s) {
    return !s->sink && isatty(STDERR_FILENO) && !(terminal_output() && s->out == stdout);
}

/* Called by one thread at a time, so the statics need no lock. `last` takes the line away. */
void progress_show(const session *s, bool last) {
    static double first_told, last_told;
    static uint64_t size, first_finished, first_bytes;
    static bool shown;
    if (!progress_watched(s))
        return;
    double at = now();
    if (first_told == 0) {
        first_told = last_told = at;
        first_finished = s->finished;
        first_bytes = s->bytes;
        size = size_of_inputs(s->options);
    }
    if (last) {
        if (shown)
            fputs("\r\033[K", stderr);
        shown = false;
        return;
    }
    if (at - last_told < 0.1)
        return;
    double passed = at - first_told, bytes = (double)(s->bytes - first_bytes);
    fprintf(stderr, "\r%llu documents (%llu failed), %.1f MB", (unsigned long long)s->finished,
            (unsigned long long)s->failed, (double)s->bytes * 1e-6);
    if (size)
        fprintf(stderr, " of %.1f MB", (double)size * 1e-6);
    fprintf(stderr, ", %.0f a second", (double)(s->finished - first_finished) / passed);
    if (size > s->bytes && bytes > 0)
        show_left((double)(size - s->bytes) / bytes * passed);
    fputs("\033[K", stderr);
    last_told = at;
    shown = true;
}
