/* log: the file of an index: what is known of each document, one record after the other, only ever added to.
 *
 * In: entries. Out: a file that a crash at any moment leaves readable up to its last whole record.
 *
 *   file     head, then records
 *   record   length of the body and its complement, hash of the body (XXH3), body
 *   body     karaka_same_entry, numbers, events, id
 *
 * A record is written by one write(2). What follows the last whole record is an incomplete end: a reader does not look
 * at it, a writer cuts it off. A length that does not fit its complement, or a body that does not fit its hash, is
 * damage, and the file is refused: what comes after cannot be trusted. One writer holds a lock (flock), which the
 * kernel takes back when it dies. Example: 24 bytes of head, then records of about 350 bytes for an article of 200
 * words.
 */
#include "same/same.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "karaka\x1as"
enum { VERSION = 1, BODY_MOST = 64 << 20, PIECE = 1 << 20 };

typedef struct file_head {
    char magic[8];
    uint32_t version, byte_order, shingle, unused;
} file_head;

typedef struct record_head {
    uint32_t length, complement;
    uint64_t hash;
} record_head;

/* ---- Bytes ------------------------------------------------------------------------------------------------------- */

static int fail_file(const karaka_same_log *log) {
    return karaka_fail(KARAKA_ERROR_FILE, "%s: %s", log->path, strerror(errno));
}

/* Up to `length` bytes at `offset`, fewer at the end of the file; -1: errno. */
static ssize_t read_at(int file, char *out, size_t length, uint64_t offset) {
    size_t done = 0;
    while (done < length) {
        ssize_t got = pread(file, out + done, length - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

/* All or nothing: a part that was written is cut off again. */
static int write_end(karaka_same_log *log, const char *bytes, size_t length) {
    size_t done = 0;
    while (done < length) {
        ssize_t put = pwrite(log->file, bytes + done, length - done, (off_t)(log->length + done));
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            int error = fail_file(log);
            if (ftruncate(log->file, (off_t)log->length) < 0)
                return error; /* the next one that opens it cuts it off */
            return error;
        }
        done += (size_t)put;
    }
    log->length += length;
    return KARAKA_OK;
}

static int keep(karaka_same_log *log, const char *bytes, size_t length) {
    if (log->length + length > log->room) {
        size_t room = (log->length + length) * 3 / 2 + PIECE;
        char *grown = realloc(log->memory, room);
        if (!grown)
            return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for an index of %zu bytes", room);
        log->memory = grown;
        log->room = room;
    }
    memcpy(log->memory + log->length, bytes, length);
    log->length += length;
    return KARAKA_OK;
}

/* ---- Opening ----------------------------------------------------------------------------------------------------- */

static int check_head(karaka_same_log *log) {
    const file_head right = {MAGIC, VERSION, 0x01020304, KARAKA_SHINGLE, 0};
    file_head head;
    ssize_t got = read_at(log->file, (char *)&head, sizeof head, 0);
    if (got < 0)
        return fail_file(log);
    /* A crash may have come before the head was whole. */
    if ((size_t)got < sizeof head && memcmp(&head, &right, (size_t)got) == 0) {
        if (log->writes)
            return write_end(log, (const char *)&right, sizeof right);
        log->length = sizeof head;
        return KARAKA_OK;
    }
    if ((size_t)got < sizeof head || memcmp(head.magic, right.magic, sizeof head.magic) != 0)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: not an index of karaka same", log->path);
    if (memcmp(&head, &right, sizeof head) != 0)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: an index of another version or machine; make it anew", log->path);
    log->length = sizeof head;
    return KARAKA_OK;
}

static int open_file(karaka_same_log *log) {
    struct stat status;
    int how = log->writes ? O_RDWR | O_CREAT : O_RDONLY;
    log->file = open(log->path, how | O_CLOEXEC, 0666);
    if (log->file < 0 || fstat(log->file, &status) < 0)
        return fail_file(log);
    log->size = (uint64_t)status.st_size;
    if (!S_ISREG(status.st_mode))
        return karaka_fail(KARAKA_ERROR_FILE, "%s: not a plain file", log->path);
    if (log->writes && flock(log->file, LOCK_EX | LOCK_NB) < 0)
        return errno == EWOULDBLOCK
                   ? karaka_fail(KARAKA_ERROR_FILE, "%s: another process is writing this index", log->path)
                   : fail_file(log);
    return check_head(log);
}

int karaka_same_log_open(karaka_same_log *log, const char *path, unsigned flags) {
    *log = (karaka_same_log){.file = -1, .writes = !(flags & KARAKA_SAME_READ)};
    if (!path)
        return KARAKA_OK;
    log->path = strdup(path);
    int error = log->path ? open_file(log) : karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    if (error < 0)
        karaka_same_log_close(log);
    return error;
}

void karaka_same_log_close(karaka_same_log *log) {
    if (log->file >= 0)
        close(log->file);
    free(log->path);
    free(log->memory);
    *log = (karaka_same_log){.file = -1};
}

/* ---- Records ----------------------------------------------------------------------------------------------------- */

bool karaka_same_record_of(karaka_same_record *out, const char *bytes, size_t length, uint64_t number) {
    karaka_same_entry *e = &out->entry;
    if (length < sizeof *e)
        return false;
    memcpy(e, bytes, sizeof *e);
    uint64_t keys = (uint64_t)e->key_count * sizeof(uint32_t),
             events = (uint64_t)e->event_count * sizeof(karaka_same_event);
    if (sizeof *e + keys + events + e->id_length != length)
        return false;
    bool new = e->other == KARAKA_SAME_NONE;
    if (e->cluster > number || (!new && e->other >= number) || new != (e->kind == KARAKA_SAME_NEW) ||
        e->kind > KARAKA_SAME_PASSAGE || !(e->score >= 0 && e->score <= 1))
        return false;
    if (e->count > KARAKA_SKETCH_MOST || e->level > 31 || (e->key_count && e->key_count != e->count))
        return false;
    out->keys = bytes + sizeof *e;
    out->events = out->keys + keys;
    out->id = out->events + events;
    for (uint32_t i = 0; i < e->event_count; i++) {
        karaka_same_event event;
        memcpy(&event, out->events + i * sizeof event, sizeof event);
        if (event.owner > number)
            return false;
    }
    return memchr(out->id, '\0', e->id_length) == NULL && karaka_utf8_check(out->id, e->id_length) == e->id_length;
}

int karaka_same_log_append(karaka_same_log *log, uint64_t *offset, const karaka_same_entry *entry, const uint32_t *keys,
                           const karaka_same_event *events, const char *id) {
    size_t key_bytes = entry->key_count * sizeof *keys, event_bytes = entry->event_count * sizeof *events;
    size_t length = sizeof *entry + key_bytes + event_bytes + entry->id_length;
    if (length > BODY_MOST)
        return karaka_fail(KARAKA_ERROR_LIMIT, "a record of %zu bytes: larger than an index takes", length);
    char *record = malloc(sizeof(record_head) + length), *body = record + sizeof(record_head);
    if (!record)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for a record of %zu bytes", length);
    memcpy(body, entry, sizeof *entry);
    if (key_bytes)
        memcpy(body + sizeof *entry, keys, key_bytes);
    if (event_bytes)
        memcpy(body + sizeof *entry + key_bytes, events, event_bytes);
    memcpy(body + sizeof *entry + key_bytes + event_bytes, id, entry->id_length);
    record_head head = {(uint32_t)length, ~(uint32_t)length, karaka_hash(body, length, 0)};
    memcpy(record, &head, sizeof head);
    uint64_t at = log->length;
    int error = log->path ? write_end(log, record, sizeof head + length) : keep(log, record, sizeof head + length);
    free(record);
    if (!error)
        *offset = at;
    return error;
}

static int damaged(const karaka_same_log *log, uint64_t offset, uint64_t number) {
    return karaka_fail(KARAKA_ERROR_FORMAT,
                       "%s: byte %llu: damaged; the %llu documents before it are whole: 'truncate -s %llu' keeps them",
                       log->path ? log->path : "index", (unsigned long long)offset + 1, (unsigned long long)number,
                       (unsigned long long)offset);
}

static bool head_fits(const record_head *head) {
    return head->length == ~head->complement && head->length <= BODY_MOST;
}

int karaka_same_log_read(const karaka_same_log *log, karaka_arena *arena, karaka_same_record *out, uint64_t offset) {
    record_head head;
    if (!log->path) { /* written by this process and checked by nobody else */
        memcpy(&head, log->memory + offset, sizeof head);
        char *copy = karaka_arena_copy(arena, log->memory + offset + sizeof head, head.length);
        return !copy                                                                 ? KARAKA_ERROR_MEMORY
               : karaka_same_record_of(out, copy, head.length, KARAKA_SAME_NONE - 1) ? KARAKA_OK
                                                                                     : damaged(log, offset, 0);
    }
    ssize_t got = read_at(log->file, (char *)&head, sizeof head, offset);
    if (got < 0)
        return fail_file(log);
    if (got != sizeof head || !head_fits(&head))
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: changed while it was open", log->path);
    char *body = karaka_arena_alloc(arena, head.length);
    if (!body)
        return KARAKA_ERROR_MEMORY;
    got = read_at(log->file, body, head.length, offset + sizeof head);
    if (got < 0)
        return fail_file(log);
    if ((size_t)got != head.length || karaka_hash(body, head.length, 0) != head.hash ||
        !karaka_same_record_of(out, body, head.length, KARAKA_SAME_NONE - 1))
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: changed while it was open", log->path);
    return KARAKA_OK;
}

/* ---- Walking ----------------------------------------------------------------------------------------------------- */

typedef struct walk {
    const karaka_same_log *log;
    char *bytes; // [room], the file from `start` on
    size_t length, room;
    uint64_t start;
} walk;

/* Bytes [offset, offset + length) in memory; *have: fewer at the end of the file. */
static int need(walk *w, uint64_t offset, size_t length, size_t *have) {
    if (offset + length > w->start + w->length) {
        size_t wanted = length > PIECE ? length : PIECE;
        if (wanted > w->room) {
            char *grown = realloc(w->bytes, wanted);
            if (!grown)
                return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for a record of %zu bytes", length);
            w->bytes = grown;
            w->room = wanted;
        }
        ssize_t got = read_at(w->log->file, w->bytes, wanted, offset);
        if (got < 0)
            return fail_file(w->log);
        w->start = offset;
        w->length = (size_t)got;
    }
    uint64_t left = w->start + w->length - offset;
    *have = left < length ? (size_t)left : length;
    return KARAKA_OK;
}

/* One record at `offset`; *length of it with its head, 0: the end. */
static int next(walk *w, uint64_t offset, uint64_t number, karaka_same_record *out, uint64_t *length) {
    record_head head;
    size_t have = 0;
    *length = 0;
    int error = need(w, offset, sizeof head, &have);
    if (error < 0 || have < sizeof head)
        return error;
    memcpy(&head, w->bytes + (offset - w->start), sizeof head);
    if (!head_fits(&head))
        return damaged(w->log, offset, number);
    size_t whole = sizeof head + head.length;
    error = need(w, offset, whole, &have);
    if (error < 0 || have < whole)
        return error;
    const char *body = w->bytes + (offset - w->start) + sizeof head;
    if (karaka_hash(body, head.length, 0) != head.hash || !karaka_same_record_of(out, body, head.length, number))
        return damaged(w->log, offset, number);
    *length = whole;
    return KARAKA_OK;
}

int karaka_same_log_walk(karaka_same_log *log, int (*take)(void *context, const karaka_same_record *r, uint64_t offset),
                         void *context) {
    walk w = {.log = log};
    karaka_same_record record;
    uint64_t length = 0, number = 0;
    int error;
    for (;;) {
        error = next(&w, log->length, number++, &record, &length);
        if (error < 0 || !length)
            break;
        error = take(context, &record, log->length);
        if (error < 0)
            break;
        log->length += length;
    }
    free(w.bytes);
    if (!error && log->writes && ftruncate(log->file, (off_t)log->length) < 0)
        return fail_file(log);
    return error;
}
