/* Headlines beside bodies (tests/cases/headline): headline, blank, body, blank, the verdict and the claims.
 *
 * A claim is "TYPE ACTORS -> RECIPIENTS STATUS: VERDICT[, REASON]" or "CLASS ACTORS: VERDICT[, REASON]", in any order;
 * the reason of a claim that is borne out is not compared.
 */
#include <dirent.h>
#include <karaka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 16384, LINES = 40 };

static const char *const verdicts[] = {"no claim", "supported", "exaggerated", "unsupported"};
static karaka_language *language;
static int failures, cases;

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The lines of `text`, sorted, joined. */
static void sort_lines(char *text) {
    char copy[ROOM], *lines[LINES];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *line = strtok(copy, "\n"); line && count < LINES; line = strtok(NULL, "\n"))
        lines[count++] = line;
    qsort(lines, count, sizeof *lines, by_text);
    text[0] = 0;
    for (size_t i = 0; i < count; i++)
        snprintf(text + strlen(text), ROOM - strlen(text), "%s\n", lines[i]);
}

__attribute__((format(printf, 2, 3))) static void put(char *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + strlen(out), ROOM - strlen(out), format, arguments);
    va_end(arguments);
}

static void put_side(char *out, const karaka_party *side, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        put(out, "%s%s", i ? ", " : "", side[i].code);
    put(out, "%s", count ? "" : "-");
}

static void put_claims(char *out, const karaka_headline *h) {
    static const char *const status[] = {"asserted", "planned", "possible", "denied"};
    out[0] = 0;
    put(out, "%s\n", verdicts[h->verdict]);
    for (uint32_t i = 0; i < h->claim_count; i++) {
        const karaka_claim *c = &h->claims[i];
        bool both = c->type && strcmp(c->type, "CONSULT") == 0;
        put(out, "%s ", c->type ? c->type : c->strong);
        put_side(out, c->actors, c->actor_count);
        if (c->type) {
            put(out, both ? " ~ " : " -> ");
            put_side(out, c->recipients, c->recipient_count);
            put(out, " %s", status[c->status]);
        }
        put(out, ": %s", verdicts[c->verdict]);
        if (c->verdict != KARAKA_SUPPORTED)
            put(out, ", %s", c->reason);
        put(out, "\n");
    }
}

static karaka_document *judge(const char *title, const char *body) {
    karaka_input input = {
        .kind = KARAKA_INPUT_TEXT, .bytes = body, .length = strlen(body), .title = title, .id = "case"};
    karaka_document *document = NULL;
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    assert_null(karaka_document_headline(document));
    assert_int_equal(karaka_document_judge(document), 0);
    assert_non_null(karaka_document_headline(document));
    return document;
}

static void check(const char *file, char *block) {
    char want[ROOM], got[ROOM];
    while (*block == '#' || *block == '\n')
        block = *block == '#' ? strchr(block, '\n') : block + 1;
    char *body = strstr(block, "\n\n");
    assert_non_null(body);
    *body = 0;
    body += 2;
    char *expected = strstr(body, "\n\n");
    assert_non_null(expected);
    *expected = 0;
    snprintf(want, sizeof want, "%s", expected + 2);
    karaka_document *document = judge(block, body);
    put_claims(got, karaka_document_headline(document));
    karaka_document_free(document);
    sort_lines(want);
    sort_lines(got);
    cases++;
    if (strcmp(want, got) == 0)
        return;
    failures++;
    print_error("%s: %s\n  expected:\n%s  found:\n%s", file, block, want, got);
}

static void headlines_are_judged_by_their_bodies(void **state) {
    (void)state;
    const char *folder = "tests/cases/headline";
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char path[512], *text = calloc(1, 1 << 20);
        size_t n = strlen(entry->d_name);
        assert_non_null(text);
        if (n > 4 && strcmp(entry->d_name + n - 4, ".txt") == 0) {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            FILE *file = fopen(path, "rb");
            assert_non_null(file);
            assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
            fclose(file);
            for (char *block = text, *next; block; block = next) {
                next = strstr(block, "\n---\n");
                if (next) {
                    *next = 0;
                    next += 5;
                }
                check(entry->d_name, block);
            }
        }
        free(text);
    }
    closedir(dir);
    assert_true(cases >= 10);
    assert_int_equal(failures, 0);
}

/* What a claim rests on are sentences of the body that hold the words given. */
static void evidence_lies_in_the_body(void **state) {
    (void)state;
    karaka_document *document = judge("रूस ने यूक्रेन पर हमला किया", "मौसम साफ है। रूस ने यूक्रेन पर हमला किया।");
    const karaka_headline *h = karaka_document_headline(document);
    const karaka_article *article = karaka_document_article(document);
    size_t count = 0;
    const karaka_sentence *sentences = karaka_document_sentences(document, &count);
    assert_int_equal(h->claim_count, 1);
    assert_int_equal(h->claims[0].evidence_count, 1);
    karaka_mention m = h->claims[0].evidence[0];
    assert_true(m.sentence < count);
    assert_true(article->paragraphs[sentences[m.sentence].paragraph].kind != KARAKA_TITLE);
    assert_true(m.span.start >= sentences[m.sentence].span.start && m.span.end <= sentences[m.sentence].span.end);
    assert_int_equal(h->claims[0].sentence, 0);
    karaka_document_free(document);
}

static void without_a_title_there_is_no_claim(void **state) {
    (void)state;
    karaka_document *document = judge(NULL, "रूस ने यूक्रेन पर हमला किया।");
    const karaka_headline *h = karaka_document_headline(document);
    assert_int_equal(h->verdict, KARAKA_NO_CLAIM);
    assert_string_equal(h->reason, "there is no headline");
    karaka_document_free(document);
}

static void without_a_body_nothing_is_borne_out(void **state) {
    (void)state;
    karaka_document *document = judge("रूस ने यूक्रेन पर हमला किया", "।");
    assert_int_equal(karaka_document_headline(document)->verdict, KARAKA_UNSUPPORTED);
    karaka_document_free(document);
}

static void a_verdict_is_written(void **state) {
    (void)state;
    karaka_document *document = judge("रूस ने यूक्रेन पर हमला किया", "रूस ने यूक्रेन पर हमला किया।");
    karaka_text out = {0};
    assert_int_equal(karaka_write_headline(&out, document, true, false), 0);
    assert_non_null(strstr(out.bytes, "\"verdict\":\"supported\""));
    assert_non_null(strstr(out.bytes, "\"evidence\":[{\"sentence\":1,"));
    assert_int_equal(out.bytes[out.length - 1], '\n');
    out.length = 0;
    assert_int_equal(karaka_write_headline(&out, document, false, false), 0);
    assert_non_null(strstr(out.bytes, "supported: the body bears out all that is claimed\n"));
    karaka_text_free(&out);
    karaka_document_free(document);
    karaka_input input = {.kind = KARAKA_INPUT_TEXT, .bytes = "x", .length = 1};
    assert_int_equal(karaka_document_read(&document, language, &input), 0);
    assert_int_equal(karaka_write_headline(&out, document, true, false), KARAKA_ERROR_ARGUMENT);
    karaka_document_free(document);
}

/* A headline of many thousand words, and one of signs alone: a verdict all the same, with few claims. */
static void hostile_headlines_are_judged(void **state) {
    (void)state;
    enum { TIMES = 3000 };
    const char *piece = "रूस ने यूक्रेन पर हमला किया, ";
    char *title = calloc(TIMES + 1, strlen(piece));
    assert_non_null(title);
    for (int i = 0; i < TIMES; i++)
        memcpy(title + (size_t)i * strlen(piece), piece, strlen(piece));
    karaka_document *document = judge(title, "रूस ने यूक्रेन पर हमला किया।");
    assert_true(karaka_document_headline(document)->claim_count <= 32);
    karaka_document_free(document);
    free(title);
    document = judge(" , ? , \u200d", "x");
    assert_int_equal(karaka_document_headline(document)->verdict, KARAKA_NO_CLAIM);
    karaka_document_free(document);
}

static int open_language(void **state) {
    (void)state;
    char path[1024];
    const char *folder = getenv("KARAKA_LANGUAGES");
    snprintf(path, sizeof path, "%s/hi", folder ? folder : "languages");
    return karaka_language_open(&language, path, KARAKA_OPEN_ALL);
}

static int close_language(void **state) {
    (void)state;
    karaka_language_close(language);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headlines_are_judged_by_their_bodies),
        cmocka_unit_test(evidence_lies_in_the_body),
        cmocka_unit_test(without_a_title_there_is_no_claim),
        cmocka_unit_test(without_a_body_nothing_is_borne_out),
        cmocka_unit_test(a_verdict_is_written),
        cmocka_unit_test(hostile_headlines_are_judged),
    };
    return cmocka_run_group_tests(tests, open_language, close_language);
}
