/* kernel_avx512: the kernels for x86-64 with AVX-512 (F, BW, DQ, VL); compiled a second time, with KERNEL_VNNI, for
 * processors that add products of bytes in one instruction. See kernel.h. */
#if defined(__x86_64__)
#include <immintrin.h>

#if defined(KERNEL_VNNI)
#define KERNEL(name) name##_avx512vnni
#define KERNEL_NAME "avx512vnni"
#define KERNEL_ROWS_ROUNDED 12
#else
#define KERNEL(name) name##_avx512
#define KERNEL_NAME "avx512"
#define KERNEL_ROWS_ROUNDED 8
#endif
#define KERNEL_LANES 16
#define KERNEL_ROWS 12
#include "parse/kernel_lanes.h"

static inline lanes fuse(lanes sum, float x, lanes y) {
    return (lanes)_mm512_fmadd_ps(_mm512_set1_ps(x), (__m512)y, (__m512)sum);
}

static inline sums dot4(sums sum, const uint8_t *a, const int8_t *b) {
    int32_t four;
    __builtin_memcpy(&four, a, sizeof four);
    __m512i left = _mm512_set1_epi32(four), right = _mm512_loadu_si512(b);
#if defined(KERNEL_VNNI)
    return (sums)_mm512_dpbusd_epi32((__m512i)sum, left, right);
#else
    /* Pairs of products in 16 bits, which they fit (kernel.h), then pairs of pairs in 32. */
    return sum + (sums)_mm512_madd_epi16(_mm512_maddubs_epi16(left, right), _mm512_set1_epi16(1));
#endif
}

#include "parse/kernel_body.h"
#endif
