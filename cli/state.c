/* state: how far a run came, so that it can go on after a crash.
 *
 * In: a session's counts. Out: the file of --resume, and back. Example, after which the output is cut to 567890 bytes
 * and 1234 records of the input are passed over:
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
#include <unistd.h>
#include <xxhash.h>

enum { STATE_BYTES = 256 };

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
bool state_scan(session *s, uint64_t *run, const char *bytes, size_t length) {
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
    s->ended = end == 1;
    return print_state(again, s, hash, s->ended) == (int)length && memcmp(again, bytes, length) == 0;
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

bool state_save(const session *s, bool ended) {
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

int state_load(session *s, bool *found) {
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
        return output_refuse(path, strerror(error));
    bytes[length] = '\0';
    if (!state_scan(s, &run, bytes, length))
        return output_refuse(path, "no state of a run, or damaged; delete it to begin anew");
    if (run != run_hash(s->options))
        return output_refuse(path,
                             "the state of another run: inputs, options or version differ; delete it to begin anew");
    *found = true;
    return EXIT_WELL;
}
