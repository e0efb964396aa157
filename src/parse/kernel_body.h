/* kernel_body: the kernels of kernel.h, written once in GNU vector types; kernel_generic.c, kernel_avx2.c and
 * kernel_avx512.c compile it for their processors.
 *
 * In: KERNEL(name), KERNEL_NAME; KERNEL_LANES: floats in a vector; KERNEL_ROWS: rows of a tile, as many as the
 * registers hold; and two functions that the file defines after kernel_lanes.h and before this one: lanes fuse(lanes
 * sum, float x, lanes y)                           sum + x * y, fused where the processor can sums dot4(sums sum, const
 * uint8_t *a, const int8_t *b)            sum[j] + a[0..3] . b[j][0..3] Compiled with -ffp-contract=off: the compiler
 * may not fuse what is to be the same everywhere. Example: with KERNEL(name) = name##_avx2 this defines `multiply_avx2`
 * and the table `karaka_kernels_avx2`.
 */
#include "parse/kernel.h"

#include <string.h>

enum { VECTORS = KARAKA_PANEL / KERNEL_LANES };

/* A tile of `rows` (at most KERNEL_ROWS) x 16 outputs, held in registers over the whole of k. */
static inline __attribute__((always_inline)) void tile(float *c, size_t c_stride, const float *a, size_t a_stride,
                                                       const float *b, size_t k, const float *bias, bool add,
                                                       const bool exact, const int rows) {
    lanes acc[KERNEL_ROWS][VECTORS];
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (int v = 0; v < VECTORS; v++)
            acc[r][v] = add    ? *(const lanes *)(c + (size_t)r * c_stride + v * KERNEL_LANES)
                        : bias ? *(const lanes *)(bias + v * KERNEL_LANES)
                               : (lanes){0};
    for (size_t i = 0; i < k; i++) {
        lanes column[VECTORS];
#pragma GCC unroll 4
        for (int v = 0; v < VECTORS; v++)
            column[v] = *(const lanes *)(b + i * KARAKA_PANEL + v * KERNEL_LANES);
#pragma GCC unroll 12
        for (int r = 0; r < rows; r++) {
            float x = a[(size_t)r * a_stride + i];
#pragma GCC unroll 4
            for (int v = 0; v < VECTORS; v++)
                if (exact)
                    acc[r][v] += x * column[v];
                else
                    acc[r][v] = fuse(acc[r][v], x, column[v]);
        }
    }
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (int v = 0; v < VECTORS; v++)
            *(lanes *)(c + (size_t)r * c_stride + v * KERNEL_LANES) = acc[r][v];
}

static inline __attribute__((always_inline)) void product(float *c, size_t c_stride, const float *a, size_t a_stride,
                                                          const float *b_panels, size_t m, size_t k, size_t n,
                                                          const float *bias, bool add, const bool exact) {
    for (size_t p = 0; p < n; p += KARAKA_PANEL) {
        const float *b = b_panels + p * k;
        const float *panel_bias = bias ? bias + p : NULL;
        size_t i = 0;
        for (; i + KERNEL_ROWS <= m; i += KERNEL_ROWS)
            tile(c + i * c_stride + p, c_stride, a + i * a_stride, a_stride, b, k, panel_bias, add, exact, KERNEL_ROWS);
        for (; i + 2 <= m; i += 2)
            tile(c + i * c_stride + p, c_stride, a + i * a_stride, a_stride, b, k, panel_bias, add, exact, 2);
        if (i < m)
            tile(c + i * c_stride + p, c_stride, a + i * a_stride, a_stride, b, k, panel_bias, add, exact, 1);
    }
}

static void KERNEL(multiply)(float *c, size_t c_stride, const float *a, size_t a_stride, const float *b_panels,
                             size_t m, size_t k, size_t n, const float *bias, bool add) {
    product(c, c_stride, a, a_stride, b_panels, m, k, n, bias, add, false);
}

static void KERNEL(multiply_exact)(float *c, size_t c_stride, const float *a, size_t a_stride, const float *b_panels,
                                   size_t m, size_t k, size_t n) {
    product(c, c_stride, a, a_stride, b_panels, m, k, n, NULL, false, true);
}

/* ---- Whole numbers ---- */

static inline int32_t bits_of(float x) {
    union {
        float f;
        int32_t i;
    } both = {.f = x};
    return both.i;
}

static inline float float_of(int32_t x) {
    union {
        int32_t i;
        float f;
    } both = {.i = x};
    return both.f;
}

static void KERNEL(round_rows)(uint8_t *restrict out, float *scale, const float *x, size_t x_stride, size_t m,
                               size_t k) {
    for (size_t r = 0; r < m; r++, x += x_stride, out += k) {
        int32_t most = 0; /* sizes as bits: these are in the order of the numbers */
        for (size_t j = 0; j < k; j++) {
            int32_t size = bits_of(x[j]) & 0x7FFFFFFF;
            most = size > most ? size : most;
        }
        float largest = float_of(most), inverse = largest > 1e-30f ? 127.0f / largest : 0.0f;
        scale[r] = largest / 127.0f;
        /* The last bits of 1.5 * 2^23 + y are those of y, rounded. */
        for (size_t j = 0; j < k; j++)
            out[j] = (uint8_t)bits_of(x[j] * inverse + (12582912.0f + 128.0f));
    }
}

/* As `tile`, in whole numbers, four of k a step. */
static inline __attribute__((always_inline)) void tile_rounded(float *c, size_t c_stride, const uint8_t *a,
                                                               const float *a_scale, const karaka_rounded *b, size_t p,
                                                               const float *bias, const int rows) {
    const int8_t *panel = b->panels + p * b->k;
    sums acc[KERNEL_ROWS_ROUNDED][VECTORS];
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (int v = 0; v < VECTORS; v++)
            acc[r][v] = *(const sums *)(b->start + p + v * KERNEL_LANES);
    for (size_t i = 0; i < b->k; i += 4, panel += 4 * KARAKA_PANEL)
#pragma GCC unroll 12
        for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
            for (int v = 0; v < VECTORS; v++)
                acc[r][v] = dot4(acc[r][v], a + (size_t)r * b->k + i, panel + v * 4 * KERNEL_LANES);
#pragma GCC unroll 12
    for (int r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (int v = 0; v < VECTORS; v++)
            *(lanes *)(c + (size_t)r * c_stride + v * KERNEL_LANES) =
                __builtin_convertvector(acc[r][v], lanes) *
                    (a_scale[r] * *(const lanes *)(b->scale + p + v * KERNEL_LANES)) +
                *(const lanes *)(bias + p + v * KERNEL_LANES);
}

/* The rows that are left in one tile: in several small ones each would wait for its own sums. */
static void tile_rest(float *c, size_t c_stride, const uint8_t *a, const float *a_scale, const karaka_rounded *b,
                      size_t p, const float *bias, size_t rows) {
#define REST(n)                                                                                 \
    case n:                                                                                     \
        if (n < KERNEL_ROWS_ROUNDED)                                                            \
            tile_rounded(c, c_stride, a, a_scale, b, p, bias, n < KERNEL_ROWS_ROUNDED ? n : 0); \
        break;
    switch (rows) { REST(1) REST(2) REST(3) REST(4) REST(5) REST(6) REST(7) REST(8) REST(9) REST(10) REST(11) }
#undef REST
}

static void KERNEL(multiply_rounded)(float *c, size_t c_stride, const uint8_t *a, const float *a_scale,
                                     const karaka_rounded *b, size_t m, const float *bias) {
    for (size_t p = 0; p < b->n; p += KARAKA_PANEL) {
        size_t i = 0;
        for (; i + KERNEL_ROWS_ROUNDED <= m; i += KERNEL_ROWS_ROUNDED)
            tile_rounded(c + i * c_stride + p, c_stride, a + i * b->k, a_scale + i, b, p, bias, KERNEL_ROWS_ROUNDED);
        if (i < m)
            tile_rest(c + i * c_stride + p, c_stride, a + i * b->k, a_scale + i, b, p, bias, m - i);
    }
}

/* ---- The rest, number by number ---- */

/* 1 / (1 + e^-x); e^y as 2^n * p(f), p of degree 5, relative error below 1e-6. */
static inline __attribute__((always_inline)) float sigmoid(float x) {
    float y = -x * 1.44269504f;
    y = y < 126.0f ? y : 126.0f; /* also where it is no number */
    y = y > -126.0f ? y : -126.0f;
    float whole = (y + 12582912.0f) - 12582912.0f; /* rounds to nearest: 1.5 * 2^23 */
    float f = y - whole;
    float p = 1.0f +
              f * (0.693147181f + f * (0.240226507f + f * (0.0555041087f + f * (0.00961812911f + f * 0.00133335581f))));
    float two = float_of(((int32_t)whole + 127) * (1 << 23));
    return 1.0f / (1.0f + p * two);
}

static void KERNEL(recur)(float *h, float *c, float *g, const float *x, const float *v_f, const float *v_r,
                          float highway, size_t tokens, size_t width, size_t from, size_t to, bool backwards) {
    static const float zero[1024];
    for (size_t s = 0; s < tokens; s++) {
        size_t t = backwards ? tokens - 1 - s : s;
        const float *last = s == 0 ? zero : c + (backwards ? t + 1 : t - 1) * width;
        float *gx = g + t * 3 * width, *gf = gx + width, *gr = gf + width;
        float *ct = c + t * width, *ht = h + t * width;
        const float *xt = x + t * width;
#ifndef __clang__ /* clang sees by itself that the arrays are apart, and warns of the pragma */
#pragma GCC ivdep
#endif
        for (size_t j = from; j < to; j++) {
            float before = last[j];
            float f = sigmoid(gf[j] + v_f[j] * before);
            float r = sigmoid(gr[j] + v_r[j] * before);
            float now = f * before + (1.0f - f) * gx[j];
            gf[j] = f;
            gr[j] = r;
            ct[j] = now;
            ht[j] = r * now + (1.0f - r) * highway * xt[j];
        }
    }
}

static size_t KERNEL(largest)(const float *x, size_t count) {
    /* In the order of the numbers, and free of the rules for NaN that keep a compiler from using vectors. */
    int32_t most = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        int32_t bits = bits_of(x[i]), order = bits ^ (bits >> 31 & INT32_MAX);
        most = order > most ? order : most;
    }
    const float value = float_of(most ^ (most >> 31 & INT32_MAX));
    size_t at = 0;
    while (at + 1 < count && x[at] != value)
        at++;
    return at;
}

static void KERNEL(add_row)(float *restrict sum, const int8_t *restrict row, float scale, size_t width) {
    for (size_t j = 0; j < width; j++)
        sum[j] += scale * (float)row[j];
}

static void KERNEL(rectify)(float *x, size_t count, float slope) {
    for (size_t j = 0; j < count; j++)
        x[j] = x[j] > 0.0f ? x[j] : slope * x[j];
}

static void KERNEL(join)(float *restrict out, const float *restrict a, const float *restrict b, const float *restrict c,
                         size_t width) {
    for (size_t j = 0; j < width; j++) {
        float z = a[j] + b[j] + c[j];
        out[j] = z > 0.0f ? z : 0.0f;
    }
}

extern const karaka_kernels KERNEL(karaka_kernels);
const karaka_kernels KERNEL(karaka_kernels) = {
    KERNEL_NAME,   KERNEL(multiply), KERNEL(multiply_exact), KERNEL(round_rows), KERNEL(multiply_rounded),
    KERNEL(recur), KERNEL(largest),  KERNEL(add_row),        KERNEL(rectify),    KERNEL(join),
};
