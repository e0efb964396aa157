/* evaluate: the CoNLL 2018 measures. Not there yet. */
#include "base/base.h"

int karaka_evaluate(karaka_scores *out, const char *gold, size_t gold_length, const char *system, size_t system_length)
{
    (void)out, (void)gold, (void)gold_length, (void)system, (void)system_length;
    return karaka_fail(KARAKA_ERROR_ARGUMENT, "evaluation is not built yet");
}
