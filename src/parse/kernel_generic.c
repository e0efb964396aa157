/* kernel_generic: the kernels for any processor, and the choice between the two. See kernel.h. */
#define KERNEL(name) name##_generic
#define KERNEL_NAME "generic"
#define KERNEL_LANES 4
#define KERNEL_ROWS 2
#include "parse/kernel_body.h"

const karaka_kernels *karaka_kernels_choose(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return &karaka_kernels_avx2;
#endif
    return &karaka_kernels_generic;
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
