/* fuzz_state: any bytes as the state file of a run that was killed.
 *
 * In: bytes. Checked: no step outside memory; what is taken for a state says that the run ended, or that it did not, in
 * the very bytes that would be written for it.
 */
#include "../cli/cli.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int output_refuse(const char *name, const char *what) {
    (void)name;
    (void)what;
    abort(); /* of state_load, which is not called */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    session s = {0};
    uint64_t run = 0;
    char *bytes = malloc(size + 1);
    if (!bytes)
        abort();
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    if (state_scan(&s, &run, bytes, size) && bytes[size - 2] != (s.ended ? '1' : '0'))
        abort();
    free(bytes);
    return 0;
}
