/* karaka add: documents to events, into a database.
 *
 * In: the database's path, then inputs as for code. Out: rows in the database; on standard error what was added.
 * Example: karaka add news.db crawl/  ->  news.db: 812 documents added, 3 changed, 2041 there already
 */
#include "cli.h"

#include <pthread.h>
#include <string.h>

/* Documents between two commits: what a crash can lose. */
enum { BATCH = 500 };

typedef struct adding {
    karaka_store *store;
    pthread_mutex_t lock;
    uint64_t count[3]; /* by karaka_stored */
    uint64_t waiting;  /* since the last commit */
} adding;

static int store_document(adding *a, const karaka_document *document) {
    karaka_stored stored = KARAKA_STORED_SAME;
    pthread_mutex_lock(&a->lock);
    int error = karaka_store_add(&stored, a->store, document);
    if (error == 0) {
        a->count[stored]++;
        if (stored != KARAKA_STORED_SAME && ++a->waiting >= BATCH) {
            error = karaka_store_commit(a->store);
            a->waiting = 0;
        }
    }
    pthread_mutex_unlock(&a->lock);
    return error;
}

static int add_one(const session *s, const record *r, karaka_text *out) {
    karaka_document *document = NULL;
    (void)out;
    int coded = session_code(&document, s, r);
    int error = coded ? coded : store_document(s->context, document);
    karaka_document_free(document);
    return error;
}

/* With an index: which documents repeat others is known in the order of the input alone. */
static int code_one(const session *s, const record *r, karaka_document **document) {
    int coded = session_code(document, s, r);
    return coded ? coded : karaka_document_sketch(*document);
}

static int store_one(const session *s, karaka_document *document, karaka_text *out) {
    (void)out;
    int error = karaka_same_add(s->same, document);
    return error < 0 ? error : store_document(s->context, document);
}

static int finish(adding *a, const char *path) {
    int error = karaka_store_commit(a->store);
    karaka_store_close(a->store);
    pthread_mutex_destroy(&a->lock);
    if (error < 0) {
        fprintf(stderr, "karaka: %s\n", karaka_error_text());
        return EXIT_OUTPUT;
    }
    fprintf(stderr, "%s: %llu documents added, %llu changed, %llu there already\n", path,
            (unsigned long long)a->count[KARAKA_STORED_NEW], (unsigned long long)a->count[KARAKA_STORED_CHANGED],
            (unsigned long long)a->count[KARAKA_STORED_SAME]);
    return EXIT_WELL;
}

int cmd_add(int count, char **words) {
    options o;
    session s;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words, "from published limit threads lang languages same"))
        return code;
    if (!o.file_count)
        return usage_error(o.verb, "name the database, for example news.db");
    const char *path = o.files[0];
    o.files++;
    o.file_count--;
    adding a = {.lock = PTHREAD_MUTEX_INITIALIZER};
    temporary_beside(path);
    if (karaka_store_open(&a.store, path, KARAKA_STORE_WRITE) < 0) {
        fprintf(stderr, "karaka: %s\n", karaka_error_text());
        return EXIT_OUTPUT;
    }
    code = session_open(&s, &o, inputs_are_conllu(&o) ? KARAKA_OPEN_NO_MODEL : KARAKA_OPEN_ALL);
    if (!code && o.index)
        code = session_open_same(&s);
    if (code) {
        karaka_store_close(a.store);
        return code;
    }
    s.context = &a;
    s.writes = path;
    if (s.same)
        process_in_order(&s, code_one, store_one);
    else
        process_inputs(&s, add_one);
    code = session_close(&s);
    int stored = finish(&a, path);
    return stored ? stored : code;
}
