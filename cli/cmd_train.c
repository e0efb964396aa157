/* karaka train: treebanks to a model.
 *
 * In: CoNLL-U files. Out: a model file; progress on standard error.
 * Example: karaka train -o model --dev dev.conllu train.conllu
 */
#include "cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell(void *context, const char *line) {
    (void)context;
    fprintf(stderr, "%s\n", line);
}

/* Before hours of work: can the model be written at all? A device is not to be replaced by a file. */
static bool is_writable(const char *path) {
    struct stat status;
    bool there = stat(path, &status) == 0;
    if (there && !S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : ENODEV;
        return false;
    }
    FILE *file = fopen(path, "ab");
    if (!file)
        return false;
    fclose(file);
    if (!there)
        remove(path);
    return true;
}

static bool are_readable(const options *o) {
    for (int i = 0; i < o->file_count; i++)
        if (access(o->files[i], R_OK) != 0)
            return false;
    return (!o->dev || access(o->dev, R_OK) == 0) && (!o->vectors || access(o->vectors, R_OK) == 0) &&
           (!o->given || access(o->given, R_OK) == 0) && (!o->silver || access(o->silver, R_OK) == 0);
}

int cmd_train(int count, char **words) {
    options o;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "output dev vectors given silver passes layers batch threads seed"))
        return code;
    if (!o.output)
        return usage_error("train", "train needs -o MODEL, the file to write");
    if (!o.file_count)
        return usage_error("train", "train needs one treebank in CoNLL-U or more");
    if (!is_writable(o.output)) {
        fprintf(stderr, "karaka: %s cannot be written: %s; name another file with -o\n", o.output, strerror(errno));
        return EXIT_OUTPUT;
    }
    if (!options_confine(&o, o.output))
        return EXIT_SOME_FAILED;
    const karaka_training training = {
        .files = (const char *const *)o.files,
        .file_count = (uint32_t)o.file_count,
        .dev = o.dev,
        .raw = o.vectors,
        .given = o.given,
        .silver = o.silver,
        .model = o.output,
        .passes = o.passes,
        .layers = o.layers,
        .batch = o.batch,
        .threads = o.threads,
        .seed = o.seed,
        .progress = tell,
    };
    int error = karaka_train(&training);
    if (error == 0)
        return EXIT_WELL;
    fprintf(stderr, "karaka: no model was written: %s\n", karaka_error_text());
    return error == KARAKA_ERROR_FILE && are_readable(&o) ? EXIT_OUTPUT : EXIT_SOME_FAILED;
}
