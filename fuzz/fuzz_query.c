/* fuzz_query: any conditions, as the command line and addresses of karaka serve bring them.
 *
 * In: lines NAME=VALUE. Checked: no step outside memory; a condition is refused with a reason or asked, and no word of
 * it is ever SQL: the database, which is empty, says nothing against the question.
 */
#include "../cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static karaka_store *empty_store(void) {
    static karaka_store *store;
    char folder[] = "/tmp/fuzz-query-XXXXXX", path[64];
    if (store)
        return store;
    snprintf(path, sizeof path, "%s/empty.db", mkdtemp(folder) ? folder : "");
    if (karaka_store_open(&store, path, KARAKA_STORE_WRITE) < 0)
        abort();
    karaka_store_time_limit(store, 10000);
    unlink(path); /* the open file is enough */
    snprintf(path, sizeof path, "%s/empty.db-wal", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/empty.db-shm", folder);
    unlink(path);
    rmdir(folder);
    return store;
}

static void ask(const conditions *c) {
    karaka_rows *rows = NULL;
    karaka_text text = {0};
    bool more = true;
    int error = karaka_store_query(&rows, empty_store(), &c->query, c->form);
    while (error == 0 && more)
        error = karaka_rows_next(&more, rows, &text);
    if (error < 0 && error != KARAKA_ERROR_ARGUMENT) {
        fprintf(stderr, "%s\n", karaka_error_text());
        abort();
    }
    karaka_rows_free(rows);
    karaka_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    conditions c = {0};
    char *bytes = malloc(size + 1), *save = NULL;
    bool taken = bytes != NULL;
    if (!bytes)
        abort();
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    for (char *line = strtok_r(bytes, "\n", &save); line && taken; line = strtok_r(NULL, "\n", &save)) {
        char *value = strchr(line, '=');
        if (value)
            *value++ = '\0';
        taken = condition_take(&c, line, value ? value : "");
        if (!taken && !*c.wrong)
            abort();
    }
    if (taken)
        ask(&c);
    conditions_free(&c);
    free(bytes);
    return 0;
}
