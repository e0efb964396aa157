/* fuzz_model: model files of any bytes behind a right checksum.
 *
 * In: bytes of a model file. Out: karaka_model_open takes it or refuses it, and never reads outside of it.
 * The checksums are put right here, else no input would get past them.
 */
#include "parse/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *copy = malloc(size + 1), path[64];
    karaka_model *model = NULL;
    int file = memfd_create("model", 0);
    if (!copy || file < 0)
        abort();
    memcpy(copy, data, size);
    if (size >= sizeof(karaka_model_header)) {
        karaka_model_header h;
        memcpy(&h, copy, sizeof h);
        memcpy(h.magic, KARAKA_MODEL_MAGIC, sizeof h.magic);
        h.version = KARAKA_MODEL_VERSION;
        h.byte_order = 0x01020304;
        h.length = size;
        h.payload_hash = karaka_hash(copy + sizeof h, size - sizeof h, 0);
        h.header_hash = 0;
        h.header_hash = karaka_hash(&h, sizeof h, 0);
        memcpy(copy, &h, sizeof h);
    }
    if (write(file, copy, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (karaka_model_open(&model, path) == KARAKA_OK)
        karaka_model_close(model);
    close(file);
    free(copy);
    return 0;
}
