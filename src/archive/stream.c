/* stream: the public face of this folder: documents out of a file, an archive, a feed or a pipe.
 *
 * In: a name, or a callback that reads. Out: karaka_records.
 * Example: karaka_stream_open(&s, &(karaka_stream_input){.name = "crawl.warc.gz"}); while (karaka_stream_next(s, &r))
 * ...
 */
#include "archive/archive.h"

#include <stdlib.h>
#include <string.h>

struct karaka_stream {
    karaka_intake reading;
    karaka_reader *reader;
    char *name;
    char passed[1024];
};

/* "pages", "pages/a/1.txt" -> 6: where "a/1.txt" begins. */
static size_t length_of_folder(const karaka_stream_input *input) {
    size_t length = input->folder ? strlen(input->folder) : 0;
    if (!length || strncmp(input->name, input->folder, length) != 0)
        return 0;
    if (input->name[length - 1] != '/' && input->name[length] != '/')
        return 0; /* "page" begins "pages", but is no folder of it */
    while (input->name[length] == '/')
        length++;
    return length;
}

int karaka_stream_open(karaka_stream **out, const karaka_stream_input *input) {
    if (!input->name || input->form > KARAKA_STREAM_FEED || input->limit > KARAKA_INPUT_LIMIT)
        return karaka_fail(KARAKA_ERROR_ARGUMENT, "a stream needs a name, and a limit of at most %zu bytes",
                           KARAKA_INPUT_LIMIT);
    karaka_stream *s = calloc(1, sizeof *s);
    karaka_flow *flow = NULL;
    int error = s && (s->name = strdup(input->name)) ? KARAKA_OK : karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    if (error == KARAKA_OK)
        error = input->read ? karaka_flow_callback(&flow, input->read, input->context)
                            : karaka_flow_file(&flow, input->name);
    if (error == KARAKA_OK) {
        s->reading.form = input->form;
        s->reading.folder = length_of_folder(input);
        s->reading.limit = input->limit ? input->limit : (size_t)16 << 20;
        error = karaka_reader_open(&s->reader, &s->reading, flow, s->name, 0);
    }
    if (error < 0)
        karaka_stream_close(s);
    else
        *out = s;
    return error;
}

void karaka_stream_close(karaka_stream *stream) {
    if (!stream)
        return;
    karaka_reader_close(stream->reader);
    free(stream->name);
    free(stream);
}

int karaka_stream_next(karaka_stream *stream, karaka_record *out) {
    *out = (karaka_record){.name = stream->name};
    return stream->reader->next(stream->reader, out);
}

const char *karaka_stream_passed(karaka_stream *stream) {
    karaka_tally_tell(&stream->reading.tally, stream->passed, sizeof stream->passed);
    return stream->passed;
}
