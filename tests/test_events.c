/* Passages and the events that they tell, as plain text (tests/cases/events/LANGUAGE): the whole chain from text to
 * events, in each language that has a folder of cases.
 *
 * *.txt: a passage (under its headline, "> ...", if it has one), a blank line, the expected events one a line, cases
 * between lines "---"; needs the model.
 * *.conllu: trees, each document with comments "# expect EVENT"; needs none.
 * tests/cases/parallel: *.txt, the same passage in two languages, a line each, a blank line, the events that both tell.
 * The first language must tell just these; of the second, PARALLEL in a hundred passages must.
 */
#include <ctype.h>
#include <dirent.h>
#include <karaka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 16384, PARALLEL = 85 };

static char *read_whole(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    size_t n = fread(text, 1, (1 << 20) - 1, file);
    text[n] = 0;
    fclose(file);
    return text;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_side(char *out, const karaka_party *side, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        snprintf(out + strlen(out), ROOM - strlen(out), "%s%s", i ? ", " : "", side[i].code);
    if (!count)
        snprintf(out + strlen(out), ROOM - strlen(out), "-");
}

/* The events as sorted lines. */
static void put_events(char *out, const karaka_document *document) {
    static const char *const status[] = {"asserted", "planned", "possible", "denied"};
    char *lines[64] = {NULL};
    size_t count = 0;
    const karaka_event *events = karaka_document_events(document, &count);
    out[0] = 0;
    assert_true(count <= 64);
    for (size_t i = 0; i < count; i++) {
        lines[i] = calloc(1, ROOM);
        assert_non_null(lines[i]);
        snprintf(lines[i], ROOM, "%s ", events[i].type);
        put_side(lines[i], events[i].actors, events[i].actor_count);
        strcat(lines[i], events[i].mutual ? " ~ " : " -> ");
        put_side(lines[i], events[i].recipients, events[i].recipient_count);
        snprintf(lines[i] + strlen(lines[i]), 64, " %s\n", status[events[i].status]);
    }
    qsort(lines, count, sizeof *lines, by_text);
    for (size_t i = 0; i < count; i++) {
        strcat(out, lines[i]);
        free(lines[i]);
    }
    if (!count)
        strcpy(out, "none\n");
}

static int failures;

static void compare(const char *file, const char *passage, const char *want, const char *got) {
    if (strcmp(want, got) == 0)
        return;
    failures++;
    print_error("%s: %s\n  expected:\n%s  found:\n%s", file, passage, want, got);
}

/* The lines of `text` that are no comments, sorted, each with a newline. */
static void sort_lines(char *out, char *text) {
    char *lines[64];
    size_t count = 0;
    for (char *line = strtok(text, "\n"); line && count < 64; line = strtok(NULL, "\n"))
        if (*line && *line != '#')
            lines[count++] = line;
    qsort(lines, count, sizeof *lines, by_text);
    out[0] = 0;
    for (size_t i = 0; i < count; i++)
        snprintf(out + strlen(out), ROOM - strlen(out), "%s\n", lines[i]);
}

/* The events that a passage tells, as put_events has them. A first line "> ..." is its headline. */
static void put_coded(char *out, const karaka_language *language, const char *passage) {
    const char *text = strncmp(passage, "> ", 2) == 0 ? strchr(passage, '\n') + 1 : passage;
    char *title = text > passage ? strndup(passage + 2, (size_t)(text - passage) - 3) : NULL;
    karaka_input input = {
        .kind = KARAKA_INPUT_TEXT, .bytes = text, .length = strlen(text), .id = "case", .title = title};
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    assert_int_equal(karaka_document_code(document), 0);
    put_events(out, document);
    karaka_document_free(document);
    free(title);
}

/* Cuts a case in two: the passage behind its comments, and the expected events, sorted into `want`. */
static char *cut(char *block, char *want) {
    while (*block == '#' || *block == '\n')
        block = *block == '#' ? strchr(block, '\n') : block + 1;
    char *blank = strstr(block, "\n\n");
    assert_non_null(blank);
    *blank = 0;
    sort_lines(want, blank + 2);
    return block;
}

static void check_text(const karaka_language *language, const char *file, char *block) {
    static char want[ROOM], got[ROOM];
    const char *passage = cut(block, want);
    put_coded(got, language, passage);
    compare(file, passage, want, got);
}

static void check_trees(const karaka_language *language, const char *file, char *block) {
    static char want[ROOM], got[ROOM], copy[ROOM];
    want[0] = 0;
    snprintf(copy, sizeof copy, "%s", block);
    for (char *line = strtok(copy, "\n"); line; line = strtok(NULL, "\n"))
        if (strncmp(line, "# expect ", 9) == 0)
            snprintf(want + strlen(want), sizeof want - strlen(want), "%s\n", line + 9);
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_from_conllu(&document, language, block, strlen(block), true), 0);
    assert_int_equal(karaka_document_code(document), 0);
    put_events(got, document);
    compare(file, want, want, got);
    karaka_document_free(document);
}

/* Runs `check` on every block of a case file; blocks are parted by `border`. */
static void run_file(const karaka_language *language, const char *path, const char *name, const char *border,
                     void (*check)(const karaka_language *, const char *, char *)) {
    char *text = read_whole(path), *block = text;
    while (block) {
        char *next = strstr(block, border);
        if (next)
            *next = 0;
        if (strlen(block) > 1)
            check(language, name, block);
        block = next ? next + strlen(border) : NULL;
    }
    free(text);
}

/* The same for every case file of a language that ends in `ending`; how many there were. */
static int run(const karaka_language *language, const char *folder, const char *ending, const char *border,
               void (*check)(const karaka_language *, const char *, char *)) {
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    int files = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        size_t n = strlen(entry->d_name), m = strlen(ending);
        char path[600], name[300];
        if (n <= m || strcmp(entry->d_name + n - m, ending) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        snprintf(name, sizeof name, "%s/%s", strrchr(folder, '/') + 1, entry->d_name);
        run_file(language, path, name, border, check);
        files++;
    }
    closedir(dir);
    return files;
}

static void open_language(karaka_language **language, const char *code, unsigned flags) {
    const char *folder = getenv("KARAKA_LANGUAGES");
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "languages", code);
    if (karaka_language_open(language, path, flags) < 0)
        fail_msg("%s", karaka_error_text());
}

static bool has_model(const char *code) {
    const char *folder = getenv("KARAKA_LANGUAGES");
    char path[512];
    snprintf(path, sizeof path, "%s/%s/model", folder ? folder : "languages", code);
    return access(path, R_OK) == 0;
}

/* Every language with a folder of cases; without `models` those that need none. */
static void run_all(bool models, const char *ending, const char *border,
                    void (*check)(const karaka_language *, const char *, char *)) {
    DIR *dir = opendir("tests/cases/events");
    assert_non_null(dir);
    int files = 0;
    failures = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        karaka_language *language = NULL;
        char folder[400];
        if (entry->d_name[0] == '.')
            continue;
        if (models && !has_model(entry->d_name)) {
            print_message("skipped %s: no model\n", entry->d_name);
            continue;
        }
        snprintf(folder, sizeof folder, "tests/cases/events/%s", entry->d_name);
        open_language(&language, entry->d_name, models ? KARAKA_OPEN_ALL : KARAKA_OPEN_NO_MODEL);
        files += run(language, folder, ending, border, check);
        karaka_language_close(language);
    }
    closedir(dir);
    if (!files)
        skip();
    assert_int_equal(failures, 0);
}

static void events_of_passages(void **state) {
    (void)state;
    run_all(true, ".txt", "---\n", check_text);
}

static void events_of_trees(void **state) {
    (void)state;
    run_all(false, ".conllu", "#----\n", check_trees);
}

/* Parties that no table knows ("---") are told in some languages only (setting `unknown-parties`): nobody, for both. */
static void drop_unknown(char *lines) {
    for (char *at = lines; (at = strstr(at, "> --- "));)
        if (islower((unsigned char)at[6])) /* the status follows: no role is told */
            memmove(at + 3, at + 5, strlen(at + 5) + 1);
        else
            at++;
}

static struct {
    const karaka_language *other; /* language of each case's second line */
    int cases, equal;
} parallel;

static void check_parallel(const karaka_language *language, const char *file, char *block) {
    static char want[ROOM], got[ROOM];
    char *passage = cut(block, want), *second = strchr(passage, '\n');
    assert_non_null(second);
    *second++ = 0;
    put_coded(got, language, passage);
    compare(file, passage, want, got);
    put_coded(got, parallel.other, second);
    drop_unknown(got);
    parallel.cases++;
    parallel.equal += strcmp(want, got) == 0;
    if (strcmp(want, got) != 0)
        print_message("%s, not equal: %s\n  expected:\n%s  found:\n%s", file, second, want, got);
}

static void events_in_two_languages(void **state) {
    (void)state;
    if (!has_model("hi") || !has_model("en"))
        skip();
    karaka_language *first = NULL, *second = NULL;
    open_language(&first, "hi", KARAKA_OPEN_ALL);
    open_language(&second, "en", KARAKA_OPEN_ALL);
    failures = 0;
    parallel.other = second;
    run(first, "tests/cases/parallel", ".txt", "---\n", check_parallel);
    karaka_language_close(first);
    karaka_language_close(second);
    print_message("%d of %d parallel passages tell the same in English as in Hindi\n", parallel.equal, parallel.cases);
    assert_int_equal(failures, 0);
    assert_true(parallel.cases > 0 && 100 * parallel.equal >= PARALLEL * parallel.cases);
}

static void language_is_chosen_by_script(void **state) {
    (void)state;
    static const char first_only[] = "\u0915\u0916\u0917", second_only[] = "abc", neither[] = "123";
    static const char quarter[] = "\u0915abc", fewer[] = "\u0915abcd";
    karaka_language *first = NULL, *second = NULL, *third = NULL;
    open_language(&first, "hi", KARAKA_OPEN_NO_MODEL);
    open_language(&second, "en", KARAKA_OPEN_NO_MODEL);
    open_language(&third, "en", KARAKA_OPEN_NO_MODEL);
    karaka_language *others[] = {second, third};
    assert_ptr_equal(karaka_language_choose(first, others, 2, first_only, strlen(first_only)), first);
    assert_ptr_equal(karaka_language_choose(first, others, 2, second_only, strlen(second_only)), second);
    assert_ptr_equal(karaka_language_choose(first, others, 0, second_only, strlen(second_only)), first);
    assert_ptr_equal(karaka_language_choose(first, others, 2, quarter, strlen(quarter)), first);
    assert_ptr_equal(karaka_language_choose(first, others, 2, fewer, strlen(fewer)), second);
    assert_ptr_equal(karaka_language_choose(first, others, 2, neither, strlen(neither)), first);
    karaka_language_close(first);
    karaka_language_close(second);
    karaka_language_close(third);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(language_is_chosen_by_script),
                                       cmocka_unit_test(events_of_passages), cmocka_unit_test(events_of_trees),
                                       cmocka_unit_test(events_in_two_languages)};
    return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
