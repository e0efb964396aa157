/* karaka stream: documents out of a Kafka topic, their events into another.
 *
 * In: messages, each one JSON object as karaka code takes it. Out: a message for each event. An input offset is
 * committed when all that came out of the documents up to it is acknowledged: a crash repeats some, and loses none.
 * Example: karaka stream --brokers localhost:9092 --group news --in documents --out events --errors errors
 */
#include "stream.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    POLL_MILLISECONDS = 100,
    FULL_MILLISECONDS = 1000,
    STATS_SECONDS = 10,
    WITHOUT_SECONDS = 10,
    MISSING_SECONDS = 30
};

static volatile sig_atomic_t asked_to_end;

/* A second signal ends it at once, which repeats some documents and loses none. */
static void ask_to_end(int number) {
    asked_to_end = 1;
    signal(number, SIG_DFL);
}

double stream_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void stream_stop(stream *s, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&s->lock);
    if (!s->code) {
        fputs("karaka: ", stderr);
        vfprintf(stderr, format, arguments);
        fputc('\n', stderr);
    }
    s->code = EXIT_OUTPUT;
    pthread_cond_broadcast(&s->settled);
    pthread_mutex_unlock(&s->lock);
    va_end(arguments);
}

/* ---- Polling ---- */

/* The group would take a member that does not poll for dead, so one that is full for long goes on polling, but is sent
 * nothing. */
void stream_pause(stream *s, bool pause) {
    rd_kafka_topic_partition_list_t *mine = NULL;
    if (s->paused == pause || rd_kafka_assignment(s->consumer, &mine) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    if (pause)
        rd_kafka_pause_partitions(s->consumer, mine);
    else
        rd_kafka_resume_partitions(s->consumer, mine);
    rd_kafka_topic_partition_list_destroy(mine);
    s->paused = pause;
}

/* A broker that has just begun, or hears of a change late, does not know a topic that is there. */
static void note_missing(stream *s) {
    if (s->missing_since > 0)
        return;
    s->missing_since = stream_now();
    fprintf(stderr, "karaka: the brokers know no topic %s; waiting for it up to %d s\n", s->options->in,
            MISSING_SECONDS);
}

/* What the client goes on from by itself. */
static bool will_pass(rd_kafka_resp_err_t error) {
    static const rd_kafka_resp_err_t passing[] = {RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED,
                                                  RD_KAFKA_RESP_ERR__TRANSPORT,
                                                  RD_KAFKA_RESP_ERR__TIMED_OUT,
                                                  RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
                                                  RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
                                                  RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
                                                  RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
                                                  RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                                                  RD_KAFKA_RESP_ERR_UNKNOWN};
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (error == passing[i])
            return true;
    return false;
}

static void take(stream *s, const rd_kafka_message_t *m) {
    if (!m->err || m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        s->missing_since = 0;
    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        flow_at_end(s, m->partition);
    else if (m->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || m->err == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC)
        note_missing(s);
    else if (will_pass(m->err))
        fprintf(stderr, "karaka: kafka: %s\n", rd_kafka_message_errstr(m));
    else if (m->err)
        stream_stop(s, "the topic %s cannot be read: %s", s->options->in, rd_kafka_message_errstr(m));
    else if (!flow_take(s, m))
        stream_stop(s, "out of memory");
}

/* All partitions that this member has are read to their end; or it has been given none, which takes a while to know. */
static bool at_end(stream *s) {
    rd_kafka_topic_partition_list_t *mine = NULL;
    if (!s->assigned || s->missing_since > 0 || rd_kafka_assignment(s->consumer, &mine) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return false;
    size_t count = (size_t)mine->cnt;
    rd_kafka_topic_partition_list_destroy(mine);
    return count ? flow_ended(s) >= count : stream_now() - s->assigned_at > WITHOUT_SECONDS;
}

static void tell(stream *s, double started) {
    pthread_mutex_lock(&s->lock);
    const session *of = s->session;
    fprintf(stderr,
            "karaka: %llu documents, %llu failed, %llu too short, %llu in no known language, %.1f MB, %llu events, "
            "%zu on their way, %.0f s\n",
            (unsigned long long)of->finished, (unsigned long long)of->failed, (unsigned long long)s->too_short,
            (unsigned long long)of->unread, (double)of->bytes * 1e-6, (unsigned long long)s->events_sent, s->in_flight,
            stream_now() - started);
    pthread_mutex_unlock(&s->lock);
}

static bool goes_on(stream *s) {
    pthread_mutex_lock(&s->lock);
    bool well = !s->code && !asked_to_end;
    pthread_mutex_unlock(&s->lock);
    return well;
}

static void poll_all(stream *s) {
    double started = stream_now(), next = started + STATS_SECONDS;
    while (goes_on(s)) {
        stream_pause(s, !flow_room(s, s->paused ? POLL_MILLISECONDS : FULL_MILLISECONDS));
        rd_kafka_message_t *m = rd_kafka_consumer_poll(s->consumer, POLL_MILLISECONDS);
        bool idle = !m || m->err;
        if (m) {
            take(s, m);
            rd_kafka_message_destroy(m);
        }
        if (s->options->until_end && idle && at_end(s))
            break;
        if (s->missing_since > 0 && stream_now() - s->missing_since > MISSING_SECONDS) {
            if (!stream_knows_topic(s))
                stream_stop(s, "there is no topic %s; make it, or name another one with --in", s->options->in);
            s->missing_since = 0;
        }
        if (s->options->stats && stream_now() >= next) {
            tell(s, started);
            next += STATS_SECONDS;
        }
    }
    stream_leave(s);
    if (s->options->stats)
        tell(s, started);
}

/* ---- The run ---- */

static int run(stream *s) {
    pthread_t workers[256];
    size_t wanted = s->options->threads ? s->options->threads : 1, started = 0;
    int code = stream_connect(s);
    while (!code && started < wanted && pthread_create(&workers[started], NULL, flow_work, s) == 0)
        started++;
    if (!code && !started)
        stream_stop(s, "no thread can be started: %s", strerror(errno));
    if (!code)
        poll_all(s);
    else
        stream_leave(s);
    for (size_t i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    pthread_mutex_lock(&s->lock);
    size_t left = s->in_flight;
    pthread_mutex_unlock(&s->lock);
    if (left)
        stream_stop(s, "%zu documents were not acknowledged in time", left);
    stream_disconnect(s);
    flow_free(s);
    return s->code ? s->code : code;
}

static int check(const options *o) {
    const char *const needed[][2] = {
        {"--brokers", o->brokers}, {"--group", o->group}, {"--in", o->in}, {"--out", o->out}};
    const char *const outs[] = {o->out, o->errors, o->done};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!needed[i][1] || !*needed[i][1])
            return usage_error(o->verb, "%s is missing", needed[i][0]);
    for (size_t i = 0; i < sizeof outs / sizeof *outs; i++)
        if (outs[i] && strcmp(outs[i], o->in) == 0)
            return usage_error(o->verb, "topic %s: it cannot be read and written", o->in);
    if (o->in[0] == '^')
        return usage_error(o->verb, "--in %s: give the name of one topic", o->in);
    return o->file_count ? usage_error(o->verb, "no file is read; --in names a topic") : EXIT_WELL;
}

int cmd_stream(int count, char **words) {
    options o;
    session opened;
    int code = EXIT_WELL;
    if (!options_read(&o, &code, count, words,
                      "brokers group in out errors done config setting until-end limit threads stats lang languages"))
        return code;
    const struct sigaction end = {.sa_handler = ask_to_end};
    sigaction(SIGINT, &end, NULL);
    sigaction(SIGTERM, &end, NULL);
    signal(SIGPIPE, SIG_IGN);
    code = check(&o);
    if (!code)
        code = session_open(&opened, &o, KARAKA_OPEN_ALL);
    if (code)
        return code;
    stream s = {.session = &opened, .options = &o, .lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s.filled, NULL);
    pthread_cond_init(&s.settled, &monotonic);
    pthread_condattr_destroy(&monotonic);
    code = run(&s);
    pthread_cond_destroy(&s.filled);
    pthread_cond_destroy(&s.settled);
    pthread_mutex_destroy(&s.lock);
    int closed = session_close(&opened);
    return code ? code : asked_to_end ? EXIT_WELL : closed;
}
