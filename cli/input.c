/* input: files, folders and standard input to documents.
 *
 * In: the names on the command line. Out: records, one a document, each handed on before the next is read, so that
 * memory holds one document. What a file holds is the library's work (karaka_stream_open).
 * Example: news.jsonl with three lines -> three records of FORM_JSONL with line 1, 2, 3 and their byte offsets.
 */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_DEEP = 64 };

void record_free(record *r) {
    char *const owned[] = {r->bytes, r->id, r->title, r->published, r->url, r->outlet, r->charset};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    record_take(r);
}

record record_take(record *from) {
    const record all = *from;
    from->bytes = from->id = from->title = from->published = from->url = from->outlet = from->charset = NULL;
    from->length = 0;
    return all;
}

/* A control character becomes "?". */
char *name_for_people(const char *path) {
    char *name = strdup(path);
    for (char *at = name; at && *at; at++) {
        bool high = (unsigned char)at[0] == 0xC2 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xA0;
        if ((unsigned char)*at < 0x20 || *at == 0x7F || high)
            *at = '?';
        if (high) /* U+0080..U+009F */
            at[1] = '?';
    }
    return name;
}

static bool ends_in(const char *name, const char *suffix) {
    size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}

/* "news.jsonl.gz" as "news.jsonl". */
static bool ends_in_packed(const char *name, const char *suffix) {
    static const char *const packed[] = {"", ".gz", ".zst", ".xz", ".bz2"};
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        char whole[32];
        snprintf(whole, sizeof whole, "%s%s", suffix, packed[i]);
        if (ends_in(name, whole))
            return true;
    }
    return false;
}

static bool is_collection(const char *name) {
    static const char *const suffixes[] = {".jsonl", ".ndjson", ".warc", ".wet", ".tar",
                                           ".tgz",   ".zip",    ".xml",  ".rss", ".atom"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_in_packed(name, suffixes[i]))
            return true;
    return false;
}

static bool is_folder(const char *name) {
    struct stat status;
    return strcmp(name, "-") != 0 && stat(name, &status) == 0 && S_ISDIR(status.st_mode);
}

bool inputs_are_many(const options *o) {
    if (o->file_count > 1 || o->from >= FORM_JSONL)
        return true;
    if (!o->file_count)
        return false;
    return is_folder(o->files[0]) || is_collection(o->files[0]);
}

bool inputs_are_conllu(const options *o) {
    if (o->from)
        return o->from == FORM_CONLLU;
    for (int i = 0; i < o->file_count; i++)
        if (!ends_in_packed(o->files[i], ".conllu"))
            return false;
    return o->file_count > 0;
}

/* ---- One file ---- */

static ptrdiff_t read_standard(void *context, void *into, size_t room) {
    (void)context;
    return read(STDIN_FILENO, into, room);
}

static bool copy(char **out, const char *text) {
    return !text || (*out = strdup(text));
}

/* Of the library's record one that outlives the next call. */
static bool own(record *out, const karaka_record *from) {
    out->form = (input_form)from->form;
    out->bytes = malloc(from->length + 1);
    if (!out->bytes)
        return false;
    memcpy(out->bytes, from->bytes, from->length + 1);
    out->length = from->length;
    return copy(&out->id, from->id) && copy(&out->title, from->title) && copy(&out->published, from->published) &&
           copy(&out->url, from->url) && copy(&out->outlet, from->outlet) && copy(&out->charset, from->charset);
}

static void tell(const consumer *to, const record *r, int error) {
    char what[1200];
    const char *hint = error == KARAKA_ERROR_LIMIT    ? "; raise --limit (64M at most) or split it"
                       : error == KARAKA_ERROR_MEMORY ? ", skipped; lower --limit or --threads"
                                                      : "";
    snprintf(what, sizeof what, "%s%s", karaka_error_text(), hint);
    to->fail(to->context, r, what);
}

static bool read_stream(karaka_stream *s, const consumer *to) {
    karaka_record next;
    int result;
    bool go_on = true;
    while (go_on && (result = karaka_stream_next(s, &next)) != 0) {
        record r = {.file = next.name, .number = next.number, .line = next.line, .offset = next.offset};
        if (result < 0)
            tell(to, &r, result);
        else if (own(&r, &next))
            go_on = to->take(to->context, &r);
        else
            to->fail(to->context, &r, "out of memory, skipped; lower --limit or --threads");
        record_free(&r);
    }
    return go_on;
}

/* The sandbox lets nothing be opened that was not named. Leaves errno alone. */
static bool leads_out(const char *name) {
    struct stat status;
    return errno == EACCES && lstat(name, &status) == 0 && S_ISLNK(status.st_mode);
}

/* `folder`: in which it was found, as named by the user; NULL: the file itself was. */
static bool read_file(const char *name, const char *folder, const options *o, const consumer *to) {
    bool standard = strcmp(name, "-") == 0;
    const karaka_stream_input input = {.name = standard ? "stdin" : name,
                                       .form = (karaka_stream_form)o->from,
                                       .limit = o->limit,
                                       .folder = folder,
                                       .read = standard ? read_standard : NULL};
    karaka_stream *s = NULL;
    int error = karaka_stream_open(&s, &input);
    if (error < 0) {
        const record r = {.file = input.name};
        if (leads_out(input.name))
            to->fail(to->context, &r, "a link that leads out of what was named; name its target too");
        else
            tell(to, &r, error);
        return true;
    }
    bool go_on = read_stream(s, to);
    if (*karaka_stream_passed(s))
        fprintf(stderr, "karaka: %s: %s\n", input.name, karaka_stream_passed(s));
    karaka_stream_close(s);
    return go_on;
}

static void fail_file(const consumer *to, const char *name, const char *what) {
    const record r = {.file = name};
    to->fail(to->context, &r, what);
}

/* ---- Folders ---- */

static int not_hidden(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Where the walk through a folder is. */
typedef struct walk {
    const options *options;
    const consumer *to;
    const char *top; /* the folder that the user named */
    unsigned depth;
} walk;

static bool read_folder(const char *folder, walk at);

/* Links to folders are not followed, so a folder cannot hold itself. */
static bool read_entry(const char *path, const walk *at) {
    struct stat status;
    if (!is_folder(path))
        return read_file(path, at->top, at->options, at->to);
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
        return true;
    return read_folder(path, (walk){at->options, at->to, at->top, at->depth + 1});
}

static bool read_folder(const char *folder, walk at) {
    struct dirent **entries = NULL;
    int count = at.depth > FOLDERS_DEEP ? (errno = ELOOP, -1) : scandir(folder, &entries, not_hidden, by_name);
    bool go_on = true;
    if (count < 0) {
        fail_file(at.to, folder, strerror(errno));
        return true;
    }
    for (int i = 0; i < count; i++) {
        char *path = NULL;
        if (go_on && asprintf(&path, "%s%s%s", folder, ends_in(folder, "/") ? "" : "/", entries[i]->d_name) >= 0) {
            go_on = read_entry(path, &at);
            free(path);
        } else if (go_on) {
            fail_file(at.to, folder, "out of memory; a file in it was skipped");
        }
        free(entries[i]);
    }
    free(entries);
    return go_on;
}

void inputs_read(const options *o, const consumer *to) {
    bool go_on = true;
    if (!o->file_count)
        read_file("-", NULL, o, to);
    for (int i = 0; go_on && i < o->file_count; i++) {
        const char *name = o->files[i];
        go_on = is_folder(name) ? read_folder(name, (walk){o, to, name, 0}) : read_file(name, NULL, o, to);
    }
}
