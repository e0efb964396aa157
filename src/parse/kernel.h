/* kernel: the arithmetic of the network, once for any processor and once for AVX2+FMA, chosen when a model is opened.
 *
 * Shapes are written [rows][columns], row-major. A weight matrix [k][n] is used in *panels*: n is padded to a multiple
 * of 16 and stored as [n/16][k][16], so that the inner loop reads one cache line a step.
 *
 * Example: y[m][n] = x[m][k] * W[k][n] + b  is  kernels->multiply(y, n, x, k, panels_of_W, m, k, n, b, false).
 */
#ifndef KARAKA_KERNEL_H
#define KARAKA_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KARAKA_PANEL = 16 };

typedef struct karaka_kernels {
    const char *name; /* "avx2", "generic" */

    /* c[m][n] = a[m][k] * b + bias, or c += a * b with `add`. n: a multiple of 16; bias [n] or NULL. */
    void (*multiply)(float *c, size_t c_stride, const float *a, size_t a_stride, const float *b_panels, size_t m,
                     size_t k, size_t n, const float *bias, bool add);

    /* One direction of a simple recurrent layer over a sentence (Lei et al. 2018, "Simple Recurrent Units", eq. 1-5):
     *   f = sigmoid(g_f + v_f * c'), r = sigmoid(g_r + v_r * c'),  c = f*c' + (1-f)*g_x,  h = r*c + (1-r)*a*x
     * g [tokens][3*width]: g_x, g_f, g_r (f and r are left in it); x, c, h [tokens][width]. Dimensions [from, to). */
    void (*recur)(float *h, float *c, float *g, const float *x, const float *v_f, const float *v_r, float highway,
                  size_t tokens, size_t width, size_t from, size_t to, bool backwards);

    /* sum[width] += scale * row[width] */
    void (*add_row)(float *sum, const int8_t *row, float scale, size_t width);

    /* x = x > 0 ? x : slope * x */
    void (*rectify)(float *x, size_t count, float slope);

    /* out[width] = max(0, a + b + c) */
    void (*join)(float *out, const float *a, const float *b, const float *c, size_t width);
} karaka_kernels;

/* The best for this processor. */
const karaka_kernels *karaka_kernels_choose(void);

/* panels[(n+15)/16][k][16] = w[k][n], missing columns 0. */
void karaka_kernel_pack(float *panels, const float *w, size_t k, size_t n, size_t w_stride);

extern const karaka_kernels karaka_kernels_generic, karaka_kernels_avx2;

#endif
