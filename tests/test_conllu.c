/* Tests of src/parse/conllu*: reading CoNLL-U, and documents made of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "document.h"
#include "parse/conllu.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static karaka_arena *arena;
static karaka_conllu_sentence *sentences;
static size_t count;

static int set_up(void **state) {
    (void)state;
    sentences = NULL;
    count = 0;
    return karaka_arena_new(&arena);
}

static int tear_down(void **state) {
    (void)state;
    karaka_arena_free(arena);
    return 0;
}

static int read_text(const char *text) {
    return karaka_conllu_read(&sentences, &count, arena, text, strlen(text), "file");
}

static void fails(const char *text, const char *message) {
    assert_int_equal(read_text(text), KARAKA_ERROR_INPUT);
    assert_string_equal(karaka_error_text(), message);
}

#define W(id, form, head, relation, misc) \
#id "\t" form "\t" form "\tNOUN\tNN\t_\t" #head "\t" relation "\t_\t" misc "\n"

static void words_and_comments_are_read(void **state) {
    (void)state;
    assert_int_equal(read_text("# newdoc id = a\n# sent_id = a-1\n# text = राम सोया।\n"
                               "1\tराम\tराम\tPROPN\tNNP\tCase=Dir\t2\tk1\t_\t_\n"
                               "2\tसोया\tसो\tVERB\tVM\t_\t0\troot\t_\tSpaceAfter=No\n"
                               "3\t।\t।\tPUNCT\tSYM\t_\t2\trsym\t_\t_\n\n"
                               "# newpar\n" W(1, "x", 0, "root", "_")),
                     0);
    assert_int_equal(count, 2);
    assert_int_equal(sentences[0].count, 3);
    assert_string_equal(sentences[0].text, "राम सोया।");
    assert_string_equal(sentences[0].id, "a-1");
    assert_true(sentences[0].new_document && !sentences[0].new_paragraph && sentences[0].has_tree);
    assert_string_equal(sentences[0].words[1].lemma, "सो");
    assert_string_equal(sentences[0].words[0].feats, "Case=Dir");
    assert_int_equal(sentences[0].words[0].head, 1);
    assert_int_equal(sentences[0].words[1].head, -1);
    assert_true(sentences[0].words[0].space_after);
    assert_false(sentences[0].words[1].space_after);
    assert_true(sentences[1].new_paragraph && !sentences[1].new_document);
    assert_string_equal(sentences[1].document_id, "a");
    assert_null(sentences[1].text);
}

static void carriage_returns_and_byte_order_mark_do_not_matter(void **state) {
    (void)state;
    assert_int_equal(read_text("\xEF\xBB\xBF# text = x\r\n1\tx\tx\tX\t_\t_\t0\troot\t_\t_\r\n\r\n"), 0);
    assert_int_equal(count, 1);
    assert_string_equal(sentences[0].text, "x");
}

static void ranges_and_empty_nodes_are_skipped(void **state) {
    (void)state;
    assert_int_equal(read_text("1-2\tab\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n" W(1, "a", 0, "root", "_")
                                   W(2, "b", 1, "x", "_") "2.1\tc\tc\tX\t_\t_\t_\t_\t1:x\t_\n" W(3, "d", 1, "x", "_")),
                     0);
    assert_int_equal(sentences[0].count, 3);
    assert_false(sentences[0].words[0].space_after);
    assert_false(sentences[0].words[1].space_after);
    assert_true(sentences[0].words[2].space_after);
}

static void words_without_heads_are_a_sentence_without_tree(void **state) {
    (void)state;
    assert_int_equal(read_text(W(1, "a", _, "_", "_") W(2, "b", _, "_", "_")), 0);
    assert_false(sentences[0].has_tree);
    assert_int_equal(sentences[0].words[1].head, -1);
}

static void forms_are_brought_to_nfc(void **state) {
    (void)state;
    assert_int_equal(read_text(W(1, "\xE0\xA5\x98", 0, "root", "_")), 0); /* U+0958 */
    assert_string_equal(sentences[0].words[0].form, "\xE0\xA4\x95\xE0\xA4\xBC");
}

static void errors_name_file_and_line(void **state) {
    (void)state;
    fails("# text = x\n1\tx\tx\n", "file:2: not ten columns: 1");
    fails(W(1, "a", 0, "root", "_") W(2, "b", 3, "x", "_"), "file:2: head out of range");
    fails(W(1, "a", 2, "x", "_") W(2, "b", 1, "x", "_"), "file:1: no root");
    fails("\n" W(1, "a", 0, "root", "_") W(2, "b", 3, "x", "_") W(3, "c", 2, "x", "_"), "file:3: cycle");
    fails(W(1, "a", 0, "root", "_") W(3, "b", 1, "x", "_"), "file:2: word out of order: 3");
    fails(W(1, "a", k, "root", "_"), "file:1: head is not a number: k");
    fails(W(1, "a", 99999999999, "root", "_"), "file:1: head is not a number: 99999999999");
    fails(W(1, "a", 0, "root", "_") W(2, "b", _, "_", "_"), "file:1: some words have a head and some have not");
    fails("1-3\tx\t_\t_\t_\t_\t_\t_\t_\t_\n" W(1, "a", 0, "root", "_"), "file:3: multiword range beyond the last word");
    fails(W(1, "a", 0, "root", "_") "2\t\xFF\n", "file:2: not UTF-8");
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static karaka_language *language;

static int open_language(void **state) {
    (void)state;
    char path[4096];
    const char *languages = getenv("KARAKA_LANGUAGES");
    snprintf(path, sizeof path, "%s/hi", languages ? languages : "languages");
    return karaka_language_open(&language, path, KARAKA_OPEN_NO_MODEL);
}

static int close_language(void **state) {
    (void)state;
    karaka_language_close(language);
    return 0;
}

static karaka_document *document_of(const char *text, bool keep_trees) {
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_from_conllu(&document, language, text, strlen(text), keep_trees), 0);
    return document;
}

static const char two_documents[] = "# newdoc id = a\n# text = वह  गया।\n" W(1, "वह", 2, "k1", "_")
    W(2, "गया", 0, "root", "SpaceAfter=No") W(3, "।", 2, "rsym", "_") "\n" W(1, "हाँ", 0, "root", "SpaceAfter=No")
        W(2, "।", 1, "rsym", "_") "\n"
                                  "# newdoc id = b\n# text = not the words\n" W(1, "दूसरा", 0, "root", "_");

static void text_and_spans_come_from_the_comment_or_the_forms(void **state) {
    (void)state;
    karaka_document *document = document_of(two_documents, true);
    const karaka_article *article = karaka_document_article(document);
    assert_string_equal(article->text, "वह  गया। हाँ।\n\nदूसरा");
    assert_int_equal(article->length, strlen(article->text));
    assert_int_equal(article->paragraph_count, 2);
    assert_string_equal(article->id, "a");
    size_t n;
    const karaka_sentence *s = karaka_document_sentences(document, &n);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < s[i].token_count; j++) {
            const karaka_token *t = &s[i].tokens[j];
            assert_int_equal(t->span.end - t->span.start, strlen(t->form));
            assert_memory_equal(article->text + t->span.start, t->form, strlen(t->form));
        }
    assert_int_equal(s[1].paragraph, 0);
    assert_int_equal(s[2].paragraph, 1);
    assert_int_equal(article->paragraphs[1].span.start, s[2].span.start);
    assert_int_equal(article->paragraphs[1].span.end, article->length);
    assert_string_equal(s[0].tokens[0].deprel, "k1");
    assert_true(s[0].tokens[0].space_after && !s[0].tokens[1].space_after);
    karaka_document_free(document);
}

static void trees_can_be_left_out(void **state) {
    (void)state;
    karaka_document *document = document_of(two_documents, false);
    size_t n;
    const karaka_sentence *s = karaka_document_sentences(document, &n);
    assert_string_equal(s[0].tokens[0].deprel, "_");
    assert_int_equal(s[0].tokens[0].head, -1);
    assert_true(document->segmented && !document->parsed);
    karaka_document_free(document);
}

static void a_missing_tree_is_an_error_when_trees_are_kept(void **state) {
    (void)state;
    const char *text = W(1, "a", _, "_", "_");
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_from_conllu(&document, language, text, strlen(text), true), KARAKA_ERROR_INPUT);
    assert_null(document);
    karaka_document_free(document_of(text, false));
}

int main(void) {
    const struct CMUnitTest reading[] = {
        cmocka_unit_test_setup_teardown(words_and_comments_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(carriage_returns_and_byte_order_mark_do_not_matter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ranges_and_empty_nodes_are_skipped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_without_heads_are_a_sentence_without_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forms_are_brought_to_nfc, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_name_file_and_line, set_up, tear_down),
    };
    const struct CMUnitTest documents[] = {
        cmocka_unit_test(text_and_spans_come_from_the_comment_or_the_forms),
        cmocka_unit_test(trees_can_be_left_out),
        cmocka_unit_test(a_missing_tree_is_an_error_when_trees_are_kept),
    };
    int failed = cmocka_run_group_tests_name("conllu", reading, NULL, NULL);
    return failed + cmocka_run_group_tests_name("conllu documents", documents, open_language, close_language);
}
