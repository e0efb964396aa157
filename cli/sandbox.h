/* sandbox: what the process gives up before it reads bytes from outside (sandbox.c). Apart from cli.h, so that a test
 * can link it alone. */
#ifndef KARAKA_SANDBOX_H
#define KARAKA_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SANDBOX_FILES = 1, SANDBOX_CALLS = 2 };

typedef struct sandbox {
    int ruleset; /* Landlock's, -1: none */
    int abi;
    bool writes;
    unsigned keeps;
} sandbox;

/* What is kept beside files. SANDBOX_NETWORK: clients of the network, to any address. SANDBOX_LISTENER: answers on a
 * socket that listens already; then no file is written, not even an open one. */
enum { SANDBOX_NETWORK = 1, SANDBOX_LISTENER = 2 };

/* False where the user wants none (KARAKA_SANDBOX=off). */
bool sandbox_begin(sandbox *s, unsigned keeps);
/* What lies at or below `path`, a link followed, may be read, and if `write` made, written and removed. */
void sandbox_allow(sandbox *s, const char *path, bool write);
/* From here on nothing else may be opened. Called before the first thread is started. Returns which of SANDBOX_FILES
 * and SANDBOX_CALLS hold. */
unsigned sandbox_enter(sandbox *s);
/* True where the user wants what does not hold (KARAKA_SANDBOX=need). */
bool sandbox_missing(unsigned holds);
/* One line for people: what would hold here. */
void sandbox_describe(char *out, size_t room);

#endif
