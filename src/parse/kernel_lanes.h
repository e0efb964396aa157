/* kernel_lanes: a vector of KERNEL_LANES floats and one of as many sums, for kernel_body.h and the files that include
 * it. Example: KERNEL_LANES 8 is the 256 bits of AVX2. */
#include <stddef.h>
#include <stdint.h>

typedef float lanes __attribute__((vector_size(4 * KERNEL_LANES), aligned(4), may_alias));
typedef int32_t sums __attribute__((vector_size(4 * KERNEL_LANES), aligned(4), may_alias));
