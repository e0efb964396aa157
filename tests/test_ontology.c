/* The ontology: each event type has its quad class, CAMEO code and Goldstein value; a mode falls back to its type; an
 * absent folder means that nothing is known; bad lines fail with file and line. */
#include "event/lexicon.h"
#include "event/ontology.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static karaka_arena *arena;
static const karaka_spelling *spelling;

static const karaka_ontology *load(const char *directory, int want) {
    karaka_ontology *o = NULL;
    assert_int_equal(karaka_ontology_load(&o, arena, directory, spelling), want);
    return o;
}

static void every_type_has_a_scale(void **state) {
    (void)state;
    const karaka_ontology *o = load("languages/hi", KARAKA_OK);
    for (int i = 0; i < 16; i++) {
        const char *type = karaka_event_types[i].name;
        const karaka_scale *s = karaka_ontology_find(o, type, NULL);
        assert_non_null(s);
        assert_non_null(s->cameo);
        assert_true(s->goldstein >= -10 && s->goldstein <= 10);
        assert_int_equal(karaka_ontology_quad(o, type), karaka_event_types[i].quad);
        /* material cooperation is worth more than nothing, conflict less */
        assert_true(karaka_event_types[i].quad == 2 ? s->goldstein > 0 : true);
        assert_true(karaka_event_types[i].quad == 4 ? s->goldstein < 0 : true);
    }
}

static void a_mode_has_its_own_code_or_its_types(void **state) {
    (void)state;
    const karaka_ontology *o = load("languages/hi", KARAKA_OK);
    const karaka_scale *visit = karaka_ontology_find(o, "CONSULT", "visit");
    assert_string_equal(visit->cameo, "042");
    assert_true(fabs(visit->goldstein - 1.9) < 1e-9);
    assert_string_equal(karaka_ontology_find(o, "CONSULT", "by pigeon")->cameo, "040");
    assert_null(karaka_ontology_find(o, "DANCE", NULL));
    assert_int_equal(karaka_ontology_quad(o, "DANCE"), 0);
}

static void every_context_is_defined_and_has_words(void **state) {
    (void)state;
    const karaka_ontology *o = load("languages/hi", KARAKA_OK);
    bool used[KARAKA_CONTEXTS] = {false};
    assert_int_equal(o->context_count, 37);
    for (size_t i = 1; i < o->phrases.values.count; i++)
        if (o->phrases.values.items[i].item)
            used[o->phrases.values.items[i].item - 1] = true;
    for (uint32_t i = 0; i < o->context_count; i++)
        if (!used[i])
            fail_msg("no words for context %s", o->contexts[i]);
}

/* Writes `text` to ROOT/ontology/cameo and loads the language ROOT/languages/xx. */
static int with_cameo(const char *text) {
    char root[] = "/tmp/karaka-ontology-XXXXXX", path[256], folder[256];
    assert_non_null(mkdtemp(root));
    snprintf(folder, sizeof folder, "%s/ontology", root);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(path, sizeof path, "%s/ontology/cameo", root);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    char languages[256], language[256];
    snprintf(languages, sizeof languages, "%s/languages", root);
    snprintf(language, sizeof language, "%s/languages/xx", root);
    assert_int_equal(mkdir(languages, 0700), 0);
    assert_int_equal(mkdir(language, 0700), 0);
    karaka_ontology *o = NULL;
    int rc = karaka_ontology_load(&o, arena, language, spelling);
    unlink(path);
    rmdir(folder);
    rmdir(language);
    rmdir(languages);
    rmdir(root);
    return rc;
}

static void bad_lines_are_told(void **state) {
    (void)state;
    assert_int_equal(with_cameo("AGREE\t-\t030\t4.0\n"), KARAKA_OK);
    assert_int_equal(with_cameo("AGREE\t-\t030\tfour\n"), KARAKA_ERROR_FORMAT);
    assert_non_null(strstr(karaka_error_text(), "cameo:1"));
    assert_int_equal(with_cameo("AGREE\t-\t030\t40\n"), KARAKA_ERROR_FORMAT);
    assert_int_equal(with_cameo("AGREE\t-\t030\tnan\n"), KARAKA_ERROR_FORMAT);
}

static void an_absent_folder_knows_nothing(void **state) {
    (void)state;
    const karaka_ontology *o = load("/nonexistent/languages/xx", KARAKA_OK);
    assert_null(karaka_ontology_find(o, "AGREE", NULL));
    assert_int_equal(karaka_ontology_quad(o, "AGREE"), 0);
    assert_int_equal(o->context_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_has_a_scale),
        cmocka_unit_test(a_mode_has_its_own_code_or_its_types),
        cmocka_unit_test(every_context_is_defined_and_has_words),
        cmocka_unit_test(bad_lines_are_told),
        cmocka_unit_test(an_absent_folder_knows_nothing),
    };
    karaka_spelling *folding = NULL;
    if (karaka_arena_new(&arena) < 0 || karaka_spelling_load(&folding, arena, "languages/hi") < 0)
        return 1;
    spelling = folding;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    karaka_arena_free(arena);
    return failed;
}
