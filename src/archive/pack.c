/* pack: the files in a tar or zip, each read as a file by itself would be. libarchive takes the archive apart.
 *
 * In: a flow. Out: the records of the files in it, in their order; links, devices and hidden files are passed over.
 * Example: pages.tar with a/1.txt and a/2.jsonl -> a whole document of "pages.tar/a/1.txt", then the lines of
 *          "pages.tar/a/2.jsonl". Nothing is written to disk, so no name in an archive can lead astray.
 */
#include "archive/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 4096 };

typedef struct pack {
    karaka_reader reader;
    struct archive *archive;
    karaka_reader *inner; /* of the file being read */
    karaka_buffer path;   /* its name */
    size_t given;         /* bytes of the flow that libarchive has at hand */
    unsigned depth;
    bool broken; /* a damaged head was told; quiet until the next file is found */
    bool ended;
} pack;

/* What is wrong, as the flow below or else libarchive has it. */
static const char *trouble(const pack *p) {
    const char *why = p->reader.flow->error ? p->reader.flow->trouble : archive_error_string(p->archive);
    return why ? why : "unknown error";
}

/* ---- The flow of one file ---- */

typedef struct member {
    karaka_flow flow;
    pack *pack; /* borrowed */
} member;

static size_t fill_member(karaka_flow *f, char *into, size_t room) {
    pack *p = ((member *)f)->pack;
    char what[300];
    la_ssize_t got = archive_read_data(p->archive, into, room);
    if (got >= 0)
        return (size_t)got;
    p->ended = got == ARCHIVE_FATAL;
    snprintf(what, sizeof what, "the file in the archive is damaged: %s", trouble(p));
    return karaka_flow_fail(f, archive_errno(p->archive) == ENOMEM ? KARAKA_ERROR_MEMORY : KARAKA_ERROR_INPUT,
                            f->offset, what);
}

static int open_member(pack *p) {
    karaka_flow *f = NULL;
    int error = karaka_flow_new(&f, sizeof(member));
    if (error < 0)
        return error;
    ((member *)f)->pack = p;
    f->fill = fill_member;
    return karaka_reader_open(&p->inner, p->reader.reading, f, p->path.bytes, p->depth);
}

/* ---- The archive ---- */

static la_ssize_t feed(struct archive *a, void *context, const void **bytes) {
    pack *p = context;
    karaka_flow *f = p->reader.flow;
    karaka_flow_take(f, p->given);
    karaka_slice next = karaka_flow_peek(f, 1);
    *bytes = next.bytes;
    p->given = next.length;
    if (!next.length && f->error) {
        archive_set_error(a, EIO, "%s", f->trouble);
        return -1;
    }
    return (la_ssize_t)next.length;
}

/* libarchive gives any bytes; a terminal must be able to show them. */
static void make_plain(char *name, size_t length) {
    for (size_t at = 0; at < length;) {
        const size_t from = at;
        int32_t cp = karaka_utf8_next(name, length, &at);
        if (cp < ' ' || (cp >= 0x7F && cp < 0xA0))
            memset(name + from, '?', at - from);
    }
}

static int set_path(pack *p, struct archive_entry *entry) {
    const char *name = archive_entry_pathname(entry);
    p->path.length = 0;
    int error = karaka_buffer_format(&p->path, "%s/", p->reader.name);
    if (error < 0)
        return error;
    if (!name)
        return karaka_buffer_text(&p->path, "?");
    while (*name == '/' || (name[0] == '.' && name[1] == '/'))
        name++;
    size_t from = p->path.length;
    error = karaka_buffer_add(&p->path, name, strnlen(name, NAME_MOST));
    if (error == KARAKA_OK)
        make_plain(p->path.bytes + from, p->path.length - from);
    return error;
}

static bool is_hidden(const char *path) {
    for (const char *at = path; (at = strstr(at, "/.")); at++)
        if (at[2] && at[2] != '/' && strcmp(at + 2, ".") != 0 && strncmp(at + 2, "./", 2) != 0)
            return true;
    return false;
}

static int archive_trouble(pack *p, karaka_record *out, bool fatal) {
    out->offset = (uint64_t)archive_read_header_position(p->archive);
    p->ended = p->ended || fatal;
    return karaka_fail(KARAKA_ERROR_INPUT, "the archive is damaged: %s%s", trouble(p),
                       fatal ? "; the rest cannot be read" : "; the next file is looked for");
}

/* 1: the next file is open, 0: the end, negative: told. */
static int next_file(pack *p, karaka_record *out) {
    struct archive_entry *entry = NULL;
    karaka_tally *tally = &p->reader.reading->tally;
    for (;;) {
        int result = archive_read_next_header(p->archive, &entry);
        out->name = p->reader.name;
        if (result == ARCHIVE_EOF)
            return 0;
        if (result == ARCHIVE_RETRY && p->broken)
            continue;
        p->broken = result == ARCHIVE_RETRY;
        if (result == ARCHIVE_RETRY || result == ARCHIVE_FATAL)
            return archive_trouble(p, out, result == ARCHIVE_FATAL);
        int error = set_path(p, entry);
        if (error < 0)
            return p->ended = true, error;
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        tally->seen++;
        tally->files = true;
        out->name = p->path.bytes;
        if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) != AE_IFREG)
            karaka_tally_pass(tally, "link or device");
        else if (is_hidden(p->path.bytes + strlen(p->reader.name)))
            karaka_tally_pass(tally, "hidden file");
        else if (archive_entry_is_encrypted(entry))
            return karaka_fail(KARAKA_ERROR_INPUT, "the file in the archive is encrypted");
        else
            return error = open_member(p), error < 0 ? error : 1;
    }
}

static int next_pack(karaka_reader *r, karaka_record *out) {
    pack *p = (pack *)r;
    for (;;) {
        if (p->inner) {
            out->name = p->inner->name;
            int result = p->inner->next(p->inner, out);
            if (result)
                return result;
            karaka_reader_close(p->inner);
            p->inner = NULL;
        }
        if (p->ended)
            return 0;
        *out = (karaka_record){0};
        int result = next_file(p, out);
        if (!result)
            p->ended = true;
        if (result <= 0)
            return result;
    }
}

static void close_pack(karaka_reader *r) {
    pack *p = (pack *)r;
    karaka_reader_close(p->inner);
    archive_read_free(p->archive);
    karaka_buffer_free(&p->path);
    karaka_reader_free(r);
}

int karaka_pack_open(karaka_reader **out, karaka_intake *reading, karaka_flow *flow, const char *name, unsigned depth) {
    struct archive *a = archive_read_new();
    if (!a || archive_read_support_format_tar(a) != ARCHIVE_OK ||
        archive_read_support_format_zip_streamable(a) != ARCHIVE_OK) {
        archive_read_free(a);
        return karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    }
    int error = karaka_reader_new(out, sizeof(pack), reading, flow, name);
    if (error < 0) {
        archive_read_free(a);
        return error;
    }
    pack *p = (pack *)*out;
    p->archive = a;
    p->depth = depth;
    p->reader.next = next_pack;
    p->reader.close = close_pack;
    if (archive_read_open(a, p, NULL, feed, NULL) == ARCHIVE_OK)
        return KARAKA_OK;
    error = karaka_fail(KARAKA_ERROR_INPUT, "the archive cannot be read: %s", archive_error_string(a));
    p->reader.flow = NULL; /* stays the caller's */
    close_pack(*out);
    *out = NULL;
    return error;
}
