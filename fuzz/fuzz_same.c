/* fuzz_same: index files of any bytes behind right checksums.
 *
 * In: bytes of an index file. Out: karaka_same_open takes it or refuses it, and what it takes answers and grows without
 * reading outside of it. Magic, lengths and checksums are put right here, else no input would get past them.
 */
#include "same/same.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_HEAD = 24, RECORD_HEAD = 16 };

/* The length of each record is cut to what is left; then its hash is made anew. */
static void put_right(char *bytes, size_t size) {
    if (size < FILE_HEAD)
        return;
    memcpy(bytes, "karaka\x1as\1\0\0\0\4\3\2\1\4\0\0\0\0\0\0\0", FILE_HEAD);
    for (size_t at = FILE_HEAD; size - at >= RECORD_HEAD;) {
        uint32_t length;
        memcpy(&length, bytes + at, sizeof length);
        if (length > size - at - RECORD_HEAD)
            length = (uint32_t)(size - at - RECORD_HEAD);
        uint32_t complement = ~length;
        uint64_t hash = karaka_hash(bytes + at + RECORD_HEAD, length, 0);
        memcpy(bytes + at, &length, sizeof length);
        memcpy(bytes + at + 4, &complement, sizeof complement);
        memcpy(bytes + at + 8, &hash, sizeof hash);
        at += RECORD_HEAD + length;
    }
}

/* A document like that of the seeds, with an event. */
static void add(karaka_same *index, const karaka_language *language) {
    static const char text[] = "one two three four five six seven eight nine ten eleven twelve";
    karaka_document *document = NULL;
    karaka_event event = {.id = "0123456789abcdef", .type = "AID", .trigger_lemma = "help"};
    karaka_sentence sentence = {.span = {0, 30}};
    if (karaka_document_new(&document, language) < 0)
        abort();
    document->article = (karaka_article){.text = text, .length = sizeof text - 1, .id = "b"};
    document->events = &event;
    document->sentences = &sentence;
    document->event_count = document->sentence_count = 1;
    if (karaka_same_add(index, document) == 0 && !karaka_document_likeness(document)->cluster)
        abort();
    karaka_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static karaka_language language; /* only its folding of spelling */
    if (!language.arena && (karaka_arena_new(&language.arena) < 0 ||
                            karaka_spelling_load(&language.spelling, language.arena, "languages/en") < 0))
        abort();
    char *copy = malloc(size + 1), path[64];
    karaka_same *index = NULL;
    int file = memfd_create("index", 0);
    if (!copy || file < 0)
        abort();
    memcpy(copy, data, size);
    put_right(copy, size);
    if (write(file, copy, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (karaka_same_open(&index, path, KARAKA_SAME_WRITE) == KARAKA_OK) {
        add(index, &language);
        add(index, &language);
        karaka_same_close(index);
    }
    close(file);
    free(copy);
    return 0;
}
