/* languages: the languages that fuzz_code and fuzz_event use, out of the folder KARAKA_LANGUAGES (default: languages).
 *
 * In: how much of them to open. Out: `languages`, two that differ in all settings; the run ends where one is refused.
 */
#include <karaka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static karaka_language *languages[2];

static void open_languages(unsigned how) {
    static const char *const names[] = {"hi", "en"};
    const char *folder = getenv("KARAKA_LANGUAGES");
    for (size_t i = 0; i < 2; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder && *folder ? folder : "languages", names[i]);
        if (karaka_language_open(&languages[i], path, how) < 0) {
            fprintf(stderr, "%s: %s\n", path, karaka_error_text());
            exit(1);
        }
    }
}
