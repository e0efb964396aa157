/* answer: what is told of a document and of its events.
 *
 * In: a document with its sketch, and what the index knows. Out: its likeness; for each of its events the older event
 * that it is a copy of; what the index will keep of it. Example: "b" of 200 words, 180 of them from "a": COPY, cluster
 * "a", other "a", score 0.9; an event of b of the same type, codes, day and trigger as one of a gets duplicate_of "a"
 * and the id of a's event.
 */
#include "same/same.h"

#include <stdlib.h>
#include <string.h>

/* Bounds that bench/same-copies measures: half of a text; numbers that two texts share by more than chance; and numbers
 * one after the other that are a passage, longer than what reporters quote from the same speech: some 25 words. */
#define HALF 0.5
enum { SHARED_LEAST = 4, PASSAGE_RUN = 6 };

/* ---- Older documents --------------------------------------------------------------------------------------------- */

/* By document, then by the place in the text (`key` is the rank by now). */
static int compare_hits(const void *a, const void *b) {
    const karaka_hit *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The most hits one after the other in the text, without one between that is no hit. */
static uint32_t longest_run(const karaka_hit *hits, uint32_t count) {
    uint32_t longest = 1, run = 1;
    for (uint32_t i = 1; i < count; i++) {
        run = hits[i].key == hits[i - 1].key + 1 ? run + 1 : 1;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* A text that keeps more than a quarter of its numbers needs as many words for it. */
static bool is_passage(const karaka_sketch *sketch, const karaka_hit *hits, uint32_t count) {
    uint32_t run = longest_run(hits, count);
    return run >= PASSAGE_RUN && run << sketch->level >= PASSAGE_RUN << 2;
}

/* The `shared` hits are all that the new text has in common with the known one. */
static karaka_same_match judge(const karaka_sketch *sketch, const karaka_same_known *known, const karaka_hit *hits,
                               uint32_t shared) {
    uint8_t level = sketch->level > known->level ? sketch->level : known->level;
    uint32_t own = karaka_sketch_left(sketch->count, sketch->counts, sketch->level, level);
    uint32_t theirs = karaka_sketch_left(known->count, known->counts, known->level, level);
    double copied = shared < own ? (double)shared / own : 1, covered = shared < theirs ? (double)shared / theirs : 1;
    karaka_same_match match = {.kind = KARAKA_SAME_NEW, .score = copied > covered ? copied : covered};
    if (shared < SHARED_LEAST && (shared != own || shared != theirs))
        return match;
    if (copied >= HALF)
        match.kind = KARAKA_SAME_COPY;
    else if (covered >= HALF)
        match.kind = KARAKA_SAME_LONGER;
    else if (is_passage(sketch, hits, shared))
        match.kind = KARAKA_SAME_PASSAGE;
    return match;
}

static bool better(const karaka_same_match *a, const karaka_same_match *b) {
    if (a->kind != b->kind)
        return a->kind < b->kind;
    return a->score != b->score ? a->score > b->score : a->document < b->document;
}

static void insert(karaka_same_match out[KARAKA_SAME_MATCHES], size_t *count, const karaka_same_match *match) {
    size_t at = *count < KARAKA_SAME_MATCHES ? (*count)++ : KARAKA_SAME_MATCHES;
    for (; at && better(match, &out[at - 1]); at--)
        if (at < KARAKA_SAME_MATCHES)
            out[at] = out[at - 1];
    if (at < KARAKA_SAME_MATCHES)
        out[at] = *match;
}

int karaka_same_match_all(karaka_same_match out[KARAKA_SAME_MATCHES], size_t *count, const karaka_same *index,
                          karaka_arena *arena, const karaka_sketch *sketch) {
    karaka_hits found = {0};
    *count = 0;
    int error = karaka_postings_find(&found, arena, &index->postings, sketch->keys, sketch->count);
    if (error < 0 || !found.count)
        return error;
    for (size_t i = 0; i < found.count; i++)
        found.items[i].key = sketch->ranks[found.items[i].key];
    qsort(found.items, found.count, sizeof *found.items, compare_hits);
    for (size_t i = 0, end; i < found.count; i = end) {
        uint32_t document = found.items[i].document;
        for (end = i + 1; end < found.count && found.items[end].document == document;)
            end++;
        karaka_same_match match = judge(sketch, &index->known[document], &found.items[i], (uint32_t)(end - i));
        match.document = document;
        if (match.kind != KARAKA_SAME_NEW)
            insert(out, count, &match);
    }
    return KARAKA_OK;
}

/* ---- Events ------------------------------------------------------------------------------------------------------ */

static uint64_t hash_text(const char *text, uint64_t seed) {
    return karaka_hash(text ? text : "", text ? strlen(text) + 1 : 0, seed);
}

static uint64_t hash_codes(const karaka_party *parties, uint32_t count, uint64_t seed) {
    for (uint32_t i = 0; i < count; i++)
        seed = hash_text(parties[i].code, seed);
    return karaka_hash(&count, sizeof count, seed);
}

static uint64_t hash_deed(const karaka_event *e) {
    uint64_t h = hash_text(e->type, 0);
    h = hash_codes(e->actors, e->actor_count, h);
    h = hash_codes(e->recipients, e->recipient_count, h);
    return hash_text(e->trigger_lemma, h);
}

/* 0: no day is told. */
static uint64_t hash_days(const karaka_event *e) {
    return e->time.start ? hash_text(e->time.end, hash_text(e->time.start, 0)) : 0;
}

typedef enum likeness { UNLIKE, OTHER_DAY, ALIKE } likeness;

/* The event of a record that is most like this one. */
static likeness find_event(karaka_same_event *out, const karaka_same_record *record, const karaka_same_event *wanted) {
    likeness best = UNLIKE;
    for (uint32_t i = 0; i < record->entry.event_count && best != ALIKE; i++) {
        karaka_same_event event;
        memcpy(&event, record->events + i * sizeof event, sizeof event);
        if (event.deed != wanted->deed)
            continue;
        best = event.days == wanted->days ? ALIKE : event.days && wanted->days ? OTHER_DAY : best;
        *out = event;
    }
    return best;
}

/* What an answer is made of. */
typedef struct answer {
    karaka_document *document;
    const karaka_same *index;
    karaka_likeness *likeness;
    uint32_t number;                  /* of the document itself */
    const karaka_same_match *matches; // [count]
    karaka_same_record records[KARAKA_SAME_MATCHES];
    size_t count;
} answer;

static int read_number(const answer *a, karaka_same_record *out, uint32_t number) {
    if (number >= a->index->count)
        return karaka_fail(KARAKA_ERROR_FORMAT, "%s: changed while it was open", a->index->log.path);
    return karaka_same_log_read(&a->index->log, a->document->arena, out, a->index->known[number].offset);
}

static int id_of(const answer *a, const char **out, uint32_t number) {
    karaka_same_record record;
    if (number == a->number) {
        *out = a->document->article.id ? a->document->article.id : "";
        return KARAKA_OK;
    }
    int error = read_number(a, &record, number);
    if (error < 0)
        return error;
    *out = karaka_arena_copy(a->document->arena, record.id, record.entry.id_length);
    return *out ? KARAKA_OK : KARAKA_ERROR_MEMORY;
}

/* Whether the event's sentence stands in the older document: a copy may begin with news of its own. A sentence too
 * short to keep any number of it is held for copied. */
static int sentence_copied(const answer *a, const karaka_event *e, const karaka_same_match *from, bool *copied) {
    const karaka_document *d = a->document;
    const karaka_same_known *known = &a->index->known[from->document];
    karaka_sketch *sketch;
    karaka_hits found = {0};
    *copied = true;
    if (e->sentence >= d->sentence_count)
        return KARAKA_OK;
    karaka_span span = d->sentences[e->sentence].span;
    karaka_slice text = {d->article.text + span.start, span.end - span.start};
    int error = karaka_sketch_make(&sketch, d->arena, d->language->spelling, text);
    if (!error)
        error = karaka_postings_find(&found, d->arena, &a->index->postings, sketch->keys, sketch->count);
    if (error < 0)
        return error;
    size_t shared = 0;
    for (size_t i = 0; i < found.count; i++)
        shared += found.items[i].document == from->document;
    *copied = shared * 2 >= karaka_sketch_left(sketch->count, sketch->counts, sketch->level, known->level);
    return KARAKA_OK;
}

static int set_copy(const answer *a, karaka_event *e, const karaka_same_event *of) {
    e->event_of = karaka_arena_format(a->document->arena, "%016llx", (unsigned long long)of->id);
    return e->event_of ? id_of(a, &e->duplicate_of, of->owner) : KARAKA_ERROR_MEMORY;
}

/* In a copy an event like the original's is the original's, however its sentence was changed; in a longer report only
 * if the sentence is. Any event of a copied sentence is, though understood otherwise there, but not one of another day:
 * such sentences come every day. */
static int mark_event(const answer *a, karaka_event *e, karaka_same_event *kept) {
    bool copied = false, other_day = false, copy = a->count && a->matches[0].kind == KARAKA_SAME_COPY;
    int error = KARAKA_OK;
    *kept = (karaka_same_event){
        .deed = hash_deed(e), .days = hash_days(e), .id = strtoull(e->id, NULL, 16), .owner = a->number};
    for (size_t i = 0; i < a->count && !error; i++) {
        karaka_same_event older;
        likeness like = find_event(&older, &a->records[i], kept);
        other_day |= like == OTHER_DAY;
        copied = like == ALIKE && a->matches[i].kind == KARAKA_SAME_COPY;
        if (like == ALIKE && !copied)
            error = sentence_copied(a, e, &a->matches[i], &copied);
        if (error < 0 || !copied)
            continue;
        kept->id = older.id;
        kept->owner = older.owner;
        kept->copied = true;
        return set_copy(a, e, kept);
    }
    if (!error && copy && !other_day)
        error = sentence_copied(a, e, &a->matches[0], &copied);
    kept->copied = copied;
    e->duplicate_of = copied ? a->likeness->other : NULL;
    return error;
}

static int mark_events(const answer *a, karaka_same_event **out) {
    karaka_document *d = a->document;
    karaka_same_event *kept = karaka_arena_array(d->arena, d->event_count + 1, sizeof *kept);
    if (!kept)
        return KARAKA_ERROR_MEMORY;
    for (uint32_t i = 0; i < d->event_count; i++) {
        int error = mark_event(a, &d->events[i], &kept[i]);
        if (error < 0)
            return error;
    }
    *out = kept;
    return KARAKA_OK;
}

/* ---- The answer -------------------------------------------------------------------------------------------------- */

static int tell(answer *a, const karaka_same_entry *entry) {
    a->likeness = karaka_arena_alloc(a->document->arena, sizeof *a->likeness);
    if (!a->likeness)
        return KARAKA_ERROR_MEMORY;
    a->likeness->kind = (karaka_same_kind)entry->kind;
    a->likeness->score = entry->score;
    int error = id_of(a, &a->likeness->cluster, entry->cluster);
    if (!error && entry->other != KARAKA_SAME_NONE)
        error = id_of(a, &a->likeness->other, entry->other);
    return error;
}

int karaka_same_answer(karaka_document *document, karaka_same_entry *entry, karaka_same_event **events,
                       const karaka_same *index, const karaka_same_match *matches, size_t count) {
    answer a = {.document = document, .index = index, .number = (uint32_t)index->count, .matches = matches};
    const karaka_sketch *sketch = document->sketch;
    for (int error; a.count < count; a.count++)
        if ((error = read_number(&a, &a.records[a.count], matches[a.count].document)) < 0)
            return error;
    bool alike = count && matches[0].kind != KARAKA_SAME_PASSAGE;
    *entry = (karaka_same_entry){
        .text = sketch->text,
        .cluster = alike ? a.records[0].entry.cluster : a.number,
        .other = count ? matches[0].document : KARAKA_SAME_NONE,
        .score = count ? (float)matches[0].score : 0,
        .count = sketch->count,
        .level = sketch->level,
        .kind = (uint8_t)(count ? matches[0].kind : KARAKA_SAME_NEW),
        .event_count = document->event_count,
    };
    memcpy(entry->counts, sketch->counts, sizeof entry->counts);
    int error = tell(&a, entry);
    if (!error)
        error = mark_events(&a, events);
    if (!error)
        document->likeness = a.likeness;
    return error;
}

/* As the record of its first time tells; what that does not know (it was not coded then, or with other tables) is
 * compared with the original. */
static int repeat_event(const answer *a, karaka_event *e, const karaka_same_record *record) {
    karaka_same_event kept = {.deed = hash_deed(e), .days = hash_days(e)};
    const karaka_same_event wanted = kept;
    if (find_event(&kept, record, &wanted) != ALIKE)
        return mark_event(a, e, &kept);
    if (kept.copied && kept.owner != a->number)
        return set_copy(a, e, &kept);
    e->duplicate_of = kept.copied ? a->likeness->other : NULL;
    return KARAKA_OK;
}

int karaka_same_repeat(karaka_document *document, const karaka_same *index, const karaka_same_record *record,
                       uint32_t number) {
    const karaka_same_entry *entry = &record->entry;
    const karaka_same_match match = {entry->other, (karaka_same_kind)entry->kind, entry->score};
    answer a = {.document = document, .index = index, .number = number, .matches = &match};
    int error = tell(&a, entry);
    if (!error && entry->other != KARAKA_SAME_NONE && document->event_count)
        error = read_number(&a, &a.records[a.count++], entry->other);
    for (uint32_t i = 0; i < document->event_count && !error; i++)
        error = repeat_event(&a, &document->events[i], record);
    if (!error)
        document->likeness = a.likeness;
    return error;
}

const karaka_likeness *karaka_document_likeness(const karaka_document *document) {
    return document->likeness;
}
