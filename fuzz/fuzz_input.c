/* fuzz_input: any bytes as a file that the command reads, cut into records.
 *
 * In: two bytes, for the form (--from) and the limit, then the file. Checked: each record is whole, within the limit
 * and NUL-terminated, and comes after the one before; what is left out was told.
 */
#include "../cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct seen {
    size_t limit, file_size, kept, told;
    uint64_t next; /* no record begins before it */
} seen;

static void look(seen *s, const record *r) {
    if (r->offset < s->next || r->offset > s->file_size || (r->number && !r->line))
        abort();
    s->next = r->offset;
}

static bool take(void *context, record *r) {
    seen *s = context;
    look(s, r);
    if (!r->bytes || r->length > s->limit + 2 || r->length >= r->room || (r->number && !r->id))
        abort();
    s->kept++;
    if (s->kept % 3 == 0) { /* the next one is read without its memory */
        record mine = record_take(r);
        record_free(&mine);
    }
    return s->kept < 1000;
}

static void fail(void *context, const record *r, const char *what) {
    seen *s = context;
    look(s, r);
    if (!*what)
        abort();
    s->told++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const input_form forms[] = {FORM_UNKNOWN, FORM_PAGE, FORM_CLEAN, FORM_HTML, FORM_JSONL, FORM_CONLLU};
    static const size_t limits[] = {1, 7, 64, 1000, (size_t)1 << 20};
    if (size < 2)
        return -1;
    int file = memfd_create("input", 0);
    if (file < 0 || write(file, data + 2, size - 2) != (ssize_t)size - 2)
        abort();
    char path[64], *files[] = {path};
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const options o = {.from = forms[data[0] % 6], .limit = limits[data[1] % 5], .files = files, .file_count = 1};
    seen s = {.limit = o.limit, .file_size = size - 2};
    const consumer to = {take, fail, &s};
    inputs_read(&o, &to);
    bool lines = o.from == FORM_UNKNOWN || o.from == FORM_JSONL || o.from == FORM_CONLLU; /* may be none but blanks */
    if (!s.kept && !s.told && !lines)
        abort();
    close(file);
    return 0;
}
