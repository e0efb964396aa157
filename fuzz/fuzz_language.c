/* fuzz_language: any bytes as one table of a language.
 *
 * In: the table's name and a newline, then the table ("ontology-types": types of the folder ontology). The other tables
 * are the seeds in fuzz/corpus/language. Out: the language is opened or refused; with it a few sentences are read,
 * coded and judged. Checked: no step outside memory.
 */
#include <karaka.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const tables[] = {
    "actors",         "agents",         "contexts",         "dates",          "headlines",
    "inflections",    "operators",      "operators.idioms", "page",           "places",
    "places.cities",  "places.words",   "predicates",       "references",     "roles",
    "segments",       "settings",       "sources",          "spelling",       "times",
    "topics",         "verbs",          "weights",          "ontology-types", "ontology-markup",
    "ontology-cameo", "ontology-modes", "ontology-contexts"};
enum { TABLES = sizeof tables / sizeof *tables, ROOM = 1 << 16 };

static const char seeds[] = "fuzz/corpus/language";
static char folder[] = "/tmp/karaka-language-XXXXXX";
static char trees[ROOM];
static size_t trees_length;

static const char story[] = "रूस ने शुक्रवार को यूक्रेन पर हमला किया\n\nBy: A B | Published: March 10, 2026\n\n"
                            "भारत के विदेश मंत्री ने 5 मई को दिल्ली शहर में चीन को चेतावनी दी। उसने हमले की निंदा की।\n";

static void name_table(char *out, size_t room, size_t table) {
    const char *name = tables[table];
    if (strncmp(name, "ontology-", 9) == 0)
        snprintf(out, room, "%s/ontology/%s", folder, name + 9);
    else
        snprintf(out, room, "%s/languages/xx/%s", folder, name);
}

static size_t read_file(char *out, const char *path) {
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(out, 1, ROOM, file) : 0;
    if (file)
        fclose(file);
    return length;
}

static void write_table(size_t table, const char *bytes, size_t length) {
    char path[256];
    name_table(path, sizeof path, table);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
}

static void write_seed(size_t table) {
    char bytes[ROOM], path[256];
    snprintf(path, sizeof path, "%s/%s", seeds, tables[table]);
    size_t length = read_file(bytes, path), head = strlen(tables[table]) + 1;
    if (length < head) {
        fprintf(stderr, "%s: not there\n", path);
        exit(1);
    }
    write_table(table, bytes + head, length - head);
}

static void remove_folder(void) {
    char path[256];
    for (size_t i = 0; i < TABLES; i++) {
        name_table(path, sizeof path, i);
        remove(path);
    }
    static const char *const folders[] = {"/languages/xx", "/languages", "/ontology", ""};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s%s", folder, folders[i]);
        rmdir(path);
    }
}

/* With seeds that are no language every table would be refused, and nothing behind the loaders ever run. */
static void open_seeds(void) {
    char path[256];
    karaka_language *language = NULL;
    snprintf(path, sizeof path, "%s/languages/xx", folder);
    if (karaka_language_open(&language, path, KARAKA_OPEN_NO_MODEL) < 0) {
        fprintf(stderr, "%s: %s\n", seeds, karaka_error_text());
        remove_folder();
        exit(1);
    }
    karaka_language_close(language);
}

int LLVMFuzzerInitialize(int *count, char ***words) {
    static const char *const folders[] = {"/ontology", "/languages", "/languages/xx"};
    char path[256];
    (void)count, (void)words;
    if (!mkdtemp(folder))
        abort();
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", folder, folders[i]);
        if (mkdir(path, 0700) < 0)
            abort();
    }
    for (size_t i = 0; i < TABLES; i++)
        write_seed(i);
    trees_length = read_file(trees, "tests/cases/memory/trees.conllu");
    open_seeds();
    return atexit(remove_folder);
}

static void use(const karaka_language *language) {
    karaka_document *document = NULL;
    karaka_input input = {.bytes = story, .length = sizeof story - 1, .published = "2026-03-10"};
    if (karaka_document_read(&document, language, &input) == 0)
        karaka_document_segment(document);
    karaka_document_free(document);
    document = NULL;
    karaka_text out = {0};
    if (karaka_document_from_conllu(&document, language, trees, trees_length, true) == 0 &&
        karaka_document_explain(document) == 0 && karaka_document_judge(document) == 0)
        karaka_write_explain(&out, document, false);
    karaka_text_free(&out);
    karaka_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *bytes = (const char *)data, *end = size ? memchr(bytes, '\n', size) : NULL;
    size_t head = end ? (size_t)(end - bytes) : 0, table = 0;
    while (table < TABLES && (strlen(tables[table]) != head || memcmp(tables[table], bytes, head) != 0))
        table++;
    if (!end || table == TABLES)
        return -1;
    char path[256];
    karaka_language *language = NULL;
    snprintf(path, sizeof path, "%s/languages/xx", folder);
    write_table(table, end + 1, size - head - 1);
    if (karaka_language_open(&language, path, KARAKA_OPEN_NO_MODEL) == 0)
        use(language);
    karaka_language_close(language);
    write_seed(table);
    return 0;
}
