/* kernel_generic: the kernels for any processor, the choice among all, and how matrices are packed and rounded. See
 * kernel.h. */
#define KERNEL(name) name##_generic
#define KERNEL_NAME "generic"
#define KERNEL_LANES 4
#define KERNEL_ROWS 2
#define KERNEL_ROWS_ROUNDED 2
#include "parse/kernel_lanes.h"

static inline lanes fuse(lanes sum, float x, lanes y) {
    return sum + x * y;
}

static inline sums dot4(sums sum, const uint8_t *a, const int8_t *b) {
    sums out = sum;
    for (int j = 0; j < KERNEL_LANES; j++)
        out[j] += a[0] * b[4 * j] + a[1] * b[4 * j + 1] + a[2] * b[4 * j + 2] + a[3] * b[4 * j + 3];
    return out;
}

#include "parse/kernel_body.h"

size_t karaka_kernels_all(const karaka_kernels *out[KARAKA_KERNELS]) {
    size_t count = 0;
    out[count++] = &karaka_kernels_generic;
#if defined(__x86_64__)
    extern const karaka_kernels karaka_kernels_avx2, karaka_kernels_avx512, karaka_kernels_avx512vnni;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        out[count++] = &karaka_kernels_avx2;
    if (count == 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        out[count++] = &karaka_kernels_avx512;
    if (count == 3 && __builtin_cpu_supports("avx512vnni"))
        out[count++] = &karaka_kernels_avx512vnni;
#endif
    return count;
}

const karaka_kernels *karaka_kernels_choose(void) {
    const karaka_kernels *all[KARAKA_KERNELS];
    return all[karaka_kernels_all(all) - 1];
}

void karaka_kernel_pack(float *panels, const float *w, size_t k, size_t n, size_t w_stride) {
    for (size_t p = 0; p < n; p += KARAKA_PANEL) {
        size_t columns = n - p < KARAKA_PANEL ? n - p : KARAKA_PANEL;
        for (size_t i = 0; i < k; i++, panels += KARAKA_PANEL) {
            memcpy(panels, w + i * w_stride + p, columns * sizeof *panels);
            memset(panels + columns, 0, (KARAKA_PANEL - columns) * sizeof *panels);
        }
    }
}

void karaka_kernel_round(karaka_rounded *out, const float *panels) {
    enum { MOST = 63 };
    for (size_t j = 0; j < out->n; j++) {
        const float *w = panels + j / KARAKA_PANEL * KARAKA_PANEL * out->k + j % KARAKA_PANEL;
        int8_t *q = out->panels + j / KARAKA_PANEL * KARAKA_PANEL * out->k + j % KARAKA_PANEL * 4;
        float largest = 0.0f;
        int32_t sum = 0;
        for (size_t i = 0; i < out->k; i++) {
            float size = w[i * KARAKA_PANEL] < 0.0f ? -w[i * KARAKA_PANEL] : w[i * KARAKA_PANEL];
            largest = size > largest ? size : largest;
        }
        float inverse = largest > 1e-30f ? (float)MOST / largest : 0.0f;
        for (size_t i = 0; i < out->k; i++) {
            int32_t whole = bits_of(w[i * KARAKA_PANEL] * inverse + 12582912.0f) - bits_of(12582912.0f);
            whole = whole > MOST ? MOST : whole < -MOST ? -MOST : whole;
            q[i / 4 * 4 * KARAKA_PANEL + i % 4] = (int8_t)whole;
            sum += whole;
        }
        out->scale[j] = largest / (float)MOST;
        out->start[j] = -128 * sum;
    }
}
