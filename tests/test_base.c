/* Tests of src/base: arena, buffer, error, file, slice, UTF-8, NFC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/base.h"
#include <string.h>

static void arena_pieces_are_zeroed_and_aligned(void **state)
{
    (void)state;
    karaka_arena *a = NULL;
    assert_int_equal(karaka_arena_new(&a), 0);
    for (size_t size = 0; size < 5000; size += 37) {
        unsigned char *p = karaka_arena_alloc(a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    karaka_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_pieces_are_zeroed_and_aligned),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
