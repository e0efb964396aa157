/* stream_flow: which documents are on their way, in which order they are sent, which offset may be committed.
 *
 * In: messages from the polling thread, acknowledgements from the producer. Out: offsets stored for the next commit.
 * Example: stream.h
 */
#include "stream.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ustring.h>

enum { LONGEST_KEY = 1024, REVOKE_SECONDS = 10 };

/* ---- Making and freeing ---- */

static void job_free(stream_job *job) {
    record_free(&job->record);
    karaka_text_free(&job->out);
    free(job->key);
    free(job->doc);
    free(job->error);
    free(job);
}

/* A key that is text can be the id of a document. */
static bool is_text(const char *key, size_t length) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t units = 0;
    if (!key || !length || length > LONGEST_KEY)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)key[i] < 0x20 || key[i] == 0x7F)
            return false;
    u_strFromUTF8(NULL, 0, &units, key, (int32_t)length, &error);
    return error == U_BUFFER_OVERFLOW_ERROR;
}

/* The same for the same message whenever it is read, so that the ids of its events are too. */
static char *make_id(const rd_kafka_message_t *m) {
    char *id = NULL;
    if (is_text(m->key, m->key_len))
        return strndup(m->key, m->key_len);
    if (asprintf(&id, "%s/%d/%lld", rd_kafka_topic_name(m->rkt), (int)m->partition, (long long)m->offset) < 0)
        return NULL;
    return id;
}

/* A copy: a message kept would keep all that was fetched with it. */
static stream_job *job_new(const rd_kafka_message_t *m) {
    stream_job *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    job->offset = m->offset;
    job->unacknowledged = 1;
    job->empty = !m->payload;
    job->record = (record){.form = FORM_JSONL, .length = m->len, .id = make_id(m)};
    job->record.bytes = m->payload ? malloc(m->len + 1) : NULL;
    job->key_length = m->key ? m->key_len : job->record.id ? strlen(job->record.id) : 0;
    job->key = malloc(job->key_length + 1);
    if ((m->payload && !job->record.bytes) || !job->record.id || !job->key) {
        job_free(job);
        return NULL;
    }
    if (m->payload)
        *(char *)mempcpy(job->record.bytes, m->payload, m->len) = '\0';
    memcpy(job->key, m->key ? m->key : job->record.id, job->key_length);
    return job;
}

/* ---- Partitions, with the lock ---- */

static stream_partition *partition_of(stream *s, int32_t number) {
    stream_partition *p = s->partitions;
    while (p && (p->revoked || p->number != number))
        p = p->next;
    if (!p && (p = calloc(1, sizeof *p))) {
        p->number = number;
        p->next = s->partitions;
        s->partitions = p;
    }
    return p;
}

static void partition_remove(stream *s, stream_partition *p) {
    stream_partition **at = &s->partitions;
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    free(p);
}

static void store_offset(stream *s, const stream_partition *p, int64_t next) {
    rd_kafka_topic_partition_list_t *one = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(one, s->options->in, p->number)->offset = next;
    /* It fails where the partition was taken away a moment ago; its documents are then read again elsewhere. */
    rd_kafka_offsets_store(s->consumer, one);
    rd_kafka_topic_partition_list_destroy(one);
}

/* Takes away what is acknowledged up to the first that is not. */
static void settle(stream *s, stream_partition *p) {
    int64_t next = -1;
    while (p->first && p->first->done) {
        stream_job *job = p->first;
        next = job->offset + 1;
        p->first = job->next;
        s->in_flight--;
        job_free(job);
    }
    if (!p->first)
        p->last = NULL;
    if (next >= 0 && !p->revoked)
        store_offset(s, p, next);
    if (p->revoked && !p->first && !p->sending)
        partition_remove(s, p);
    pthread_cond_broadcast(&s->settled);
}

static void acknowledge(stream *s, stream_job *job) {
    job->done = --job->unacknowledged == 0;
    if (job->done)
        settle(s, job->partition);
}

void flow_acknowledge(stream *s, stream_job *job) {
    pthread_mutex_lock(&s->lock);
    acknowledge(s, job);
    pthread_mutex_unlock(&s->lock);
}

/* ---- The polling thread ---- */

bool flow_take(stream *s, const rd_kafka_message_t *m) {
    stream_job *job = job_new(m);
    pthread_mutex_lock(&s->lock);
    stream_partition *p = job ? partition_of(s, m->partition) : NULL;
    if (p) {
        job->partition = p;
        p->at_end = false;
        *(p->last ? &p->last->next : &p->first) = job;
        p->last = job;
        if (!p->unsent)
            p->unsent = job;
        *(s->first_waiting ? &s->last_waiting->next_waiting : &s->first_waiting) = job;
        s->last_waiting = job;
        s->in_flight++;
        s->bytes += job->record.length;
        s->session->bytes += job->record.length;
        pthread_cond_signal(&s->filled);
    } else if (job) {
        job_free(job);
    }
    pthread_mutex_unlock(&s->lock);
    return p != NULL;
}

void flow_at_end(stream *s, int32_t partition) {
    pthread_mutex_lock(&s->lock);
    stream_partition *p = partition_of(s, partition);
    if (p)
        p->at_end = true;
    pthread_mutex_unlock(&s->lock);
}

size_t flow_ended(stream *s) {
    size_t count = 0;
    pthread_mutex_lock(&s->lock);
    for (const stream_partition *p = s->partitions; p; p = p->next)
        count += !p->revoked && p->at_end && !p->first;
    pthread_mutex_unlock(&s->lock);
    return count;
}

static struct timespec later(int milliseconds) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += milliseconds / 1000;
    t.tv_nsec += milliseconds % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000L;
    }
    return t;
}

static bool is_full(const stream *s) {
    return s->in_flight >= STREAM_DOCUMENTS || s->bytes >= STREAM_BYTES;
}

bool flow_room(stream *s, int milliseconds) {
    const struct timespec until = later(milliseconds);
    pthread_mutex_lock(&s->lock);
    while (is_full(s) && !s->code && pthread_cond_timedwait(&s->settled, &s->lock, &until) == 0)
        ;
    bool room = !is_full(s);
    pthread_mutex_unlock(&s->lock);
    return room;
}

/* ---- Partitions that go to another member ---- */

static bool is_among(const rd_kafka_topic_partition_list_t *list, const stream *s, int32_t number) {
    for (int i = 0; i < list->cnt; i++)
        if (list->elems[i].partition == number && strcmp(list->elems[i].topic, s->options->in) == 0)
            return true;
    return false;
}

/* What no worker has begun stands at the end of its partition, since workers take the oldest. */
static void drop_waiting(stream *s, const rd_kafka_topic_partition_list_t *list) {
    stream_job **at = &s->first_waiting, *last = NULL;
    for (stream_partition *p = s->partitions; p; p = p->next) {
        if (p->revoked || !is_among(list, s, p->number))
            continue;
        stream_job **end = &p->first;
        for (p->last = NULL; *end && (*end)->begun; end = &(*end)->next)
            p->last = *end;
        if (p->unsent && !p->unsent->begun)
            p->unsent = NULL;
        *end = NULL;
    }
    while (*at) {
        stream_job *job = *at;
        if (!is_among(list, s, job->partition->number)) {
            last = job;
            at = &job->next_waiting;
            continue;
        }
        *at = job->next_waiting;
        s->in_flight--;
        s->bytes -= job->record.length;
        job_free(job);
    }
    s->last_waiting = last;
}

static bool are_busy(const stream *s, const rd_kafka_topic_partition_list_t *list) {
    for (const stream_partition *p = s->partitions; p; p = p->next)
        if (!p->revoked && p->first && is_among(list, s, p->number))
            return true;
    return false;
}

void flow_revoke(stream *s, const rd_kafka_topic_partition_list_t *list, bool lost) {
    const struct timespec until = later(REVOKE_SECONDS * 1000);
    pthread_mutex_lock(&s->lock);
    drop_waiting(s, list);
    while (!lost && !s->code && are_busy(s, list) && pthread_cond_timedwait(&s->settled, &s->lock, &until) == 0)
        ;
    for (stream_partition *p = s->partitions, *next; p; p = next) {
        next = p->next;
        if (p->revoked || !is_among(list, s, p->number))
            continue;
        p->revoked = true;
        if (!p->first && !p->sending)
            partition_remove(s, p);
    }
    pthread_mutex_unlock(&s->lock);
}

/* ---- Workers ---- */

static void count(stream *s, const stream_job *job) {
    s->session->finished++;
    s->session->failed += job->failed;
    s->session->done += !job->failed;
    s->session->unread += !job->failed && job->unread;
    s->too_short += job->too_short;
    s->events_sent += job->events;
}

/* Sends what is coded, oldest first. One thread sends for a partition; what another one finishes meanwhile, it finds
 * when it is back. */
static void send_coded(stream *s, stream_partition *p) {
    if (p->sending)
        return;
    p->sending = true;
    while (p->unsent && p->unsent->coded && !s->ended) {
        stream_job *job = p->unsent;
        size_t bytes = job->out.length;
        pthread_mutex_unlock(&s->lock);
        document_send(s, job);
        pthread_mutex_lock(&s->lock);
        count(s, job);
        s->bytes -= bytes;
        karaka_text_free(&job->out);
        p->unsent = job->next;
        acknowledge(s, job);
    }
    p->sending = false;
    settle(s, p);
}

void *flow_work(void *context) {
    stream *s = context;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        while (!s->first_waiting && !s->ended)
            pthread_cond_wait(&s->filled, &s->lock);
        if (s->ended)
            break;
        stream_job *job = s->first_waiting;
        s->first_waiting = job->next_waiting;
        job->begun = true;
        pthread_mutex_unlock(&s->lock);
        document_code(s, job);
        free(job->record.bytes);
        job->record.bytes = NULL;
        pthread_mutex_lock(&s->lock);
        s->bytes = s->bytes - job->record.length + job->out.length;
        job->coded = true;
        send_coded(s, job->partition);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

void flow_free(stream *s) {
    while (s->partitions) {
        stream_partition *p = s->partitions;
        s->partitions = p->next;
        while (p->first) {
            stream_job *job = p->first;
            p->first = job->next;
            job_free(job);
        }
        free(p);
    }
}
