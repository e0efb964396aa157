/* output: where the results of a run go, and how far it came, so that it can go on after a crash.
 *
 * In: results in order. Out: standard output, or the file of -o; with --resume also a state file.
 * Example of a state file, after which FILE is cut to 567890 bytes and 1234 records of the input are passed over:
 *     karaka state 1
 *     run 8f3a5c0912345678
 *     records 1234 done 1200 failed 34
 *     output 567890
 *     ended 0
 * `run` is a hash of all that decides the output: names of inputs and output, options, version. The state is put in
 * place by a rename, after what it speaks of is on the disk: whenever the run is killed, state and file go together.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

enum { STATE_BYTES = 256 };

/* ---- The state file ---- */

static uint64_t run_hash(const options *o) {
    XXH3_state_t *hash = XXH3_createState();
    char numbers[96];
    snprintf(numbers, sizeof numbers, "%d %d %zu", (int)o->from, (int)o->to, o->limit);
    const char *const parts[] = {karaka_version(), o->verb, numbers, o->output, o->lang, o->languages, o->published};
    if (!hash)
        return 0;
    XXH3_64bits_reset(hash);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        XXH3_64bits_update(hash, parts[i] ? parts[i] : "", parts[i] ? strlen(parts[i]) + 1 : 1);
    for (int i = 0; i < o->file_count; i++)
        XXH3_64bits_update(hash, o->files[i], strlen(o->files[i]) + 1);
    uint64_t value = XXH3_64bits_digest(hash);
    XXH3_freeState(hash);
    return value;
}

static int print_state(char out[STATE_BYTES], const session *s, uint64_t run, bool ended) {
    return snprintf(out, STATE_BYTES,
                    "karaka state 1\nrun %016llx\nrecords %llu done %llu failed %llu\noutput %llu\nended %d\n",
                    (unsigned long long)run, (unsigned long long)s->finished, (unsigned long long)s->done,
                    (unsigned long long)s->failed, (unsigned long long)s->written, ended);
}

/* Takes the numbers out of a state; what does not print as it was read is no state of ours. */
static bool scan_state(session *s, uint64_t *run, bool *ended, const char *bytes, size_t length) {
    unsigned long long hash, records, done, failed, output;
    char again[STATE_BYTES];
    int end;
    if (sscanf(bytes, "karaka state 1\nrun %16llx\nrecords %llu done %llu failed %llu\noutput %llu\nended %1d\n", &hash,
               &records, &done, &failed, &output, &end) != 6)
        return false;
    s->finished = records;
    s->done = done;
    s->failed = failed;
    s->written = output;
    *run = hash;
    *ended = end == 1;
    return print_state(again, s, hash, *ended) == (int)length && memcmp(again, bytes, length) == 0;
}

static bool write_all(int file, const char *bytes, size_t length) {
    while (length) {
        ssize_t wrote = write(file, bytes, length);
        if (wrote < 0 && errno != EINTR)
            return false;
        bytes += wrote > 0 ? wrote : 0;
        length -= wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static bool save_state(const session *s, bool ended) {
    char text[STATE_BYTES], *fresh = NULL;
    int length = print_state(text, s, run_hash(s->options), ended);
    if (fdatasync(fileno(s->out)) != 0 || asprintf(&fresh, "%s.new", s->options->resume) < 0)
        return false;
    int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool well = file >= 0 && write_all(file, text, (size_t)length) && fsync(file) == 0;
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
    well = well && rename(fresh, s->options->resume) == 0;
    free(fresh);
    return well;
}

/* ---- Opening ---- */

static int refuse(const char *name, const char *what) {
    fprintf(stderr, "karaka: %s: %s\n", name, what);
    return EXIT_OUTPUT;
}

/* Reads the state, if there is one; *found tells. An exit code. */
static int load_state(session *s, bool *found, bool *ended) {
    const char *path = s->options->resume;
    char bytes[STATE_BYTES + 1];
    uint64_t run = 0;
    FILE *file = fopen(path, "rb");
    if (!file && errno == ENOENT)
        return EXIT_WELL;
    size_t length = file ? fread(bytes, 1, STATE_BYTES, file) : 0;
    bool well = file && !ferror(file);
    int error = errno;
    if (file)
        fclose(file);
    if (!well)
        return refuse(path, strerror(error));
    bytes[length] = '\0';
    if (!scan_state(s, &run, ended, bytes, length))
        return refuse(path, "no state of a run, or damaged; delete it to begin anew");
    if (run != run_hash(s->options))
        return refuse(path, "the state of another run: inputs, options or version differ; delete it to begin anew");
    *found = true;
    return EXIT_WELL;
}

/* Goes on at the end of what the state knows; what the killed run wrote beyond it is made again. */
static int go_on_after(session *s) {
    const char *name = s->options->output;
    off_t size = lseek(fileno(s->out), 0, SEEK_END);
    if (size < 0 || (uint64_t)size < s->written)
        return refuse(name, "shorter than its state says; delete the state to begin anew");
    if (ftruncate(fileno(s->out), (off_t)s->written) != 0 || fseeko(s->out, (off_t)s->written, SEEK_SET) != 0)
        return refuse(name, strerror(errno));
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
    int code = o->resume ? load_state(s, &found, &s->ended) : EXIT_WELL;
    if (code)
        return code;
    int file = open(o->output, O_RDWR | O_CREAT | O_CLOEXEC | (o->resume ? 0 : O_TRUNC), 0666);
    s->out = file >= 0 ? fdopen(file, "r+b") : NULL;
    if (!s->out)
        return refuse(o->output, strerror(errno));
    if (o->resume && flock(file, LOCK_EX | LOCK_NB) != 0)
        return refuse(o->output, errno == EWOULDBLOCK ? "another run is writing it" : strerror(errno));
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
    if (!save_state(s, last)) {
        s->output_error = errno ? errno : EIO;
        return;
    }
    double took = now() - from;
    s->save_next = from + took + (took * 20 > 0.2 ? took * 20 : 0.2);
}
