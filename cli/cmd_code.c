/* karaka code: documents to events.
 *
 * In: pages, JSON Lines or CoNLL-U. Out: a table for people, JSON Lines, or CSV.
 * Example: karaka code --to csv news/ > events.csv
 */
#include "cli.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* What a run has done, counted by all workers. */
typedef struct counts {
    atomic_ullong events, too_short;
} counts;

static int write_events(const session *s, const karaka_document *document, karaka_text *out) {
    switch (s->options->to) {
    case TO_TABLE:
        return karaka_write_table(out, document, s->colour);
    case TO_CSV:
        return karaka_write_csv(out, document, true);
    default:
        return karaka_write_jsonl(out, document);
    }
}

static void count(counts *c, const karaka_document *document) {
    size_t events = 0;
    karaka_document_events(document, &events);
    c->events += events;
    c->too_short += karaka_document_passed_over(document) != NULL;
}

static double seconds_of(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* On standard error, where somebody watches or asks for it. */
static void tell(const session *s, const counts *c, double started) {
    struct rusage use = {0};
    double took = seconds_of(CLOCK_MONOTONIC) - started;
    getrusage(RUSAGE_SELF, &use);
    fprintf(stderr, "%llu documents, %llu failed, %.1f MB, %llu events\n", (unsigned long long)s->finished,
            (unsigned long long)s->failed, (double)s->bytes * 1e-6, (unsigned long long)c->events);
    fprintf(stderr, "not parsed: %llu too short, %llu in no known language\n", (unsigned long long)c->too_short,
            (unsigned long long)s->unread);
    fprintf(stderr, "%.1f s, %.1f s of processors, %.0f MB of memory at most\n", took,
            seconds_of(CLOCK_PROCESS_CPUTIME_ID), (double)use.ru_maxrss / 1024);
}

static int code_document(const session *s, const record *r, karaka_document **document) {
    int coded = session_code(document, s, r);
    if (coded == 0)
        count(s->context, *document);
    return coded;
}

static int code_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    int coded = code_document(s, r, &document);
    int error = coded ? coded : write_events(s, document, out);
    karaka_document_free(document);
    return error;
}

/* With an index: what was told before is known only when all before is. */
static int code_and_sketch(const session *s, const record *r, karaka_document **document) {
    int coded = code_document(s, r, document);
    return coded ? coded : karaka_document_sketch(*document);
}

static int tell_copies(const session *s, karaka_document *document, karaka_text *out) {
    int error = karaka_same_add(s->same, document);
    return error < 0 ? error : write_events(s, document, out);
}

int cmd_code(int argument_count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, argument_count, words,
                      "from to published limit threads output resume stats lang languages same"))
        return code;
    if (o.resume && o.index)
        return usage_error(o.verb, "--resume and --same do not go together: the index knows of no crash");
    if (o.to == TO_DEFAULT)
        o.to = terminal_output() && !o.output ? TO_TABLE : TO_JSONL;
    /* Trees given as CoNLL-U need no model. */
    code = session_open(&s, &o, inputs_are_conllu(&o) ? KARAKA_OPEN_NO_MODEL : KARAKA_OPEN_ALL);
    if (!code && o.index)
        code = session_open_same(&s);
    if (code)
        return code;
    counts c = {0};
    double started = seconds_of(CLOCK_MONOTONIC);
    s.header_row = o.to == TO_CSV;
    s.context = &c;
    if (s.same)
        process_in_order(&s, code_and_sketch, tell_copies);
    else
        process_inputs(&s, code_one);
    if (o.stats || progress_watched(&s))
        tell(&s, &c, started);
    return session_close(&s);
}
