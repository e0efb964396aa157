/* karaka train: treebanks to a model.
 *
 * In: CoNLL-U files. Out: a model file; progress on standard error.
 * Example: karaka train -o model --dev dev.conllu train.conllu
 */
#include "cli.h"

static void tell(void *context, const char *line) {
    (void)context;
    fprintf(stderr, "%s\n", line);
}

int cmd_train(int count, char **words) {
    options o;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "output dev vectors passes threads seed"))
        return code;
    if (!o.model)
        return usage_error("train", "train needs -o MODEL, the file to write");
    if (!o.file_count)
        return usage_error("train", "train needs one treebank in CoNLL-U or more");
    const karaka_training training = {
        .files = (const char *const *)o.files,
        .file_count = (uint32_t)o.file_count,
        .dev = o.dev,
        .raw = o.vectors,
        .model = o.model,
        .passes = o.passes,
        .threads = o.threads,
        .seed = o.seed,
        .progress = tell,
    };
    if (karaka_train(&training) == 0)
        return EXIT_WELL;
    fprintf(stderr, "karaka: no model was written: %s\n", karaka_error_text());
    return EXIT_SOME_FAILED;
}
