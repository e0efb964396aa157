/* where_cases: the case files of tests/cases/times and tests/cases/places, one a language, named by its code (hi.txt).
 *
 * A file holds cases parted by "===": a line "# what is given", the sentence, a blank line, the expected mentions, one
 * a line. Words are parted by blanks; "word/NOUN" gives a word its part of speech, without one it is "_" (untagged),
 * and a sentence with tagged words has X for the others.
 */
#ifndef KARAKA_WHERE_CASES_H
#define KARAKA_WHERE_CASES_H

#include "document.h"
#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct where_tables {
    karaka_arena *arena;
    karaka_spelling *spelling;
    karaka_time_rules *times;
    karaka_gazetteer *places;
} where_tables;

static inline const char *where_folder(const char *code) {
    static char path[4096];
    const char *languages = getenv("KARAKA_LANGUAGES");
    snprintf(path, sizeof path, "%s/%s", languages ? languages : "languages", code);
    return path;
}

/* Calls `each` for every file of tests/cases/KIND with the code of its language. */
static inline void where_each(const char *kind, void (*each)(const char *code, const char *file)) {
    char pattern[256];
    glob_t files;
    snprintf(pattern, sizeof pattern, "tests/cases/%s/*.txt", kind);
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char code[16];
        assert_int_equal(sscanf(strrchr(files.gl_pathv[i], '/') + 1, "%15[^.]", code), 1);
        each(code, files.gl_pathv[i]);
    }
    globfree(&files);
}

/* Cuts `text` (written over) at blanks into a sentence in `arena`; `*article` is the text put together again. */
static inline karaka_sentence where_sentence(karaka_arena *arena, karaka_article *article, char *text) {
    karaka_token *tokens = karaka_arena_array(arena, strlen(text) + 1, sizeof *tokens);
    char *all = karaka_arena_alloc(arena, strlen(text) + 1), *rest = NULL;
    karaka_sentence s = {.tokens = tokens};
    bool tagged = false;
    assert_non_null(tokens);
    assert_non_null(all);
    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *slash = strrchr(word, '/');
        karaka_token t = {
            .lemma = "_", .upos = "_", .xpos = "_", .feats = "_", .deprel = "_", .head = -1, .space_after = true};
        if (slash && slash[1] >= 'A' && slash[1] <= 'Z') {
            *slash = 0, t.upos = slash + 1, tagged = true;
            if (strcmp(t.upos, "NNPC") == 0) /* a proper name that goes on */
                t.upos = "PROPN", t.xpos = "NNPC";
        }
        t.form = word;
        t.span.start = (uint32_t)strlen(all) + (s.token_count > 0);
        if (s.token_count > 0)
            strcat(all, " ");
        strcat(all, word);
        t.span.end = (uint32_t)strlen(all);
        tokens[s.token_count++] = t;
    }
    for (uint32_t i = 0; tagged && i < s.token_count; i++)
        if (strcmp(tokens[i].upos, "_") == 0)
            tokens[i].upos = "X";
    s.span.end = (uint32_t)strlen(all);
    article->text = all;
    article->length = s.span.end;
    return s;
}

/* Runs every case of `file`; `find` writes the mentions of one. Returns how many failed, telling each. */
typedef void where_find(karaka_buffer *out, karaka_arena *arena, char *given, char *sentence);

static inline int where_run(const char *file, where_find *find) {
    karaka_file in;
    int failed = 0, run = 0;
    assert_int_equal(karaka_file_open(&in, file), 0);
    char *text = strndup(in.bytes, in.length), *next;
    karaka_file_close(&in);
    assert_non_null(text);
    for (char *one = text; one && *one; one = next, run++) {
        next = strstr(one, "\n===\n");
        if (next)
            *next = 0, next += strlen("\n===\n");
        char *sentence = strchr(one, '\n'), *blank = sentence ? strstr(sentence + 1, "\n\n") : NULL;
        assert_true(*one == '#' && sentence);
        *sentence++ = 0;
        char *want = blank ? blank + 2 : strchr(sentence, '\n');
        if (blank)
            *blank = 0;
        else if (want)
            *want++ = 0;
        for (size_t n = want ? strlen(want) : 0; n > 0 && want[n - 1] == '\n'; n--)
            want[n - 1] = 0;
        karaka_arena *arena = NULL;
        karaka_buffer got = {0};
        char *shown = strdup(sentence);
        assert_int_equal(karaka_arena_new(&arena), 0);
        find(&got, arena, one + 1, sentence);
        if (strcmp(got.bytes ? got.bytes : "", want ? want : "") != 0) {
            failed++;
            print_error("%s: %s\n--- expected\n%s\n--- found\n%s\n\n", file, shown, want ? want : "",
                        got.bytes ? got.bytes : "");
        }
        free(shown);
        karaka_buffer_free(&got);
        karaka_arena_free(arena);
    }
    free(text);
    assert_true(run > 0);
    return failed;
}

#endif
