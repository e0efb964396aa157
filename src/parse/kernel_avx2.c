/* kernel_avx2: the kernels for x86-64 with AVX2 and FMA; compiled with -mavx2 -mfma. See kernel.h. */
#if defined(__x86_64__)
#define KERNEL(name) name##_avx2
#define KERNEL_NAME "avx2"
#define KERNEL_LANES 8
#define KERNEL_ROWS 6
#include "parse/kernel_body.h"
#endif
