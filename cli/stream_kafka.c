/* stream_kafka: the two clients of a stream, and what they tell.
 *
 * In: the options; settings of librdkafka from --config and -X. Out: a consumer in its group, a producer whose messages
 * are acknowledged by all replicas and written once, and the calls that they make when something happens.
 * Example of a file for --config: lines "security.protocol = SASL_SSL"; "#" begins a remark.
 */
#include "stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECT_MILLISECONDS = 10000, TROUBLE_SECONDS = 30, LEAVE_SECONDS = 20, READS = 32 };

/* Before the user's: what bounds memory and makes repeats few. */
static const char *const usual[][2] = {
    {"client.id", "karaka"},
    {"auto.offset.reset", "earliest"},
    {"auto.commit.interval.ms", "1000"},
    {"queued.min.messages", "2000"},
    {"queued.max.messages.kbytes", "16384"},
    {"fetch.max.bytes", "16777216"},
    {"queue.buffering.max.messages", "100000"},
    {"queue.buffering.max.kbytes", "65536"},
    {"topic.metadata.refresh.interval.ms", "5000"},
    {"message.timeout.ms", "0"},       /* brokers that are away are waited for */
    {"partitioner", "murmur2_random"}, /* as other clients choose a partition by the key */
};

/* After the user's, who may not change them: no document is lost. */
static const char *const fixed[][2] = {
    {"enable.auto.commit", "true"},        /* of offsets stored by flow, */
    {"enable.auto.offset.store", "false"}, /* not of those that were merely read */
    {"enable.idempotence", "true"},        {"acks", "all"}, {"enable.partition.eof", "true"},
};

/* ---- What the clients tell ---- */

/* Only with -X debug=...: what matters is told by the calls below. */
static void told_log(const rd_kafka_t *client, int level, const char *facility, const char *text) {
    (void)client, (void)level;
    fprintf(stderr, "karaka: kafka: %s: %s\n", facility, text);
}

/* They mend by themselves what can be mended. That all brokers are away is told of each before. */
static void told_trouble(rd_kafka_t *client, int error, const char *reason, void *opaque) {
    stream *s = opaque;
    char why[512];
    if (error == RD_KAFKA_RESP_ERR__FATAL) {
        rd_kafka_fatal_error(client, why, sizeof why);
        stream_stop(s, "%s", why);
        return;
    }
    double now = stream_now();
    pthread_mutex_lock(&s->lock);
    bool again =
        error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || (s->told == error && now - s->told_at < TROUBLE_SECONDS);
    if (!again) {
        s->told = error;
        s->told_at = now;
    }
    pthread_mutex_unlock(&s->lock);
    if (!again)
        fprintf(stderr, "karaka: kafka: %s\n", reason);
}

static void told_delivery(rd_kafka_t *client, const rd_kafka_message_t *m, void *opaque) {
    (void)client;
    if (!m->err)
        flow_acknowledge(opaque, m->_private);
    else if (m->err != RD_KAFKA_RESP_ERR__PURGE_QUEUE && m->err != RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)
        stream_stop(opaque, "a message to the topic %s was not taken: %s", rd_kafka_topic_name(m->rkt),
                    rd_kafka_err2str(m->err));
}

static void told_partitions(rd_kafka_t *client, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t *list,
                            void *opaque) {
    stream *s = opaque;
    bool stepwise = strcmp(rd_kafka_rebalance_protocol(client), "COOPERATIVE") == 0;
    bool gives = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    rd_kafka_error_t *error = NULL;
    stream_pause(s, false); /* a partition that comes back would still be paused */
    if (!gives)
        flow_revoke(s, list, rd_kafka_assignment_lost(client));
    /* Taking partitions away also commits what was stored of them. */
    if (stepwise)
        error = gives ? rd_kafka_incremental_assign(client, list) : rd_kafka_incremental_unassign(client, list);
    else
        rd_kafka_assign(client, gives ? list : NULL);
    if (error)
        stream_stop(s, "partitions cannot be taken or given: %s", rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    s->assigned = s->assigned || gives;
    if (gives && list->cnt)
        s->missing_since = 0;
    s->assigned_at = stream_now();
}

static void told_commit(rd_kafka_t *client, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t *offsets,
                        void *opaque) {
    (void)offsets;
    if (error && error != RD_KAFKA_RESP_ERR__NO_OFFSET)
        told_trouble(client, error, rd_kafka_err2str(error), opaque);
}

static void *serve_deliveries(void *context) {
    stream *s = context;
    for (bool ended = false; !ended;) {
        rd_kafka_poll(s->producer, 100);
        pthread_mutex_lock(&s->lock);
        ended = s->deliveries_end;
        pthread_mutex_unlock(&s->lock);
    }
    return NULL;
}

/* ---- Settings ---- */

typedef struct settings {
    rd_kafka_conf_t *conf;
    const char *reads[READS]; /* files that librdkafka will open; owned */
    size_t read_count;
    bool debug;
} settings;

/* Files are named by settings such as ssl.ca.location. */
static void note_file(settings *to, const char *key, const char *value) {
    size_t length = strlen(key);
    bool names = (length > 9 && strcmp(key + length - 9, ".location") == 0) || strcmp(key, "sasl.kerberos.keytab") == 0;
    if (names && to->read_count < READS)
        to->reads[to->read_count++] = strdup(value);
}

static bool is_fixed(const char *key) {
    static const char *const ours[] = {"bootstrap.servers", "metadata.broker.list", "group.id", "transactional.id"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (strcmp(fixed[i][0], key) == 0)
            return true;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(ours[i], key) == 0)
            return true;
    return strcmp(key, "request.required.acks") == 0;
}

static bool set(settings *to, const char *key, const char *value) {
    char why[512];
    to->debug |= strcmp(key, "debug") == 0;
    if (rd_kafka_conf_set(to->conf, key, value, why, sizeof why) == RD_KAFKA_CONF_OK)
        return note_file(to, key, value), true;
    usage_error("stream", "%s", why);
    return false;
}

/* Cuts blanks from both ends. */
static char *trim(char *text) {
    text += strspn(text, " \t\r\n");
    for (size_t length = strlen(text); length && strchr(" \t\r\n", text[length - 1]);)
        text[--length] = '\0';
    return text;
}

/* "key=value"; `where` is for messages. */
static bool set_line(settings *to, const char *line, const char *where) {
    char *copy = strdup(line), *value = copy ? strchr(copy, '=') : NULL;
    bool well = false;
    if (!value) {
        usage_error("stream", "%s: key=value was expected, for example linger.ms=20", where);
    } else {
        *value++ = '\0';
        const char *key = trim(copy);
        if (is_fixed(key))
            usage_error("stream", "%s: %s is set by karaka stream itself", where, key);
        else
            well = set(to, key, trim(value));
    }
    free(copy);
    return well;
}

static bool set_file(settings *to, const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL, where[512];
    size_t room = 0;
    bool well = file != NULL;
    if (!file)
        usage_error("stream", "%s: %s", path, strerror(errno));
    for (size_t number = 1; well && getline(&line, &room, file) >= 0; number++) {
        const char *text = trim(line);
        snprintf(where, sizeof where, "%s:%zu", path, number);
        well = !*text || *text == '#' || set_line(to, text, where);
    }
    free(line);
    if (file)
        fclose(file);
    return well;
}

static bool set_all(settings *to, const options *o) {
    bool well = set(to, "bootstrap.servers", o->brokers) && set(to, "group.id", o->group);
    for (size_t i = 0; well && i < sizeof usual / sizeof *usual; i++)
        well = set(to, usual[i][0], usual[i][1]);
    well = well && (!o->config || set_file(to, o->config));
    for (size_t i = 0; well && i < o->setting_count; i++)
        well = set_line(to, o->settings[i], "-X");
    for (size_t i = 0; well && i < sizeof fixed / sizeof *fixed; i++)
        well = set(to, fixed[i][0], fixed[i][1]);
    return well;
}

/* ---- The clients ---- */

/* Names are looked up and certificates read when there is something to connect to. */
static bool confine(const stream *s, const settings *to) {
    static const char *const always[] = {"/etc/hosts",     "/etc/resolv.conf", "/etc/nsswitch.conf",
                                         "/etc/host.conf", "/etc/gai.conf",    "/etc/services",
                                         "/etc/ssl",       "/usr/lib/ssl",     "/usr/share/ca-certificates"};
    const char *reads[READS + sizeof always / sizeof *always + 1] = {0};
    memcpy(reads, always, sizeof always);
    memcpy(reads + sizeof always / sizeof *always, to->reads, to->read_count * sizeof *reads);
    return session_confine_online(s->session, reads);
}

static rd_kafka_t *make_client(stream *s, rd_kafka_type_t type, const settings *from) {
    rd_kafka_conf_t *conf = rd_kafka_conf_dup(from->conf);
    char why[512];
    rd_kafka_conf_set_opaque(conf, s);
    rd_kafka_conf_set_log_cb(conf, from->debug ? told_log : NULL);
    rd_kafka_conf_set_error_cb(conf, told_trouble);
    if (type == RD_KAFKA_PRODUCER) {
        rd_kafka_conf_set_dr_msg_cb(conf, told_delivery);
    } else {
        rd_kafka_conf_set_rebalance_cb(conf, told_partitions);
        rd_kafka_conf_set_offset_commit_cb(conf, told_commit);
    }
    rd_kafka_t *made = rd_kafka_new(type, conf, why, sizeof why);
    if (!made) {
        rd_kafka_conf_destroy(conf);
        usage_error("stream", "%s", why);
    }
    return made;
}

/* A broker that cannot be reached is told at once, not waited for as later on. */
static bool is_there(stream *s) {
    const struct rd_kafka_metadata *found = NULL;
    rd_kafka_resp_err_t error = rd_kafka_metadata(s->producer, 0, s->events, &found, CONNECT_MILLISECONDS);
    if (!error)
        rd_kafka_metadata_destroy(found);
    else
        stream_stop(s, "no broker answers at %s: %s", s->options->brokers, rd_kafka_err2str(error));
    return !error;
}

bool stream_knows_topic(stream *s) {
    const struct rd_kafka_metadata *found = NULL;
    rd_kafka_topic_t *in = rd_kafka_topic_new(s->consumer, s->options->in, NULL);
    bool known = in && rd_kafka_metadata(s->consumer, 0, in, &found, CONNECT_MILLISECONDS) == 0 &&
                 found->topic_cnt == 1 && !found->topics[0].err && found->topics[0].partition_cnt > 0;
    if (found)
        rd_kafka_metadata_destroy(found);
    if (in)
        rd_kafka_topic_destroy(in);
    return known;
}

static int join_group(stream *s) {
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, s->options->in, RD_KAFKA_PARTITION_UA);
    rd_kafka_resp_err_t error = rd_kafka_subscribe(s->consumer, topics);
    rd_kafka_topic_partition_list_destroy(topics);
    return error ? usage_error("stream", "--in %s: %s", s->options->in, rd_kafka_err2str(error)) : EXIT_WELL;
}

static rd_kafka_topic_t *topic(stream *s, const char *name) {
    rd_kafka_topic_t *made = name ? rd_kafka_topic_new(s->producer, name, NULL) : NULL;
    if (name && !made)
        s->code = usage_error("stream", "topic %s: %s", name, rd_kafka_err2str(rd_kafka_last_error()));
    return made;
}

static int connect_with(stream *s, const settings *to) {
    if (!confine(s, to))
        return EXIT_SOME_FAILED;
    s->producer = make_client(s, RD_KAFKA_PRODUCER, to);
    s->consumer = s->producer ? make_client(s, RD_KAFKA_CONSUMER, to) : NULL;
    if (!s->consumer)
        return EXIT_USAGE;
    rd_kafka_poll_set_consumer(s->consumer);
    s->events = topic(s, s->options->out);
    s->errors = topic(s, s->options->errors);
    s->done = topic(s, s->options->done);
    if (s->code)
        return s->code;
    s->delivering = pthread_create(&s->deliveries, NULL, serve_deliveries, s) == 0;
    if (!s->delivering)
        stream_stop(s, "no thread can be started");
    return s->delivering && is_there(s) ? join_group(s) : s->code;
}

int stream_connect(stream *s) {
    settings to = {.conf = rd_kafka_conf_new()};
    int code = set_all(&to, s->options) ? connect_with(s, &to) : EXIT_USAGE;
    rd_kafka_conf_destroy(to.conf);
    while (to.read_count)
        free((char *)to.reads[--to.read_count]);
    return code;
}

/* Without brokers the client would wait for ever to commit; an end as by a crash loses nothing. */
static void *end_anyhow(void *context) {
    stream *s = context;
    sleep(LEAVE_SECONDS);
    pthread_mutex_lock(&s->lock);
    const char *why = s->ended ? "a document takes too long" : "no last commit";
    fprintf(stderr, "karaka: %s within %d s; some documents will be read again\n", why, LEAVE_SECONDS);
    _exit(EXIT_OUTPUT);
}

void stream_leave(stream *s) {
    pthread_t watch;
    if (pthread_create(&watch, NULL, end_anyhow, s) == 0)
        pthread_detach(watch);
    if (s->consumer)
        rd_kafka_consumer_close(s->consumer);
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    pthread_cond_broadcast(&s->filled);
    pthread_mutex_unlock(&s->lock);
    /* What is not acknowledged by now is read again by others; a worker that waits for room in the queue gets it. */
    if (s->producer)
        rd_kafka_purge(s->producer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}

void stream_disconnect(stream *s) {
    rd_kafka_topic_t *const topics[] = {s->events, s->errors, s->done};
    pthread_mutex_lock(&s->lock);
    s->deliveries_end = true;
    pthread_mutex_unlock(&s->lock);
    if (s->delivering)
        pthread_join(s->deliveries, NULL);
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (topics[i])
            rd_kafka_topic_destroy(topics[i]);
    if (s->consumer)
        rd_kafka_destroy(s->consumer);
    if (s->producer)
        rd_kafka_destroy(s->producer);
}
