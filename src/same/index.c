/* index: an index opened, asked and added to.
 *
 * In: a path, documents. Out: likenesses; a file that holds all that was added.
 * The file is read from end to end when it is opened, and the postings are made anew in memory; so there is one truth,
 * and a crash can only shorten it. Example: karaka_same_open(&index, "seen", KARAKA_SAME_WRITE), karaka_same_add(index,
 * document) for each, karaka_document_likeness(document)->other
 */
#include "same/same.h"

#include <stdlib.h>
#include <string.h>

enum { LOADED_MOST = 1 << 27 };

/* A document itself, to know it when it comes again. */
static uint32_t identity_key(const char *id, size_t length, uint64_t text) {
    return (uint32_t)(karaka_hash(id, length, text) >> 32);
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static int reserve(karaka_same *index, size_t keys) {
    if (index->count == KARAKA_SAME_NONE - 1)
        return karaka_fail(KARAKA_ERROR_LIMIT, "the index is full");
    if (index->count == index->room) {
        size_t room = index->room ? index->room + index->room / 2 : 1024;
        karaka_same_known *grown = realloc(index->known, room * sizeof *grown);
        if (!grown)
            return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory for an index of %zu documents", room);
        index->known = grown;
        index->room = room;
    }
    return karaka_postings_reserve(&index->postings, keys + 1);
}

/* Cannot fail after reserve(). */
static void remember(karaka_same *index, const karaka_same_entry *e, uint64_t offset, const uint32_t *keys,
                     const char *id) {
    uint32_t number = (uint32_t)index->count++, identity = identity_key(id, e->id_length, e->text);
    karaka_same_known *known = &index->known[number];
    *known = (karaka_same_known){.offset = offset, .count = e->count, .level = e->level};
    memcpy(known->counts, e->counts, sizeof known->counts);
    karaka_postings_add(&index->postings, keys, e->count, number);
    karaka_postings_add(&index->postings, &identity, 1, number);
}

static int take_record(void *context, const karaka_same_record *r, uint64_t offset) {
    karaka_same *index = context;
    uint32_t keys[KARAKA_SKETCH_MOST];
    if (r->entry.key_count != r->entry.count)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: byte %llu: a document without its numbers", index->log.path,
                           (unsigned long long)offset + 1);
    memcpy(keys, r->keys, r->entry.count * sizeof *keys);
    int error = reserve(index, r->entry.count);
    if (!error)
        remember(index, &r->entry, offset, keys, r->id);
    return error;
}

/* A table that grows on the way is made anew a dozen times; an article takes some five bytes of the file a number. */
static int load(karaka_same *index) {
    uint64_t numbers = index->log.size / 5 < LOADED_MOST ? index->log.size / 5 : LOADED_MOST;
    int error = karaka_postings_reserve(&index->postings, numbers);
    return error < 0 ? error : karaka_same_log_walk(&index->log, take_record, index);
}

/* ---- Open, close ------------------------------------------------------------------------------------------------- */

int karaka_same_open(karaka_same **out, const char *path, unsigned flags) {
    if (!path && flags & KARAKA_SAME_READ)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "an index in memory cannot be opened for reading alone");
    karaka_same *index = calloc(1, sizeof *index);
    if (!index)
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    pthread_rwlock_init(&index->lock, NULL);
    int error = karaka_same_log_open(&index->log, path, flags);
    if (!error && path)
        error = load(index);
    if (error < 0) {
        karaka_same_close(index);
        return error;
    }
    *out = index;
    return KARAKA_OK;
}

void karaka_same_close(karaka_same *index) {
    if (!index)
        return;
    karaka_same_log_close(&index->log);
    karaka_postings_free(&index->postings);
    free(index->known);
    pthread_rwlock_destroy(&index->lock);
    free(index);
}

/* ---- Add, ask ---------------------------------------------------------------------------------------------------- */

/* The record of the same document, added before. */
static int find_itself(const karaka_same *index, karaka_document *document, karaka_same_record *out, uint32_t *number,
                       bool *found) {
    const char *id = document->article.id ? document->article.id : "";
    uint32_t identity = identity_key(id, strlen(id), document->sketch->text);
    karaka_hits list = {0};
    int error = karaka_postings_find(&list, document->arena, &index->postings, &identity, 1);
    *found = false;
    for (size_t i = 0; i < list.count && !error && !*found; i++) {
        error = karaka_same_log_read(&index->log, document->arena, out, index->known[list.items[i].document].offset);
        *number = list.items[i].document;
        *found = !error && out->entry.text == document->sketch->text &&
                 karaka_slice_is((karaka_slice){out->id, out->entry.id_length}, id);
    }
    return error;
}

static int append(karaka_same *index, const karaka_document *document, karaka_same_entry *entry,
                  const karaka_same_event *events) {
    const char *id = document->article.id ? document->article.id : "";
    uint64_t offset = 0;
    entry->id_length = (uint32_t)strlen(id);
    entry->key_count = index->log.path ? entry->count : 0;
    int error = reserve(index, entry->count);
    if (!error)
        error = karaka_same_log_append(&index->log, &offset, entry, document->sketch->keys, events, id);
    if (!error)
        remember(index, entry, offset, document->sketch->keys, id);
    return error;
}

static int look_up(karaka_same *index, karaka_document *document, bool adds) {
    karaka_same_match matches[KARAKA_SAME_MATCHES];
    karaka_same_record itself;
    karaka_same_entry entry;
    karaka_same_event *events;
    uint32_t number = 0;
    size_t count = 0;
    bool found = false;
    int error = find_itself(index, document, &itself, &number, &found);
    if (error < 0)
        return error;
    if (found)
        return karaka_same_repeat(document, index, &itself, number);
    error = karaka_same_match_all(matches, &count, index, document->arena, document->sketch);
    if (!error)
        error = karaka_same_answer(document, &entry, &events, index, matches, count);
    return error < 0 || !adds ? error : append(index, document, &entry, events);
}

int karaka_same_add(karaka_same *index, karaka_document *document) {
    if (!index->log.writes)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "the index is open for reading alone");
    int error = karaka_document_sketch(document);
    if (error < 0)
        return error;
    pthread_rwlock_wrlock(&index->lock);
    error = look_up(index, document, true);
    pthread_rwlock_unlock(&index->lock);
    return error;
}

int karaka_same_ask(karaka_same *index, karaka_document *document) {
    int error = karaka_document_sketch(document);
    if (error < 0)
        return error;
    pthread_rwlock_rdlock(&index->lock);
    error = look_up(index, document, false);
    pthread_rwlock_unlock(&index->lock);
    return error;
}
