/* process: all documents of a run through one piece of work, on one thread or several, results in the order of the
 * input.
 *
 * In: records from input.c. Out: each result written when it and all before it are done.
 * Example: with --threads 4 ten slots go round: the reader fills the next free one, four workers each take the oldest
 * waiting one, and the reader writes the oldest when it is done. Memory holds ten documents, however long the stream.
 */
#include "cli.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_BUSY, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    record record;
    char *file; /* owned: the record's file name outlives the reading of the file */
    karaka_text out;
    karaka_document *document; /* between the two steps of process_in_order */
    int error;
    char what[1024];
} slot;

typedef struct ring {
    session *session;
    work one; /* or, in two steps: */
    make_step first;
    tell_step then;
    slot *slots;
    size_t count;      /* slots */
    uint64_t put, got; /* records put in by the reader, taken by workers */
    uint64_t out;      /* records written */
    bool ended;
    pthread_mutex_t lock;
    pthread_cond_t filled, emptied;
} ring;

enum { KEEP_ROOM = 1 << 20 };

static void run_slot(ring *r, slot *at) {
    at->out.length = 0;
    if (!at->file)
        at->error = KARAKA_ERROR_MEMORY;
    else
        at->error =
            r->first ? r->first(r->session, &at->record, &at->document) : r->one(r->session, &at->record, &at->out);
    if (at->error < 0)
        snprintf(at->what, sizeof at->what, "%s", at->file ? karaka_error_text() : "out of memory, skipped");
}

static void tell_document(ring *r, slot *at) {
    int error = r->then(r->session, at->document, &at->out);
    if (error < 0) {
        at->error = error;
        snprintf(at->what, sizeof at->what, "%s", karaka_error_text());
    }
}

static bool put(session *s, const char *bytes, size_t length) {
    if (!s->sink) {
        errno = 0;
        if (fwrite(bytes, 1, length, stdout) == length)
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
    if (length)
        memcpy(grown + s->sink->length, bytes, length);
    s->sink->length += length;
    grown[s->sink->length] = '\0';
    return true;
}

static void write_heading(session *s, const slot *at) {
    char line[64] = "";
    if (at->record.number)
        snprintf(line, sizeof line, ":%llu",
                 (unsigned long long)(at->record.line ? at->record.line : at->record.number));
    if (s->done)
        put(s, "\n", 1);
    char *name = name_for_people(at->file);
    const char *file = name ? name : "input"; /* there was no memory for its name */
    if (put(s, "==> ", 4) && put(s, file, strlen(file)) && put(s, line, strlen(line)))
        put(s, " <==\n", 5);
    free(name);
}

static void write_result(session *s, const slot *at) {
    const char *bytes = at->out.bytes;
    size_t length = at->out.length;
    if (s->header_row && s->done) {
        const char *end = memchr(bytes, '\n', length);
        size_t header = end ? (size_t)(end + 1 - bytes) : 0;
        bytes += header;
        length -= header;
    }
    if (s->headings)
        write_heading(s, at);
    if (s->output_error || !put(s, bytes, length) || s->sink)
        return;
    errno = 0;
    if (fflush(stdout) != 0)
        s->output_error = errno ? errno : EIO;
}

/* Writes or tells the result of a slot that is done, and frees what it held. */
static void finish_slot(ring *r, slot *at) {
    session *s = r->session;
    at->record.file = at->file;
    if (at->document && at->error >= 0 && !s->output_error)
        tell_document(r, at);
    karaka_document_free(at->document);
    at->document = NULL;
    if (at->error < 0) {
        session_error(s, &at->record, at->what);
    } else if (!s->output_error) {
        write_result(s, at);
        s->done++;
        s->unread += at->error == UNREAD;
    }
    record_free(&at->record);
    free(at->file);
    at->file = NULL;
    if (at->out.room > KEEP_ROOM)
        karaka_text_free(&at->out);
    progress_show(s, false);
}

static void *work_on(void *context) {
    ring *r = context;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->got == r->put && !r->ended)
            pthread_cond_wait(&r->filled, &r->lock);
        if (r->got == r->put)
            break;
        slot *at = &r->slots[r->got++ % r->count];
        at->state = SLOT_BUSY;
        pthread_mutex_unlock(&r->lock);
        run_slot(r, at);
        pthread_mutex_lock(&r->lock);
        at->state = SLOT_DONE;
        pthread_cond_signal(&r->emptied);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Writes what is done, oldest first; waits for the oldest while more than `most` are under way. Called with the lock.
 */
static void drain(ring *r, uint64_t most) {
    while (r->out < r->put) {
        slot *at = &r->slots[r->out % r->count];
        if (at->state != SLOT_DONE && r->put - r->out <= most)
            return;
        while (at->state != SLOT_DONE)
            pthread_cond_wait(&r->emptied, &r->lock);
        pthread_mutex_unlock(&r->lock);
        finish_slot(r, at);
        pthread_mutex_lock(&r->lock);
        at->state = SLOT_FREE;
        r->out++;
    }
}

static void move_record(slot *at, record *from) {
    at->file = strdup(from->file);
    at->record = record_take(from);
    at->error = 0;
}

static bool take(void *context, record *from) {
    ring *r = context;
    bool alone = r->session->options->threads <= 1;
    pthread_mutex_lock(&r->lock);
    drain(r, r->count - 1);
    slot *at = &r->slots[r->put % r->count];
    move_record(at, from);
    at->state = SLOT_WAITING;
    r->put++;
    pthread_cond_signal(&r->filled);
    pthread_mutex_unlock(&r->lock);
    if (alone) {
        run_slot(r, at);
        finish_slot(r, at);
        r->out++;
    }
    return r->session->output_error == 0;
}

/* A record that cannot be read takes its place in the order, so that its message does too. */
static void fail(void *context, const record *from, const char *what) {
    ring *r = context;
    pthread_mutex_lock(&r->lock);
    drain(r, 0);
    pthread_mutex_unlock(&r->lock);
    session_error(r->session, from, what);
}

static size_t start_workers(ring *r, pthread_t *threads, size_t wanted) {
    size_t started = 0;
    while (started < wanted && pthread_create(&threads[started], NULL, work_on, r) == 0)
        started++;
    return started;
}

static void stop_workers(ring *r, pthread_t *threads, size_t count) {
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->filled);
    drain(r, 0);
    pthread_mutex_unlock(&r->lock);
    for (size_t i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

static int run_ring(session *s, const ring *how) {
    size_t wanted = s->options->threads > 1 ? s->options->threads : 0, started = 0;
    pthread_t threads[256];
    if (!session_confine(s))
        return s->failed++, EXIT_SOME_FAILED;
    ring r = *how;
    r.session = s;
    r.count = wanted ? wanted * 2 + 2 : 1;
    r.slots = calloc(r.count, sizeof *r.slots);
    if (!r.slots) {
        fprintf(stderr, "karaka: out of memory; lower --threads\n");
        return s->failed++, EXIT_SOME_FAILED;
    }
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.filled, NULL);
    pthread_cond_init(&r.emptied, NULL);
    if (wanted)
        started = start_workers(&r, threads, wanted);
    if (wanted && !started) {
        fprintf(stderr, "karaka: no thread can be started: %s; lower --threads\n", strerror(errno));
        s->failed++;
    } else {
        const consumer to = {take, fail, &r};
        inputs_read(s->options, &to);
        if (wanted)
            stop_workers(&r, threads, started);
    }
    for (size_t i = 0; i < r.count; i++)
        karaka_text_free(&r.slots[i].out);
    free(r.slots);
    pthread_cond_destroy(&r.emptied);
    pthread_cond_destroy(&r.filled);
    pthread_mutex_destroy(&r.lock);
    progress_show(s, true);
    return 0;
}

int process_inputs(session *s, work one) {
    return run_ring(s, &(ring){.one = one});
}

int process_in_order(session *s, make_step first, tell_step then) {
    return run_ring(s, &(ring){.first = first, .then = then});
}
