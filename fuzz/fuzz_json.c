/* fuzz_json: any bytes as one line of JSON Lines.
 *
 * In: bytes. Checked: no step outside the line or the store, and what is taken lies inside the store.
 */
#include <karaka.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(const karaka_text *store, const char *text) {
    if (text && (text < store->bytes || text + strlen(text) >= store->bytes + store->room))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static karaka_text store; /* used again from line to line, as the command does */
    karaka_input input = {0};
    if (karaka_input_from_json(&input, &store, (const char *)data, size) < 0)
        return 0;
    if (!input.bytes || strlen(input.bytes) != input.length)
        abort();
    inside(&store, input.bytes);
    inside(&store, input.id);
    inside(&store, input.title);
    inside(&store, input.published);
    inside(&store, input.url);
    inside(&store, input.outlet);
    return 0;
}
