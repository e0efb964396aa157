/* Tests of src/base: arena, buffer, error, file, slice, UTF-8, NFC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/base.h"
#include <unicode/uchar.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static karaka_arena *arena;

static int open_arena(void **state) {
    (void)state;
    return karaka_arena_new(&arena);
}

static int close_arena(void **state) {
    (void)state;
    karaka_arena_free(arena);
    return 0;
}

static void arena_pieces_are_zeroed_aligned_and_apart(void **state) {
    (void)state;
    enum { PIECES = 400 };
    unsigned char *piece[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        size_t size = i * 37;
        piece[i] = karaka_arena_alloc(arena, size);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % 16, 0);
        for (size_t j = 0; j < size; j++)
            assert_int_equal(piece[i][j], 0);
        memset(piece[i], (int)(i & 0xFF), size);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < i * 37; j++)
            assert_int_equal(piece[i][j], i & 0xFF);
}

static void arena_counts_what_it_hands_out(void **state) {
    (void)state;
    size_t before = karaka_arena_used(arena);
    karaka_arena_alloc(arena, 1000);
    assert_in_range(karaka_arena_used(arena) - before, 1000, 1016);
}

static void arena_refuses_sizes_that_overflow(void **state) {
    (void)state;
    assert_null(karaka_arena_array(arena, SIZE_MAX / 2, 3));
    assert_null(karaka_arena_alloc(arena, SIZE_MAX));
    assert_null(karaka_arena_alloc(arena, SIZE_MAX - 40));
    assert_non_null(strstr(karaka_error_text(), "out of memory"));
}

static void arena_formats_and_copies(void **state) {
    (void)state;
    assert_string_equal(karaka_arena_format(arena, "%s:%u", "hi/predicates", 214u), "hi/predicates:214");
    assert_string_equal(karaka_arena_copy(arena, "abcdef", 3), "abc");
    assert_string_equal(karaka_arena_copy(arena, NULL, 0), "");
}

static void list_keeps_its_items_while_it_grows(void **state) {
    (void)state;
    KARAKA_LIST(uint32_t) list = {0};
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(KARAKA_PUSH(arena, list, i * 3), 0);
    assert_int_equal(list.count, 10000);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(list.items[i], i * 3);
}

static void error_is_one_line_and_keeps_its_code(void **state) {
    (void)state;
    assert_int_equal(karaka_fail(KARAKA_ERROR_FILE, "%s\n%s", "one", "two"), KARAKA_ERROR_FILE);
    assert_string_equal(karaka_error_text(), "one two");
    assert_int_equal(karaka_fail(KARAKA_ERROR_INPUT, "again: %s", karaka_error_text()), KARAKA_ERROR_INPUT);
    assert_string_equal(karaka_error_text(), "again: one two");
}

static void long_error_is_cut_between_characters(void **state) {
    (void)state;
    for (size_t lead = 0; lead < 4; lead++) {
        char text[4096];
        memset(text, 'x', lead);
        size_t at = lead;
        while (at + 4 < sizeof text) {
            memcpy(text + at, "क", 3);
            at += 3;
        }
        text[at] = '\0';
        karaka_fail(KARAKA_ERROR_INPUT, "%s", text);
        const char *told = karaka_error_text();
        assert_in_range(strlen(told), 1000, 1023);
        assert_int_equal(karaka_utf8_check(told, strlen(told)), strlen(told));
    }
}

static void buffer_grows_and_stays_terminated(void **state) {
    (void)state;
    karaka_buffer b = {0};
    size_t expected = 0;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(karaka_buffer_format(&b, "%d,", i), 0);
        expected += i < 10 ? 2 : i < 100 ? 3 : 4;
        assert_int_equal(b.length, expected);
        assert_int_equal(strlen(b.bytes), expected);
    }
    char *wide = malloc(5001);
    memset(wide, 'w', 5000);
    wide[5000] = '\0';
    assert_int_equal(karaka_buffer_format(&b, "<%s>", wide), 0);
    assert_int_equal(b.length, expected + 5002);
    assert_int_equal(b.bytes[b.length - 1], '>');
    free(wide);
    assert_int_equal(karaka_buffer_add(&b, "x", SIZE_MAX - 4), KARAKA_ERROR_MEMORY);
    assert_int_equal(b.length, expected + 5002);
    karaka_buffer_free(&b);
    assert_null(b.bytes);
}

static void write_file(const char *path, const char *bytes, size_t length) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, length, f), length);
    fclose(f);
}

static void file_is_read_whole(void **state) {
    (void)state;
    char path[] = "/tmp/karaka-test-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    karaka_file file;
    assert_int_equal(karaka_file_open(&file, path), 0);
    assert_int_equal(file.length, 0);
    assert_non_null(file.bytes);
    karaka_file_close(&file);
    write_file(path, "a\0b\n", 4);
    assert_int_equal(karaka_file_open(&file, path), 0);
    assert_int_equal(file.length, 4);
    assert_memory_equal(file.bytes, "a\0b\n", 4);
    karaka_file_close(&file);
    unlink(path);
    assert_int_equal(karaka_file_open(&file, path), KARAKA_ERROR_FILE);
    assert_non_null(strstr(karaka_error_text(), path));
    assert_int_equal(karaka_file_open(&file, "/tmp"), KARAKA_ERROR_FILE);
}

static void file_that_cannot_be_mapped_is_read(void **state) {
    (void)state;
    karaka_file file;
    assert_int_equal(karaka_file_open(&file, "/proc/self/status"), 0);
    assert_false(file.mapped);
    assert_true(file.length > 100);
    karaka_file_close(&file);
}

static void slices_trim_compare_and_hash(void **state) {
    (void)state;
    assert_true(karaka_slice_is(karaka_slice_trim(karaka_slice_of(" \t\u00a0\u2003GOV क\u3000\r\n")), "GOV क"));
    assert_true(karaka_slice_is(karaka_slice_trim(karaka_slice_of(" \u00a0 ")), ""));
    assert_true(karaka_slice_is(karaka_slice_trim(karaka_slice_of("")), ""));
    /* Joiners are letters of a word, not blanks. */
    assert_true(karaka_slice_is(karaka_slice_trim(karaka_slice_of("\u200dक\u200c")), "\u200dक\u200c"));
    /* Half a blank is not a blank. */
    assert_int_equal(karaka_slice_trim((karaka_slice){"\u00a0x\u00a0", 4}).length, 2);
    assert_false(karaka_slice_equal(karaka_slice_of("ab"), karaka_slice_of("abc")));
    assert_int_equal(karaka_hash("", 0, 0), UINT64_C(0x2d06800538d394c2));
    assert_true(karaka_hash("a", 1, 0) != karaka_hash("a", 1, 1));
}

static void utf8_goes_out_and_in(void **state) {
    (void)state;
    for (int32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t at = 0, length = karaka_utf8_put(bytes, cp);
        int32_t back = karaka_utf8_next(bytes, length, &at);
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            assert_true(back == -1 && at == 1);
            continue;
        }
        if (back != cp || at != length)
            fail_msg("U+%04X came back as %d", (unsigned)cp, back);
    }
}

static void malformed_utf8_is_found(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t length, bad;
    } cases[] = {
        {"abc", 3, 3},
        {"क", 3, 3},
        {"a\xC0\x80", 3, 1},
        {"ab\xE0\x80\x80", 5, 2},
        {"\xED\xA0\x80", 3, 0},
        {"\xF4\x90\x80\x80", 4, 0},
        {"क\xE0\xA4", 5, 3},
        {"\x80", 1, 0},
        {"\xF0\x9F\x98", 3, 0},
        {"\xFF", 1, 0},
        {"a\xF0\x80\x80\x80", 5, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(karaka_utf8_check(cases[i].bytes, cases[i].length), cases[i].bad);
}

/* karaka_nfc takes these for NFC without asking ICU: ICU must agree, and only one class other than 0 may be among them.
 */
static void code_points_passed_without_icu_are_nfc(void **state) {
    (void)state;
    static const int32_t range[][2] = {{1, 0x2FF}, {0x900, 0x93B}, {0x93D, 0x950}, {0x964, 0x97F}, {0x2010, 0x202F}};
    int other_class = 0;
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        for (int32_t cp = range[i][0]; cp <= range[i][1]; cp++) {
            assert_int_equal(u_getIntPropertyValue(cp, UCHAR_NFC_QUICK_CHECK), 1);
            int class = u_getCombiningClass(cp);
            if (class)
                assert_true(other_class == 0 || other_class == class);
            other_class = class ? class : other_class;
        }
}

static void a_large_arena_hands_out_zeroed_aligned_pieces(void **state) {
    (void)state;
    karaka_arena *large = NULL;
    assert_int_equal(karaka_arena_new_large(&large), 0);
    for (size_t size = 1; size < (8u << 20); size *= 3) {
        char *piece = karaka_arena_alloc(large, size);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % 16, 0);
        for (size_t i = 0; i < size; i += 977)
            assert_int_equal(piece[i], 0);
        memset(piece, 'x', size);
    }
    karaka_arena_free(large);
}

static void nfc_changes_only_what_is_not_nfc(void **state) {
    (void)state;
    karaka_slice out, plain = karaka_slice_of("हिन्दी ही ascii");
    assert_int_equal(karaka_nfc(&out, arena, plain), 0);
    assert_ptr_equal(out.bytes, plain.bytes);
    /* U+0958 decomposes even in NFC; n and nukta compose. */
    assert_int_equal(karaka_nfc(&out, arena, karaka_slice_of("\u0958\u0928\u093c e\u0301")), 0);
    assert_true(karaka_slice_is(out, "\u0915\u093c\u0929 \u00e9"));
    assert_int_equal(out.bytes[out.length], '\0');
    assert_int_equal(karaka_nfc(&out, arena, karaka_slice_of("")), 0);
    assert_int_equal(out.length, 0);
    assert_int_equal(karaka_nfc(&out, arena, karaka_slice_of("a\xFF")), KARAKA_ERROR_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_counts_what_it_hands_out),
        cmocka_unit_test(arena_refuses_sizes_that_overflow),
        cmocka_unit_test(arena_formats_and_copies),
        cmocka_unit_test(list_keeps_its_items_while_it_grows),
        cmocka_unit_test(error_is_one_line_and_keeps_its_code),
        cmocka_unit_test(long_error_is_cut_between_characters),
        cmocka_unit_test(buffer_grows_and_stays_terminated),
        cmocka_unit_test(file_is_read_whole),
        cmocka_unit_test(file_that_cannot_be_mapped_is_read),
        cmocka_unit_test(slices_trim_compare_and_hash),
        cmocka_unit_test(utf8_goes_out_and_in),
        cmocka_unit_test(malformed_utf8_is_found),
        cmocka_unit_test(code_points_passed_without_icu_are_nfc),
        cmocka_unit_test(a_large_arena_hands_out_zeroed_aligned_pieces),
        cmocka_unit_test(nfc_changes_only_what_is_not_nfc),
    };
    return cmocka_run_group_tests_name("base", tests, open_arena, close_arena);
}
