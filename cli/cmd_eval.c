/* karaka eval: how good a parse is.
 *
 * In: a treebank, and a parse of it or the language's model. Out: the CoNLL 2018 measures and F1 for each relation.
 * Example: karaka eval --raw dev.conllu
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- From the tokens, or from the text alone ---- */

static int write_parse(karaka_document *document, karaka_text *out) {
    int error = karaka_document_parse(document);
    return error ? error : karaka_write_conllu(out, document);
}

static int tokens_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0)
        error = write_parse(document, out);
    karaka_document_free(document);
    return error;
}

static int raw_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0)
        error = session_document_text(&document, s);
    if (error == 0)
        error = write_parse(document, out);
    karaka_document_free(document);
    return error;
}

/* The gold file as karaka reads it (NFC), so that both sides spell alike. */
static int gold_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int error = session_document(&document, s, r);
    if (error == 0)
        error = karaka_write_conllu(out, document);
    karaka_document_free(document);
    return error;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Printing ---- */

static void print_measure(const char *name, double value) {
    printf("%-16s %6.2f\n", name, value);
}

static void print_scores(const karaka_scores *scores) {
    print_measure("Tokens", scores->tokens);
    print_measure("Sentences", scores->sentences);
    print_measure("Words", scores->words);
    print_measure("UPOS", scores->upos);
    print_measure("XPOS", scores->xpos);
    print_measure("UFeats", scores->feats);
    print_measure("Lemmas", scores->lemma);
    print_measure("UAS", scores->uas);
    print_measure("LAS", scores->las);
    print_measure("CLAS", scores->clas);
    print_measure("MLAS", scores->mlas);
    print_measure("BLEX", scores->blex);
    print_measure("Case", scores->feature_case);
    print_measure("UAS, no punct", scores->uas_nopunct);
    print_measure("LAS, no punct", scores->las_nopunct);
    printf("\n%-20s %8s %8s %8s %7s\n", "relation", "gold", "system", "right", "F1");
    for (uint32_t i = 0; i < scores->relation_count; i++) {
        const karaka_relation_score *r = &scores->relations[i];
        double f1 = r->gold + r->system ? 200.0 * r->right / ((double)r->gold + r->system) : 0;
        printf("%-20s %8u %8u %8u %7.2f\n", r->relation, r->gold, r->system, r->right, f1);
    }
}

static int compare(const karaka_text *gold, const karaka_text *system) {
    karaka_scores *scores = calloc(1, sizeof *scores);
    int code = EXIT_WELL;
    if (scores && karaka_evaluate(scores, gold->bytes, gold->length, system->bytes, system->length) == 0) {
        print_scores(scores);
        if (fflush(stdout) != 0) {
            fprintf(stderr, "karaka: cannot write the output: %s\n", strerror(errno));
            code = EXIT_OUTPUT;
        }
    } else {
        fprintf(stderr, "karaka: the files cannot be compared: %s\n", scores ? karaka_error_text() : "out of memory");
        code = EXIT_SOME_FAILED;
    }
    free(scores);
    return code;
}

/* ---- One file: parse it; two: read both ---- */

static int make(karaka_text *out, options o, work one, unsigned flags) {
    session s;
    int code = session_open(&s, &o, flags);
    if (code)
        return code;
    s.sink = out;
    process_inputs(&s, one);
    return session_close(&s);
}

static int evaluate_model(options *o) {
    karaka_text gold = {0}, system = {0};
    o->from = FORM_CONLLU;
    int code = make(&gold, *o, gold_one, KARAKA_OPEN_NO_MODEL);
    double start = now();
    o->tokens = !o->raw;
    if (!code)
        code = make(&system, *o, o->raw ? raw_one : tokens_one, KARAKA_OPEN_ALL);
    if (!code) {
        fprintf(stderr, "parsed in %.2f s\n", now() - start);
        code = compare(&gold, &system);
    }
    karaka_text_free(&gold);
    karaka_text_free(&system);
    return code;
}

static int read_all(karaka_text *out, const char *name) {
    FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    size_t got = 1;
    while (file && got) {
        if (out->length + 65536 > out->room) {
            char *grown = realloc(out->bytes, out->room * 2 + 65537);
            if (!grown)
                break;
            out->bytes = grown;
            out->room = out->room * 2 + 65536;
        }
        got = fread(out->bytes + out->length, 1, 65536, file);
        out->length += got;
        out->bytes[out->length] = '\0';
    }
    bool well = file && !got && !ferror(file);
    if (!well)
        fprintf(stderr, "karaka: %s: %s\n", name, strerror(errno));
    if (file && file != stdin)
        fclose(file);
    return well ? EXIT_WELL : EXIT_SOME_FAILED;
}

static int evaluate_files(const options *o) {
    karaka_text gold = {0}, system = {0};
    if (!options_confine(o, NULL))
        return EXIT_SOME_FAILED;
    int code = read_all(&gold, o->files[0]);
    if (!code)
        code = read_all(&system, o->files[1]);
    if (!code)
        code = compare(&gold, &system);
    karaka_text_free(&gold);
    karaka_text_free(&system);
    return code;
}

int cmd_eval(int count, char **words) {
    options o;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "raw threads limit lang languages"))
        return code;
    if (o.file_count == 1) {
        if (o.limit < KARAKA_INPUT_LIMIT)
            o.limit = KARAKA_INPUT_LIMIT;
        return evaluate_model(&o);
    }
    if (o.file_count == 2 && !o.raw)
        return evaluate_files(&o);
    return usage_error("eval", "eval wants GOLD and SYSTEM, or GOLD alone");
}
