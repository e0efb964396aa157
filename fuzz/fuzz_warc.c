/* fuzz_warc: any bytes as a WARC, as what a first look takes them for, or (under compression, in a tar) as either.
 *
 * In and checked: see stream.h. The first bit of the first byte chooses between a WARC and a first look.
 */
#include "stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size)
        read_stream("fuzz", data[0] & 1 ? KARAKA_STREAM_WARC : KARAKA_STREAM_ANY, data, size);
    return 0;
}
