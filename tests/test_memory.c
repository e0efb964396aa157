/* test_memory: each allocation failing in turn, from a language that is opened to the last record written.
 *
 * In: the documents in tests/cases/memory, read as their suffix says; a new kind of input needs a file there and, if it
 * is none of those in `kind_of`, a line. Out: for the n-th allocation, n = 1, 2, 3 ... until none fails, either
 * KARAKA_ERROR_MEMORY with a text, or the same bytes as with all memory; and no block left, no out-parameter touched.
 * Opening a language and learning a model take too many, so one of them is taken every so often; KARAKA_MEMORY_SEED
 * chooses others.
 * Example: "page.txt: allocation 214 of 3051 failed: 23 bytes lost" and where that was.
 *
 * The allocators are those of this program (meson.build: -Wl,--wrap), each piece of an arena is a block
 * (piece_arena.c).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <karaka.h>
#include <malloc.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unicode/uclean.h>
#include <unicode/unorm2.h>
#include <unistd.h>

/* A sanitizer makes each round twenty times as long. */
#if defined(__SANITIZE_ADDRESS__)
enum { SLOW = 1 };
#elif defined(__has_feature)
enum { SLOW = __has_feature(address_sanitizer) };
#else
enum { SLOW = 0 };
#endif

/* ---- Allocators that fail when told ---- */

static atomic_long calls;  /* since the last `arm` */
static atomic_long live;   /* blocks that are not freed */
static long fail_at;       /* the call that fails; 0: none */
static bool and_all_after; /* so does each later one */
static atomic_bool has_failed;
static bool paused;     /* nothing fails or counts */
static void *where[24]; /* the stack at the first failing call */
static int where_depth;

static void arm(long at, bool lasting) {
    calls = 0;
    has_failed = false;
    fail_at = at;
    and_all_after = lasting;
}

static bool denied(void) {
    if (paused)
        return false;
    long n = ++calls;
    if (!fail_at || n < fail_at || (n > fail_at && !and_all_after))
        return false;
    if (!has_failed) {
        has_failed = true;
        where_depth = backtrace(where, 24);
    }
    errno = ENOMEM;
    return true;
}

static void *counted(void *block) {
    live += block != NULL;
    return block;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
char *__real_strdup(const char *text);
void __real_free(void *block);
void *__real_mmap(void *at, size_t length, int protection, int flags, int file, off_t offset);
DIR *__real_opendir(const char *name);
int __real_pthread_create(pthread_t *out, const pthread_attr_t *how, void *(*run)(void *), void *context);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
char *__wrap_strdup(const char *text);
void __wrap_free(void *block);
void *__wrap_mmap(void *at, size_t length, int protection, int flags, int file, off_t offset);
DIR *__wrap_opendir(const char *name);
int __wrap_pthread_create(pthread_t *out, const pthread_attr_t *how, void *(*run)(void *), void *context);

void *__wrap_malloc(size_t size) {
    return denied() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size) {
    return denied() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size) {
    if (denied())
        return NULL;
    void *moved = __real_realloc(block, size);
    live += moved && !block;
    return moved;
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
    return denied() ? NULL : counted(__real_aligned_alloc(alignment, size));
}

char *__wrap_strdup(const char *text) {
    return denied() ? NULL : counted(__real_strdup(text));
}

void __wrap_free(void *block) {
    live -= block != NULL;
    __real_free(block);
}

void *__wrap_mmap(void *at, size_t length, int protection, int flags, int file, off_t offset) {
    return denied() ? MAP_FAILED : __real_mmap(at, length, protection, flags, file, offset);
}

DIR *__wrap_opendir(const char *name) {
    return denied() ? NULL : __real_opendir(name);
}

int __wrap_pthread_create(pthread_t *out, const pthread_attr_t *how, void *(*run)(void *), void *context) {
    return denied() ? EAGAIN : __real_pthread_create(out, how, run, context);
}

/* The folder of a language; valid until the next call. */
static const char *folder_of(const char *code) {
    static char path[4096];
    const char *languages = getenv("KARAKA_LANGUAGES");
    snprintf(path, sizeof path, "%s/%s", languages ? languages : "languages", code);
    return path;
}

/* ICU's. */
static void *give(const void *context, size_t size) {
    (void)context;
    return __wrap_malloc(size);
}

static void *give_more(const void *context, void *block, size_t size) {
    (void)context;
    return __wrap_realloc(block, size);
}

static void take_back(const void *context, void *block) {
    (void)context;
    __wrap_free(block);
}

/* SQLite's. */
static void *database_malloc(int size) {
    return __wrap_malloc((size_t)size);
}

static void *database_realloc(void *block, int size) {
    return __wrap_realloc(block, (size_t)size);
}

static int database_size(void *block) {
    return block ? (int)malloc_usable_size(block) : 0;
}

/* SQLite 3.40 leaks where its full-text part cannot be set up; that is not ours to mend. */
int __real_sqlite3_open_v2(const char *path, sqlite3 **out, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **out, int flags, const char *vfs);

int __wrap_sqlite3_open_v2(const char *path, sqlite3 **out, int flags, const char *vfs) {
    paused = true;
    int code = __real_sqlite3_open_v2(path, out, flags, vfs);
    paused = false;
    return code;
}

static int database_roundup(int size) {
    return (size + 7) & ~7;
}

static int database_begin(void *context) {
    (void)context;
    return SQLITE_OK;
}

static void database_end(void *context) {
    (void)context;
}

static const sqlite3_mem_methods database_memory = {database_malloc,  __wrap_free,    database_realloc, database_size,
                                                    database_roundup, database_begin, database_end,     NULL};

/* ---- The whole way of one document ---- */

typedef enum kind { PAGE, CLEAN, HTML, JSONL, TREES, OTHER } kind;

typedef struct sample {
    char name[64];
    kind kind;
    char *bytes;
    size_t length;
} sample;

static karaka_language *language;

static kind kind_of(const char *name) {
    static const char *const suffixes[] = {".txt", ".clean", ".html", ".jsonl", ".conllu"};
    const char *dot = strrchr(name, '.');
    for (kind k = PAGE; dot && k < OTHER; k++)
        if (strcmp(dot, suffixes[k]) == 0)
            return k;
    return OTHER;
}

static int read_document(karaka_document **out, karaka_text *store, const sample *s) {
    static const karaka_input_kind kinds[] = {KARAKA_INPUT_PAGE, KARAKA_INPUT_TEXT, KARAKA_INPUT_HTML};
    karaka_input input = {.bytes = s->bytes, .length = s->length, .id = s->name, .url = "https://example.org/1"};
    if (s->kind == TREES)
        return karaka_document_from_conllu(out, language, s->bytes, s->length, true);
    if (s->kind == JSONL) {
        int error = karaka_input_from_json(&input, store, s->bytes, s->length);
        return error ? error : karaka_document_read(out, language, &input);
    }
    input.kind = kinds[s->kind];
    return karaka_document_read(out, language, &input);
}

static int write_all(karaka_text *out, const karaka_document *document) {
    int error = karaka_write_jsonl(out, document);
    if (!error)
        error = karaka_write_csv(out, document, true);
    if (!error)
        error = karaka_write_table(out, document, true);
    if (!error)
        error = karaka_write_conllu(out, document);
    if (!error)
        error = karaka_write_article(out, document, true, true, false);
    if (!error)
        error = karaka_write_article(out, document, false, true, true);
    if (!error)
        error = karaka_write_explain(out, document, true);
    if (!error)
        error = karaka_write_headline(out, document, true, false);
    if (!error)
        error = karaka_write_headline(out, document, false, true);
    return error;
}

static int document_whole(karaka_text *out, const void *context) {
    const sample *s = context;
    karaka_document *const untouched = (karaka_document *)(void *)&language, *document = untouched;
    karaka_text store = {0};
    int error = read_document(&document, &store, s);
    if (error)
        assert_ptr_equal(document, untouched);
    bool made = !error;
    if (!error)
        error = karaka_document_explain(document);
    if (!error)
        error = karaka_document_judge(document);
    if (!error)
        error = write_all(out, document);
    if (made)
        karaka_document_free(document);
    karaka_text_free(&store);
    return error;
}

/* ---- Other work ---- */

static int open_whole(karaka_text *out, const void *directory) {
    karaka_language *const untouched = (karaka_language *)(void *)&language, *opened = untouched;
    int error = karaka_language_open(&opened, directory, KARAKA_OPEN_ALL);
    (void)out;
    if (error)
        assert_ptr_equal(opened, untouched);
    else
        karaka_language_close(opened);
    return error;
}

static int evaluate_whole(karaka_text *out, const void *context) {
    const sample *s = context;
    karaka_scores *scores = __real_calloc(1, sizeof *scores);
    int error = karaka_evaluate(scores, s->bytes, s->length, s->bytes, s->length);
    (void)out;
    if (!error)
        assert_true(scores->las == 100 && scores->relation_count);
    __real_free(scores);
    return error;
}

static int query_all(karaka_text *out, karaka_store *store, const karaka_query *query, karaka_rows_form form) {
    karaka_rows *rows = NULL;
    int error = karaka_store_query(&rows, store, query, form);
    for (bool more = !error; more && !error;)
        error = karaka_rows_next(&more, rows, out);
    karaka_rows_free(rows);
    return error;
}

static int store_whole(karaka_text *out, const void *context) {
    const sample *s = context;
    karaka_document *document = NULL;
    karaka_store *store = NULL;
    karaka_stored stored = KARAKA_STORED_SAME;
    karaka_query all = {0}, summary = {.by = KARAKA_BY_MONTH | KARAKA_BY_PAIR}, words = {.text = "हमला"};
    int error = read_document(&document, NULL, s);
    if (!error)
        error = karaka_document_code(document);
    if (!error)
        error = karaka_store_open(&store, ":memory:", KARAKA_STORE_WRITE);
    if (!error)
        error = karaka_store_add(&stored, store, document);
    if (!error)
        error = karaka_store_commit(store);
    if (!error)
        error = query_all(out, store, &all, KARAKA_ROWS_JSONL);
    if (!error)
        error = query_all(out, store, &words, KARAKA_ROWS_TABLE);
    if (!error)
        error = query_all(out, store, &summary, KARAKA_ROWS_CSV);
    karaka_store_close(store);
    karaka_document_free(document);
    return error;
}

static int train_whole(karaka_text *out, const void *context) {
    const char *const *files = context; /* a treebank, text for vectors, the model to write */
    const karaka_training training = {.files = files,
                                      .file_count = 1,
                                      .dev = files[0],
                                      .raw = files[1],
                                      .model = files[2],
                                      .passes = 1,
                                      .threads = 2};
    (void)out;
    int error = karaka_train(&training);
    if (error)
        assert_int_not_equal(access(files[2], F_OK), 0);
    remove(files[2]);
    return error;
}

/* ---- Each allocation in turn ---- */

typedef int (*work)(karaka_text *out, const void *context);

static void broken(const char *name, long at, long all, const char *how) {
    fprintf(stderr, "%s: allocation %ld of %ld failed: %s; it was\n", name, at, all, how);
    backtrace_symbols_fd(where, where_depth, STDERR_FILENO);
    fail();
}

/* The n-th allocation fails, and if `lasting` all after it; `whole` is what comes out when none does. */
static void fail_one(const char *name, work one, const void *context, long at, bool lasting, long all,
                     const karaka_text *whole) {
    karaka_text out = {0};
    long before = live;
    where_depth = 0;
    arm(at, lasting);
    int error = one(&out, context);
    bool met = has_failed;
    arm(0, false);
    /* What a writer could not write whole it takes back; what was there stays. */
    if (out.length > whole->length || (out.length && memcmp(out.bytes, whole->bytes, out.length) != 0))
        broken(name, at, all, "what is written is not what should be");
    if (error == 0 && met && out.length != whole->length)
        broken(name, at, all, "something was lost and not told");
    if (error != 0 && error != KARAKA_ERROR_MEMORY && error != KARAKA_ERROR_FILE)
        broken(name, at, all, karaka_error_text());
    if (error != 0 && !*karaka_error_text())
        broken(name, at, all, "an error without a text");
    karaka_text_free(&out);
    if (live != before)
        broken(name, at, all, "blocks were left");
}

static void fail_each(const char *name, work one, const void *context, long most) {
    const char *seed = getenv("KARAKA_MEMORY_SEED");
    karaka_text whole = {0};
    arm(0, false);
    one(&whole, context); /* a model keeps for the next document what it lent to the first */
    karaka_text_free(&whole);
    long before = live;
    arm(0, false);
    int error = one(&whole, context);
    long all = calls;
    if (error)
        fprintf(stderr, "%s: %s\n", name, karaka_error_text());
    assert_int_equal(error, 0);
    assert_true(all > 0);
    srandom(seed ? (unsigned)strtoul(seed, NULL, 10) : 1);
    long step = most && all > most ? all / most : 1;
    for (long at = 1; at <= all; at += step) {
        long n = step > 1 ? at + random() % step : at;
        fail_one(name, one, context, n, false, all, &whole);
        fail_one(name, one, context, n, true, all, &whole);
    }
    karaka_text_free(&whole);
    assert_int_equal(live, before);
    printf("# %s: %ld allocations, every %ld. failed\n", name, all, step);
}

/* ---- Tests ---- */

static void take_file(sample *s, const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *s = (sample){.kind = kind_of(name), .bytes = __real_malloc(1 << 16)};
    snprintf(s->name, sizeof s->name, "%s", name);
    s->length = fread(s->bytes, 1, 1 << 16, file);
    assert_in_range(s->length, 1, (1 << 16) - 1);
    fclose(file);
}

static void fail_file(const char *folder, const char *name) {
    sample s;
    take_file(&s, folder, name);
    assert_int_not_equal(s.kind, OTHER);
    fail_each(s.name, document_whole, &s, SLOW ? 20 : 0);
    __real_free(s.bytes);
}

static void a_document_without_memory_fails_and_leaves_nothing(void **state) {
    static const char *const pages[] = {"json-ld-in-a-graph.html", "old-table-layout.html"};
    static const char folder[] = "tests/cases/memory";
    (void)state;
    DIR *files = opendir(folder);
    assert_non_null(files);
    for (const struct dirent *entry; (entry = readdir(files));) {
        if (entry->d_name[0] != '.')
            fail_file(folder, entry->d_name);
    }
    closedir(files);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        fail_file("tests/cases/html", pages[i]);
}

static void measures_without_memory(void **state) {
    (void)state;
    sample s;
    take_file(&s, "tests/cases/memory", "trees.conllu");
    fail_each("evaluate", evaluate_whole, &s, 0);
    __real_free(s.bytes);
}

static void a_database_without_memory(void **state) {
    (void)state;
    sample s;
    karaka_text first = {0};
    take_file(&s, "tests/cases/memory", "trees.conllu");
    assert_int_equal(store_whole(&first, &s), 0); /* SQLite keeps some blocks for good */
    assert_true(first.length > 0);
    karaka_text_free(&first);
    fail_each("database", store_whole, &s, SLOW ? 20 : 250);
    __real_free(s.bytes);
}

static void a_language_without_memory(void **state) {
    static const char *const codes[] = {"hi", "en"};
    (void)state;
    for (size_t i = 0; i < 2; i++)
        fail_each(codes[i], open_whole, folder_of(codes[i]), SLOW ? 3 : 20);
}

static void a_model_without_memory(void **state) {
    char model[] = "/tmp/karaka-memory-XXXXXX";
    const char *files[] = {"tests/cases/memory/trees.conllu", "tests/cases/memory/story.clean", model};
    (void)state;
    int file = mkstemp(model);
    assert_true(file >= 0);
    close(file);
    remove(model);
    fail_each("train", train_whole, files, SLOW ? 3 : 40);
}

static int open_language(void **state) {
    UErrorCode status = U_ZERO_ERROR;
    (void)state;
    u_setMemoryFunctions(NULL, give, give_more, take_back, &status);
    sqlite3_config(SQLITE_CONFIG_MALLOC, &database_memory);
    unorm2_getNFCInstance(&status); /* ICU keeps the failure of its first use for good */
    return karaka_language_open(&language, folder_of("hi"), KARAKA_OPEN_ALL);
}

static int close_language(void **state) {
    (void)state;
    karaka_language_close(language);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_without_memory_fails_and_leaves_nothing),
        cmocka_unit_test(measures_without_memory),
        cmocka_unit_test(a_database_without_memory),
        cmocka_unit_test(a_language_without_memory),
        cmocka_unit_test(a_model_without_memory),
    };
    return cmocka_run_group_tests(tests, open_language, close_language);
}
