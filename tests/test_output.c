/* test_output: each writer on a small document made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "output/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TEXT "शीर्षक\n\nरूस ने \"मदद\" की।"
enum { FIRST = 20 }; /* where the second paragraph begins */

static const karaka_token tokens[] = {
    {{FIRST, FIRST + 9}, "रूस", "रूस", "PROPN", "NNP", "Case=Acc", "k1", 4, true},
    {{FIRST + 10, FIRST + 16}, "ने", "ने", "ADP", "PSP", "_", "case", 0, true},
    {{FIRST + 17, FIRST + 18}, "\"", "\"", "PUNCT", "SYM", "_", "punct", 3, false},
    {{FIRST + 18, FIRST + 27}, "मदद", "मदद", "NOUN", "NN", "_", "pof", 4, false},
    {{FIRST + 29, FIRST + 35}, "की", "कर", "VERB", "VM", "_", "root", -1, false},
};
static karaka_sentence sentences[] = {{{FIRST, FIRST + 38}, 1, tokens, 5}};
static const karaka_paragraph paragraphs[] = {{KARAKA_TITLE, {0, 18}}, {KARAKA_LEAD, {FIRST, FIRST + 38}}};
static const karaka_dropped dropped[] = {{{4, 17}, "Advertisement", "advertisement", "hi/page:3"}};
static const char *const authors[] = {"A. B."};
static const char *const contexts[] = {"military", "a;b"};
static const karaka_party actors[] = {{"रूस", {FIRST, FIRST + 9}, "Russia", "RUS GOV", "hi/actors:1"}};
static const karaka_party recipients[] = {{"सीरिया, \"उत्तर\"", {0, 0}, NULL, "SYR GOV", ""},
                                          {"x;y", {0, 0}, "Y", "--- REB", ""}};
static const karaka_source sources[] = {{"तास", {1, 2}, "TASS", "RUS MED", true}, {"सूत्र", {3, 4}, NULL, NULL, false}};
static const karaka_mention mentions[] = {{0, {5, 6}}};

static karaka_event events[] = {
    {
        .id = "0123456789abcdef",
        .type = "AID",
        .mode = "military",
        .contexts = contexts,
        .context_count = 2,
        .quad = 2,
        .cameo = "071",
        .goldstein = -7.25,
        .actors = actors,
        .actor_count = 1,
        .recipients = recipients,
        .recipient_count = 2,
        .status = KARAKA_PLANNED,
        .time = {"शनिवार", {7, 8}, "2025-07-12", "2025-07-13"},
        .place = {"वोनसान", {9, 10}, "Wonsan", "PRK", -39.15, 127.443611, 1866923},
        .sources = sources,
        .source_count = 2,
        .trigger = "मदद",
        .trigger_lemma = "मदद करना",
        .trigger_span = {FIRST + 18, FIRST + 27},
        .mentions = mentions,
        .mention_count = 1,
        .headline = true,
        .rule = "hi/predicates:2",
    },
    {.id = "f",
     .type = "CONSULT",
     .goldstein = NAN,
     .mutual = true,
     .actors = actors,
     .actor_count = 1,
     .trigger = "",
     .trigger_lemma = "",
     .sentence = 9,
     .rule = ""},
};
static karaka_decision decisions[] = {
    {0, 4, "मदद करना", "hi/predicates:2", 0, "", "doer=रूस[RUS GOV]", 1.5, "+1.2 actor.doer"},
    {0, 3, "मदद", "", -1, "no actor", "", NAN, ""},
};
static karaka_party known[] = {{"रूस", {FIRST, FIRST + 9}, "Russia", "RUS GOV", "hi/actors:1"}};

static karaka_document whole(void) {
    return (karaka_document){
        .article = {.text = TEXT,
                    .length = sizeof TEXT - 1,
                    .title = "शीर्षक",
                    .authors = authors,
                    .author_count = 1,
                    .published = "2025-07-14",
                    .id = "d\t1",
                    .lang = "hi",
                    .paragraphs = paragraphs,
                    .paragraph_count = 2,
                    .dropped = dropped,
                    .dropped_count = 1},
        .sentences = sentences,
        .sentence_count = 1,
        .events = events,
        .event_count = 2,
        .decisions = decisions,
        .decision_count = 2,
        .actors = known,
        .actor_count = 1,
    };
}

static void written(karaka_text *out, int error, const char *expected) {
    assert_int_equal(error, 0);
    assert_string_equal(out->bytes, expected);
    assert_int_equal(out->length, strlen(expected));
    karaka_text_free(out);
}

static void jsonl_keeps_the_contract(void **state) {
    karaka_document d = whole();
    karaka_text out = {0};
    (void)state;
    written(
        &out, karaka_write_jsonl(&out, &d),
        "{\"id\":\"0123456789abcdef\",\"doc\":\"d\\t1\",\"url\":null,\"outlet\":null,\"lang\":\"hi\","
        "\"published\":\"2025-07-14\",\"type\":\"AID\",\"mode\":\"military\",\"contexts\":[\"military\",\"a;b\"],"
        "\"quad\":2,\"cameo\":\"071\",\"goldstein\":-7.25,"
        "\"actors\":[{\"text\":\"रूस\",\"span\":[20,29],\"name\":\"Russia\",\"code\":\"RUS GOV\"}],"
        "\"recipients\":[{\"text\":\"सीरिया, \\\"उत्तर\\\"\",\"span\":[0,0],\"name\":null,\"code\":\"SYR GOV\"},"
        "{\"text\":\"x;y\",\"span\":[0,0],\"name\":\"Y\",\"code\":\"--- REB\"}],"
        "\"mutual\":false,\"status\":\"planned\","
        "\"time\":{\"text\":\"शनिवार\",\"span\":[7,8],\"start\":\"2025-07-12\",\"end\":\"2025-07-13\"},"
        "\"place\":{\"text\":\"वोनसान\",\"span\":[9,10],\"name\":\"Wonsan\",\"country\":\"PRK\",\"lat\":-39.15,"
        "\"lon\":127.44361,\"geonames\":1866923},"
        "\"sources\":[{\"text\":\"तास\",\"span\":[1,2],\"name\":\"TASS\",\"code\":\"RUS MED\",\"state_media\":true},"
        "{\"text\":\"सूत्र\",\"span\":[3,4],\"name\":null,\"code\":null,\"state_media\":false}],"
        "\"trigger\":{\"text\":\"मदद\",\"span\":[38,47],\"lemma\":\"मदद करना\"},"
        "\"sentence\":{\"index\":0,\"span\":[20,58],\"text\":\"रूस ने \\\"मदद\\\" की।\"},"
        "\"mentions\":[{\"sentence\":0,\"span\":[5,6]}],\"headline\":true,\"rule\":\"hi/predicates:2\"}\n"
        "{\"id\":\"f\",\"doc\":\"d\\t1\",\"url\":null,\"outlet\":null,\"lang\":\"hi\",\"published\":\"2025-07-14\","
        "\"type\":\"CONSULT\",\"mode\":null,\"contexts\":[],\"quad\":null,\"cameo\":null,\"goldstein\":null,"
        "\"actors\":[{\"text\":\"रूस\",\"span\":[20,29],\"name\":\"Russia\",\"code\":\"RUS GOV\"}],"
        "\"recipients\":[],\"mutual\":true,\"status\":\"asserted\",\"time\":null,\"place\":null,\"sources\":[],"
        "\"trigger\":{\"text\":\"\",\"span\":[0,0],\"lemma\":\"\"},"
        "\"sentence\":{\"index\":9,\"span\":[0,0],\"text\":\"\"},\"mentions\":[],\"headline\":false,\"rule\":\"\"}\n");
}

static void csv_quotes_and_joins(void **state) {
    karaka_document d = whole();
    karaka_text out = {0};
    (void)state;
    d.event_count = 1;
    assert_int_equal(karaka_write_csv(&out, &d, true), 0);
    const char *row = strstr(out.bytes, "\r\n");
    assert_non_null(row);
    assert_memory_equal(out.bytes, "id,doc,url,", 11);
    size_t commas = 0;
    for (const char *c = out.bytes; c < row; c++)
        commas += *c == ',';
    assert_int_equal(commas, 38);
    karaka_text_free(&out);
    written(&out, karaka_write_csv(&out, &d, false),
            "0123456789abcdef,d\t1,,,hi,2025-07-14,AID,military,\"military;a,b\",2,071,-7.25,"
            "RUS GOV,Russia,रूस,SYR GOV;--- REB,;Y,\"सीरिया, \"\"उत्तर\"\";x,y\",false,planned,"
            "2025-07-12,2025-07-13,शनिवार,Wonsan,PRK,-39.15,127.44361,1866923,वोनसान,"
            "RUS MED;,TASS;,तास;सूत्र,मदद,मदद करना,0,\"रूस ने \"\"मदद\"\" की।\",1,true,hi/predicates:2\r\n");
}

static void table_reads_well(void **state) {
    karaka_document d = whole();
    karaka_text out = {0};
    (void)state;
    written(&out, karaka_write_table(&out, &d, false),
            "शीर्षक\n"
            "d 1 · 2025-07-14 · 2 events\n"
            "\n"
            "  1 रूस (RUS GOV)  ── AID/military ─▶  सीरिया, \"उत्तर\" (SYR GOV) + x;y (--- REB)  planned\n"
            "    when      2025-07-12 to 2025-07-13 (शनिवार)\n"
            "    where     Wonsan, PRK (वोनसान)  39.15°S 127.44°E\n"
            "    said by   तास (RUS MED, state media), via सूत्र\n"
            "    headline  रूस ने \"«मदद»\" की।\n"
            "              told 2 times in all\n"
            "    rule      hi/predicates:2\n"
            "\n"
            "  2 रूस (RUS GOV)  ◀─ CONSULT ─▶  each other\n"
            "    rule      \n"
            "\n");
}

static void words_that_mean_two_parties_are_shown_once(void **state) {
    static const karaka_party both[] = {{"दोनों", {3, 9}, NULL, "FRA GOV", ""},
                                        {"दोनों", {3, 9}, NULL, "DEU GOV", ""},
                                        {"दोनों", {20, 26}, NULL, "FRA GOV", ""}};
    karaka_event event = {.id = "f", .type = "AGREE", .actors = both, .actor_count = 3, .rule = "r"};
    karaka_document d = {.events = &event, .event_count = 1};
    karaka_text out = {0};
    (void)state;
    written(&out, karaka_write_table(&out, &d, false),
            "document\n1 event\n\n  1 दोनों (FRA GOV + DEU GOV) + दोनों (FRA GOV)  ── AGREE\n    rule      r\n\n");
    event.actor_count = event.recipient_count = 1;
    event.recipients = both + 1;
    event.mutual = true;
    written(&out, karaka_write_table(&out, &d, false),
            "document\n1 event\n\n  1 दोनों (FRA GOV + DEU GOV)  ◀─ AGREE ─▶  each other\n    rule      r\n\n");
    event.recipients = both + 2;
    written(&out, karaka_write_table(&out, &d, false),
            "document\n1 event\n\n  1 दोनों (FRA GOV)  ◀─ AGREE ─▶  दोनों (FRA GOV)\n    rule      r\n\n");
}

static void conllu_has_ten_columns(void **state) {
    karaka_document d = whole();
    karaka_text out = {0};
    (void)state;
    written(&out, karaka_write_conllu(&out, &d),
            "# newdoc id = d 1\n"
            "# published = 2025-07-14\n"
            "# sent_id = d 1-1\n"
            "# text = रूस ने \"मदद\" की।\n"
            "1\tरूस\tरूस\tPROPN\tNNP\tCase=Acc\t5\tk1\t_\t_\n"
            "2\tने\tने\tADP\tPSP\t_\t1\tcase\t_\t_\n"
            "3\t\"\t\"\tPUNCT\tSYM\t_\t4\tpunct\t_\tSpaceAfter=No\n"
            "4\tमदद\tमदद\tNOUN\tNN\t_\t5\tpof\t_\tSpaceAfter=No\n"
            "5\tकी\tकर\tVERB\tVM\t_\t0\troot\t_\tSpaceAfter=No\n"
            "\n");
}

static void article_text_is_exact(void **state) {
    karaka_document d = whole();
    karaka_text out = {0};
    (void)state;
    written(&out, karaka_write_article(&out, &d, false, false, false), TEXT "\n");
    written(&out, karaka_write_article(&out, &d, true, true, true),
            "{\"id\":\"d\\t1\",\"url\":null,\"outlet\":null,\"lang\":\"hi\",\"published\":\"2025-07-14\","
            "\"modified\":null,\"canonical\":null,\"page_lang\":null,\"title\":\"शीर्षक\","
            "\"kicker\":null,\"section\":null,\"authors\":[\"A. B.\"],\"text\":\"शीर्षक\\n\\nरूस ने \\\"मदद\\\" की।\","
            "\"paragraphs\":[{\"kind\":\"title\",\"span\":[0,18]},{\"kind\":\"lead\",\"span\":[20,58]}],"
            "\"dropped\":[{\"input\":[4,17],\"text\":\"Advertisement\",\"reason\":\"advertisement\",\"rule\":\"hi/"
            "page:3\"}],\"headline\":null}\n");
    karaka_headline judged = {.verdict = KARAKA_NO_CLAIM, .reason = "why"};
    d.headline = &judged;
    assert_int_equal(karaka_write_article(&out, &d, true, false, false), 0);
    assert_non_null(strstr(out.bytes, ",\"headline\":{\"verdict\":\"no claim\",\"reason\":\"why\",\"claims\":[]}}\n"));
    out.length = 0;
    assert_int_equal(karaka_write_article(&out, &d, false, true, false), 0);
    assert_memory_equal(out.bytes, TEXT "\n", sizeof TEXT);
    assert_non_null(strstr(out.bytes, "     4..17     advertisement     hi/page:3     Advertisement\n"));
    karaka_text_free(&out);
}

static void explain_shows_tree_and_decisions(void **state) {
    karaka_document d = whole();
    karaka_text out = {0};
    (void)state;
    written(&out, karaka_write_explain(&out, &d, false),
            "d 1  published 2025-07-14  1 sentences, 2 events\n"
            "\n"
            "  1 रूस ने \"मदद\" की।\n"
            "\n"
            "    की  root  VERB  कर\n"
            "    ├─ रूस  k1  PROPN\n"
            "    │  └─ ने  case  ADP\n"
            "    └─ मदद  pof  NOUN\n"
            "       └─ \"  punct  PUNCT\n"
            "\n"
            "    actors  रूस = RUS GOV  Russia  hi/actors:1\n"
            "\n"
            "    + मदद करना  AID, event 1  hi/predicates:2\n"
            "      doer=रूस[RUS GOV]\n"
            "      weighs +1.5\n"
            "      +1.2 actor.doer\n"
            "    - मदद  no event: no actor\n"
            "\n");
}

static void a_cycle_in_a_tree_is_shown_once(void **state) {
    static const karaka_token ring[] = {{{0, 1}, "a", "_", "_", "_", "_", "x", 1, true},
                                        {{0, 1}, "b", "_", "_", "_", "_", "y", 0, true},
                                        {{0, 1}, "c", "_", "_", "_", "_", "z", 99, true}};
    static karaka_sentence sentence[] = {{{0, 0}, 0, ring, 3}};
    karaka_document d = {.sentences = sentence, .sentence_count = 1};
    karaka_text out = {0};
    (void)state;
    written(&out, karaka_write_explain(&out, &d, false),
            "document  1 sentences, 0 events\n\n  1 \n\n    a  x  _\n    └─ b  y  _\n    c  z  _\n\n");
}

static void a_deep_chain_stays_small(void **state) {
    enum { DEEP = 100000 };
    karaka_token *chain = calloc(DEEP, sizeof *chain);
    karaka_sentence sentence[] = {{{0, 0}, 0, chain, DEEP}};
    karaka_document d = {.sentences = sentence, .sentence_count = 1};
    karaka_text out = {0};
    (void)state;
    assert_non_null(chain);
    for (int32_t i = 0; i < DEEP; i++)
        chain[i] = (karaka_token){.form = "a", .lemma = "_", .upos = "_", .deprel = "_", .head = i - 1};
    assert_int_equal(karaka_write_explain(&out, &d, true), 0);
    assert_in_range(out.length, DEEP, 400 * (size_t)DEEP);
    karaka_text_free(&out);
    free(chain);
}

static void columns_are_counted_as_terminals_do(void **state) {
    (void)state;
    assert_int_equal(karaka_columns("कि", 6), 2);
    assert_int_equal(karaka_columns("क्", 6), 1);
    assert_int_equal(karaka_columns("कं", 6), 1);
    assert_int_equal(karaka_columns("中", 3), 2);
    assert_int_equal(karaka_columns("\xff", 1), 1);
    assert_int_equal(karaka_columns("a\xe2\x80\x8d", 4), 1);
}

static void text_is_wrapped_and_marked(void **state) {
    karaka_text out = {0};
    karaka_writer w = karaka_writer_begin(&out, false);
    (void)state;
    karaka_put_wrapped(&w, "aaa bbb\nccc\033ddd", 15, (karaka_span){4, 7}, 2, 2, 9);
    written(&out, karaka_writer_end(&w), "aaa\n  «bbb»\n  ccc ddd");
    w = karaka_writer_begin(&out, true);
    karaka_put_wrapped(&w, "aa bb cc", 8, (karaka_span){0, 8}, 0, 1, 5);
    written(&out, karaka_writer_end(&w), "\033[1;4maa bb\033[0m\n \033[1;4mcc\033[0m");
}

static void numbers_have_a_point_in_every_locale(void **state) {
    static const struct {
        double value;
        int places;
        const char *expected;
    } cases[] = {{3.4, 2, "3.4"},   {-0.001, 2, "0"}, {-10, 2, "-10"},       {127.443611, 5, "127.44361"},
                 {0.05, 2, "0.05"}, {NAN, 2, "null"}, {INFINITY, 2, "null"}, {1e300, 2, "null"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        karaka_text out = {0};
        karaka_writer w = karaka_writer_begin(&out, false);
        karaka_put_number(&w, cases[i].value, cases[i].places, "null");
        written(&out, karaka_writer_end(&w), cases[i].expected);
    }
}

static void an_error_takes_back_the_document(void **state) {
    karaka_text out = {0};
    karaka_writer w = karaka_writer_begin(&out, false);
    (void)state;
    karaka_put(&w, "kept");
    assert_int_equal(karaka_writer_end(&w), 0);
    w = karaka_writer_begin(&out, false);
    karaka_put(&w, "lost");
    w.error = KARAKA_ERROR_MEMORY;
    karaka_put(&w, "never");
    written(&out, karaka_writer_end(&w) == KARAKA_ERROR_MEMORY ? 0 : -1, "kept");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jsonl_keeps_the_contract),
        cmocka_unit_test(csv_quotes_and_joins),
        cmocka_unit_test(table_reads_well),
        cmocka_unit_test(words_that_mean_two_parties_are_shown_once),
        cmocka_unit_test(conllu_has_ten_columns),
        cmocka_unit_test(article_text_is_exact),
        cmocka_unit_test(explain_shows_tree_and_decisions),
        cmocka_unit_test(a_cycle_in_a_tree_is_shown_once),
        cmocka_unit_test(a_deep_chain_stays_small),
        cmocka_unit_test(columns_are_counted_as_terminals_do),
        cmocka_unit_test(text_is_wrapped_and_marked),
        cmocka_unit_test(numbers_have_a_point_in_every_locale),
        cmocka_unit_test(an_error_takes_back_the_document),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
