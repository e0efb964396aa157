/* kernel_avx2: the kernels for x86-64 with AVX2 and FMA; compiled with -mavx2 -mfma. See kernel.h. */
#if defined(__x86_64__)
#include <immintrin.h>

#define KERNEL(name) name##_avx2
#define KERNEL_NAME "avx2"
#define KERNEL_LANES 8
#define KERNEL_ROWS 6
#define KERNEL_ROWS_ROUNDED 4
#include "parse/kernel_lanes.h"

static inline lanes fuse(lanes sum, float x, lanes y) {
    return (lanes)_mm256_fmadd_ps(_mm256_set1_ps(x), (__m256)y, (__m256)sum);
}

/* Pairs of products in 16 bits, which they fit (kernel.h), then pairs of pairs in 32. */
static inline sums dot4(sums sum, const uint8_t *a, const int8_t *b) {
    int32_t four;
    __builtin_memcpy(&four, a, sizeof four);
    __m256i pairs = _mm256_maddubs_epi16(_mm256_set1_epi32(four), _mm256_loadu_si256((const __m256i *)b));
    return sum + (sums)_mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}

#include "parse/kernel_body.h"
#endif
