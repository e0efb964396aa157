/* input: files, folders and streams to documents.
 *
 * In: the names on the command line. Out: records, one a document, each handed on before the next is read, so that
 * memory holds one document (and a line over the limit is stepped over without being kept). Example: news.jsonl with
 * three lines -> three records of FORM_JSONL with line 1, 2, 3 and their byte offsets.
 */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { CHUNK = 1 << 16, FOLDERS_DEEP = 64 };

typedef struct stream {
    FILE *file;
    const char *name;
    char chunk[CHUNK];
    size_t at, end;
    uint64_t offset; /* bytes taken so far */
    uint64_t line;   /* of the next byte, from 1 */
} stream;

void record_free(record *r) {
    char *const owned[] = {r->bytes, r->id, r->title, r->published, r->url, r->outlet, r->charset};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    record_take(r);
}

record record_take(record *from) {
    const record all = *from;
    from->bytes = from->id = from->title = from->published = from->url = from->outlet = from->charset = NULL;
    from->length = from->room = 0;
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

char *name_without_suffix(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return strndup(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static bool ends_in(const char *name, const char *suffix) {
    size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}

static input_form form_of_name(const char *name) {
    if (ends_in(name, ".jsonl") || ends_in(name, ".ndjson"))
        return FORM_JSONL;
    if (ends_in(name, ".conllu"))
        return FORM_CONLLU;
    if (ends_in(name, ".html") || ends_in(name, ".htm") || ends_in(name, ".xhtml"))
        return FORM_HTML;
    if (ends_in(name, ".txt"))
        return FORM_PAGE;
    return FORM_UNKNOWN;
}

static bool is_folder(const char *name) {
    struct stat status;
    return strcmp(name, "-") != 0 && stat(name, &status) == 0 && S_ISDIR(status.st_mode);
}

bool inputs_are_many(const options *o) {
    if (o->file_count > 1 || o->from == FORM_JSONL || o->from == FORM_CONLLU)
        return true;
    if (!o->file_count)
        return false;
    return is_folder(o->files[0]) || form_of_name(o->files[0]) == FORM_JSONL;
}

bool inputs_are_conllu(const options *o) {
    if (o->from)
        return o->from == FORM_CONLLU;
    for (int i = 0; i < o->file_count; i++)
        if (form_of_name(o->files[i]) != FORM_CONLLU)
            return false;
    return o->file_count > 0;
}

/* ---- Lines of a stream ---- */

static bool refill(stream *s) {
    if (s->at < s->end)
        return true;
    s->at = 0;
    s->end = fread(s->chunk, 1, CHUNK, s->file);
    return s->end > 0;
}

static bool keep(record *r, const char *bytes, size_t length) {
    if (r->length + length + 1 > r->room) {
        size_t room = (r->length + length + 1) * 2;
        char *grown = realloc(r->bytes, room);
        if (!grown)
            return false;
        r->bytes = grown;
        r->room = room;
    }
    memcpy(r->bytes + r->length, bytes, length);
    r->length += length;
    r->bytes[r->length] = '\0';
    return true;
}

/* Appends to `r` up to and with the next line break; what goes beyond `limit` is stepped over and *over set. False at
 * the end of the stream. */
static bool take_line(stream *s, record *r, size_t limit, bool *over, bool *memory) {
    bool any = false;
    while (refill(s)) {
        const char *from = s->chunk + s->at, *end = memchr(from, '\n', s->end - s->at);
        size_t length = end ? (size_t)(end + 1 - from) : s->end - s->at;
        any = true;
        if (!*over && r->length + length > limit + 2)
            *over = true;
        if (!*over && !*memory && !keep(r, from, length))
            *memory = true;
        s->at += length;
        s->offset += length;
        if (!end)
            continue;
        s->line++;
        break;
    }
    return any;
}

static const char *over_limit(char *room, size_t size, const options *o) {
    snprintf(room, size, "larger than %zu bytes, skipped; raise --limit (64M at most) or split it", o->limit);
    return room;
}

static bool hand_on(const options *o, const consumer *to, record *r, bool over, bool memory) {
    char what[128];
    if (over)
        to->fail(to->context, r, over_limit(what, sizeof what, o));
    else if (memory)
        to->fail(to->context, r, "out of memory, skipped; lower --limit or --threads");
    else
        return to->take(to->context, r);
    return true;
}

/* ---- One file ---- */

static bool is_blank_line(const record *r) {
    for (size_t i = 0; i < r->length; i++)
        if (!strchr(" \t\r\n", r->bytes[i]))
            return false;
    return true;
}

static bool read_lines(stream *s, const options *o, const consumer *to, record *r) {
    for (bool over = false, memory = false;; over = memory = false) {
        r->length = 0;
        r->line = s->line;
        r->offset = s->offset;
        if (!take_line(s, r, o->limit, &over, &memory))
            return true;
        if (!over && !memory && (!r->length || is_blank_line(r)))
            continue;
        while (!over && !memory && r->length && strchr("\r\n", r->bytes[r->length - 1]))
            r->length--;
        r->number++;
        free(r->id);
        char *name = name_without_suffix(s->name);
        if (!name || asprintf(&r->id, "%s-%llu", name, (unsigned long long)r->line) < 0)
            r->id = NULL;
        free(name);
        memory |= !r->id;
        if (!hand_on(o, to, r, over, memory))
            return false;
    }
}

/* CoNLL-U is cut before each "# newdoc"; a file without one is one document. */
static bool read_trees(stream *s, const options *o, const consumer *to, record *r) {
    record line = {0};
    bool over = false, memory = false, more = true, go_on = true;
    while (more && go_on) {
        const uint64_t number = s->line, offset = s->offset;
        bool line_over = false;
        line.length = 0;
        more = take_line(s, &line, o->limit, &line_over, &memory);
        bool begins = line.length > 8 && memcmp(line.bytes, "# newdoc", 8) == 0;
        if (begins || !more) {
            if (over || memory || !is_blank_line(r)) {
                r->number++;
                free(r->id);
                r->id = name_without_suffix(s->name);
                go_on = hand_on(o, to, r, over, memory || !r->id);
            }
            over = memory = false;
            r->length = 0;
        }
        if (!r->length && !over) {
            r->line = number;
            r->offset = offset;
        }
        if (line_over || r->length + line.length > o->limit)
            over = true;
        if (!over && !memory && line.length && !keep(r, line.bytes, line.length))
            memory = true;
    }
    record_free(&line);
    return go_on;
}

static bool read_whole(stream *s, const options *o, const consumer *to, record *r) {
    bool over = false, memory = false;
    while (!over && !memory && take_line(s, r, o->limit, &over, &memory))
        continue;
    r->id = name_without_suffix(s->name);
    if (!r->id || (!r->bytes && !keep(r, "", 0)))
        memory = true;
    return hand_on(o, to, r, over, memory);
}

/* As pages begin, after comments that name no form; a feed begins with "<?xml" too. */
static bool begins_html(const char *start, size_t left) {
    static const char *const marks[] = {"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<article"};
    while (left >= 4 && memcmp(start, "<!--", 4) == 0) {
        const char *end = memmem(start, left, "-->", 3);
        if (!end)
            return false;
        left -= (size_t)(end + 3 - start);
        start = end + 3;
        while (left && strchr(" \t\r\n", *start))
            start++, left--;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (left >= strlen(marks[i]) && strncasecmp(start, marks[i], strlen(marks[i])) == 0)
            return true;
    if (left >= 4 && (memcmp(start, "\xFF\xFE<\0", 4) == 0 || memcmp(start, "\xFE\xFF\0<", 4) == 0))
        return true; /* UTF-16 */
    return left >= 5 && memcmp(start, "<?xml", 5) == 0 && memmem(start, left, "<html", 5);
}

static input_form form_of_bytes(stream *s) {
    size_t at = 0;
    if (!refill(s))
        return FORM_PAGE;
    if (s->end >= 3 && memcmp(s->chunk, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < s->end && strchr(" \t\r\n", s->chunk[at]))
        at++;
    const char *start = s->chunk + at;
    size_t left = s->end - at;
    static const char *const marks[] = {"# newdoc", "# newpar", "# sent_id", "# text =", "1\t", "1-2\t"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (left >= strlen(marks[i]) && memcmp(start, marks[i], strlen(marks[i])) == 0)
            return FORM_CONLLU;
    if (begins_html(start, left))
        return FORM_HTML;
    return left && *start == '{' ? FORM_JSONL : FORM_PAGE;
}

static void skip_byte_order_mark(stream *s) {
    if (refill(s) && s->end >= 3 && memcmp(s->chunk, "\xEF\xBB\xBF", 3) == 0)
        s->at = s->offset = 3;
}

static bool read_stream(stream *s, const options *o, const consumer *to) {
    record r = {.file = s->name, .form = o->from ? o->from : form_of_name(s->name)};
    bool go_on = true;
    if (!r.form)
        r.form = form_of_bytes(s);
    s->line = 1;
    if (r.form == FORM_JSONL || r.form == FORM_CONLLU)
        skip_byte_order_mark(s);
    if (r.form == FORM_JSONL)
        go_on = read_lines(s, o, to, &r);
    else if (r.form == FORM_CONLLU)
        go_on = read_trees(s, o, to, &r);
    else
        go_on = read_whole(s, o, to, &r);
    if (go_on && ferror(s->file)) {
        r.number = 0;
        to->fail(to->context, &r, strerror(errno));
    }
    record_free(&r);
    return go_on;
}

static void fail_file(const consumer *to, const char *name, const char *what) {
    record r = {.file = name};
    to->fail(to->context, &r, what);
}

/* The sandbox lets nothing be opened that was not named. Leaves errno alone. */
static bool leads_out(const char *name) {
    struct stat status;
    return errno == EACCES && lstat(name, &status) == 0 && S_ISLNK(status.st_mode);
}

static bool read_file(const char *name, const options *o, const consumer *to) {
    bool standard = strcmp(name, "-") == 0;
    FILE *file = standard ? stdin : fopen(name, "rb");
    if (!file) {
        fail_file(to, name,
                  leads_out(name) ? "a link that leads out of what was named; name its target too" : strerror(errno));
        return true;
    }
    stream *s = calloc(1, sizeof *s);
    bool go_on = true;
    if (s) {
        s->file = file;
        s->name = standard ? "stdin" : name;
        go_on = read_stream(s, o, to);
    } else {
        fail_file(to, name, "out of memory");
    }
    free(s);
    if (!standard)
        fclose(file);
    return go_on;
}

/* ---- Folders ---- */

static int not_hidden(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool read_name(const char *name, const options *o, const consumer *to, unsigned depth);

/* Links to folders are not followed, so a folder cannot hold itself. */
static bool read_entry(const char *path, const options *o, const consumer *to, unsigned depth) {
    struct stat status;
    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode) && is_folder(path))
        return true;
    return read_name(path, o, to, depth + 1);
}

static bool read_folder(const char *folder, const options *o, const consumer *to, unsigned depth) {
    struct dirent **entries = NULL;
    int count = depth > FOLDERS_DEEP ? (errno = ELOOP, -1) : scandir(folder, &entries, not_hidden, by_name);
    bool go_on = true;
    if (count < 0) {
        fail_file(to, folder, strerror(errno));
        return true;
    }
    for (int i = 0; i < count; i++) {
        char *path = NULL;
        if (go_on && asprintf(&path, "%s%s%s", folder, ends_in(folder, "/") ? "" : "/", entries[i]->d_name) >= 0) {
            go_on = read_entry(path, o, to, depth);
            free(path);
        } else if (go_on) {
            fail_file(to, folder, "out of memory; a file in it was skipped");
        }
        free(entries[i]);
    }
    free(entries);
    return go_on;
}

static bool read_name(const char *name, const options *o, const consumer *to, unsigned depth) {
    return is_folder(name) ? read_folder(name, o, to, depth) : read_file(name, o, to);
}

void inputs_read(const options *o, const consumer *to) {
    bool go_on = true;
    if (!o->file_count)
        read_file("-", o, to);
    for (int i = 0; go_on && i < o->file_count; i++)
        go_on = read_name(o->files[i], o, to, 0);
}
