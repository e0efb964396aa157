/* test_same: sketches of texts, and indexes that are opened again, cut off, damaged, shared.
 *
 * The cases in tests/cases/same, a file a language, are pairs: lines "# why", the kind, the first text, a line "--",
 * the second text, which is of that kind after the first was added; cases between lines "===".
 */
#include "same/same.h"

#include <fcntl.h>
#include <glob.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static karaka_language *hindi;
static char folder[] = "/tmp/karaka-same-XXXXXX";
static const char *const kinds[] = {"new", "copy", "longer", "passage"};

static const char *path_of(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static karaka_language *open_language(const char *code) {
    karaka_language *language = NULL;
    const char *languages = getenv("KARAKA_LANGUAGES");
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", languages ? languages : "languages", code);
    if (karaka_language_open(&language, path, KARAKA_OPEN_NO_MODEL) < 0)
        fail_msg("%s", karaka_error_text());
    return language;
}

static karaka_document *document_of(const karaka_language *language, const char *id, const char *text) {
    karaka_document *document = NULL;
    const karaka_input input = {.kind = KARAKA_INPUT_TEXT, .bytes = text, .length = strlen(text), .id = id};
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    return document;
}

/* "w<first> w<first + 1> ...": `count` words, all different. */
static char *numbered(unsigned first, unsigned count) {
    char *text = malloc((size_t)count * 12 + 1), *to = text;
    assert_non_null(text);
    *to = '\0';
    for (unsigned i = 0; i < count; i++)
        to += sprintf(to, "w%u ", first + i);
    return text;
}

/* What the index tells of words `first`... under the name `id`; "kind other". */
static const char *told(karaka_same *index, const char *id, unsigned first, unsigned count) {
    static char answer[64];
    char *text = numbered(first, count);
    karaka_document *document = document_of(hindi, id, text);
    if (karaka_same_add(index, document) < 0)
        fail_msg("%s", karaka_error_text());
    const karaka_likeness *likeness = karaka_document_likeness(document);
    snprintf(answer, sizeof answer, "%s %s", kinds[likeness->kind], likeness->other ? likeness->other : "-");
    karaka_document_free(document);
    free(text);
    return answer;
}

static karaka_same *open_index(const char *path, unsigned flags) {
    karaka_same *index = NULL;
    if (karaka_same_open(&index, path, flags) < 0)
        fail_msg("%s", karaka_error_text());
    return index;
}

static size_t size_of(const char *path) {
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return (size_t)status.st_size;
}

/* ---- Sketches ---------------------------------------------------------------------------------------------------- */

static karaka_sketch *sketch_of(karaka_arena *arena, const char *text) {
    karaka_sketch *sketch = NULL;
    assert_int_equal(karaka_sketch_make(&sketch, arena, hindi->spelling, karaka_slice_of(text)), 0);
    return sketch;
}

static bool has(const karaka_sketch *s, uint32_t key) {
    for (uint32_t i = 0; i < s->count; i++)
        if (s->keys[i] == key)
            return true;
    return false;
}

static void a_part_has_no_number_that_the_whole_has_not(void **state) {
    karaka_arena *arena = NULL;
    (void)state;
    assert_int_equal(karaka_arena_new(&arena), 0);
    char *whole = numbered(0, 1000), *part = numbered(300, 400);
    const karaka_sketch *a = sketch_of(arena, whole), *b = sketch_of(arena, part);
    assert_int_equal(a->level, 2);
    assert_int_equal(b->level, 2);
    assert_in_range(b->count, 70, 130);
    for (uint32_t i = 0; i < b->count; i++)
        assert_true(has(a, b->keys[i]));
    for (uint32_t i = 1; i < a->count; i++)
        assert_true(a->keys[i - 1] < a->keys[i]);
    free(whole);
    free(part);
    karaka_arena_free(arena);
}

static void a_short_text_keeps_all_and_a_huge_one_the_most(void **state) {
    karaka_arena *arena = NULL;
    (void)state;
    assert_int_equal(karaka_arena_new(&arena), 0);
    char *flash = numbered(0, 20), *tome = numbered(0, 400000);
    const karaka_sketch *small = sketch_of(arena, flash), *large = sketch_of(arena, tome);
    assert_int_equal(small->level, 0);
    assert_int_equal(small->count, 17);
    assert_in_range(large->count, KARAKA_SKETCH_MOST / 4, KARAKA_SKETCH_MOST);
    /* What is left of the small one at the large one's level is in it. */
    assert_true(karaka_sketch_left(small->count, small->counts, small->level, 2) <= small->count);
    free(flash);
    free(tome);
    karaka_arena_free(arena);
}

static void the_same_word_a_million_times_is_one_number(void **state) {
    enum { LENGTH = 2000000 };
    karaka_arena *arena = NULL;
    (void)state;
    assert_int_equal(karaka_arena_new(&arena), 0);
    char *text = malloc(LENGTH + 1);
    assert_non_null(text);
    for (size_t i = 0; i < LENGTH; i++)
        text[i] = i % 2 ? ' ' : 'a';
    text[LENGTH] = '\0';
    assert_int_equal(sketch_of(arena, text)->count, 1);
    free(text);
    karaka_arena_free(arena);
}

static void what_readers_do_not_see_makes_no_difference(void **state) {
    karaka_arena *arena = NULL;
    (void)state;
    assert_int_equal(karaka_arena_new(&arena), 0);
    const karaka_sketch *a = sketch_of(arena, "नरेन्‍द्र ज़ुबैरी, मुम्बई: “हमें गर्व "
                                              "है”");
    const karaka_sketch *b = sketch_of(arena, "नरेंद्र जुबैरी\nमुंबई हमें गर्व है।");
    assert_int_equal(a->text, b->text);
    assert_int_equal(a->count, 3);
    assert_memory_equal(a->keys, b->keys, 3 * sizeof *a->keys);
    assert_int_equal(sketch_of(arena, "।")->count, 0);
    assert_int_equal(sketch_of(arena, "एक शब्द")->count, 1);
    karaka_arena_free(arena);
}

/* ---- Answers ----------------------------------------------------------------------------------------------------- */

static void answer_all(karaka_same *index) {
    assert_string_equal(told(index, "a", 0, 300), "new -");
    assert_string_equal(told(index, "half", 150, 150), "copy a");
    assert_string_equal(told(index, "longer", 200, 800), "longer half");
    assert_string_equal(told(index, "whole", 0, 900), "copy longer");
    assert_string_equal(told(index, "other", 5000, 300), "new -");
    assert_string_equal(told(index, "flash", 7000, 30), "new -");
    assert_string_equal(told(index, "flash in a report", 6900, 300), "longer flash");
    assert_string_equal(told(index, "three words", 8000, 3), "new -");
    assert_string_equal(told(index, "three words again", 8000, 3), "copy three words");
}

static void file_and_memory_tell_the_same(void **state) {
    (void)state;
    karaka_same *index = open_index(NULL, KARAKA_SAME_WRITE);
    answer_all(index);
    karaka_same_close(index);
    index = open_index(path_of("answers"), KARAKA_SAME_WRITE);
    answer_all(index);
    karaka_same_close(index);
    /* Once more: every document is known and gets the answer of its first time, and the file stays as it is. */
    size_t before = size_of(path_of("answers"));
    index = open_index(path_of("answers"), KARAKA_SAME_WRITE);
    answer_all(index);
    assert_string_equal(told(index, "new name", 5000, 300), "copy other");
    karaka_same_close(index);
    assert_true(size_of(path_of("answers")) > before);
    assert_true(size_of(path_of("answers")) < before + before / 2);
}

static void asking_remembers_nothing(void **state) {
    (void)state;
    karaka_same *index = open_index(path_of("asked"), KARAKA_SAME_WRITE);
    told(index, "a", 0, 100);
    karaka_same_close(index);
    index = open_index(path_of("asked"), KARAKA_SAME_READ);
    for (int i = 0; i < 2; i++) {
        char *text = numbered(i ? 0 : 500, 90);
        karaka_document *document = document_of(hindi, "b", text);
        assert_int_equal(karaka_same_ask(index, document), 0);
        assert_int_equal(karaka_document_likeness(document)->kind, i ? KARAKA_SAME_COPY : KARAKA_SAME_NEW);
        assert_int_equal(karaka_same_add(index, document), KARAKA_ERROR_ARGUMENT);
        karaka_document_free(document);
        free(text);
    }
    assert_int_equal(index->count, 1);
    karaka_same_close(index);
}

static void ask_often(karaka_same *index) {
    for (unsigned i = 0; i < 50; i++) {
        char *text = numbered(i * 100, 100);
        karaka_document *document = document_of(hindi, "x", text);
        if (karaka_same_ask(index, document) < 0 || karaka_document_likeness(document)->kind != KARAKA_SAME_COPY)
            abort();
        karaka_document_free(document);
        free(text);
    }
}

static void *ask_on_a_thread(void *index) {
    ask_often(index);
    return NULL;
}

static void threads_ask_while_one_adds(void **state) {
    pthread_t threads[3];
    (void)state;
    karaka_same *index = open_index(path_of("threads"), KARAKA_SAME_WRITE);
    for (unsigned i = 0; i < 50; i++)
        told(index, "a", i * 100, 100);
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_on_a_thread, index), 0);
    for (unsigned i = 0; i < 200; i++)
        told(index, "b", 100000 + i * 100, 100);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    karaka_same_close(index);
}

/* ---- Crashes and damage ------------------------------------------------------------------------------------------ */

static void a_killed_writer_loses_nothing_that_was_added(void **state) {
    int ready[2];
    char byte;
    (void)state;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        karaka_same *index = open_index(path_of("killed"), KARAKA_SAME_WRITE);
        for (unsigned i = 0;; i++) {
            char id[16];
            snprintf(id, sizeof id, "d%u", i);
            told(index, id, i * 1000, 100);
            if (i == 20 && write(ready[1], "", 1) != 1)
                abort();
        }
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    karaka_same *index = open_index(path_of("killed"), KARAKA_SAME_WRITE);
    assert_true(index->count > 20);
    assert_string_equal(told(index, "copy", 20 * 1000, 100), "copy d20");
    karaka_same_close(index);
    close(ready[0]);
    close(ready[1]);
}

static char *contents(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *length = size_of(path);
    char *bytes = malloc(*length);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

/* Two documents; how many bytes the first takes, with the head of the file. */
static char *two_documents(size_t *length, size_t *first) {
    karaka_same *index = open_index(path_of("two"), KARAKA_SAME_WRITE);
    told(index, "a", 0, 20);
    *first = size_of(path_of("two"));
    told(index, "b", 0, 19);
    karaka_same_close(index);
    return contents(path_of("two"), length);
}

static void an_incomplete_end_is_cut_off(void **state) {
    size_t length, first;
    char *bytes = two_documents(&length, &first);
    (void)state;
    for (size_t cut = 0; cut < length; cut++) {
        size_t whole = cut < first ? 0 : 1;
        write_file(path_of("cut"), bytes, cut);
        karaka_same *index = open_index(path_of("cut"), KARAKA_SAME_READ);
        assert_int_equal(index->count, whole);
        karaka_same_close(index);
        assert_int_equal(size_of(path_of("cut")), cut);
        index = open_index(path_of("cut"), KARAKA_SAME_WRITE);
        assert_string_equal(told(index, "b", 0, 19), whole ? "copy a" : "new -");
        karaka_same_close(index);
        index = open_index(path_of("cut"), KARAKA_SAME_READ);
        assert_int_equal(index->count, whole + 1);
        karaka_same_close(index);
    }
    free(bytes);
}

static void every_damaged_byte_is_told(void **state) {
    size_t length, first;
    char *bytes = two_documents(&length, &first), where[40];
    (void)state;
    for (size_t i = 0; i < length; i++) {
        karaka_same *index = NULL;
        bytes[i] ^= 0x10;
        write_file(path_of("damaged"), bytes, length);
        bytes[i] ^= 0x10;
        assert_int_equal(karaka_same_open(&index, path_of("damaged"), KARAKA_SAME_WRITE), KARAKA_ERROR_FORMAT);
        assert_non_null(strstr(karaka_error_text(), path_of("damaged")));
        assert_null(index);
        if (i < first)
            continue;
        snprintf(where, sizeof where, "byte %zu: damaged", first + 1);
        assert_non_null(strstr(karaka_error_text(), where));
        assert_non_null(strstr(karaka_error_text(), "the 1 documents before it are whole"));
    }
    free(bytes);
}

static void other_files_are_refused(void **state) {
    karaka_same *index = NULL;
    (void)state;
    write_file(path_of("text"), "This is no index, it is a letter to my aunt.", 44);
    assert_int_equal(karaka_same_open(&index, path_of("text"), KARAKA_SAME_WRITE), KARAKA_ERROR_FORMAT);
    assert_non_null(strstr(karaka_error_text(), "not an index"));
    assert_int_equal(size_of(path_of("text")), 44);
    assert_int_equal(karaka_same_open(&index, folder, KARAKA_SAME_WRITE), KARAKA_ERROR_FILE);
    assert_int_equal(karaka_same_open(&index, path_of("missing"), KARAKA_SAME_READ), KARAKA_ERROR_FILE);
    assert_int_equal(karaka_same_open(&index, NULL, KARAKA_SAME_READ), KARAKA_ERROR_ARGUMENT);
}

static void one_writes_while_others_read(void **state) {
    karaka_same *second = NULL;
    (void)state;
    karaka_same *writer = open_index(path_of("shared"), KARAKA_SAME_WRITE);
    told(writer, "a", 0, 100);
    assert_int_equal(karaka_same_open(&second, path_of("shared"), KARAKA_SAME_WRITE), KARAKA_ERROR_FILE);
    assert_non_null(strstr(karaka_error_text(), "another process"));
    karaka_same *reader = open_index(path_of("shared"), KARAKA_SAME_READ);
    assert_int_equal(reader->count, 1);
    told(writer, "b", 1000, 100);
    assert_int_equal(reader->count, 1);
    karaka_same_close(reader);
    karaka_same_close(writer);
}

static void a_full_disk_leaves_the_index_as_it_was(void **state) {
    (void)state;
    karaka_same *index = open_index(path_of("full"), KARAKA_SAME_WRITE);
    told(index, "a", 0, 100);
    size_t before = size_of(path_of("full"));
    int file = index->log.file;
    index->log.file = open("/dev/full", O_RDWR);
    char *text = numbered(1000, 100);
    karaka_document *document = document_of(hindi, "b", text);
    assert_int_equal(karaka_same_add(index, document), KARAKA_ERROR_FILE);
    close(index->log.file);
    index->log.file = file;
    assert_int_equal(index->count, 1);
    assert_int_equal(size_of(path_of("full")), before);
    assert_int_equal(karaka_same_add(index, document), 0);
    karaka_document_free(document);
    free(text);
    karaka_same_close(index);
}

/* ---- Cases ------------------------------------------------------------------------------------------------------- */

static int check_pair(const karaka_language *language, const char *file, char *block) {
    while (*block == '#' || *block == '\n')
        block = *block == '#' ? strchr(block, '\n') : block + 1;
    char *first = strchr(block, '\n'), *second = strstr(block, "\n--\n");
    assert_non_null(first);
    assert_non_null(second);
    *first++ = *second = '\0';
    second += 4;
    karaka_same *index = open_index(NULL, KARAKA_SAME_WRITE);
    karaka_document *a = document_of(language, "first", first), *b = document_of(language, "second", second);
    assert_int_equal(karaka_same_add(index, a), 0);
    assert_int_equal(karaka_same_add(index, b), 0);
    const karaka_likeness *likeness = karaka_document_likeness(b);
    bool right = strcmp(kinds[likeness->kind], block) == 0;
    if (!right)
        print_error("%s: %s, score %.2f, expected %s:\n%s\n", file, kinds[likeness->kind], likeness->score, block,
                    second);
    karaka_document_free(a);
    karaka_document_free(b);
    karaka_same_close(index);
    return !right;
}

static void pairs(void **state) {
    glob_t files;
    int failed = 0;
    (void)state;
    assert_int_equal(glob("tests/cases/same/*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const char *name = strrchr(files.gl_pathv[i], '/') + 1;
        char code[16];
        size_t length;
        assert_int_equal(sscanf(name, "%15[^.]", code), 1);
        karaka_language *language = open_language(code);
        char *bytes = contents(files.gl_pathv[i], &length), *text = strndup(bytes, length), *next;
        free(bytes);
        for (char *block = text; block; block = next) {
            next = strstr(block, "\n===\n");
            if (next) {
                *next = '\0';
                next += 5;
            }
            failed += check_pair(language, name, block);
        }
        free(text);
        karaka_language_close(language);
    }
    globfree(&files);
    assert_int_equal(failed, 0);
}

static int set_up(void **state) {
    (void)state;
    hindi = open_language("hi");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
    char command[160];
    (void)state;
    karaka_language_close(hindi);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_has_no_number_that_the_whole_has_not),
        cmocka_unit_test(a_short_text_keeps_all_and_a_huge_one_the_most),
        cmocka_unit_test(the_same_word_a_million_times_is_one_number),
        cmocka_unit_test(what_readers_do_not_see_makes_no_difference),
        cmocka_unit_test(file_and_memory_tell_the_same),
        cmocka_unit_test(asking_remembers_nothing),
        cmocka_unit_test(threads_ask_while_one_adds),
        cmocka_unit_test(a_killed_writer_loses_nothing_that_was_added),
        cmocka_unit_test(an_incomplete_end_is_cut_off),
        cmocka_unit_test(every_damaged_byte_is_told),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(one_writes_while_others_read),
        cmocka_unit_test(a_full_disk_leaves_the_index_as_it_was),
        cmocka_unit_test(pairs),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
