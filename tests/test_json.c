/* test_json: one line of JSON Lines to an input: what is taken, what is refused, and the byte that is named. */
#include <karaka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static int read_line(karaka_input *input, karaka_text *store, const char *line) {
    return karaka_input_from_json(input, store, line, strlen(line));
}

static void refused(const char *line, const char *message) {
    karaka_input input = {.id = "untouched"};
    karaka_text store = {0};
    assert_int_equal(read_line(&input, &store, line), KARAKA_ERROR_INPUT);
    assert_string_equal(karaka_error_text(), message);
    assert_string_equal(input.id, "untouched");
    karaka_text_free(&store);
}

static void taken(const char *line, karaka_input_kind kind, const char *id, const char *text) {
    karaka_input input = {0};
    karaka_text store = {0};
    assert_int_equal(read_line(&input, &store, line), 0);
    assert_int_equal(input.kind, kind);
    assert_int_equal(input.length, strlen(text));
    assert_memory_equal(input.bytes, text, input.length);
    if (id)
        assert_string_equal(input.id, id);
    else
        assert_null(input.id);
    karaka_text_free(&store);
}

static void all_keys_are_taken(void **state) {
    karaka_input input = {0};
    karaka_text store = {0};
    (void)state;
    assert_int_equal(read_line(&input, &store,
                               "{\"id\":\"a\",\"page\":\"p\",\"title\":\"t\",\"published\":\"2025-07-14\","
                               "\"url\":\"https:\\/\\/x\",\"outlet\":\"o\",\"lang\":\"hi\"}"),
                     0);
    assert_int_equal(input.kind, KARAKA_INPUT_PAGE);
    assert_string_equal(input.id, "a");
    assert_string_equal(input.bytes, "p");
    assert_string_equal(input.title, "t");
    assert_string_equal(input.published, "2025-07-14");
    assert_string_equal(input.url, "https://x");
    assert_string_equal(input.outlet, "o");
    karaka_text_free(&store);
}

static void store_is_used_again(void **state) {
    karaka_input input = {0};
    karaka_text store = {0};
    (void)state;
    assert_int_equal(read_line(&input, &store, "{\"text\":\"a\"}"), 0);
    assert_int_equal(read_line(&input, &store, "{\"id\":\"b\",\"text\":\"a longer text than before\"}"), 0);
    assert_string_equal(input.bytes, "a longer text than before");
    assert_int_equal(read_line(&input, &store, "{\"text\":\"c\"}"), 0);
    assert_string_equal(input.bytes, "c");
    assert_null(input.id);
    karaka_text_free(&store);
}

static void escapes_are_undone(void **state) {
    (void)state;
    taken("{\"text\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", KARAKA_INPUT_TEXT, NULL, "\"\\/\b\f\n\r\t");
    taken("{\"text\":\"\\u0939\\u093E \\ud83d\\uDE00\"}", KARAKA_INPUT_TEXT, NULL, "हा 😀");
    taken("{\"\\u0074ext\":\"a\"}", KARAKA_INPUT_TEXT, NULL, "a");
}

static void other_keys_are_stepped_over(void **state) {
    (void)state;
    taken(" {\"a\":[1,-2.5e+3,{\"b\":[],\"c\":{}},[[true,false,null]],\"x\"] , \"text\" : \"a\" ,\"z\":{}} \r\n",
          KARAKA_INPUT_TEXT, NULL, "a");
    taken("{\"id\":12,\"text\":\"a\",\"page\":null}", KARAKA_INPUT_TEXT, "12", "a");
    taken("{\"text\":\"\",\"id\":null}", KARAKA_INPUT_TEXT, NULL, "");
}

static void broken_lines_name_the_byte(void **state) {
    (void)state;
    refused("", "byte 1: the line ends early: an object '{' was expected");
    refused("[]", "byte 1: an object '{' was expected");
    refused("{\"text\":\"a\"", "byte 12: the line ends early: ',' or '}' was expected");
    refused("{\"text\":\"a", "byte 11: the line ends early: a string is not closed");
    refused("{\"text\":\"a\"} x", "byte 14: more follows the object; one object a line");
    refused("{\"text\":\"a\",}", "byte 13: a key in quotes was expected");
    refused("{\"text\" \"a\"}", "byte 9: ':' was expected after the key");
    refused("{\"text\":5}", "byte 9: this key wants a string");
    refused("{\"text\":\"a\tb\"}", "byte 11: a control character in a string; write it as \\u00XX");
    refused("{\"n\":01}", "byte 7: ',' or '}' was expected");
    refused("{\"n\":-}", "byte 7: a digit was expected");
    refused("{\"n\":1.}", "byte 8: a digit was expected");
    refused("{\"n\":nul}", "byte 6: a value was expected");
    refused("{\"n\":[1 2]}", "byte 9: ',' or ']' was expected");
    refused("{\"n\":[1}}", "byte 8: ',' or ']' was expected");
    refused("{\"n\":{\"a\":1]}", "byte 12: ',' or '}' was expected");
    refused("{\"text\":\"a\",\"text\":\"b\"}", "byte 13: the key \"text\" stands twice");
}

static void bad_strings_are_refused(void **state) {
    (void)state;
    refused("{\"text\":\"\\x\"}",
            "byte 11: unknown escape in a string; JSON allows \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    refused("{\"text\":\"\\u00g0\"}", "byte 14: \\u needs four hexadecimal digits");
    refused("{\"text\":\"\\u0000\"}", "byte 10: \\u0000 is not text");
    refused("{\"text\":\"\\ud800\"}", "byte 10: half of a surrogate pair");
    refused("{\"text\":\"\\udc00\"}", "byte 10: half of a surrogate pair");
    refused("{\"text\":\"\\ud800\\u0041\"}", "byte 10: half of a surrogate pair");
    refused("{\"text\":\"a\xff\"}", "byte 11: not UTF-8; convert the file with iconv");
    refused("{\"text\":\"a\xe0\xa4\"    }", "byte 11: not UTF-8; convert the file with iconv");
    refused("{\"text\":\"a\xe0\xa4", "byte 11: the line ends inside a character; it was cut off");
}

static void a_body_is_needed(void **state) {
    (void)state;
    refused("{}", "byte 1: neither \"text\" nor \"page\" nor \"html\" is given");
    refused("{\"text\":\"a\",\"page\":\"b\"}", "byte 13: both \"text\" and \"page\" are given; give one");
    refused("{\"html\":\"<p>\",\"text\":\"a\"}", "byte 2: both \"text\" and \"html\" are given; give one");
}

static void deep_nesting_is_refused(void **state) {
    enum { DEEP = 100000 };
    static char line[DEEP + 64];
    (void)state;
    memcpy(line, "{\"n\":", 5);
    memset(line + 5, '[', DEEP);
    refused(line, "byte 70: nested more than 64 deep; a document needs no nesting");
    for (size_t i = 0; i + 5 < DEEP; i += 5)
        memcpy(line + i, "{\"n\":", 5);
    refused(line, "byte 326: nested more than 64 deep; a document needs no nesting");
    memset(line, 0, sizeof line);
    memcpy(line, "{\"n\":", 5);
    memset(line + 5, '[', 64);
    memset(line + 69, ']', 64);
    memcpy(line + 133, ",\"text\":\"a\"}", 12);
    taken(line, KARAKA_INPUT_TEXT, NULL, "a");
}

static void a_line_need_not_end_in_nul(void **state) {
    static const char line[] = "{\"text\":\"a\"}";
    size_t length = sizeof line - 1;
    karaka_input input = {0};
    karaka_text store = {0};
    (void)state;
    for (size_t cut = 0; cut < length; cut++) {
        char *exact = malloc(cut ? cut : 1); /* ASan sees any step beyond */
        assert_non_null(exact);
        memcpy(exact, line, cut);
        assert_int_equal(karaka_input_from_json(&input, &store, exact, cut), KARAKA_ERROR_INPUT);
        free(exact);
    }
    karaka_text_free(&store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_keys_are_taken),         cmocka_unit_test(store_is_used_again),
        cmocka_unit_test(escapes_are_undone),         cmocka_unit_test(other_keys_are_stepped_over),
        cmocka_unit_test(broken_lines_name_the_byte), cmocka_unit_test(bad_strings_are_refused),
        cmocka_unit_test(a_body_is_needed),           cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(a_line_need_not_end_in_nul),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
