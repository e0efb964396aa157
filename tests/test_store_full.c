/* A database whose disk is full for a while: the batch is lost whole, and what comes next is written as if it had never
 * been.
 *
 * In: one sentence with two actors. Out: after a commit that failed, adding it again gives what adding it once gives.
 */
#include <karaka.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static void set_room(rlim_t bytes) {
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static karaka_document *coded(const karaka_language *language, const char *id, const char *text) {
    const karaka_input input = {.bytes = text, .length = strlen(text), .id = id, .published = "2025-07-16"};
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    assert_int_equal(karaka_document_code(document), 0);
    return document;
}

static void a_lost_batch_leaves_nothing_behind(void **state) {
    char path[] = "/tmp/karaka-store-XXXXXX", other[64];
    karaka_language *language = NULL;
    karaka_store *store = NULL;
    karaka_rows *rows = NULL;
    karaka_stored stored;
    karaka_text out = {0};
    const karaka_query all = {0};
    (void)state;
    assert_int_equal(karaka_language_open(&language, "languages/hi", KARAKA_OPEN_ALL), 0);
    karaka_document *lost = coded(language, "lost", "ईरान ने रविवार को इजरायल की कड़ी निंदा की।");
    karaka_document *kept = coded(language, "kept", "चीन ने रविवार को जापान की कड़ी निंदा की।");
    close(mkstemp(path));
    assert_int_equal(karaka_store_open(&store, path, KARAKA_STORE_WRITE), 0);
    assert_int_equal(karaka_store_add(&stored, store, lost), 0);
    set_room(4096);
    assert_int_equal(karaka_store_commit(store), KARAKA_ERROR_FILE);
    set_room(RLIM_INFINITY);
    assert_int_equal(karaka_store_add(&stored, store, kept), 0);
    assert_int_equal(karaka_store_add(&stored, store, lost), 0);
    assert_int_equal(stored, KARAKA_STORED_NEW);
    assert_int_equal(karaka_store_commit(store), 0);
    assert_int_equal(karaka_store_query(&rows, store, &all, KARAKA_ROWS_JSONL), 0);
    for (bool more = true; more;)
        assert_int_equal(karaka_rows_next(&more, rows, &out), 0);
    karaka_rows_free(rows);
    karaka_text want = {0};
    assert_int_equal(karaka_write_jsonl(&want, kept), 0);
    assert_int_equal(karaka_write_jsonl(&want, lost), 0);
    assert_int_equal(out.length, want.length);
    /* Both records stand there, whatever their order. */
    const char *end = strchr(want.bytes, '\n');
    char *first = strndup(want.bytes, (size_t)(end - want.bytes));
    assert_non_null(strstr(out.bytes, first));
    assert_non_null(strstr(out.bytes, end + 1));
    free(first);
    karaka_text_free(&want);
    karaka_text_free(&out);
    karaka_store_close(store);
    karaka_document_free(lost);
    karaka_document_free(kept);
    karaka_language_close(language);
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(other, sizeof other, "%s%s", path, ends[i]);
        unlink(other);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_lost_batch_leaves_nothing_behind)};
    signal(SIGXFSZ, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
