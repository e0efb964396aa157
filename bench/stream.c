/* stream: reads a file, archive or feed into documents and does nothing with them, so that the reading can be timed.
 *
 * In: a file. Out: how many documents, bytes and errors.
 * Example: build/bench/stream crawl.warc.gz
 */
#include <karaka.h>
#include <stdio.h>

int main(int count, char **words) {
    karaka_stream *stream = NULL;
    karaka_record record;
    unsigned long long documents = 0, bytes = 0, errors = 0;
    int result;
    if (count != 2)
        return fprintf(stderr, "usage: stream FILE\n"), 2;
    const karaka_stream_input input = {.name = words[1], .limit = KARAKA_INPUT_LIMIT};
    if (karaka_stream_open(&stream, &input) < 0)
        return fprintf(stderr, "stream: %s: %s\n", words[1], karaka_error_text()), 1;
    while ((result = karaka_stream_next(stream, &record)) != 0) {
        if (result < 0) {
            errors++;
            continue;
        }
        documents++;
        bytes += record.length;
    }
    printf("%llu documents, %llu bytes, %llu errors\n", documents, bytes, errors);
    karaka_stream_close(stream);
    return errors ? 1 : 0;
}
