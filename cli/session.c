/* session: a language opened for a run, documents read with it, and the run's exit code.
 *
 * In: options and records. Out: documents; errors on standard error with file, record and byte; an exit code.
 * Example: karaka: news.jsonl: record 3 (line 3, byte 2041 of the file): byte 17: ',' or '}' was expected
 */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A language is a folder with a table `settings`. */
static bool has_language(const char *languages, const char *code) {
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s/settings", languages, code);
    return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

static bool is_languages(const char *folder) {
    return access(folder, R_OK | X_OK) == 0;
}

/* Beside the command in a build folder (build/karaka), then where it was installed. */
static bool find_languages(char *out, size_t room, const options *o) {
    static const char *const beside[] = {"/../languages", "/../../languages", "/../share/karaka/languages"};
    const char *variable = getenv("KARAKA_LANGUAGES");
    const char *given = o->languages ? o->languages : variable && *variable ? variable : NULL;
    char self[PATH_MAX];
    if (given) {
        snprintf(out, room, "%s", given);
        return is_languages(out);
    }
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash = NULL;
    if (length > 0) {
        self[length] = '\0';
        slash = strrchr(self, '/');
    }
    if (slash)
        *slash = '\0';
    for (size_t i = 0; slash && i < sizeof beside / sizeof *beside; i++) {
        int written = snprintf(out, room, "%s%s", self, beside[i]);
        if (written > 0 && (size_t)written < room && is_languages(out))
            return true;
    }
    snprintf(out, room, "%s", KARAKA_DATADIR "/languages");
    return is_languages(out);
}

/* --lang, else the only language there is, else hi, the usual one of several. */
static int choose_language(char *out, size_t room, const options *o, const char *languages, bool *several) {
    struct dirent *entry;
    char names[256] = "";
    size_t found = 0;
    DIR *folder = opendir(languages);
    if (!folder) {
        fprintf(stderr, "karaka: %s: %s\n", languages, strerror(errno));
        return EXIT_LANGUAGE;
    }
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] == '.' || !has_language(languages, entry->d_name))
            continue;
        if (!found++)
            snprintf(out, room, "%s", entry->d_name);
        size_t used = strlen(names);
        if (snprintf(names + used, sizeof names - used, " %s", entry->d_name) >= (int)(sizeof names - used))
            names[used] = '\0'; /* the list is only a hint */
    }
    closedir(folder);
    *several = found > 1 && !o->lang;
    if (o->lang || found > 1)
        snprintf(out, room, "%s", o->lang ? o->lang : "hi");
    if (found && has_language(languages, out))
        return EXIT_WELL;
    fprintf(stderr, "karaka: no language '%s' in %s; give one of those there with --lang:%s\n",
            o->lang ? o->lang : "hi", languages, found ? names : " (none)");
    return EXIT_LANGUAGE;
}

int session_open(session *s, const options *o, unsigned flags) {
    char languages[PATH_MAX], path[PATH_MAX + 300], code[256];
    *s = (session){.options = o, .colour = terminal_colour() && !o->output, .many = inputs_are_many(o)};
    if (!find_languages(languages, sizeof languages, o)) {
        fprintf(stderr, "karaka: no folder of languages at %s; name it with --languages DIR or KARAKA_LANGUAGES\n",
                languages);
        return EXIT_LANGUAGE;
    }
    bool several = false;
    int code_error = choose_language(code, sizeof code, o, languages, &several);
    if (code_error)
        return code_error;
    snprintf(path, sizeof path, "%s/%s", languages, code);
    s->others = several ? languages_new(languages, flags) : NULL;
    s->languages = strdup(languages);
    bool memory = s->languages && (s->others || !several);
    bool opened = memory && karaka_language_open(&s->language, path, flags) == 0;
    if (!opened)
        fprintf(stderr, "karaka: the language in %s cannot be opened: %s\n", path,
                memory ? karaka_error_text() : "out of memory");
    code_error = opened ? output_open(s) : EXIT_LANGUAGE;
    if (code_error == EXIT_WELL)
        return EXIT_WELL;
    karaka_language_close(s->language);
    free(s->languages);
    languages_free(s->others);
    return code_error;
}

int session_open_same(session *s) {
    const char *path = s->options->index;
    if (karaka_same_open(&s->same, path && strcmp(path, "-") != 0 ? path : NULL, KARAKA_SAME_WRITE) == 0)
        return EXIT_WELL;
    fprintf(stderr, "karaka: the index cannot be opened: %s\n", karaka_error_text());
    session_close(s);
    return EXIT_OUTPUT;
}

/* Languages are opened when a text needs them, and may be links. */
static void allow_languages(sandbox *b, const char *languages) {
    struct dirent *entry;
    DIR *folder = opendir(languages);
    while (folder && (entry = readdir(folder))) {
        static const char *const parts[] = {"", "/model", "/../../ontology"};
        char path[PATH_MAX];
        for (size_t i = 0; i < sizeof parts / sizeof *parts && entry->d_name[0] != '.'; i++)
            if (snprintf(path, sizeof path, "%s/%s%s", languages, entry->d_name, parts[i]) < (int)sizeof path)
                sandbox_allow(b, path, false);
    }
    if (folder) {
        closedir(folder);
        sandbox_allow(b, languages, false);
    }
}

/* "data/" of "data/news.db", "./" of "news.db"; owned by the caller. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, (size_t)(slash - path) + 1) : strdup("./");
}

static void allow_beside(sandbox *b, const char *path) {
    char *folder = path ? folder_of(path) : NULL;
    if (folder)
        sandbox_allow(b, folder, true);
    free(folder);
}

/* A file that is written, with what a database or a new file needs beside it; NULL is allowed. */
static void allow_written(sandbox *b, const char *path) {
    char *real = path ? realpath(path, NULL) : NULL;
    allow_beside(b, path);
    allow_beside(b, real);
    free(real);
}

void temporary_beside(const char *path) {
    sandbox b;
    char *folder = sandbox_begin(&b, 0) ? folder_of(path) : NULL;
    if (folder)
        setenv("SQLITE_TMPDIR", folder, 1);
    free(folder);
    if (b.ruleset >= 0)
        close(b.ruleset);
}

/* The files of the options may be read, and `writes` be written. */
static bool confine(sandbox *b, const options *o, const char *writes) {
    const char *const named[] = {o->dev, o->vectors, o->given};
    char line[128];
    for (int i = 0; i < o->file_count; i++)
        sandbox_allow(b, o->files[i], false);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i])
            sandbox_allow(b, named[i], false);
    allow_written(b, writes);
    allow_written(b, o->output);
    allow_written(b, o->resume);
    allow_written(b, o->index && strcmp(o->index, "-") != 0 ? o->index : NULL);
    if (!sandbox_missing(sandbox_enter(b)))
        return true;
    sandbox_describe(line, sizeof line);
    fprintf(stderr, "karaka: KARAKA_SANDBOX=need, but what there is here is: %s\n", line);
    return false;
}

bool options_confine(const options *o, const char *writes) {
    sandbox b;
    return !sandbox_begin(&b, 0) || confine(&b, o, writes);
}

bool session_confine_online(const session *s, const char *const *reads) {
    sandbox b;
    if (!sandbox_begin(&b, SANDBOX_NETWORK))
        return true;
    allow_languages(&b, s->languages);
    for (; *reads; reads++)
        sandbox_allow(&b, *reads, false);
    return confine(&b, s->options, NULL);
}

bool session_confine(const session *s) {
    sandbox b;
    if (!sandbox_begin(&b, s->serves ? SANDBOX_LISTENER : 0))
        return true;
    allow_languages(&b, s->languages);
    return confine(&b, s->options, s->writes);
}

int session_close(session *s) {
    karaka_same_close(s->same);
    s->same = NULL;
    free(s->languages);
    s->languages = NULL;
    karaka_language_close(s->language);
    languages_free(s->others);
    s->language = NULL;
    s->others = NULL;
    if (!s->output_error && !s->sink && fclose(s->out) != 0)
        s->output_error = errno;
    if (s->unread)
        fprintf(stderr,
                "karaka: %llu of %llu documents are in no known language: karaka code looks for no events "
                "in them, unless --lang names one\n",
                (unsigned long long)s->unread, (unsigned long long)s->done);
    if (s->output_error == EPIPE)
        return EXIT_WELL; /* the reader has had enough */
    if (s->output_error) {
        fprintf(stderr, "karaka: cannot write the output: %s; what was written so far is incomplete\n",
                strerror(s->output_error));
        return EXIT_OUTPUT;
    }
    return s->failed ? EXIT_SOME_FAILED : EXIT_WELL;
}

void session_error(session *s, const record *r, const char *what) {
    s->failed++;
    progress_show(s, true);
    char *name = name_for_people(r->file ? r->file : "input");
    fprintf(stderr, "karaka: %s: ", name ? name : "input");
    free(name);
    if (r->number)
        fprintf(stderr, "record %llu (", (unsigned long long)r->number);
    if (r->number && r->line)
        fprintf(stderr, "line %llu, ", (unsigned long long)r->line);
    if (r->number)
        fprintf(stderr, "byte %llu of the file): ", (unsigned long long)r->offset + 1);
    fprintf(stderr, "%s\n", what);
}

/* In the language of its text; that of a page in HTML shows only when the usual one has read it. */
static int read_first(karaka_document **out, const karaka_language **language, const session *s,
                      const karaka_input *input) {
    bool html = input->kind == KARAKA_INPUT_HTML;
    *language = html ? s->language : languages_choose(s->others, s->language, input->bytes, input->length);
    int error = karaka_document_read(out, *language, input);
    if (error < 0 || !html)
        return error;
    const karaka_article *article = karaka_document_article(*out);
    *language = languages_choose(s->others, s->language, article->text, article->length);
    if (*language == s->language)
        return KARAKA_OK;
    karaka_document_free(*out);
    *out = NULL;
    return karaka_document_read(out, *language, input);
}

static int read_article(karaka_document **out, const session *s, const karaka_input *given) {
    karaka_input input = *given;
    karaka_document *document = NULL;
    const karaka_language *language = NULL;
    int error = read_first(&document, &language, s, &input);
    if (error < 0)
        return error;
    /* --published only helps a document that does not tell its date. */
    if (s->options->published && !karaka_document_article(document)->published) {
        karaka_document_free(document);
        document = NULL;
        input.published = s->options->published;
        error = karaka_document_read(&document, language, &input);
        if (error < 0)
            return error;
    }
    *out = document;
    return KARAKA_OK;
}

static int read_json(karaka_document **out, const session *s, const record *r) {
    karaka_input input = {0};
    karaka_text store = {0};
    int error = karaka_input_from_json(&input, &store, r->bytes, r->length);
    if (!error && !input.id)
        input.id = r->id;
    if (!error)
        error = read_article(out, s, &input);
    karaka_text_free(&store);
    return error;
}

/* A file without "# newdoc id" gets its name there. What is put first gives way to what the file itself says later. */
static int read_trees(karaka_document **out, const session *s, const record *r) {
    const char *published = s->options->published;
    bool named = r->length > 8 && memcmp(r->bytes, "# newdoc", 8) == 0;
    char *head = NULL, *whole;
    int length =
        asprintf(&head, "%s%s%s%s%s%s", published ? "# published = " : "", published ? published : "",
                 published ? "\n" : "", named ? "" : "# newdoc id = ", named || !r->id ? "" : r->id, named ? "" : "\n");
    if (length < 0)
        return KARAKA_ERROR_MEMORY;
    whole = realloc(head, (size_t)length + r->length);
    if (!whole) {
        free(head);
        return KARAKA_ERROR_MEMORY;
    }
    memcpy(whole + length, r->bytes, r->length); /* may hold any byte, NUL too: the library tells */
    int error = karaka_document_from_conllu(out, s->language, whole, (size_t)length + r->length, !s->options->tokens);
    free(whole);
    return error;
}

int session_document(karaka_document **out, const session *s, const record *r) {
    if (r->form == FORM_JSONL)
        return read_json(out, s, r);
    if (r->form == FORM_CONLLU)
        return read_trees(out, s, r);
    karaka_input input = {
        .kind = r->form == FORM_CLEAN  ? KARAKA_INPUT_TEXT
                : r->form == FORM_HTML ? KARAKA_INPUT_HTML
                                       : KARAKA_INPUT_PAGE,
        .bytes = r->bytes,
        .length = r->length,
        .id = r->id,
        .title = r->title,
        .published = r->published,
        .url = r->url,
        .outlet = r->outlet,
        .charset = r->charset,
    };
    return read_article(out, s, &input);
}

int session_code(karaka_document **out, const session *s, const record *r) {
    int error = session_document(out, s, r);
    if (error == KARAKA_OK && languages_lack(s->others, *out))
        return UNREAD;
    return error < 0 ? error : karaka_document_code(*out);
}

int session_document_text(karaka_document **inout, const session *s) {
    const karaka_article *article = karaka_document_article(*inout);
    const karaka_input input = {.kind = KARAKA_INPUT_TEXT,
                                .bytes = article->text,
                                .length = article->length,
                                .id = article->id,
                                .published = article->published};
    karaka_document *document = NULL;
    const karaka_language *language = languages_choose(s->others, s->language, input.bytes, input.length);
    int error = karaka_document_read(&document, language, &input);
    if (error < 0)
        return error;
    karaka_document_free(*inout);
    *inout = document;
    return KARAKA_OK;
}
