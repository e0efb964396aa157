/* process: all documents of a run through one piece of work, on one thread or several, results in the order of the
 * input.
 *
 * In: records from input.c. Out: each result written when it and all before it are done.
 * Example: with -j 4 ten batches go round: the reader fills the next free one, four workers each take the oldest
 * waiting one, and who finishes the oldest writes it and all that are done behind it. A batch holds one document while
 * a worker has nothing to do, and up to 64 while all are busy, so that many small documents cost few locks and a slow
 * stream is not held back. Memory holds ten batches and 64 MB of input at most, however long the stream.
 */
#include "cli.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEEP_ROOM = 1 << 20, BATCH_ITEMS = 64, BATCH_BYTES = 256 << 10, MOST_BYTES = 64 << 20 };

typedef enum batch_state { BATCH_FREE, BATCH_WAITING, BATCH_DONE } batch_state;

typedef struct item {
    record record;
    char *file;                /* owned: the record's file name outlives the reading of the file */
    char *what;                /* owned: why there is no result; NULL: there is one */
    size_t start;              /* of the result in the batch's `out`; it ends where the next one starts */
    bool failed;               /* there was no document to work on */
    bool unread;               /* it is in no known language */
    bool halted;               /* the work on it said HALT */
    karaka_document *document; /* owned: between the two steps of process_in_order */
} item;

typedef struct batch {
    batch_state state;
    item items[BATCH_ITEMS];
    size_t count, bytes;
    karaka_text out;
} batch;

typedef struct ring {
    session *session;
    work one; /* or, in two steps: */
    make_step first;
    tell_step then;
    batch *batches;
    size_t count;      /* batches */
    uint64_t put, got; /* batches handed out by the reader, taken by workers */
    uint64_t out;      /* batches written */
    size_t bytes;      /* of input, handed out and not written */
    size_t idle;       /* workers that wait */
    uint64_t skip;     /* records that an earlier run has finished */
    bool writing;      /* somebody writes results */
    bool ended, stop;  /* no more input; no more wanted */
    pthread_mutex_t lock;
    pthread_cond_t filled, emptied;
} ring;

/* ---- Work, without the lock ---- */

static void keep_error(item *at) {
    at->failed = true;
    at->what = strdup(karaka_error_text());
}

static void run_item(ring *r, batch *b, item *at) {
    at->start = b->out.length;
    if (at->failed)
        return;
    if (!at->file) {
        at->what = strdup("out of memory, skipped");
        at->failed = true;
        return;
    }
    int error = r->first ? r->first(r->session, &at->record, &at->document) : r->one(r->session, &at->record, &b->out);
    if (error < 0)
        keep_error(at);
    at->unread = error == UNREAD;
    at->halted = error == HALT;
}

static void run_batch(ring *r, batch *b) {
    b->out.length = 0;
    for (size_t i = 0; i < b->count; i++) {
        run_item(r, b, &b->items[i]);
        /* The text goes when it has been worked on; its name and place are needed for messages. */
        free(b->items[i].record.bytes);
        b->items[i].record.bytes = NULL;
    }
}

static void write_heading(session *s, const item *at) {
    char line[64] = "";
    if (at->record.number)
        snprintf(line, sizeof line, ":%llu",
                 (unsigned long long)(at->record.line ? at->record.line : at->record.number));
    if (s->done)
        output_put(s, "\n", 1);
    char *name = name_for_people(at->file);
    const char *file = name ? name : "input"; /* there was no memory for its name */
    if (output_put(s, "==> ", 4) && output_put(s, file, strlen(file)) && output_put(s, line, strlen(line)))
        output_put(s, " <==\n", 5);
    free(name);
}

static void write_result(session *s, const item *at, const char *bytes, size_t length) {
    if (s->header_row && s->written && length) {
        const char *end = memchr(bytes, '\n', length);
        size_t header = end ? (size_t)(end + 1 - bytes) : 0;
        bytes += header;
        length -= header;
    }
    if (s->headings)
        write_heading(s, at);
    if (!s->output_error)
        output_put(s, bytes, length);
}

/* The second step of a batch of one. */
static void tell_document(ring *r, batch *b, item *at) {
    bool wanted = !at->failed && !at->unread && !at->halted && !r->session->output_error;
    int error = wanted ? r->then(r->session, at->document, &b->out) : 0;
    if (error < 0)
        keep_error(at);
    at->halted |= error == HALT;
    karaka_document_free(at->document);
    at->document = NULL;
}

/* Writes or tells the results of a batch that is done, and frees what it held. */
static void finish_batch(ring *r, batch *b) {
    session *s = r->session;
    for (size_t i = 0; i < b->count; i++) {
        item *at = &b->items[i];
        if (at->document)
            tell_document(r, b, at);
        size_t end = i + 1 < b->count ? at[1].start : b->out.length;
        at->record.file = at->file;
        if (at->failed) {
            session_error(s, &at->record, at->what ? at->what : "out of memory");
        } else if (at->halted) {
            s->halted = true;
        } else if (!s->output_error) {
            write_result(s, at, b->out.bytes ? b->out.bytes + at->start : "", end - at->start);
            s->done++;
            s->unread += at->unread;
        }
        s->finished++;
        s->bytes += at->record.length;
        record_free(&at->record);
        free(at->file);
        free(at->what);
        *at = (item){0};
    }
    if (b->out.room > KEEP_ROOM)
        karaka_text_free(&b->out);
    output_settle(s, false);
    progress_show(s, false);
}

/* ---- Handing on, with the lock ---- */

/* Writes what is done, oldest first. One thread writes; what another one finishes meanwhile, it finds when it is back.
 */
static void write_done(ring *r) {
    if (r->writing)
        return;
    r->writing = true;
    while (r->out < r->put && r->batches[r->out % r->count].state == BATCH_DONE) {
        batch *b = &r->batches[r->out % r->count];
        pthread_mutex_unlock(&r->lock);
        finish_batch(r, b);
        pthread_mutex_lock(&r->lock);
        r->bytes -= b->bytes;
        b->bytes = b->count = 0;
        b->state = BATCH_FREE;
        r->out++;
        r->stop = r->session->output_error || r->session->halted;
        pthread_cond_signal(&r->emptied);
    }
    r->writing = false;
}

static void hand_out(ring *r, batch *b) {
    if (!b->count)
        return;
    b->state = BATCH_WAITING;
    r->bytes += b->bytes;
    r->put++;
    pthread_cond_signal(&r->filled);
}

static void *work_on(void *context) {
    ring *r = context;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        /* What the reader has begun to fill is not left to wait for the rest. */
        if (r->got == r->put && r->put - r->out < r->count)
            hand_out(r, &r->batches[r->put % r->count]);
        r->idle++;
        while (r->got == r->put && !r->ended)
            pthread_cond_wait(&r->filled, &r->lock);
        r->idle--;
        if (r->got == r->put)
            break;
        batch *b = &r->batches[r->got++ % r->count];
        pthread_mutex_unlock(&r->lock);
        run_batch(r, b);
        pthread_mutex_lock(&r->lock);
        b->state = BATCH_DONE;
        write_done(r);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ---- The reader's side ---- */

/* A free place for a record of `bytes`; only the reader fills batches. */
static batch *room_for(ring *r, size_t bytes) {
    while (r->put - r->out == r->count || (r->bytes + bytes > MOST_BYTES && r->put != r->out))
        pthread_cond_wait(&r->emptied, &r->lock);
    return &r->batches[r->put % r->count];
}

static bool put_item(ring *r, record *from, const char *what) {
    pthread_mutex_lock(&r->lock);
    batch *b = room_for(r, from->length);
    item *at = &b->items[b->count++];
    *at = (item){.file = strdup(from->file ? from->file : "input"), .failed = what != NULL};
    if (what) {
        at->what = strdup(what);
        at->record = (record){.number = from->number, .line = from->line, .offset = from->offset};
    } else {
        at->record = record_take(from);
    }
    b->bytes += at->record.length;
    bool alone = r->session->options->threads <= 1;
    /* In two steps documents are kept until all before them are told: so few as can be. */
    if (alone || r->first || r->idle > r->put - r->got || b->count == BATCH_ITEMS || b->bytes >= BATCH_BYTES)
        hand_out(r, b);
    if (alone) {
        r->got++;
        run_batch(r, b);
        b->state = BATCH_DONE;
        write_done(r);
    }
    bool go_on = !r->stop;
    pthread_mutex_unlock(&r->lock);
    return go_on;
}

static bool take(void *context, record *from) {
    ring *r = context;
    if (r->skip) {
        r->skip--;
        r->session->bytes += from->length;
        return true;
    }
    return put_item(r, from, NULL);
}

/* A record that cannot be read takes its place in the order, so that its message does too. */
static void fail(void *context, const record *from, const char *what) {
    ring *r = context;
    record copy = *from;
    if (r->skip)
        r->skip--;
    else
        put_item(r, &copy, what);
}

/* ---- The run ---- */

static size_t start_workers(ring *r, pthread_t *threads, size_t wanted) {
    size_t started = 0;
    while (started < wanted && pthread_create(&threads[started], NULL, work_on, r) == 0)
        started++;
    return started;
}

static void stop_workers(ring *r, pthread_t *threads, size_t count) {
    pthread_mutex_lock(&r->lock);
    hand_out(r, room_for(r, 0));
    r->ended = true;
    pthread_cond_broadcast(&r->filled);
    pthread_mutex_unlock(&r->lock);
    for (size_t i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

static void run(ring *r, size_t wanted) {
    session *s = r->session;
    pthread_t threads[256];
    size_t started = wanted ? start_workers(r, threads, wanted) : 0;
    if (wanted && !started) {
        fprintf(stderr, "karaka: no thread can be started: %s; lower -j\n", strerror(errno));
        s->failed++;
        return;
    }
    const consumer to = {take, fail, r};
    inputs_read(s->options, &to);
    if (wanted)
        stop_workers(r, threads, started);
    if (!s->output_error)
        output_settle(s, true);
}

static int run_ring(session *s, const ring *how) {
    if (!session_confine(s))
        return s->failed++, EXIT_SOME_FAILED;
    if (s->ended) {
        fprintf(stderr, "karaka: %s: this run has ended; delete it to begin anew\n", s->options->resume);
        return 0;
    }
    size_t wanted = s->options->threads > 1 ? s->options->threads : 0;
    ring r = *how;
    r.session = s;
    r.count = wanted ? wanted * 2 + 2 : 1;
    r.skip = s->finished;
    r.batches = calloc(r.count, sizeof *r.batches);
    if (!r.batches) {
        fprintf(stderr, "karaka: out of memory; lower -j\n");
        return s->failed++, EXIT_SOME_FAILED;
    }
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.filled, NULL);
    pthread_cond_init(&r.emptied, NULL);
    run(&r, wanted);
    for (size_t i = 0; i < r.count; i++)
        karaka_text_free(&r.batches[i].out);
    free(r.batches);
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
