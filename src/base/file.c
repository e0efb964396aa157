/* file: a whole file in memory.
 *
 * In: a path. Out: its bytes, mapped read-only, or read where it cannot be mapped (a pipe, /proc).
 * Example: "languages/hi/settings" -> mapped, length 60.
 */
#include "base/base.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MAP_POPULATE
#define MAP_POPULATE 0 /* Linux: all pages at once, since all are read; a fault for each costs more */
#endif

enum { PIECE = 1 << 16 };

static int read_all(karaka_file *out, int descriptor, const char *path) {
    karaka_buffer buffer = {0};
    char *piece = malloc(PIECE);
    int error = piece ? KARAKA_OK : karaka_fail(KARAKA_ERROR_MEMORY, "out of memory");
    while (error == KARAKA_OK) {
        ssize_t got = read(descriptor, piece, PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            error = karaka_fail(KARAKA_ERROR_FILE, "%s: %s", path, strerror(errno));
        else if (got == 0)
            break;
        else if (buffer.length > KARAKA_INPUT_LIMIT)
            error = karaka_fail(KARAKA_ERROR_LIMIT, "%s: larger than %zu bytes", path, KARAKA_INPUT_LIMIT);
        else
            error = karaka_buffer_add(&buffer, piece, (size_t)got);
    }
    free(piece);
    if (error == KARAKA_OK && !buffer.bytes)
        error = karaka_buffer_text(&buffer, "");
    if (error < 0) {
        karaka_buffer_free(&buffer);
        return error;
    }
    *out = (karaka_file){.bytes = buffer.bytes, .length = buffer.length, .mapped = false};
    return KARAKA_OK;
}

int karaka_file_open(karaka_file *out, const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) < 0) {
        int error = karaka_fail(KARAKA_ERROR_FILE, "%s: %s", path, strerror(errno));
        if (descriptor >= 0)
            close(descriptor);
        return error;
    }
    int error = KARAKA_OK;
    void *bytes = MAP_FAILED;
    if (S_ISDIR(status.st_mode))
        error = karaka_fail(KARAKA_ERROR_FILE, "%s: %s", path, strerror(EISDIR));
    else if (S_ISREG(status.st_mode) && status.st_size > 0)
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
    if (bytes != MAP_FAILED)
        *out = (karaka_file){.bytes = bytes, .length = (size_t)status.st_size, .mapped = true};
    else if (error == KARAKA_OK)
        error = read_all(out, descriptor, path);
    close(descriptor);
    return error;
}

void karaka_file_close(karaka_file *file) {
    if (file->mapped)
        munmap((void *)(uintptr_t)file->bytes, file->length);
    else
        free((void *)(uintptr_t)file->bytes);
    *file = (karaka_file){0};
}
