/* Tests of src/parse/evaluate: figures computed by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <karaka.h>
#include <math.h>
#include <string.h>

#define W(id, form, lemma, upos, xpos, feats, head, relation) \
#id "\t" form "\t" lemma "\t" upos "\t" xpos "\t" feats "\t" #head "\t" relation "\t_\t_\n"

static karaka_scores scores;

static int evaluate(const char *gold, const char *system) {
    return karaka_evaluate(&scores, gold, strlen(gold), system, strlen(system));
}

static void near(double value, double expected) {
    if (fabs(value - expected) > 1e-9)
        fail_msg("%.9f is not %.9f", value, expected);
}

static const karaka_relation_score *relation(const char *name) {
    for (uint32_t i = 0; i < scores.relation_count; i++)
        if (strcmp(scores.relations[i].relation, name) == 0)
            return &scores.relations[i];
    fail_msg("no relation %s", name);
    return NULL;
}

static const char gold[] = W(1, "राम", "राम", "PROPN", "NNP", "Case=Obl|Number=Sing", 3, "k1")
    W(2, "ने", "ने", "ADP", "PSP", "_", 1, "case") W(3, "खाया", "खा", "VERB", "VM", "Number=Sing", 0, "root")
        W(4, "।", "।", "PUNCT", "SYM", "_", 3, "rsym") "\n" W(1, "फल", "फल", "NOUN", "NN", "Case=Dir", 0, "root");

static void the_same_is_100_everywhere(void **state) {
    (void)state;
    assert_int_equal(evaluate(gold, gold), 0);
    const double *first = &scores.tokens;
    for (const double *p = first; p <= &scores.las_nopunct; p++)
        near(*p, 100);
    assert_int_equal(scores.relation_count, 4);
    assert_string_equal(scores.relations[0].relation, "root");
    assert_int_equal(scores.relations[0].right, 2);
    assert_int_equal(evaluate("", ""), 0);
    near(scores.las, 100);
}

/* Five words; wrong are: the head of राम (so k1, and with it nothing else), the case of राम, the postposition's tag,
 * the lemma of खाया, the relation of फल. */
static void each_column_counts_for_itself(void **state) {
    (void)state;
    const char *system = W(1, "राम", "राम", "PROPN", "NNP", "Case=Dir|Number=Sing", 4, "k1")
        W(2, "ने", "ने", "PART", "RP", "_", 1, "case") W(3, "खाया", "खाया", "VERB", "VM", "Number=Sing", 0, "root")
            W(4, "।", "।", "PUNCT", "SYM", "_", 3, "rsym") "\n" W(1, "फल", "फल", "NOUN", "NN", "Case=Dir", 0, "dep");
    assert_int_equal(evaluate(gold, system), 0);
    near(scores.tokens, 100);
    near(scores.sentences, 100);
    near(scores.upos, 80);
    near(scores.xpos, 80);
    near(scores.feats, 80);
    near(scores.lemma, 80);
    near(scores.uas, 80);
    near(scores.las, 60);
    near(scores.clas, 100.0 / 3); /* राम, खाया, फल: खाया is right */
    near(scores.mlas, 100.0 / 3);
    near(scores.blex, 0);
    near(scores.uas_nopunct, 75);
    near(scores.las_nopunct, 50);
    near(scores.feature_case, 50);
    assert_int_equal(relation("k1")->gold, 1);
    assert_int_equal(relation("k1")->system, 1);
    assert_int_equal(relation("k1")->right, 0);
    assert_int_equal(relation("dep")->gold, 0);
    assert_int_equal(relation("dep")->system, 1);
    assert_int_equal(relation("root")->gold, 2);
    assert_int_equal(relation("root")->right, 1);
}

/* A wrong tag of a function word spoils MLAS of the word that it hangs on. */
static void mlas_looks_at_function_words(void **state) {
    (void)state;
    const char *system = W(1, "राम", "राम", "PROPN", "NNP", "Number=Sing|Case=Obl", 3, "k1")
        W(2, "ने", "ने", "PART", "PSP", "_", 1, "case") W(3, "खाया", "खा", "VERB", "VM", "Number=Sing", 0, "root")
            W(4, "।", "।", "PUNCT", "SYM", "_", 3, "rsym") "\n" W(1, "फल", "फल", "NOUN", "NN", "Case=Dir", 0, "root");
    assert_int_equal(evaluate(gold, system), 0);
    near(scores.feats, 100); /* the order of features does not matter */
    near(scores.clas, 100);
    near(scores.mlas, 200.0 / 3);
    near(scores.blex, 100);
}

/* System writes खाया। as one word and makes one sentence of two: राम, ने, फल match; gold has 5 words, system 4. */
static void other_words_and_sentences_lower_all(void **state) {
    (void)state;
    const char *system =
        W(1, "राम", "राम", "PROPN", "NNP", "Case=Obl|Number=Sing", 3, "k1") W(2, "ने", "ने", "ADP", "PSP", "_", 1, "case")
            W(3, "खाया।", "खा", "VERB", "VM", "_", 0, "root") W(4, "फल", "फल", "NOUN", "NN", "Case=Dir", 0, "root");
    assert_int_equal(evaluate(gold, system), 0);
    near(scores.sentences, 0);
    near(scores.tokens, 200.0 * 3 / 9);
    near(scores.words, 200.0 * 3 / 9);
    near(scores.uas, 200.0 * 2 / 9); /* the head of राम is not a word of gold */
    near(scores.las_nopunct, 200.0 * 2 / 8);
}

static void subtypes_after_a_colon_are_not_compared(void **state) {
    (void)state;
    assert_int_equal(evaluate(W(1, "a", "a", "X", "_", "_", 0, "root") W(2, "b", "b", "X", "_", "_", 1, "nsubj:pass"),
                              W(1, "a", "a", "X", "_", "_", 0, "root") W(2, "b", "b", "X", "_", "_", 1, "nsubj")),
                     0);
    near(scores.las, 100);
    assert_int_equal(relation("nsubj")->right, 1);
}

static void another_text_is_an_error(void **state) {
    (void)state;
    const char *x = W(1, "ab", "a", "X", "_", "_", 0, "root"), *y = W(1, "ac", "a", "X", "_", "_", 0, "root");
    assert_int_equal(evaluate(x, y), KARAKA_ERROR_INPUT);
    assert_string_equal(karaka_error_text(), "the texts differ from sentence 1 of gold on (byte 1 without blanks)");
    assert_int_equal(evaluate(x, "1\n"), KARAKA_ERROR_INPUT);
    assert_string_equal(karaka_error_text(), "system:1: not ten columns: 1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_is_100_everywhere),
        cmocka_unit_test(each_column_counts_for_itself),
        cmocka_unit_test(mlas_looks_at_function_words),
        cmocka_unit_test(other_words_and_sentences_lower_all),
        cmocka_unit_test(subtypes_after_a_colon_are_not_compared),
        cmocka_unit_test(another_text_is_an_error),
    };
    return cmocka_run_group_tests_name("evaluate", tests, NULL, NULL);
}
