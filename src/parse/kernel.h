/* kernel: the arithmetic of the network, written once and compiled for several processors; chosen when a model is
 * opened.
 *
 * Shapes are written [rows][columns], row-major. A weight matrix [k][n] is used in *panels*: n is padded to a multiple
 * of 16 and stored as [n/16][k][16], so that the inner loop reads one cache line a step.
 *
 * What reads text gives the same bits on every processor: products are of whole numbers (exact in any order), and what
 * is left in floats is done number by number, never fused, never summed across lanes. `multiply` alone, which only
 * training uses, may differ in the last bits.
 *
 * Example: y[m][n] = x[m][k] * W[k][n] + b, in floats:
 *     kernels->multiply(y, n, x, k, panels_of_W, m, k, n, b, false);
 * and in whole numbers:
 *     kernels->round_rows(q, scale, x, k, m, k);
 *     kernels->multiply_rounded(y, n, q, scale, &rounded_W, m, b);
 */
#ifndef KARAKA_KERNEL_H
#define KARAKA_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KARAKA_PANEL = 16, KARAKA_KERNELS = 4 };

/* A matrix [k][n] in whole numbers: w[i][j] is about scale[j] * panels[j / 16][i / 4][j % 16][i % 4]. Weights have 7
 * bits and rows 8, so that the sum of two products fits the 16 bits that AVX2 gives it: 2 * 255 * 63 < 2^15. */
typedef struct karaka_rounded {
    size_t k, n;    /* multiples of 4 and of 16 */
    int8_t *panels; /* [n/16][k/4][16][4], -63 to 63 */
    float *scale;   /* [n] */
    int32_t *start; /* [n]: -128 * the sum of the column, since rows are stored with 128 added */
} karaka_rounded;

typedef struct karaka_kernels {
    const char *name; /* "avx512", "avx2", "generic", ... */

    /* c[m][n] = a[m][k] * b + bias, or c += a * b with `add`. n: a multiple of 16; bias [n] or NULL. */
    void (*multiply)(float *c, size_t c_stride, const float *a, size_t a_stride, const float *b_panels, size_t m,
                     size_t k, size_t n, const float *bias, bool add);

    /* c[m][n] = a[m][k] * b, the same on every processor. */
    void (*multiply_exact)(float *c, size_t c_stride, const float *a, size_t a_stride, const float *b_panels, size_t m,
                           size_t k, size_t n);

    /* out[m][k] = 128 + x[m][k] / scale[m] to the nearest whole number, scale the largest of the row / 127. */
    void (*round_rows)(uint8_t *out, float *scale, const float *x, size_t x_stride, size_t m, size_t k);

    /* c[m][n] = a_scale * (a - 128) * b + bias, a [m][k] from round_rows. */
    void (*multiply_rounded)(float *c, size_t c_stride, const uint8_t *a, const float *a_scale, const karaka_rounded *b,
                             size_t m, const float *bias);

    /* One direction of a simple recurrent layer over a sentence (Lei et al. 2018, "Simple Recurrent Units", eq. 1-5):
     *   f = sigmoid(g_f + v_f * c'), r = sigmoid(g_r + v_r * c'),  c = f*c' + (1-f)*g_x,  h = r*c + (1-r)*a*x
     * g [tokens][3*width]: g_x, g_f, g_r (f and r are left in it); x, c, h [tokens][width]. Dimensions [from, to). */
    void (*recur)(float *h, float *c, float *g, const float *x, const float *v_f, const float *v_r, float highway,
                  size_t tokens, size_t width, size_t from, size_t to, bool backwards);

    /* The place of the largest of x[count], the first of equals. */
    size_t (*largest)(const float *x, size_t count);

    /* sum[width] += scale * row[width] */
    void (*add_row)(float *sum, const int8_t *row, float scale, size_t width);

    /* x = x > 0 ? x : slope * x */
    void (*rectify)(float *x, size_t count, float slope);

    /* out[width] = max(0, a + b + c) */
    void (*join)(float *out, const float *a, const float *b, const float *c, size_t width);
} karaka_kernels;

/* The best for this processor. */
const karaka_kernels *karaka_kernels_choose(void);
/* All that this processor can run, the best last; returns how many. */
size_t karaka_kernels_all(const karaka_kernels *out[KARAKA_KERNELS]);

/* panels[(n+15)/16][k][16] = w[k][n], missing columns 0. */
void karaka_kernel_pack(float *panels, const float *w, size_t k, size_t n, size_t w_stride);
/* Rounds a matrix given in panels of floats into `out`, whose arrays are there. */
void karaka_kernel_round(karaka_rounded *out, const float *panels);

#endif
