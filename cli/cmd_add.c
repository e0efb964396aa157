/* karaka add: documents to events, into a database.
 *
 * In: the database's path, then inputs as for code. Out: rows in the database; on standard error what was added, and
 * how many documents were lost where the disk is full. Example: karaka add news.db crawl/  ->  news.db: 812 documents
 * added, 3 changed, 2041 there already
 */
#include "cli.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Documents between two commits: what a crash can lose. */
enum { BATCH = 500 };

typedef struct adding {
    karaka_store *store;
    pthread_mutex_t lock;
    uint64_t count[3];   /* by karaka_stored: what was committed */
    uint64_t waiting[3]; /* what was not yet */
    bool broken;         /* the database takes nothing more */
    uint64_t lost;       /* documents that were read and are therefore not kept */
    char *what;          /* owned: why */
} adding;

/* What was added since the last commit is gone too. */
static void lose(adding *a) {
    a->lost += a->waiting[KARAKA_STORED_NEW] + a->waiting[KARAKA_STORED_CHANGED];
    memset(a->waiting, 0, sizeof a->waiting);
    a->broken = true;
    a->what = strdup(karaka_error_text());
}

static int commit(adding *a) {
    int error = karaka_store_commit(a->store);
    if (error < 0) {
        lose(a);
        return HALT;
    }
    for (size_t i = 0; i < 3; i++)
        a->count[i] += a->waiting[i];
    memset(a->waiting, 0, sizeof a->waiting);
    return 0;
}

static int store_locked(adding *a, const karaka_document *document) {
    karaka_stored stored = KARAKA_STORED_SAME;
    if (a->broken)
        return a->lost++, HALT;
    int error = karaka_store_add(&stored, a->store, document);
    if (error == KARAKA_ERROR_FILE || error == KARAKA_ERROR_MEMORY) {
        a->lost = 1;
        lose(a);
        return HALT;
    }
    if (error < 0)
        return error;
    a->waiting[stored]++;
    bool full = a->waiting[KARAKA_STORED_NEW] + a->waiting[KARAKA_STORED_CHANGED] >= BATCH;
    return full ? commit(a) : 0;
}

static int store_document(adding *a, const karaka_document *document) {
    pthread_mutex_lock(&a->lock);
    int result = store_locked(a, document);
    pthread_mutex_unlock(&a->lock);
    return result;
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
    if (!a->broken)
        commit(a);
    karaka_store_close(a->store);
    pthread_mutex_destroy(&a->lock);
    if (a->broken)
        fprintf(stderr, "karaka: %s; %llu documents that were read are not kept: the same command again adds them\n",
                a->what ? a->what : "out of memory", (unsigned long long)a->lost);
    free(a->what);
    fprintf(stderr, "%s: %llu documents added, %llu changed, %llu there already\n", path,
            (unsigned long long)a->count[KARAKA_STORED_NEW], (unsigned long long)a->count[KARAKA_STORED_CHANGED],
            (unsigned long long)a->count[KARAKA_STORED_SAME]);
    return a->broken ? EXIT_OUTPUT : EXIT_WELL;
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
