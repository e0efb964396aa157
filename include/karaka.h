/* karaka: who did what to whom, when, where, and according to whom.
 *
 * The whole public interface, in the order in which the data moves:
 *
 *     page bytes -> article -> sentences and trees -> events -> records
 *
 * A language (tables and a trained model) is opened once, is read-only from then on, and may be used from many threads
 * at once. A document belongs to one thread at a time; all that is reached from it (article, trees, events) is owned by
 * it and goes with karaka_document_free.
 *
 * Functions return 0, or a negative KARAKA_ERROR_*; karaka_error_text() then tells the calling thread what was wrong
 * and where. Out-parameters come first and are untouched on error, if not said otherwise. Spans are byte offsets
 * [start, end) into the article's text. Strings are UTF-8 in NFC.
 *
 * Example: docs/example.c
 */
#ifndef KARAKA_H
#define KARAKA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define KARAKA_API __attribute__((visibility("default")))
#else
#define KARAKA_API
#endif

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

enum {
    KARAKA_OK = 0,
    KARAKA_ERROR_MEMORY = -1,   /* out of memory */
    KARAKA_ERROR_INPUT = -2,    /* the document's bytes cannot be read as asked (binary, bad UTF-8, bad JSON) */
    KARAKA_ERROR_FILE = -3,     /* a file cannot be opened, read or written */
    KARAKA_ERROR_FORMAT = -4,   /* a table or model is damaged, truncated or of another version */
    KARAKA_ERROR_LIMIT = -5,    /* the input is larger than karaka_limits allows */
    KARAKA_ERROR_ARGUMENT = -6, /* the caller's arguments do not fit together */
};

/* The calling thread's last error, one line without a full stop or newline; "" before the first. Valid until the next
 * failing call of this thread. */
KARAKA_API const char *karaka_error_text(void);

KARAKA_API const char *karaka_version(void);

/* ---- Language --------------------------------------------------------------------------------------------------- */

typedef struct karaka_language karaka_language;

enum {
    KARAKA_OPEN_ALL = 0,      /* tables and model */
    KARAKA_OPEN_NO_MODEL = 1, /* tables only: enough for karaka_document_read and for trees given as CoNLL-U */
};

/* Opens the language in `directory` (.../languages/hi): reads its tables, maps its model. Owned by the caller. */
KARAKA_API int karaka_language_open(karaka_language **out, const char *directory, unsigned flags);
KARAKA_API void karaka_language_close(karaka_language *language); /* NULL is allowed */
/* "hi". Borrowed from `language`. */
KARAKA_API const char *karaka_language_code(const karaka_language *language);
/* The share, 0 to 1, of the letters in the first 16 KiB of UTF-8 `bytes` that are of the language's script (its table
 * `settings`); malformed bytes are no letters. 0 where there is no letter; 1 where the language names no script. */
KARAKA_API double karaka_language_share(const karaka_language *language, const char *bytes, size_t length);
/* The language that a text is read in where nobody says: `usual` where its share is KARAKA_SHARE_USUAL or more, or no
 * smaller than that of any of the `count` languages in `others`; else the first of the greatest share. Borrowed. */
#define KARAKA_SHARE_USUAL 0.25
KARAKA_API const karaka_language *karaka_language_choose(const karaka_language *usual, karaka_language *const *others,
                                                         size_t count, const char *bytes, size_t length);

/* ---- Document --------------------------------------------------------------------------------------------------- */

typedef struct karaka_document karaka_document;

typedef struct karaka_span {
    uint32_t start, end;
} karaka_span;

typedef enum karaka_input_kind {
    KARAKA_INPUT_PAGE, /* the text of a page as a browser shows it, furniture and all */
    KARAKA_INPUT_TEXT, /* clean article text, taken as it stands */
    KARAKA_INPUT_HTML, /* a page in HTML, in any encoding */
} karaka_input_kind;

/* What is known of a document before it is read. Only `bytes` and `length` are needed; NULL means unknown. All is
 * borrowed for the call. */
typedef struct karaka_input {
    karaka_input_kind kind;
    const char *bytes;
    size_t length;
    const char *id, *title, *published, *url, *outlet; /* `published`: ISO 8601, or as the page writes it */
    const char *charset; /* HTML: the encoding that the transport named ("windows-1252"), NULL: unknown */
} karaka_input;

/* Largest input that is read: 64 MiB. A larger one is KARAKA_ERROR_LIMIT. */
#define KARAKA_INPUT_LIMIT ((size_t)64 << 20)

/* ---- Article ---------------------------------------------------------------------------------------------------- */

typedef enum karaka_paragraph_kind {
    KARAKA_TITLE,
    KARAKA_KICKER,
    KARAKA_LEAD,
    KARAKA_SUBHEAD,
    KARAKA_BODY,
} karaka_paragraph_kind;

typedef struct karaka_paragraph {
    karaka_paragraph_kind kind;
    karaka_span span;
} karaka_paragraph;

/* A piece of the page that is not the article. */
typedef struct karaka_dropped {
    karaka_span input;  /* bytes of the input; of HTML in another encoding, of its UTF-8 */
    const char *text;   /* its beginning, at most 200 bytes */
    const char *reason; /* "breadcrumb", "advertisement", "teaser", "repeated lead", ... */
    const char *rule;   /* the table line that decided ("hi/page:12"), or "" */
} karaka_dropped;

typedef struct karaka_article {
    const char *text; /* title, kicker and paragraphs, separated by "\n\n"; NFC; NUL-terminated */
    uint32_t length;
    const char *title, *kicker, *section; /* NULL where the page has none */
    const char *const *authors;
    uint32_t author_count;
    const char *published; /* ISO 8601 with offset, or a bare date, or NULL */
    const char *modified;  /* the same, where the markup tells it */
    const char *outlet, *url, *id;
    const char *canonical; /* the address that the page gives as its own */
    const char *page_lang; /* the language that the markup declares ("hi-IN"); nothing is read by it */
    const char *lang;
    const karaka_paragraph *paragraphs;
    uint32_t paragraph_count;
    const karaka_dropped *dropped;
    uint32_t dropped_count;
} karaka_article;

/* Bytes to article. The document is owned by the caller; `language` is borrowed until it is freed. */
KARAKA_API int karaka_document_read(karaka_document **out, const karaka_language *language, const karaka_input *input);
KARAKA_API void karaka_document_free(karaka_document *document); /* NULL is allowed */
KARAKA_API const karaka_article *karaka_document_article(const karaka_document *document);

/* ---- Sentences and trees ---------------------------------------------------------------------------------------- */

typedef struct karaka_token {
    karaka_span span;
    const char *form, *lemma;
    const char *upos, *xpos, *feats, *deprel; /* CoNLL-U columns; "_" where unknown, never NULL */
    int32_t head;                             /* index of the head in the sentence, -1 for the root */
    bool space_after;
} karaka_token;

typedef struct karaka_sentence {
    karaka_span span;
    uint32_t paragraph; /* index into the article's paragraphs */
    const karaka_token *tokens;
    uint32_t token_count;
} karaka_sentence;

/* Article to sentences and tokens, without trees. */
KARAKA_API int karaka_document_segment(karaka_document *document);
/* Article to sentences with parts of speech, lemmas and trees. Needs the model. */
KARAKA_API int karaka_document_parse(karaka_document *document);
/* A document whose sentences and trees are given as CoNLL-U (`length` bytes), instead of _read and _parse. The text is
 * put together from `# text` or the forms. With `keep_trees` false only the tokens are taken and the model parses. */
KARAKA_API int karaka_document_from_conllu(karaka_document **out, const karaka_language *language, const char *bytes,
                                           size_t length, bool keep_trees);
KARAKA_API const karaka_sentence *karaka_document_sentences(const karaka_document *document, size_t *count);

/* ---- Events ----------------------------------------------------------------------------------------------------- */

/* A party: somebody who acts or is acted on. */
typedef struct karaka_party {
    const char *text;
    karaka_span span;
    const char *name; /* canonical English name, or NULL */
    const char *code; /* "RUS GOV", "IGO:UN", "--- REB" */
    const char *rule; /* the line of actors or agents that gave the code, or "" */
} karaka_party;

typedef struct karaka_source {
    const char *text;
    karaka_span span;
    const char *name, *code; /* NULL where unknown */
    bool state_media;
} karaka_source;

typedef struct karaka_time {
    const char *text; /* NULL: no time told */
    karaka_span span;
    const char *start, *end; /* ISO dates, NULL where not resolved */
} karaka_time;

typedef struct karaka_place {
    const char *text; /* NULL: no place told */
    karaka_span span;
    const char *name, *country; /* country: ISO 3166-1 alpha-3 */
    double lat, lon;            /* degrees; NAN where unknown */
    uint32_t geonames;          /* 0 where unknown */
} karaka_place;

typedef enum karaka_status { KARAKA_ASSERTED, KARAKA_PLANNED, KARAKA_POSSIBLE, KARAKA_DENIED } karaka_status;

typedef struct karaka_mention {
    uint32_t sentence;
    karaka_span span;
} karaka_mention;

typedef struct karaka_event {
    const char *id;   /* 16 hex digits: a hash of document, type, parties and trigger lemma; stable from run to run */
    const char *type; /* "SUPPORT" */
    const char *mode; /* NULL: none */
    const char *const *contexts;
    uint32_t context_count;
    int quad;          /* 1..4: verbal/material cooperation, verbal/material conflict */
    const char *cameo; /* "051", NULL where unknown */
    double goldstein;  /* NAN where unknown */
    const karaka_party *actors, *recipients;
    uint32_t actor_count, recipient_count;
    bool mutual;
    karaka_status status;
    karaka_time time;
    karaka_place place;
    const karaka_source *sources; /* nearest first */
    uint32_t source_count;
    const char *trigger, *trigger_lemma;
    karaka_span trigger_span;
    uint32_t sentence;
    const karaka_mention *mentions; /* other places that tell the same event */
    uint32_t mention_count;
    bool headline;
    const char *rule; /* "hi/predicates:214" */
    /* Set by karaka_same_add: the document that this was copied from, and the event there; NULL where its own. */
    const char *duplicate_of, *event_of;
} karaka_event;

/* Trees to events. Parses first if that was not done, and if a look at the words does not rule out every event. */
KARAKA_API int karaka_document_code(karaka_document *document);
/* Why the document was coded without a parse: "too short"; else NULL. */
KARAKA_API const char *karaka_document_passed_over(const karaka_document *document);
KARAKA_API const karaka_event *karaka_document_events(const karaka_document *document, size_t *count);

/* ---- Why -------------------------------------------------------------------------------------------------------- */

/* What was decided about one predicate: an event, or why none. */
typedef struct karaka_decision {
    uint32_t sentence, token;
    const char *lemma;   /* "समर्थन जताना" */
    const char *rule;    /* the table line, "" if no line fits */
    int32_t event;       /* index of the event it became (or joined), -1: none */
    const char *reason;  /* "no actor", "repeat of ...", "noun without parties", ...; "" for an event */
    const char *parts;   /* "doer=किम जोंग-उन[PRK GOV] target=..." as it was seen */
    double score;        /* what speaks for it less what speaks against; NAN where the rules alone decide */
    const char *grounds; /* karaka_document_explain: "+1.2 actor.part.doer.0  -0.4 status.planned ...", else "" */
} karaka_decision;

/* As karaka_document_code, and keeps for each decision what weighed most (table `weights`). Takes some per cent longer.
 */
KARAKA_API int karaka_document_explain(karaka_document *document);

KARAKA_API const karaka_decision *karaka_document_decisions(const karaka_document *document, size_t *count);
/* The actors recognised in the text, in order of span: karaka_party as found. */
KARAKA_API const karaka_party *karaka_document_actors(const karaka_document *document, size_t *count);

/* ---- Headline --------------------------------------------------------------------------------------------------- */

/* Whether the body bears out what the headline claims (docs/headline.md). */
typedef enum karaka_verdict {
    KARAKA_NO_CLAIM,    /* the headline claims no event and nothing strong of anybody */
    KARAKA_SUPPORTED,   /* the body tells the same: parties, type, status */
    KARAKA_EXAGGERATED, /* the body tells less, or only a part */
    KARAKA_UNSUPPORTED, /* the body tells nothing of the kind, or the contrary */
} karaka_verdict;

typedef struct karaka_claim {
    const char *text; /* the words that claim it */
    karaka_span span;
    uint32_t sentence;
    const char *type;   /* of the event claimed; NULL: strong words */
    const char *strong; /* class of the strong words ("fear"); "deed": what somebody does to another and no table knows;
                           "story": the body tells another one; else NULL */
    const karaka_party *actors, *recipients; /* strong words: of whom */
    uint32_t actor_count, recipient_count;
    karaka_status status;
    karaka_verdict verdict;
    const char *reason;             /* one line for people */
    const char *rule;               /* the table line that found the claim, or "" */
    const karaka_mention *evidence; /* of the body, best first; none where the body tells nothing */
    uint32_t evidence_count;
} karaka_claim;

typedef struct karaka_headline {
    karaka_verdict verdict; /* of the whole */
    const char *reason;
    const karaka_claim *claims; /* in the order of the title, then of the kicker */
    uint32_t claim_count;
} karaka_headline;

/* Judges the title and the kicker by the rest. Parses first if that was not done; needs no karaka_document_code. */
KARAKA_API int karaka_document_judge(karaka_document *document);
/* NULL before karaka_document_judge. */
KARAKA_API const karaka_headline *karaka_document_headline(const karaka_document *document);

/* ---- The same story told twice ---------------------------------------------------------------------------------- */

/* Remembers documents, and finds for a new one an older one that it was copied from: reprinted, cut, under another
 * headline or lead, or with text of its own around it (docs/same.md). Kept in a file or in memory. One process may
 * write a file while others read it; one index may be used from many threads at once. */
typedef struct karaka_same karaka_same;

enum {
    KARAKA_SAME_WRITE = 0, /* made if it is not there; an incomplete end, left by a crash, is cut off */
    KARAKA_SAME_READ = 1,  /* the file as it stands now, for karaka_same_ask alone */
};

/* `path` NULL: in memory. KARAKA_ERROR_FORMAT: damaged, and where; KARAKA_ERROR_FILE: also that another process writes
 * it. Owned by the caller. */
KARAKA_API int karaka_same_open(karaka_same **out, const char *path, unsigned flags);
KARAKA_API void karaka_same_close(karaka_same *index); /* NULL is allowed */

typedef enum karaka_same_kind {
    KARAKA_SAME_NEW,     /* nothing like it is known */
    KARAKA_SAME_COPY,    /* half of its text or more stands in the other */
    KARAKA_SAME_LONGER,  /* it holds half of the other or more, and more text of its own than that */
    KARAKA_SAME_PASSAGE, /* a passage of it stands in the other: another story */
} karaka_same_kind;

typedef struct karaka_likeness {
    karaka_same_kind kind;
    const char *cluster; /* id of the first document of the story: its own for a new story */
    const char *other;   /* id of the older document that is most like it; NULL: new */
    double score;        /* share of the shorter text that stands in the other, 0 to 1, estimated; 0: new */
} karaka_likeness;

/* What both below compare. They do it themselves if it was not done; here it can be done on another thread before. */
KARAKA_API int karaka_document_sketch(karaka_document *document);
/* Compares the document with those added before, remembers it, and fills its likeness. Of a coded document also
 * duplicate_of and event_of of its events. Adding the same id with the same text again changes nothing and gives the
 * first answer. Nothing is remembered on error. The order of adding decides which of two is the copy. */
KARAKA_API int karaka_same_add(karaka_same *index, karaka_document *document);
/* The same without remembering it. */
KARAKA_API int karaka_same_ask(karaka_same *index, karaka_document *document);
/* NULL before one of these two. */
KARAKA_API const karaka_likeness *karaka_document_likeness(const karaka_document *document);

/* ---- Records ---------------------------------------------------------------------------------------------------- */

/* Text written so far. Zero it before the first use; `bytes` is owned by the writer and freed by karaka_text_free. */
typedef struct karaka_text {
    char *bytes;
    size_t length, room;
} karaka_text;
KARAKA_API void karaka_text_free(karaka_text *text);

/* Each appends to `out` (the whole of one document); on error `out` keeps what it had before the call. */
KARAKA_API int karaka_write_jsonl(karaka_text *out, const karaka_document *document);
KARAKA_API int karaka_write_csv(karaka_text *out, const karaka_document *document, bool header);
KARAKA_API int karaka_write_table(karaka_text *out, const karaka_document *document, bool colour);
KARAKA_API int karaka_write_conllu(karaka_text *out, const karaka_document *document);
KARAKA_API int karaka_write_article(karaka_text *out, const karaka_document *document, bool json, bool why,
                                    bool colour);
KARAKA_API int karaka_write_explain(karaka_text *out, const karaka_document *document, bool colour);
/* Of a document with a likeness: fields between tabs, or one JSON object on one line. */
KARAKA_API int karaka_write_likeness(karaka_text *out, const karaka_document *document, bool json);
/* Of a judged document: for people, or one JSON object on one line. */
KARAKA_API int karaka_write_headline(karaka_text *out, const karaka_document *document, bool json, bool colour);

/* ---- JSON Lines of documents ------------------------------------------------------------------------------------- */

/* Reads one line {"id", "text" | "page" | "html", "title"?, "published"?, "url"?, "outlet"?, "lang"?} into `input`,
 * whose strings live in `*store` (freed with karaka_text_free by the caller, reused from line to line).
 * KARAKA_ERROR_INPUT tells the byte. */
KARAKA_API int karaka_input_from_json(karaka_input *input, karaka_text *store, const char *line, size_t length);

/* ---- Streams of documents ---------------------------------------------------------------------------------------- */

/* Documents out of a file or a pipe, one after the other: WARC, RSS and Atom, JSON Lines, CoNLL-U, pages; the files of
 * a tar or zip; all of them also under gzip, zstd, xz or bzip2 (docs/archives.md). Memory holds one document, however
 * long the stream. A stream belongs to one thread at a time. */
typedef struct karaka_stream karaka_stream;

typedef enum karaka_stream_form {
    KARAKA_STREAM_ANY,    /* judged by name and first bytes; no record has it */
    KARAKA_STREAM_PAGE,   /* as KARAKA_INPUT_PAGE, _TEXT and _HTML: one document */
    KARAKA_STREAM_TEXT,   /**/
    KARAKA_STREAM_HTML,   /**/
    KARAKA_STREAM_JSONL,  /* a document a line: for karaka_input_from_json */
    KARAKA_STREAM_CONLLU, /* a document from each "# newdoc" on: for karaka_document_from_conllu */
    KARAKA_STREAM_WARC,   /* no record has these two: */
    KARAKA_STREAM_FEED,   /* records are of the forms above */
} karaka_stream_form;

typedef struct karaka_stream_input {
    const char *name;        /* the file to open; with `read` only for messages and ids ("stdin") */
    karaka_stream_form form; /* of the files inside compression and archives */
    size_t limit;            /* largest document, KARAKA_INPUT_LIMIT at most; 0: 16 MiB */
    /* Puts at most `room` bytes, returns how many; 0 at the end, negative with errno set on error. NULL: opens `name`.
     */
    ptrdiff_t (*read)(void *context, void *into, size_t room);
    void *context;
    const char *folder; /* begins `name`: ids are made of the path below it; NULL: of the file's own name */
} karaka_stream_input;

/* All is borrowed from the stream until the next call for it. */
typedef struct karaka_record {
    karaka_stream_form form;
    const char *bytes; /* NUL behind */
    size_t length;
    const char *id;                                         /* told, or made of the name and the place */
    const char *title, *published, *url, *outlet, *charset; /* NULL where not told */
    const char *name; /* of the file; of a file in an archive "pages.tar/a/1.txt" */
    uint64_t number;  /* of the record in the file, from 1; 0: the file is the document */
    uint64_t line;    /* where it begins, from 1; 0: no text of lines */
    uint64_t offset;  /* byte where it, or the gzip member or zstd frame with it, begins in the file */
} karaka_record;

/* `input` is borrowed for the call. */
KARAKA_API int karaka_stream_open(karaka_stream **out, const karaka_stream_input *input);
KARAKA_API void karaka_stream_close(karaka_stream *stream); /* NULL is allowed */
/* 1: a record; 0: the end; negative: a record that cannot be read, of which `out` tells name, number, line and offset
 * (KARAKA_ERROR_LIMIT: it is larger than the limit). The stream then goes on with the next one, so call until 0. */
KARAKA_API int karaka_stream_next(karaka_stream *stream, karaka_record *out);
/* What was passed over so far: "3 of 9 records passed over: 2 request, 1 status 404", or "". Borrowed as above. */
KARAKA_API const char *karaka_stream_passed(karaka_stream *stream);

/* ---- A database of what was read --------------------------------------------------------------------------------- */

/* One SQLite file (tables: docs/database.md). One thread at a time uses a store; many processes may read a file while
 * one writes to it. */
typedef struct karaka_store karaka_store;

enum {
    KARAKA_STORE_READ = 0,  /* the file must be there */
    KARAKA_STORE_WRITE = 1, /* it is made where it is not; one of an older version is brought to this one */
    KARAKA_STORE_ALONE = 2, /* once it is open, no other file is opened: what a question sorts is kept in memory */
};

/* Owned by the caller. KARAKA_ERROR_FILE, or KARAKA_ERROR_FORMAT for a file that is no database of karaka. */
KARAKA_API int karaka_store_open(karaka_store **out, const char *path, unsigned flags);
/* What was added since the last commit is dropped. NULL is allowed. */
KARAKA_API void karaka_store_close(karaka_store *store);

typedef enum karaka_stored {
    KARAKA_STORED_SAME,    /* stood there already, word for word */
    KARAKA_STORED_NEW,     /* was added */
    KARAKA_STORED_CHANGED, /* took the place of what had the same id */
} karaka_stored;

/* Adds a coded document with all its events, or nothing on error. The first one begins a batch, which lasts until
 * karaka_store_commit; a process that dies loses that batch and nothing else. A document is known by its id.
 * KARAKA_ERROR_FILE and KARAKA_ERROR_MEMORY (a full disk, say) may have taken all of the batch back; a commit that
 * fails always has: what was added since the last commit is then to be added again. */
KARAKA_API int karaka_store_add(karaka_stored *out, karaka_store *store, const karaka_document *document);
KARAKA_API int karaka_store_commit(karaka_store *store);

/* No question takes longer than so many milliseconds from its begin: KARAKA_ERROR_LIMIT; 0: no limit. */
KARAKA_API void karaka_store_time_limit(karaka_store *store, unsigned milliseconds);

/* Appends one JSON object: {"id", "url", "outlet", "title", "section", "lang", "published", "text", "sentences":
 * [[start, end], ...]}. KARAKA_ERROR_ARGUMENT where there is no document of that id. */
KARAKA_API int karaka_store_document(karaka_text *out, karaka_store *store, const char *id);

/* Which events: NULL and 0 ask nothing; all that is asked must hold. An actor is a country or organisation ("RUS",
 * "IGO:UN"), a code ("RUS GOV") or a canonical name ("Kim Jong Un", upper or lower case). All is borrowed. */
typedef struct karaka_query {
    const char *actor, *recipient; /* in mutual events either side is both */
    const char *pair[2];           /* between these two, in either direction */
    const char *type, *mode, *context, *status;
    const char *since, *until;   /* days, both included: "2025-06-01", also "2025-06" and "2025" */
    const char *country;         /* of the place, ISO 3166-1 alpha-3 */
    const char *source, *outlet; /* names; a source also by its code */
    const char *text;            /* words that the article holds, all of them; "..." a phrase */
    const char *doc;             /* id of the document */
    int quad;                    /* 1..4 */
    bool boxed;                  /* whether `box` counts */
    double box[4];               /* west, south, east, north in degrees */
    uint32_t outlets;            /* at least so many outlets tell it, each in a document that repeats no other */
    /* Events of documents that repeat another one: counted too, left out, or alone. */
    enum { KARAKA_REPRINTS_TOO, KARAKA_REPRINTS_NO, KARAKA_REPRINTS_ONLY } reprints;
    uint64_t limit, offset; /* of events or of rows of a summary; limit 0: all */
    enum { KARAKA_ORDER_DAY, KARAKA_ORDER_DAY_LAST, KARAKA_ORDER_GOLDSTEIN, KARAKA_ORDER_OUTLETS } order;
    /* Summaries instead of events: KARAKA_BY_PAIR with or without one of the periods; 0: events. */
    unsigned by;
} karaka_query;

enum {
    KARAKA_BY_PAIR = 1, /* country to country; a mutual event counts in both directions */
    KARAKA_BY_DAY = 2,
    KARAKA_BY_WEEK = 4, /* "2025-W28", ISO 8601 */
    KARAKA_BY_MONTH = 8,
    KARAKA_BY_YEAR = 16,
    KARAKA_BY_TYPE = 32,
    KARAKA_BY_PLACE = 64, /* name, country and coordinates; events without a place that is known are left out */
    KARAKA_BY_OUTLET = 128,
};

typedef enum karaka_rows_form {
    KARAKA_ROWS_JSONL,   /* records as karaka_write_jsonl has them; summaries as objects */
    KARAKA_ROWS_CSV,     /* with a header row; the columns of karaka_write_csv */
    KARAKA_ROWS_TABLE,   /* for people */
    KARAKA_ROWS_GEOJSON, /* a feature for each event that has coordinates */
    /* Shapes of other data sets, docs/exports.md; events only, but for GraphML, which has countries and what passed
     * between them. */
    KARAKA_ROWS_POLECAT, /* CSV with a header row */
    KARAKA_ROWS_ICEWS,   /* tabs, with a header row */
    KARAKA_ROWS_GDELT,   /* tabs, without */
    KARAKA_ROWS_GRAPHML,
} karaka_rows_form;

typedef struct karaka_rows karaka_rows;
/* Begins a query; the rows belong to `store`, which must outlive them. KARAKA_ERROR_ARGUMENT tells what makes no sense.
 */
KARAKA_API int karaka_store_query(karaka_rows **out, karaka_store *store, const karaka_query *query,
                                  karaka_rows_form form);
/* Appends the next row to `out` (and what stands before the first and after the last); *more false at the end. */
KARAKA_API int karaka_rows_next(bool *more, karaka_rows *rows, karaka_text *out);
KARAKA_API void karaka_rows_free(karaka_rows *rows); /* NULL is allowed */

/* ---- Training and measuring ---------------------------------------------------------------------------------------
 */

typedef struct karaka_training {
    const char *const *files; /* CoNLL-U to learn from */
    uint32_t file_count;
    const char *dev;   /* CoNLL-U to measure on after each pass, or NULL */
    const char *raw;   /* plain text, a paragraph a line, to learn word vectors from first, or NULL */
    const char *given; /* word vectors that are known already, a word and its numbers a line, or NULL */
    const char
        *silver; /* CoNLL-U that a better reader made: extra sentences for all passes but the last ones, or NULL */
    const char *model; /* path of the model to write */
    uint32_t passes, threads, seed;
    uint32_t layers;                                   /* recurrent layers, 2 to 6; 0: 3 */
    uint32_t batch;                                    /* words between two steps; 0: 700 */
    void (*progress)(void *context, const char *line); /* told once a pass and now and then between; or NULL */
    void *context;
} karaka_training;

KARAKA_API int karaka_train(const karaka_training *training);

/* The CoNLL 2018 measures: F1 of each, in percent, and for each relation. */
typedef struct karaka_relation_score {
    char relation[32];            /* cut at 31 bytes, and at ":" */
    uint32_t gold, system, right; /* words with it; right: relation and head the same */
} karaka_relation_score;

typedef struct karaka_scores {
    double tokens, sentences, words, upos, xpos, feats, lemma, uas, las, clas, mlas, blex;
    double feature_case;                  /* Case right, of the words that have it in gold or system: F1 */
    double uas_nopunct, las_nopunct;      /* over gold words that are not PUNCT */
    karaka_relation_score relations[160]; /* most frequent in gold first */
    uint32_t relation_count;
} karaka_scores;

/* Compares two CoNLL-U texts of the same raw text; KARAKA_ERROR_INPUT where the texts differ. */
KARAKA_API int karaka_evaluate(karaka_scores *out, const char *gold, size_t gold_length, const char *system,
                               size_t system_length);

#ifdef __cplusplus
}
#endif
#endif
