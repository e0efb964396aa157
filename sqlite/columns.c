/* columns: see columns.h. Each column is one line of a list, from which its declaration and its value are made. */
#include "columns.h"

#include <math.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static void text(sqlite3_context *to, const char *value) {
    if (value)
        sqlite3_result_text(to, value, -1, SQLITE_TRANSIENT);
}

static void part(sqlite3_context *to, const row *r, karaka_span span) {
    sqlite3_result_text64(to, r->article->text + span.start, span.end - span.start, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void number(sqlite3_context *to, sqlite3_int64 value) {
    sqlite3_result_int64(to, value);
}

static void known(sqlite3_context *to, sqlite3_int64 value) {
    if (value)
        sqlite3_result_int64(to, value);
}

/* Not a number is NULL. */
static void real(sqlite3_context *to, double value) {
    sqlite3_result_double(to, value);
}

/* CoNLL-U writes "_" for what it does not know. */
static void cell(sqlite3_context *to, const char *value) {
    if (strcmp(value, "_") != 0)
        text(to, value);
}

static const char *status_name(karaka_status status) {
    static const char *const names[] = {"asserted", "planned", "possible", "denied"};
    return names[status];
}

/* ---- Lists, as JSON in the shape of the record ------------------------------------------------------------------- */

static void put_string(sqlite3_str *out, const char *value) {
    if (!value) {
        sqlite3_str_appendall(out, "null");
        return;
    }
    sqlite3_str_appendchar(out, 1, '"');
    for (; *value; value++) {
        unsigned char c = (unsigned char)*value;
        if (c < 0x20)
            sqlite3_str_appendf(out, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            sqlite3_str_appendf(out, "\\%c", c);
        else
            sqlite3_str_appendchar(out, 1, *value);
    }
    sqlite3_str_appendchar(out, 1, '"');
}

static void put_named(sqlite3_str *out, const char *words, karaka_span span, const char *name, const char *code) {
    sqlite3_str_appendall(out, "{\"text\":");
    put_string(out, words);
    sqlite3_str_appendf(out, ",\"span\":[%u,%u],\"name\":", span.start, span.end);
    put_string(out, name);
    sqlite3_str_appendall(out, ",\"code\":");
    put_string(out, code);
}

static void give_list(sqlite3_context *to, sqlite3_str *out) {
    sqlite3_str_appendchar(out, 1, ']');
    char *json = sqlite3_str_finish(out);
    if (json)
        sqlite3_result_text(to, json, -1, sqlite3_free);
    else
        sqlite3_result_error_nomem(to);
}

static sqlite3_str *begin_list(sqlite3_context *to) {
    sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(to));
    sqlite3_str_appendchar(out, 1, '[');
    return out;
}

static void context_list(sqlite3_context *to, const karaka_event *e) {
    sqlite3_str *out = begin_list(to);
    for (uint32_t i = 0; i < e->context_count; i++) {
        sqlite3_str_appendall(out, i ? "," : "");
        put_string(out, e->contexts[i]);
    }
    give_list(to, out);
}

static void party_list(sqlite3_context *to, const karaka_party *party, uint32_t count) {
    sqlite3_str *out = begin_list(to);
    for (uint32_t i = 0; i < count; i++) {
        sqlite3_str_appendall(out, i ? "," : "");
        put_named(out, party[i].text, party[i].span, party[i].name, party[i].code);
        sqlite3_str_appendchar(out, 1, '}');
    }
    give_list(to, out);
}

static void source_list(sqlite3_context *to, const karaka_event *e) {
    sqlite3_str *out = begin_list(to);
    for (uint32_t i = 0; i < e->source_count; i++) {
        const karaka_source *s = &e->sources[i];
        sqlite3_str_appendall(out, i ? "," : "");
        put_named(out, s->text, s->span, s->name, s->code);
        sqlite3_str_appendf(out, ",\"state_media\":%s}", s->state_media ? "true" : "false");
    }
    give_list(to, out);
}

/* ---- The columns ------------------------------------------------------------------------------------------------- */

/* The first of a list, where there is one. */
#define FIRST(list, field) (e->list##_count ? e->list##s[0].field : NULL)

#define EVENT_COLUMNS(COLUMN)                                                     \
    COLUMN(id, "TEXT", text(to, e->id))                                           \
    COLUMN(type, "TEXT", text(to, e->type))                                       \
    COLUMN(mode, "TEXT", text(to, e->mode))                                       \
    COLUMN(contexts, "TEXT", context_list(to, e))                                 \
    COLUMN(quad, "INTEGER", known(to, e->quad))                                   \
    COLUMN(cameo, "TEXT", text(to, e->cameo))                                     \
    COLUMN(goldstein, "REAL", real(to, e->goldstein))                             \
    COLUMN(actor_code, "TEXT", text(to, FIRST(actor, code)))                      \
    COLUMN(actor_name, "TEXT", text(to, FIRST(actor, name)))                      \
    COLUMN(actor_text, "TEXT", text(to, FIRST(actor, text)))                      \
    COLUMN(recipient_code, "TEXT", text(to, FIRST(recipient, code)))              \
    COLUMN(recipient_name, "TEXT", text(to, FIRST(recipient, name)))              \
    COLUMN(recipient_text, "TEXT", text(to, FIRST(recipient, text)))              \
    COLUMN(actors, "TEXT", party_list(to, e->actors, e->actor_count))             \
    COLUMN(recipients, "TEXT", party_list(to, e->recipients, e->recipient_count)) \
    COLUMN(mutual, "INTEGER", number(to, e->mutual))                              \
    COLUMN(status, "TEXT", text(to, status_name(e->status)))                      \
    COLUMN(time_start, "TEXT", text(to, e->time.start))                           \
    COLUMN(time_end, "TEXT", text(to, e->time.end))                               \
    COLUMN(time_text, "TEXT", text(to, e->time.text))                             \
    COLUMN(place_name, "TEXT", text(to, e->place.name))                           \
    COLUMN(place_country, "TEXT", text(to, e->place.country))                     \
    COLUMN(lat, "REAL", real(to, e->place.text ? e->place.lat : NAN))             \
    COLUMN(lon, "REAL", real(to, e->place.text ? e->place.lon : NAN))             \
    COLUMN(geonames, "INTEGER", known(to, e->place.geonames))                     \
    COLUMN(place_text, "TEXT", text(to, e->place.text))                           \
    COLUMN(source_code, "TEXT", text(to, FIRST(source, code)))                    \
    COLUMN(source_name, "TEXT", text(to, FIRST(source, name)))                    \
    COLUMN(source_text, "TEXT", text(to, FIRST(source, text)))                    \
    COLUMN(sources, "TEXT", source_list(to, e))                                   \
    COLUMN(trigger, "TEXT", text(to, e->trigger))                                 \
    COLUMN(trigger_lemma, "TEXT", text(to, e->trigger_lemma))                     \
    COLUMN(sentence_index, "INTEGER", number(to, e->sentence))                    \
    COLUMN(sentence, "TEXT", part(to, r, r->sentences[e->sentence].span))         \
    COLUMN(mentions, "INTEGER", number(to, e->mention_count))                     \
    COLUMN(headline, "INTEGER", number(to, e->headline))                          \
    COLUMN(rule, "TEXT", text(to, e->rule))

#define SENTENCE_COLUMNS(COLUMN)                                              \
    COLUMN(sentence_index, "INTEGER", number(to, (sqlite3_int64)r->sentence)) \
    COLUMN(paragraph, "INTEGER", number(to, s->paragraph))                    \
    COLUMN(start, "INTEGER", number(to, s->span.start))                       \
    COLUMN(stop, "INTEGER", number(to, s->span.end))                          \
    COLUMN(sentence, "TEXT", part(to, r, s->span))

#define TOKEN_COLUMNS(COLUMN)                                                 \
    COLUMN(sentence_index, "INTEGER", number(to, (sqlite3_int64)r->sentence)) \
    COLUMN(id, "INTEGER", number(to, (sqlite3_int64)r->token + 1))            \
    COLUMN(form, "TEXT", text(to, t->form))                                   \
    COLUMN(lemma, "TEXT", text(to, t->lemma))                                 \
    COLUMN(upos, "TEXT", cell(to, t->upos))                                   \
    COLUMN(xpos, "TEXT", cell(to, t->xpos))                                   \
    COLUMN(feats, "TEXT", cell(to, t->feats))                                 \
    COLUMN(head, "INTEGER", number(to, t->head + 1))                          \
    COLUMN(deprel, "TEXT", cell(to, t->deprel))                               \
    COLUMN(misc, "TEXT", text(to, t->space_after ? NULL : "SpaceAfter=No"))   \
    COLUMN(start, "INTEGER", number(to, t->span.start))                       \
    COLUMN(stop, "INTEGER", number(to, t->span.end))

#define DECLARE(name, type, put) #name " " type ", "
#define CASE(name, type, put) \
    case name:                \
        put;                  \
        break;
#define NAME(name, type, put) name,

static void event_put(sqlite3_context *to, const row *r, int column) {
    enum { EVENT_COLUMNS(NAME) };
    const karaka_event *e = &r->events[r->event];
    switch (column) { EVENT_COLUMNS(CASE) }
}

static void sentence_put(sqlite3_context *to, const row *r, int column) {
    enum { SENTENCE_COLUMNS(NAME) };
    const karaka_sentence *s = &r->sentences[r->sentence];
    switch (column) { SENTENCE_COLUMNS(CASE) }
}

static void token_put(sqlite3_context *to, const row *r, int column) {
    enum { TOKEN_COLUMNS(NAME) };
    const karaka_token *t = &r->sentences[r->sentence].tokens[r->token];
    switch (column) { TOKEN_COLUMNS(CASE) }
}

#define ONE(name, type, put) +1
const columns event_columns = {EVENT_COLUMNS(DECLARE), EVENT_COLUMNS(ONE), event_put};
const columns sentence_columns = {SENTENCE_COLUMNS(DECLARE), SENTENCE_COLUMNS(ONE), sentence_put};
const columns token_columns = {TOKEN_COLUMNS(DECLARE), TOKEN_COLUMNS(ONE), token_put};
