/* stream_document: one document of a stream to its events, and all that is told of it to the producer.
 *
 * In: a message, one JSON object as karaka code takes it. Out: to the events' topic a message for each event, in order;
 * to --errors one for a document that could not be worked on; to --done one for every document. All of them bear the
 * document's id as key, so that all events of a document stand in one partition; where it could not be read, the key
 * that the message had.
 * Example: {"topic":"documents","partition":0,"offset":17,"doc":null,"events":0,"passed_over":null,"error":"byte 9: …"}
 */
#include "stream.h"

#include <stdlib.h>
#include <string.h>

/* ---- Coding ---- */

static int code(const session *s, stream_job *job, karaka_document **document) {
    int coded = session_code(document, s, &job->record);
    if (*document) { /* it was read: its own id is the key, also where it could not be coded */
        const karaka_article *article = karaka_document_article(*document);
        job->doc = strdup(article->id ? article->id : job->record.id);
        if (!job->doc)
            return KARAKA_ERROR_MEMORY;
    }
    job->unread = coded == UNREAD;
    if (coded)
        return coded;
    karaka_document_events(*document, &job->events);
    job->too_short = karaka_document_passed_over(*document) != NULL;
    return karaka_write_jsonl(&job->out, *document);
}

/* Without memory for the reason, the reason is that. */
static void fail(stream_job *job, const char *why) {
    job->failed = true;
    job->events = job->out.length = 0;
    job->too_short = false;
    job->error = why ? strdup(why) : NULL;
}

void document_code(const stream *s, stream_job *job) {
    karaka_document *document = NULL;
    if (!job->record.bytes)
        return;
    if (job->record.length > s->options->limit) {
        fail(job, "larger than --limit (64M at most)");
        return;
    }
    int error = code(s->session, job, &document);
    if (error < 0)
        fail(job, error == KARAKA_ERROR_MEMORY ? NULL : karaka_error_text());
    karaka_document_free(document);
}

/* ---- Sending ---- */

/* The text as it stands in JSON, with quotes; owned by the caller. */
static char *json_of(const char *text) {
    char *out = malloc(6 * strlen(text) + 3), *to = out;
    if (!out)
        return NULL;
    *to++ = '"';
    for (const char *at = text; *at; at++) {
        if (*at == '"' || *at == '\\')
            *to++ = '\\';
        if ((unsigned char)*at < 0x20)
            to += sprintf(to, "\\u%04x", *at);
        else
            *to++ = *at;
    }
    *to++ = '"';
    *to = '\0';
    return out;
}

/* What --done and --errors tell of a document; owned by the caller. */
static char *report(const stream *s, const stream_job *job) {
    const char *why = job->error ? job->error : "out of memory";
    const char *passed = job->too_short ? "\"too short\"" : job->unread ? "\"no known language\"" : "null";
    char *doc = job->doc ? json_of(job->doc) : NULL, *error = job->failed ? json_of(why) : NULL, *out = NULL;
    int length = asprintf(&out,
                          "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%lld,\"doc\":%s,\"events\":%zu,"
                          "\"passed_over\":%s,\"error\":%s}",
                          s->options->in, (int)job->partition->number, (long long)job->offset, doc ? doc : "null",
                          job->events, job->failed ? "null" : passed, error ? error : "null");
    free(doc);
    free(error);
    return length < 0 ? NULL : out;
}

/* False: it is larger than the brokers take. What else goes wrong ends the run; the job then stays unacknowledged, so
 * its offset is never stored. */
static bool produce(stream *s, stream_job *job, rd_kafka_topic_t *topic, const char *value, size_t length) {
    const void *key = job->doc ? job->doc : job->key;
    size_t key_length = job->doc ? strlen(job->doc) : job->key_length;
    pthread_mutex_lock(&s->lock);
    job->unacknowledged++;
    pthread_mutex_unlock(&s->lock);
    if (rd_kafka_produce(topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK, (void *)value,
                         length, key, key_length, job) == 0)
        return true;
    if (rd_kafka_last_error() == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
        flow_acknowledge(s, job);
        return false;
    }
    stream_stop(s, "nothing can be written to the topic %s: %s", rd_kafka_topic_name(topic),
                rd_kafka_err2str(rd_kafka_last_error()));
    return true;
}

/* To a topic, or where there is none, or it does not take it, to people. */
static void tell(stream *s, stream_job *job, rd_kafka_topic_t *topic) {
    char *value = topic ? report(s, job) : NULL;
    if (!value || !produce(s, job, topic, value, strlen(value)))
        fprintf(stderr, "karaka: topic %s, partition %d, offset %lld: %s\n", s->options->in,
                (int)job->partition->number, (long long)job->offset,
                job->error    ? job->error
                : job->failed ? "out of memory"
                              : "coded; its report is too large or there was no memory for it");
    free(value);
}

void document_send(stream *s, stream_job *job) {
    const char *at = job->out.bytes, *end = job->out.length ? at + job->out.length : at;
    for (const char *line_end; at < end && (line_end = memchr(at, '\n', (size_t)(end - at))); at = line_end + 1) {
        if (produce(s, job, s->events, at, (size_t)(line_end - at)))
            continue;
        job->events--;
        if (job->failed)
            continue;
        job->failed = true;
        job->error = strdup("an event of it is larger than message.max.bytes and was left out");
    }
    if (job->failed)
        tell(s, job, s->errors);
    if (s->done && !job->empty)
        tell(s, job, s->done);
}
