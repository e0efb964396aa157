/* cli: what the verbs of the command share. The command stands on the public API alone.
 *
 * In: the command line. Out: documents, one after the other, to standard output; errors to standard error; an exit
 * code. Example: karaka code page.txt  ->  options_read, session_open, process_inputs(code_one), session_close
 */
#ifndef KARAKA_CLI_H
#define KARAKA_CLI_H

#include "sandbox.h"
#include <karaka.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { EXIT_WELL = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2, EXIT_OUTPUT = 3, EXIT_LANGUAGE = 4 };
enum { OPTIONS_SETTINGS = 32 };
enum {
    UNREAD = 1, /* a piece of work found the document in no known language */
    HALT = 2,   /* the run is to end: what it writes to takes nothing more; the verb tells why */
};

/* The forms of the library's streams. */
typedef enum input_form {
    FORM_UNKNOWN = KARAKA_STREAM_ANY,
    FORM_PAGE = KARAKA_STREAM_PAGE,
    FORM_CLEAN = KARAKA_STREAM_TEXT,
    FORM_HTML = KARAKA_STREAM_HTML,
    FORM_JSONL = KARAKA_STREAM_JSONL,
    FORM_CONLLU = KARAKA_STREAM_CONLLU,
    FORM_WARC = KARAKA_STREAM_WARC,
    FORM_FEED = KARAKA_STREAM_FEED,
} input_form;
typedef enum output_form { TO_DEFAULT, TO_TEXT, TO_JSON, TO_TABLE, TO_JSONL, TO_CSV } output_form;

typedef struct options {
    const char *verb, *lang, *languages, *published, *output, *resume, *dev, *vectors, *given, *silver;
    const char *index; /* of the same story told twice; NULL: none */
    input_form from;
    output_form to;
    bool why, tokens, raw, stats;
    uint32_t threads, passes, layers, batch, seed; /* 0: the default */
    size_t limit;                                  /* largest document in bytes */
    /* stream: where it reads and writes, and what librdkafka is told */
    const char *brokers, *group, *in, *out, *errors, *done, *config, *settings[OPTIONS_SETTINGS];
    size_t setting_count;
    bool until_end;
    char **files;
    int file_count;
} options;

/* ---- options.c ---- */
/* Reads what follows the verb; `allowed` lists the long names the verb takes, blank-separated. Returns true to go on,
 * or false with *code set (help was shown, or usage was wrong). */
bool options_read(options *out, int *code, int count, char **words, const char *allowed);
struct option;
/* An option that was given, and its value (NULL: it has none): an exit code, 0 to go on. */
typedef int (*option_taker)(void *context, const struct option *option, const char *value);
/* Hands each option behind the verb to `take`; what is left begins at optind. False with *code set where the command
 * ends here: help was shown, or usage was wrong. `letters` and `all` are those of getopt_long. */
bool options_each(int *code, int count, char **words, const char *letters, const struct option *all, option_taker take,
                  void *context);
int usage_error(const char *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* help.c: the help of a verb, or of the command for NULL. */
void help_print(FILE *to, const char *verb);

/* ---- input.c ---- */
/* One document on its way: bytes and where they come from. */
typedef struct record {
    input_form form;
    char *bytes; /* owned */
    size_t length;
    const char *file; /* borrowed while the file is being read */
    uint64_t number;  /* of the record in the file, from 1; 0: the file is the document */
    uint64_t line;    /* 0: no text of lines */
    uint64_t offset;
    char *id; /* owned: the id to take where the document brings none */
    /* Told by what the document came in (an archive, a feed); owned, NULL where not told. */
    char *title, *published, *url, *outlet, *charset;
} record;
void record_free(record *r);
/* All of `from`; what it owned is no longer its own. */
record record_take(record *from);

/* What is done with what is read. `take` may take over all that is owned (by record_take); false stops. `fail`
 * tells of a file or record that cannot be read. */
typedef struct consumer {
    bool (*take)(void *context, record *r);
    void (*fail)(void *context, const record *r, const char *what);
    void *context;
} consumer;
/* All documents of the files, folders and "-" named in the options; standard input if none is named. */
void inputs_read(const options *o, const consumer *to);
/* The path, in which nothing can steer a terminal; owned by the caller; NULL without memory. */
char *name_for_people(const char *path);
/* A folder, several files, or one that holds several: more than one document may come. */
bool inputs_are_many(const options *o);
/* True if every input is CoNLL-U by --from or by name. */
bool inputs_are_conllu(const options *o);

/* ---- languages.c: the languages beside the usual one, where the user names none ---- */
struct languages;
struct languages *languages_new(const char *folder, unsigned flags); /* NULL: out of memory */
void languages_free(struct languages *l);                            /* NULL is allowed */
/* The language of a text; `usual` where `l` is NULL or nothing speaks for another. Safe from several threads. */
const karaka_language *languages_choose(struct languages *l, const karaka_language *usual, const char *bytes,
                                        size_t length);

/* Whether a document is in no language that is installed, where that is sure and the user named none. */
bool languages_lack(const struct languages *l, const karaka_document *document);

/* ---- session.c ---- */
typedef struct session {
    const options *options;
    karaka_language *language;
    karaka_same *same;        /* NULL where no index is asked */
    char *languages;          /* owned: their folder */
    const char *writes;       /* the file that is written beside standard output; NULL: none */
    bool serves;              /* answers on a socket that listens already */
    struct languages *others; /* NULL where the user named the language, or there is one only */
    bool colour;              /* standard output is a terminal that shows colours */
    bool many;                /* more than one document is expected */
    karaka_text *sink;        /* results go here instead of standard output, if set */
    bool header_row;          /* each result begins with a header row that only the first one keeps */
    bool headings;            /* a line with its name stands before each result */
    void *context;            /* of the verb, for its work */
    uint64_t done, failed;
    uint64_t unread;          /* in no known language */
    uint64_t finished, bytes; /* records written or told, and their size */
    FILE *out;                /* standard output, or the file of -o */
    uint64_t written;         /* bytes of it */
    bool halted;              /* a piece of work has said HALT */
    bool ended;               /* the state of --resume tells of a run that came to its end */
    double save_next;         /* when the state is to be saved again */
    int output_error;         /* errno of a failed write */
} session;
/* Opens the language; an exit code. */
int session_open(session *s, const options *o, unsigned flags);
/* Opens options.index; an exit code. */
int session_open_same(session *s);
/* Gives up all that is not needed to read the inputs (sandbox.h), before any thread is started; false where the user
 * wants more than holds. */
bool session_confine(const session *s);
/* The same, but the network stays open; the files and folders `reads`, NULL after the last, may be read. */
bool session_confine_online(const session *s, const char *const *reads);
/* The same for a verb without a session. `writes`: the file that is written, or NULL. */
bool options_confine(const options *o, const char *writes);
/* SQLite's temporary files go beside the database at `path`, where the sandbox lets them; before it is opened. */
void temporary_beside(const char *path);
/* Closes and flushes; the exit code of the whole run. */
int session_close(session *s);
/* Reads the record's document: page, JSON line or CoNLL-U. */
int session_document(karaka_document **out, const session *s, const record *r);
/* The same, and its events. UNREAD: it is in no known language, and nobody looked for events. */
int session_code(karaka_document **out, const session *s, const record *r);
/* In place of a document the same text, read anew without its tokens and trees. */
int session_document_text(karaka_document **inout, const session *s);
void session_error(session *s, const record *r, const char *what);

/* ---- output.c ---- */
/* state.c: takes the numbers out of a state, of which `length` bytes and a NUL are there; what does not print as it was
 * read is no state. Reads the state of --resume, if there is one (*found; an exit code); writes it. */
bool state_scan(session *s, uint64_t *run, const char *bytes, size_t length);
int state_load(session *s, bool *found);
bool state_save(const session *s, bool ended);

/* Says why a file of the run cannot be used: the exit code. */
int output_refuse(const char *name, const char *what);
/* Opens the file of -o, with --resume where an earlier run left it; an exit code. */
int output_open(session *s);
/* Appends to the output; false with output_error set. */
bool output_put(session *s, const char *bytes, size_t length);
/* What was put is handed to the system, and now and then, and at the end, the state is saved. */
void output_settle(session *s, bool last);

/* ---- process.c ---- */
/* Appends the result of one document to `out`: 0, UNREAD, HALT or a KARAKA_ERROR_*. Called from several threads. */
typedef int (*work)(const session *s, const record *r, karaka_text *out);
/* Confines the process, then all documents of the options through `one`; results in the order of the input, on
 * options.threads threads. */
int process_inputs(session *s, work one);
/* In two steps: `make` a document, on several threads, then `tell` its result, in the order of the input, one at a
 * time, but for those that are UNREAD. Both may change it; it is freed after the second. */
typedef int (*make_step)(const session *s, const record *r, karaka_document **document);
typedef int (*tell_step)(const session *s, karaka_document *document, karaka_text *out);
int process_in_order(session *s, make_step first, tell_step then);

/* ---- conditions.c: what a query asks ---- */
typedef struct conditions {
    karaka_query query;
    karaka_rows_form form;
    char *pair;      /* owned: the two sides of "pair" */
    char wrong[200]; /* why condition_take returned false */
} conditions;
/* The names that there are, from 0; NULL after the last. */
const char *condition_name(size_t number);
/* Sets what `name` stands for; `value` is borrowed as long as `c` is used. */
bool condition_take(conditions *c, const char *name, const char *value);
void conditions_free(conditions *c);

/* ---- progress.c: a line on standard error, only on a terminal ---- */
void progress_show(const session *s, bool last);
/* Whether that line is shown: somebody watches standard error, and results go elsewhere. */
bool progress_watched(const session *s);
bool terminal_output(void);
bool terminal_colour(void);

/* ---- one a verb: words after the verb to an exit code ---- */
int cmd_read(int count, char **words);
int cmd_parse(int count, char **words);
int cmd_train(int count, char **words);
int cmd_eval(int count, char **words);
int cmd_code(int count, char **words);
int cmd_explain(int count, char **words);
int cmd_headline(int count, char **words);
int cmd_same(int count, char **words);
int cmd_add(int count, char **words);
int cmd_query(int count, char **words);
int cmd_relation(int count, char **words);
int cmd_serve(int count, char **words);
int cmd_stream(int count, char **words);

#endif
