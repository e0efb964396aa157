/* table: the table-valued functions karaka_events, karaka_sentences and karaka_tokens.
 *
 * In: (text, lang [, published [, doc [, kind]]]), which are hidden columns of a table without rows of its own. Out: a
 * row for each event, sentence or token. The document lives in the cursor.
 * Example: SELECT e.* FROM article a, karaka_events(a.text, 'hi', a.day, a.id) e WHERE e.type = 'ACCUSE'
 */
#include "columns.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

enum { TEXT, LANG, PUBLISHED, DOC, KIND, ARGUMENTS };
static const char arguments_declared[] =
    "text HIDDEN, lang TEXT HIDDEN, published TEXT HIDDEN, doc TEXT HIDDEN, kind TEXT HIDDEN";

/* What a table-valued function is of. */
typedef struct kind {
    const char *name;
    const columns *columns;
    int (*work)(karaka_document *document);
    bool of_events, of_tokens;
} kind;

static const kind events = {"karaka_events", &event_columns, karaka_document_code, true, false};
static const kind sentences = {"karaka_sentences", &sentence_columns, karaka_document_segment, false, false};
static const kind tokens = {"karaka_tokens", &token_columns, karaka_document_parse, false, true};

/* What a module is registered with. */
typedef struct module {
    const kind *kind;
    languages *languages;
} module;

typedef struct table {
    sqlite3_vtab base;
    const module *module;
} table;

typedef struct cursor {
    sqlite3_vtab_cursor base;
    karaka_document *document;
    sqlite3_value *arguments[ARGUMENTS]; /* copies, but of the text; NULL: left out */
    row at;
    size_t count; /* events or sentences */
    sqlite3_int64 number;
} cursor;

static int connect(sqlite3 *connection, void *given, int count, const char *const *words, sqlite3_vtab **out,
                   char **error) {
    (void)count, (void)words, (void)error;
    const module *m = given;
    char *declared = sqlite3_mprintf("CREATE TABLE x (%s%s)", m->kind->columns->declared, arguments_declared);
    int code = declared ? sqlite3_declare_vtab(connection, declared) : SQLITE_NOMEM;
    sqlite3_free(declared);
    if (code != SQLITE_OK)
        return code;
    table *t = sqlite3_malloc(sizeof *t);
    if (!t)
        return SQLITE_NOMEM;
    *t = (table){.module = m};
    *out = &t->base;
    return sqlite3_vtab_config(connection, SQLITE_VTAB_INNOCUOUS);
}

static int disconnect(sqlite3_vtab *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

/* The bits of idxNum tell which arguments are given; they come to `filter` in the order of the columns. A plan in which
 * text or language are not yet known is refused, so that a join reads the table that has them first. One in which they
 * are missing costs so much that it is taken only where they are missing from the query; `filter` then says so. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *plan) {
    const kind *k = ((table *)base)->module->kind;
    int given[ARGUMENTS] = {-1, -1, -1, -1, -1}, next = 0;
    for (int i = 0; i < plan->nConstraint; i++) {
        int argument = plan->aConstraint[i].iColumn - k->columns->count;
        if (argument < 0 || plan->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!plan->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        if (given[argument] < 0)
            given[argument] = i;
    }
    for (int i = 0; i < ARGUMENTS; i++) {
        if (given[i] < 0)
            continue;
        plan->aConstraintUsage[given[i]].argvIndex = ++next;
        plan->aConstraintUsage[given[i]].omit = 1;
        plan->idxNum |= 1 << i;
    }
    bool complete = given[TEXT] >= 0 && given[LANG] >= 0;
    plan->estimatedCost = complete ? 1e5 : 1e50;
    plan->estimatedRows = complete ? 10 : INT32_MAX;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
    (void)base;
    cursor *c = sqlite3_malloc(sizeof *c);
    if (!c)
        return SQLITE_NOMEM;
    memset(c, 0, sizeof *c);
    *out = &c->base;
    return SQLITE_OK;
}

static void empty(cursor *c) {
    karaka_document_free(c->document);
    for (int i = 0; i < ARGUMENTS; i++)
        sqlite3_value_free(c->arguments[i]);
    *c = (cursor){.base = c->base};
}

static int close_cursor(sqlite3_vtab_cursor *base) {
    empty((cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* A sentence without tokens has no row. */
static void settle(cursor *c, const kind *k) {
    while (k->of_tokens && c->at.sentence < c->count && c->at.token >= c->at.sentences[c->at.sentence].token_count) {
        c->at.sentence++;
        c->at.token = 0;
    }
}

static int next(sqlite3_vtab_cursor *base) {
    cursor *c = (cursor *)base;
    const kind *k = ((table *)base->pVtab)->module->kind;
    c->number++;
    if (k->of_tokens)
        c->at.token++;
    else if (k->of_events)
        c->at.event++;
    else
        c->at.sentence++;
    settle(c, k);
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base) {
    const cursor *c = (const cursor *)base;
    bool of_events = ((const table *)base->pVtab)->module->kind->of_events;
    return (of_events ? c->at.event : c->at.sentence) >= c->count;
}

static int read_document(cursor *c, const module *m, const request *r, char **error) {
    int code = languages_read(&c->document, m->languages, r, error);
    if (code != SQLITE_OK || !c->document)
        return code;
    int worked = m->kind->work(c->document);
    if (worked < 0)
        return karaka_failed(worked, r, error);
    c->at.article = karaka_document_article(c->document);
    c->at.sentences = karaka_document_sentences(c->document, &c->count);
    if (m->kind->of_events)
        c->at.events = karaka_document_events(c->document, &c->count);
    settle(c, m->kind);
    return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int given, const char *unused, int count, sqlite3_value **values) {
    (void)unused, (void)count;
    cursor *c = (cursor *)base;
    const module *m = ((table *)base->pVtab)->module;
    sqlite3_value *argument[ARGUMENTS] = {0};
    char *error = NULL;
    int code = SQLITE_OK;
    empty(c);
    for (int i = 0; i < ARGUMENTS; i++)
        if (given & 1 << i)
            argument[i] = *values++;
    for (int i = LANG; i < ARGUMENTS; i++)
        if (argument[i] && !(c->arguments[i] = sqlite3_value_dup(argument[i])))
            return SQLITE_NOMEM;
    if (!argument[TEXT] || !argument[LANG]) {
        error = sqlite3_mprintf("%s: %s missing; write %s(text, 'hi')", m->kind->name,
                                argument[LANG]   ? "the text is"
                                : argument[TEXT] ? "the language is"
                                                 : "text and language are",
                                m->kind->name);
        code = SQLITE_ERROR;
    } else {
        request r = {.function = m->kind->name,
                     .text = argument[TEXT],
                     .lang = argument[LANG],
                     .published = argument[PUBLISHED],
                     .doc = argument[DOC],
                     .kind = argument[KIND],
                     .usual_kind = "text"};
        code = read_document(c, m, &r, &error);
    }
    if (code != SQLITE_OK) {
        c->count = 0;
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg = error;
    }
    return code;
}

/* `text` is the article's text as it was read: the spans count its bytes. */
static int column(sqlite3_vtab_cursor *base, sqlite3_context *to, int number) {
    cursor *c = (cursor *)base;
    const kind *k = ((table *)base->pVtab)->module->kind;
    int argument = number - k->columns->count;
    if (argument < 0)
        k->columns->put(to, &c->at, number);
    else if (argument == TEXT)
        sqlite3_result_text64(to, c->at.article->text, c->at.article->length, SQLITE_TRANSIENT, SQLITE_UTF8);
    else if (c->arguments[argument])
        sqlite3_result_value(to, c->arguments[argument]);
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = ((cursor *)base)->number;
    return SQLITE_OK;
}

/* Without xCreate: the tables are there in every database, and nobody can make others. */
static const sqlite3_module methods = {
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = rowid,
};

static void forget(void *given) {
    languages_drop(((module *)given)->languages);
    sqlite3_free(given);
}

int tables_register(sqlite3 *connection, languages *l) {
    static const kind *const kinds[] = {&events, &sentences, &tokens};
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && code == SQLITE_OK; i++) {
        module *m = sqlite3_malloc(sizeof *m);
        if (!m)
            return SQLITE_NOMEM;
        *m = (module){kinds[i], l};
        languages_hold(l);
        code =
            sqlite3_create_module_v2(connection, kinds[i]->name, &methods, m, forget); /* forgets it on failure too */
    }
    return code;
}
