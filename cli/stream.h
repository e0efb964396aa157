/* stream: documents out of one Kafka topic, their events into another, none lost on the way.
 *
 * cmd_stream.c reads the command line and polls; stream_kafka.c makes the two clients; stream_flow.c knows which
 * documents are on their way and which offset may be committed; stream_document.c codes one and sends what it tells.
 *
 * A document goes WAITING -> CODED -> acknowledged. Workers take the oldest waiting one; results are sent in the order
 * of their partition; an offset is stored for commit when all before it is acknowledged by the brokers. A process that
 * dies at any point so leaves behind documents that are read again, and none that is not.
 *
 * Example: offsets 7, 8, 9 on three workers; 8 is coded first and waits for 7; 7 and 8 are sent; the events of 8 are
 * acknowledged, those of 7 not yet: nothing is stored. Then those of 7: offset 9 is stored, the next one to read.
 */
#ifndef KARAKA_CLI_STREAM_H
#define KARAKA_CLI_STREAM_H

#include "cli.h"

#include <librdkafka/rdkafka.h>
#include <pthread.h>

/* How much is on its way at most. The last document taken may go over it. */
enum { STREAM_DOCUMENTS = 512, STREAM_BYTES = 32 << 20 };

typedef struct stream_partition stream_partition;

/* One message of the input topic on its way. */
typedef struct stream_job {
    stream_partition *partition;
    struct stream_job *next;         /* of the partition, by offset */
    struct stream_job *next_waiting; /* of all that wait for a worker */
    int64_t offset;
    record record; /* owned; its id is the message's key, or topic/partition/offset */
    void *key;     /* owned: the message's key as it came, or the id */
    size_t key_length;
    bool empty;              /* without a value: it takes back an older message of its key, and tells of no document */
    bool begun, coded, done; /* taken by a worker; ready to be sent; all is acknowledged */
    size_t unacknowledged;   /* messages, and one while some may still be sent */
    /* What came out; owned. */
    char *doc;       /* the document's id, NULL where it could not be read */
    bool failed;     /* it could not be worked on, or not all of it could be sent */
    char *error;     /* why; NULL: no memory, if it failed */
    karaka_text out; /* its events, a line each */
    bool unread;     /* it is in no known language */
    bool too_short;
    size_t events;
} stream_job;

struct stream_partition {
    stream_partition *next;
    int32_t number;
    bool revoked; /* another member reads it now: nothing more is stored */
    bool at_end;  /* nothing is left to read */
    bool sending; /* one worker sends its results */
    stream_job *first, *last;
    stream_job *unsent; /* the first one that was not sent; NULL: all were */
};

typedef struct stream {
    session *session;
    const options *options;
    rd_kafka_t *consumer, *producer;
    rd_kafka_topic_t *events, *errors, *done; /* NULL where not asked */
    bool assigned, paused;                    /* of the polling thread alone */
    double assigned_at, missing_since;        /* missing_since: the brokers know no such topic; 0: they do */
    pthread_mutex_t lock;                     /* for all below */
    pthread_cond_t filled, settled;           /* there is work; a document has left, or the run must end */
    stream_partition *partitions;             /* with those revoked that still have documents on their way */
    stream_job *first_waiting, *last_waiting;
    size_t in_flight, bytes;
    bool ended; /* no more work is wanted */
    bool delivering, deliveries_end;
    pthread_t deliveries; /* hears of acknowledgements */
    int code;             /* of the exit; not 0: it cannot go on */
    uint64_t events_sent, too_short;
    double told_at;
    rd_kafka_resp_err_t told; /* the last trouble told, so that the same is not told all the time */
} stream;

double stream_now(void);
/* Of all partitions that this member has; of the polling thread alone. */
void stream_pause(stream *s, bool pause);
/* Tells why it cannot go on, once; the run then ends and commits nothing that was not delivered. */
void stream_stop(stream *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- stream_kafka.c ---- */
/* Gives up what is not needed, then makes the clients and joins the group; an exit code. */
int stream_connect(stream *s);
/* Leaves the group: what workers have begun is finished, what was acknowledged is committed. Workers then end. */
/* Asks the brokers; of the polling thread alone. */
bool stream_knows_topic(stream *s);
void stream_leave(stream *s);
/* After the workers. */
void stream_disconnect(stream *s);

/* ---- stream_flow.c ---- */
/* Takes over a message of the input; false: out of memory. */
bool flow_take(stream *s, const rd_kafka_message_t *m);
void flow_at_end(stream *s, int32_t partition);
/* Waits until there is room for another document, `milliseconds` at most. */
bool flow_room(stream *s, int milliseconds);
/* How many partitions have been read and acknowledged to their end. */
size_t flow_ended(stream *s);
/* Another member gets the partitions: drops what no worker has begun, and unless they are `lost` already waits for the
 * rest to be acknowledged, so that little is done twice. */
void flow_revoke(stream *s, const rd_kafka_topic_partition_list_t *partitions, bool lost);
/* One message of the job was acknowledged, or its last one was handed over. */
void flow_acknowledge(stream *s, stream_job *job);
/* A worker: until stream.ended. */
void *flow_work(void *context);
void flow_free(stream *s);

/* ---- stream_document.c ---- */
/* Fills what comes out of the job. */
void document_code(const stream *s, stream_job *job);
/* Hands all of it to the producer; waits where its queue is full. */
void document_send(stream *s, stream_job *job);

#endif
