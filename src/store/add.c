/* add: one coded document into the database.
 *
 * In: a document after karaka_document_code. Out: its rows, within the open batch: all of them or none. What stands
 * there already, word for word, is left alone; what has changed takes the place of the old. Example: a page with two
 * events about Kim and Lavrov -> 1 document, 4 sentences, 2 events, 4 parties, 2 actors.
 */
#include "store/store.h"

#include "document.h"
#include "output/writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const texts[ADD_STATEMENTS] = {
    [ADD_FIND_DOCUMENT] = "SELECT id, hash FROM document WHERE key = ?",
    [ADD_DROP_DOCUMENT] = "DELETE FROM document WHERE id = ?",
    [ADD_DOCUMENT] = "INSERT INTO document (key, hash, url, outlet, title, section, language, published, day, "
                     "duplicate_of, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_WORDS] = "INSERT INTO document_text (rowid, title, text) SELECT id, title, text FROM document WHERE id >= ?",
    [ADD_DROP_WORDS] = "INSERT INTO document_text (document_text, rowid, title, text) "
                       "SELECT 'delete', id, title, text FROM document WHERE id = ?",
    [ADD_SENTENCE] = "INSERT INTO sentence VALUES (?, ?, ?, ?)",
    [ADD_EVENT] =
        "INSERT INTO event VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?)",
    [ADD_PARTY] = "INSERT INTO party VALUES (?, ?, ?, ?, ?, ?, ?)",
    [ADD_DYADS] = "INSERT OR IGNORE INTO dyad SELECT a.event, first.country, second.country "
                  "FROM party AS a JOIN actor AS first ON first.id = a.actor "
                  "JOIN party AS b ON b.event = a.event JOIN actor AS second ON second.id = b.actor "
                  "WHERE a.event = ?1 AND ((a.side = 'actor' AND b.side = 'recipient') "
                  "OR (?2 AND a.side = 'recipient' AND b.side = 'actor'))",
    [ADD_CREDIT] = "INSERT INTO credit VALUES (?, ?, ?, ?, ?, ?)",
    [ADD_CONTEXT] = "INSERT INTO context VALUES (?, ?, ?)",
    [ADD_MENTION] = "INSERT INTO mention VALUES (?, ?, ?, ?, ?)",
    [ADD_FIND_OUTLET] = "SELECT id FROM outlet WHERE name = ?",
    [ADD_OUTLET] = "INSERT INTO outlet (name) VALUES (?)",
    [ADD_FIND_ACTOR] = "SELECT id FROM actor WHERE code = ? AND name = ?",
    [ADD_ACTOR] = "INSERT INTO actor (code, name, country) VALUES (?, ?, ?)",
    [ADD_FIND_PLACE] = "SELECT id FROM place WHERE geonames = ? AND name = ? AND country = ?",
    [ADD_PLACE] = "INSERT INTO place (geonames, name, country, lat, lon) VALUES (?, ?, ?, ?, ?)",
    [ADD_FIND_SOURCE] = "SELECT id FROM source WHERE name = ? AND code = ? AND state_media = ?",
    [ADD_SOURCE] = "INSERT INTO source (name, code, state_media) VALUES (?, ?, ?)",
};

/* A row being bound: values go to the next "?". Errors stick, and put_run tells them. */
typedef struct row {
    karaka_store *store;
    sqlite3_stmt *statement;
    int next;
    bool bad;
} row;

static row row_begin(karaka_store *store, int which) {
    row r = {.store = store, .next = 1};
    if (!store->add[which])
        r.bad = sqlite3_prepare_v3(store->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, &store->add[which], NULL) !=
                SQLITE_OK;
    r.statement = store->add[which];
    return r;
}

static void put_bytes(row *r, const char *bytes, size_t length) {
    r->bad |= !r->statement ||
              sqlite3_bind_text64(r->statement, r->next++, bytes, length, SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK;
}

/* NULL is NULL. */
static void put_text(row *r, const char *text) {
    if (text)
        put_bytes(r, text, strlen(text));
    else
        r->next++; /* row_end has cleared it */
}

static void put_integer(row *r, int64_t value) {
    r->bad |= !r->statement || sqlite3_bind_int64(r->statement, r->next++, value) != SQLITE_OK;
}

static void put_real(row *r, double value) {
    if (isnan(value))
        r->next++;
    else
        r->bad |= !r->statement || sqlite3_bind_double(r->statement, r->next++, value) != SQLITE_OK;
}

static void put_span(row *r, karaka_span span) {
    put_integer(r, span.start);
    put_integer(r, span.end);
}

static void row_end(row *r) {
    if (!r->statement)
        return;
    sqlite3_reset(r->statement);
    sqlite3_clear_bindings(r->statement);
}

/* Runs a statement that gives no rows; *id is that of the row inserted. */
static int row_write(row *r, int64_t *id) {
    bool done = !r->bad && sqlite3_step(r->statement) == SQLITE_DONE;
    int error = done ? KARAKA_OK : karaka_store_fail(r->store, "cannot be written");
    if (done && id)
        *id = sqlite3_last_insert_rowid(r->store->db);
    row_end(r);
    return error;
}

/* The first column of the first row, the second in *more; *found false where there is none. */
static int row_find(row *r, bool *found, int64_t *first, int64_t *second) {
    int step = r->bad ? SQLITE_ERROR : sqlite3_step(r->statement);
    int error = KARAKA_OK;
    *found = step == SQLITE_ROW;
    if (*found) {
        *first = sqlite3_column_int64(r->statement, 0);
        if (second)
            *second = sqlite3_column_int64(r->statement, 1);
    } else if (step != SQLITE_DONE) {
        error = karaka_store_fail(r->store, "cannot be read");
    }
    row_end(r);
    return error;
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

/* ---- What several events share: found, or made ---- */

static uint64_t key_of(int kind, const char *a, const char *b, uint32_t number) {
    uint64_t key = karaka_hash(a, strlen(a) + 1, (uint64_t)kind << 32 | number);
    return karaka_hash(b, strlen(b) + 1, key);
}

/* The id that was found or made for the key lately; 0: none. */
static int64_t known(const karaka_store *store, uint64_t key) {
    size_t at = key % KARAKA_STORE_KNOWN;
    return store->known[at].key == key ? store->known[at].id : 0;
}

static void remember(karaka_store *store, uint64_t key, int64_t id) {
    size_t at = key % KARAKA_STORE_KNOWN;
    store->known[at].key = key;
    store->known[at].id = id;
}

static int look_up(row *find, karaka_store *store, uint64_t key, bool *found, int64_t *id) {
    int error = row_find(find, found, id, NULL);
    if (error == KARAKA_OK && *found)
        remember(store, key, *id);
    return error;
}

static int make(row *new, karaka_store *store, uint64_t key, int64_t *id) {
    int error = row_write(new, id);
    if (error == KARAKA_OK)
        remember(store, key, *id);
    return error;
}

static int outlet_of(karaka_store *store, const char *name, int64_t *id) {
    bool found;
    uint64_t key = key_of(ADD_FIND_OUTLET, name, "", 0);
    if ((*id = known(store, key)))
        return KARAKA_OK;
    row r = row_begin(store, ADD_FIND_OUTLET);
    put_text(&r, name);
    int error = look_up(&r, store, key, &found, id);
    if (error < 0 || found)
        return error;
    r = row_begin(store, ADD_OUTLET);
    put_text(&r, name);
    return make(&r, store, key, id);
}

static size_t country_length(const char *code) {
    return strcspn(code, " ");
}

static int actor_of(karaka_store *store, const karaka_party *party, int64_t *id) {
    bool found;
    uint64_t key = key_of(ADD_FIND_ACTOR, or_empty(party->code), or_empty(party->name), 0);
    if ((*id = known(store, key)))
        return KARAKA_OK;
    row r = row_begin(store, ADD_FIND_ACTOR);
    put_text(&r, or_empty(party->code));
    put_text(&r, or_empty(party->name));
    int error = look_up(&r, store, key, &found, id);
    if (error < 0 || found)
        return error;
    r = row_begin(store, ADD_ACTOR);
    put_text(&r, or_empty(party->code));
    put_text(&r, or_empty(party->name));
    put_bytes(&r, or_empty(party->code), country_length(or_empty(party->code)));
    return make(&r, store, key, id);
}

static int place_of(karaka_store *store, const karaka_place *place, int64_t *id) {
    bool found;
    uint64_t key = key_of(ADD_FIND_PLACE, or_empty(place->name), or_empty(place->country), place->geonames);
    if ((*id = known(store, key)))
        return KARAKA_OK;
    row r = row_begin(store, ADD_FIND_PLACE);
    put_integer(&r, place->geonames);
    put_text(&r, or_empty(place->name));
    put_text(&r, or_empty(place->country));
    int error = look_up(&r, store, key, &found, id);
    if (error < 0 || found)
        return error;
    r = row_begin(store, ADD_PLACE);
    put_integer(&r, place->geonames);
    put_text(&r, or_empty(place->name));
    put_text(&r, or_empty(place->country));
    put_real(&r, place->lat);
    put_real(&r, place->lon);
    return make(&r, store, key, id);
}

static int source_of(karaka_store *store, const karaka_source *source, int64_t *id) {
    bool found;
    uint64_t key = key_of(ADD_FIND_SOURCE, or_empty(source->name), or_empty(source->code), source->state_media);
    if ((*id = known(store, key)))
        return KARAKA_OK;
    row r = row_begin(store, ADD_FIND_SOURCE);
    put_text(&r, or_empty(source->name));
    put_text(&r, or_empty(source->code));
    put_integer(&r, source->state_media);
    int error = look_up(&r, store, key, &found, id);
    if (error < 0 || found)
        return error;
    r = row_begin(store, ADD_SOURCE);
    put_text(&r, or_empty(source->name));
    put_text(&r, or_empty(source->code));
    put_integer(&r, source->state_media);
    return make(&r, store, key, id);
}

/* ---- What an event is the same as ---- */

/* Sum of hashes, so that the order of the parties does not matter. */
static uint64_t hash_countries(const karaka_party *parties, uint32_t count) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *code = or_empty(parties[i].code);
        uint64_t hash = karaka_hash(code, country_length(code), 1);
        bool again = false;
        for (uint32_t j = 0; j < i && !again; j++)
            again = country_length(or_empty(parties[j].code)) == country_length(code) &&
                    strncmp(or_empty(parties[j].code), code, country_length(code)) == 0;
        sum += again ? 0 : hash;
    }
    return sum;
}

/* "2025-07-14" -> a number that grows from day to day, below 2^22. */
static uint64_t day_number(const char *day) {
    unsigned year = 0, month = 0, number = 0;
    sscanf(day, "%4u-%2u-%2u", &year, &month, &number);
    return ((uint64_t)(year * 16 + month % 16) * 32 + number % 32) & 0x3fffff;
}

/* Without a day nothing says that two documents mean the same act. Stories of a day stand together in the index, which
 * is then written page by page as the days come, and not all over. */
static int64_t story_of(const karaka_event *event, const char *day, int64_t document) {
    uint64_t actors = hash_countries(event->actors, event->actor_count);
    uint64_t recipients = hash_countries(event->recipients, event->recipient_count);
    const uint64_t sides[2] = {event->mutual ? actors + recipients : actors, event->mutual ? 0 : recipients};
    uint64_t hash = karaka_hash(event->type, strlen(event->type), 2);
    hash = karaka_hash(sides, sizeof sides, hash);
    if (!day)
        return (int64_t)(karaka_hash(&document, sizeof document, hash) & 0xffffffffff);
    return (int64_t)(day_number(day) << 40 | (hash & 0xffffffffff));
}

/* "2025-07-14T14:20:39+05:30" -> "2025-07-14" in `room`; NULL where there is no whole date. */
static const char *day_of(char room[11], const char *iso) {
    if (!iso || strlen(iso) < 10 || iso[4] != '-' || iso[7] != '-')
        return NULL;
    memcpy(room, iso, 10);
    room[10] = '\0';
    return room;
}

/* ---- Events ---- */

static int add_parties(karaka_store *store, int64_t event, const char *side, const karaka_party *parties,
                       uint32_t count) {
    int error = KARAKA_OK;
    for (uint32_t i = 0; i < count && error == KARAKA_OK; i++) {
        int64_t actor = 0;
        error = actor_of(store, &parties[i], &actor);
        if (error < 0)
            break;
        row r = row_begin(store, ADD_PARTY);
        put_integer(&r, event);
        put_text(&r, side);
        put_integer(&r, i);
        put_integer(&r, actor);
        put_text(&r, or_empty(parties[i].text));
        put_span(&r, parties[i].span);
        error = row_write(&r, NULL);
    }
    return error;
}

static int add_dyads(karaka_store *store, int64_t id, const karaka_event *event) {
    row r = row_begin(store, ADD_DYADS);
    put_integer(&r, id);
    put_integer(&r, event->mutual);
    return row_write(&r, NULL);
}

static int add_credits(karaka_store *store, int64_t id, const karaka_event *event) {
    int error = KARAKA_OK;
    for (uint32_t i = 0; i < event->source_count && error == KARAKA_OK; i++) {
        int64_t source = 0;
        error = source_of(store, &event->sources[i], &source);
        if (error < 0)
            break;
        row r = row_begin(store, ADD_CREDIT);
        put_integer(&r, id);
        put_integer(&r, i);
        put_integer(&r, source);
        put_text(&r, or_empty(event->sources[i].text));
        put_span(&r, event->sources[i].span);
        error = row_write(&r, NULL);
    }
    return error;
}

static int add_contexts_and_mentions(karaka_store *store, int64_t id, const karaka_event *event) {
    int error = KARAKA_OK;
    for (uint32_t i = 0; i < event->context_count && error == KARAKA_OK; i++) {
        row r = row_begin(store, ADD_CONTEXT);
        put_integer(&r, id);
        put_integer(&r, i);
        put_text(&r, event->contexts[i]);
        error = row_write(&r, NULL);
    }
    for (uint32_t i = 0; i < event->mention_count && error == KARAKA_OK; i++) {
        row r = row_begin(store, ADD_MENTION);
        put_integer(&r, id);
        put_integer(&r, i);
        put_integer(&r, event->mentions[i].sentence);
        put_span(&r, event->mentions[i].span);
        error = row_write(&r, NULL);
    }
    return error;
}

/* `days` is where the dates stand until the row is written. */
static void put_time_and_place(row *r, const karaka_event *event, int64_t place, char days[2][11]) {
    put_text(r, event->time.text);
    if (event->time.text)
        put_span(r, event->time.span);
    else
        r->next += 2;
    put_text(r, event->time.text ? day_of(days[0], event->time.start) : NULL);
    put_text(r, event->time.text ? day_of(days[1], event->time.end) : NULL);
    if (event->place.text) {
        put_integer(r, place);
        put_text(r, event->place.text);
        put_span(r, event->place.span);
    } else {
        r->next += 4;
    }
}

static int add_event_row(karaka_store *store, int64_t document, const char *published, const karaka_event *event,
                         int64_t *id) {
    char room[11], days[2][11];
    int64_t place = 0;
    const char *day = event->time.text ? day_of(room, event->time.start) : NULL;
    if (!day)
        day = day_of(room, published);
    int error = event->place.text ? place_of(store, &event->place, &place) : KARAKA_OK;
    if (error < 0)
        return error;
    row r = row_begin(store, ADD_EVENT);
    put_text(&r, event->id);
    put_integer(&r, document);
    put_text(&r, day);
    put_integer(&r, story_of(event, day, document));
    put_text(&r, event->type);
    put_text(&r, event->mode);
    if (event->quad)
        put_integer(&r, event->quad);
    else
        r.next++;
    put_text(&r, event->cameo);
    put_real(&r, event->goldstein);
    put_text(&r, karaka_status_name(event->status));
    put_integer(&r, event->mutual);
    put_time_and_place(&r, event, place, days);
    put_text(&r, event->trigger);
    put_text(&r, event->trigger_lemma);
    put_span(&r, event->trigger_span);
    put_integer(&r, event->sentence);
    put_integer(&r, event->headline);
    put_text(&r, event->rule);
    return row_write(&r, id);
}

static int add_event(karaka_store *store, int64_t document, const char *published, const karaka_event *event) {
    int64_t id = 0;
    int error = add_event_row(store, document, published, event, &id);
    if (error == KARAKA_OK)
        error = add_parties(store, id, "actor", event->actors, event->actor_count);
    if (error == KARAKA_OK)
        error = add_parties(store, id, "recipient", event->recipients, event->recipient_count);
    if (error == KARAKA_OK && event->actor_count && event->recipient_count)
        error = add_dyads(store, id, event);
    if (error == KARAKA_OK)
        error = add_credits(store, id, event);
    if (error == KARAKA_OK)
        error = add_contexts_and_mentions(store, id, event);
    return error;
}

/* ---- Documents ---- */

/* The id of the document that this one repeats, or NULL. */
static const char *copied_from(const karaka_document *document) {
    const karaka_likeness *likeness = document->likeness;
    return likeness && likeness->kind == KARAKA_SAME_COPY ? likeness->other : NULL;
}

static int add_document_row(karaka_store *store, const karaka_document *document, int64_t hash, int64_t *id) {
    const karaka_article *article = &document->article;
    char room[11];
    int64_t outlet = 0;
    int error = article->outlet ? outlet_of(store, article->outlet, &outlet) : KARAKA_OK;
    if (error < 0)
        return error;
    row r = row_begin(store, ADD_DOCUMENT);
    put_text(&r, or_empty(article->id));
    put_integer(&r, hash);
    put_text(&r, article->url);
    if (article->outlet)
        put_integer(&r, outlet);
    else
        r.next++;
    put_text(&r, article->title);
    put_text(&r, article->section);
    put_text(&r, or_empty(article->lang));
    put_text(&r, article->published);
    put_text(&r, day_of(room, article->published));
    put_text(&r, copied_from(document));
    put_bytes(&r, article->text, article->length);
    return row_write(&r, id);
}

/* Full-text search keeps no text of its own; SQLite lets no trigger of an untrusted file write to it. Once a batch, for
 * it writes what it has gathered at every savepoint, and merges all that it wrote. New ids are the highest ones. */
static int add_words(karaka_store *store) {
    row r = row_begin(store, ADD_WORDS);
    put_integer(&r, store->uncounted);
    return row_write(&r, NULL);
}

int karaka_store_count(karaka_store *store) {
    if (!store->uncounted)
        return KARAKA_OK;
    int error = add_words(store);
    if (error == KARAKA_OK)
        error = karaka_store_tally(store, store->uncounted, INT64_MAX, 1);
    if (error == KARAKA_OK)
        store->uncounted = 0;
    return error;
}

static int add_all(karaka_store *store, const karaka_document *document, int64_t hash) {
    int64_t id = 0;
    int error = add_document_row(store, document, hash, &id);
    if (error == KARAKA_OK && (!store->uncounted || id < store->uncounted))
        store->uncounted = id;
    for (uint32_t i = 0; i < document->sentence_count && error == KARAKA_OK; i++) {
        row r = row_begin(store, ADD_SENTENCE);
        put_integer(&r, id);
        put_integer(&r, i);
        put_span(&r, document->sentences[i].span);
        error = row_write(&r, NULL);
    }
    for (uint32_t i = 0; i < document->event_count && error == KARAKA_OK; i++)
        error = add_event(store, id, document->article.published, &document->events[i]);
    return error;
}

/* Of the article, of its records, so that new tables replace what old ones read, and of what it repeats: a document
 * without events has no record that tells. */
static int hash_of(int64_t *out, const karaka_document *document) {
    const karaka_article *a = &document->article;
    const char *const facts[] = {a->id, a->url, a->outlet, a->title, a->section, a->lang, a->published};
    karaka_text records = {0};
    int error = karaka_write_jsonl(&records, document);
    if (error == KARAKA_OK) {
        uint64_t hash = karaka_hash(records.bytes, records.length, 3);
        for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
            hash = karaka_hash(or_empty(facts[i]), strlen(or_empty(facts[i])), hash + !facts[i]);
        const char *original = copied_from(document);
        if (original)
            hash = karaka_hash(original, strlen(original), hash);
        *out = (int64_t)karaka_hash(a->text, a->length, hash);
    }
    karaka_text_free(&records);
    return error;
}

static int drop(karaka_store *store, int64_t id) {
    static const int steps[] = {ADD_DROP_WORDS, ADD_DROP_DOCUMENT};
    bool counted = !store->uncounted || id < store->uncounted;
    int error = counted ? karaka_store_tally(store, id, id, -1) : KARAKA_OK;
    for (size_t i = counted ? 0 : 1; i < 2 && error == KARAKA_OK; i++) {
        row r = row_begin(store, steps[i]);
        put_integer(&r, id);
        error = row_write(&r, NULL);
    }
    return error;
}

static int replace(karaka_stored *out, karaka_store *store, const karaka_document *document, int64_t hash) {
    int64_t id = 0, old_hash = 0;
    bool found;
    row r = row_begin(store, ADD_FIND_DOCUMENT);
    put_text(&r, or_empty(document->article.id));
    int error = row_find(&r, &found, &id, &old_hash);
    if (error < 0)
        return error;
    *out = !found ? KARAKA_STORED_NEW : old_hash == hash ? KARAKA_STORED_SAME : KARAKA_STORED_CHANGED;
    if (*out == KARAKA_STORED_SAME)
        return KARAKA_OK;
    if (found)
        error = drop(store, id);
    return error < 0 ? error : add_all(store, document, hash);
}

/* Takes the document that failed back, and the whole batch where that cannot be done. */
static void take_back(karaka_store *store, int64_t uncounted) {
    if (sqlite3_get_autocommit(store->db) ||
        sqlite3_exec(store->db, "ROLLBACK TO document; RELEASE document", NULL, NULL, NULL) != SQLITE_OK) {
        karaka_store_drop_batch(store);
        return;
    }
    memset(store->known, 0, sizeof store->known);
    store->uncounted = uncounted;
}

int karaka_store_add(karaka_stored *out, karaka_store *store, const karaka_document *document) {
    int64_t hash = 0, uncounted = store->uncounted;
    karaka_stored stored = KARAKA_STORED_SAME;
    if (!document->coded)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a document is added after karaka_document_code");
    int error = hash_of(&hash, document);
    if (error == KARAKA_OK && !store->in_batch) {
        error = karaka_store_run(store, "BEGIN IMMEDIATE");
        store->in_batch = error == KARAKA_OK;
    }
    if (error < 0)
        return error;
    error = karaka_store_run(store, "SAVEPOINT document");
    if (error < 0) {
        karaka_store_drop_batch(store);
        return error;
    }
    error = replace(&stored, store, document, hash);
    if (error == KARAKA_OK)
        error = karaka_store_run(store, "RELEASE document");
    if (error == KARAKA_OK)
        *out = stored;
    else
        take_back(store, uncounted);
    return error;
}
