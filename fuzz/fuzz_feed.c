/* fuzz_feed: any bytes as a feed.
 *
 * In and checked: see stream.h.
 */
#include "stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size)
        read_stream("fuzz.xml", KARAKA_STREAM_FEED, data, size);
    return 0;
}
