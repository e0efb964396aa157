/* test_sandbox: what a parser that is taken over could still do.
 *
 * In: cli/sandbox.c, entered in a process of its own with one file and one folder allowed. Out: each attempt fails,
 * each thing that the command needs goes on. A fake kernel (-Wl,--wrap=syscall) of each Landlock ABI sees that it is
 * asked for nothing that it does not know.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "../cli/sandbox.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/karaka-sandbox-XXXXXX";
static char inside[64], link_out[64], fresh[64];

/* ---- What must fail (each returns true if it did) ------------------------------------------------------------------
 */

static bool opens_no_other_file(void) {
    return open("/etc/passwd", O_RDONLY) < 0 && open("/", O_RDONLY | O_DIRECTORY) < 0 && !opendir("/proc/self") &&
           open("/proc/self/maps", O_RDONLY) < 0 && open("/dev/urandom", O_RDONLY) < 0;
}

static bool follows_no_link_out(void) {
    return open(link_out, O_RDONLY) < 0;
}

static bool writes_no_file(void) {
    static const int flags[] = {O_WRONLY, O_RDWR, O_RDONLY | O_TRUNC, O_RDONLY | O_APPEND, O_WRONLY | O_CREAT};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (open(inside, flags[i], 0600) >= 0 || open(fresh, flags[i] | O_CREAT, 0600) >= 0)
            return false;
    return creat(fresh, 0600) < 0 && open(folder, O_TMPFILE | O_RDWR, 0600) < 0 && mkdir(fresh, 0700) < 0 &&
           unlink(inside) < 0 && rename(inside, fresh) < 0 && link(inside, fresh) < 0 && symlink(inside, fresh) < 0 &&
           truncate(inside, 0) < 0 && chmod(inside, 0777) < 0 && mknod(fresh, S_IFIFO | 0600, 0) < 0;
}

static bool has_no_network(void) {
    int pair[2];
    return socket(AF_INET, SOCK_STREAM, 0) < 0 && socket(AF_INET6, SOCK_DGRAM, 0) < 0 &&
           socket(AF_UNIX, SOCK_STREAM, 0) < 0 && socket(AF_NETLINK, SOCK_RAW, 0) < 0 &&
           socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0;
}

static bool runs_no_program(void) {
    char *const words[] = {(char[]){"/bin/false"}, NULL};
    execv(words[0], words); /* returns only if it fails */
    return (errno == EPERM || errno == EACCES) && syscall(SYS_execveat, AT_FDCWD, words[0], words, words, 0) < 0;
}

static bool makes_no_process(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child < 0 && syscall(SYS_clone3, NULL, 0) < 0 && errno == ENOSYS;
}

static bool harms_no_process(void) {
    return kill(getppid(), 0) < 0 && kill(1, 0) < 0 && ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) < 0 &&
           ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 && syscall(SYS_tgkill, getppid(), getppid(), 0) < 0 &&
           syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0) < 0 &&
           syscall(SYS_pidfd_open, getppid(), 0) < 0;
}

static bool makes_no_code(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) < 0 &&
           mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;
}

static bool changes_no_rights(void) {
    return setuid(getuid()) < 0 && chdir("/") < 0 && chroot("/") < 0 && syscall(SYS_unshare, 0) < 0 &&
           syscall(SYS_mount, "", "", "", 0, NULL) < 0 && syscall(SYS_bpf, 0, NULL, 0) < 0 &&
           syscall(SYS_io_uring_setup, 1, NULL) < 0 && syscall(SYS_keyctl, 0, 0) < 0 &&
           ioctl(STDIN_FILENO, TIOCSTI, "x") < 0 && errno == EPERM; /* types for the user */
}

/* ---- What must go on ------------------------------------------------------------------------------------------------
 */

static bool reads_what_is_allowed(void) {
    char bytes[8] = "";
    FILE *file = fopen(inside, "rb");
    bool well = file && fread(bytes, 1, sizeof bytes, file) == 3 && memcmp(bytes, "abc", 3) == 0;
    DIR *names = opendir(folder);
    struct stat status;
    well = well && names && readdir(names) && stat(inside, &status) == 0 && fopen("/tmp/is/not/there", "r") == NULL &&
           errno == ENOENT;
    void *mapped = mmap(NULL, 3, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    well = well && mapped != MAP_FAILED;
    if (file)
        fclose(file);
    if (names)
        closedir(names);
    return well;
}

static void *read_in_thread(void *context) {
    *(bool *)context = reads_what_is_allowed() && opens_no_other_file() && has_no_network();
    return NULL;
}

static bool starts_threads_that_are_bound(void) {
    pthread_t threads[4];
    bool well[4] = {false};
    for (size_t i = 0; i < 4; i++)
        if (pthread_create(&threads[i], NULL, read_in_thread, &well[i]) != 0)
            return false;
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    return well[0] && well[1] && well[2] && well[3];
}

static bool gets_memory_and_writes_output(void) {
    char *large = malloc((size_t)64 << 20), text[8];
    int ends = dup(STDOUT_FILENO); /* not needed, so not allowed */
    bool well = large && (large = realloc(large, (size_t)256 << 20)) && ends < 0 && !isatty(STDIN_FILENO);
    free(large);
    return well && snprintf(text, sizeof text, "%d", 7) == 1 && write(STDERR_FILENO, "", 0) == 0;
}

static bool writes_where_it_may(void) {
    char moved[80];
    snprintf(moved, sizeof moved, "%s.2", fresh);
    int file = open(fresh, O_RDWR | O_CREAT | O_TRUNC, 0600);
    return file >= 0 && write(file, "abc", 3) == 3 && pwrite(file, "x", 1, 1) == 1 && ftruncate(file, 1) == 0 &&
           fsync(file) == 0 && rename(fresh, moved) == 0 && unlink(moved) == 0 &&
           open("/tmp/karaka-elsewhere", O_WRONLY | O_CREAT, 0600) < 0 && open("/etc/passwd", O_RDONLY) < 0 &&
           has_no_network() && makes_no_process();
}

static bool connects_and_does_no_more(void) {
    struct sockaddr_in none = {.sin_family = AF_INET, .sin_port = htons(1), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int client = socket(AF_INET, SOCK_STREAM, 0), server = socket(AF_INET, SOCK_STREAM, 0), pair[2];
    bool tries = connect(client, (struct sockaddr *)&none, sizeof none) < 0 && errno == ECONNREFUSED;
    return tries && listen(server, 1) < 0 && errno == EPERM && socket(AF_UNIX, SOCK_STREAM, 0) < 0 &&
           socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 && opens_no_other_file() && writes_no_file() &&
           runs_no_program() && makes_no_process();
}

static bool enters_once(void) {
    sandbox again;
    sandbox_begin(&again, 0);
    sandbox_allow(&again, "/etc", false);
    return sandbox_enter(&again) == (SANDBOX_FILES | SANDBOX_CALLS) && opens_no_other_file();
}

/* ---- On a socket that listens already ------------------------------------------------------------------------------
 */

static int listener, holds_file; /* made before */
static uint16_t port;

static bool answers_and_calls_nobody(void) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = port, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr_in any = {.sin_family = AF_INET};
    char bytes[4];
    int peer = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    return peer >= 0 && recv(peer, bytes, 4, 0) == 4 && send(peer, "pong", 4, 0) == 4 &&
           sendto(peer, "x", 1, 0, (struct sockaddr *)&there, sizeof there) < 0 && errno == EPERM &&
           connect(peer, (struct sockaddr *)&there, sizeof there) < 0 && errno == EPERM &&
           bind(peer, (struct sockaddr *)&any, sizeof any) < 0 && errno == EPERM && listen(peer, 1) < 0 &&
           has_no_network();
}

static bool serves_without_writing(void) {
    return write(holds_file, "x", 1) < 0 && errno == EFBIG && pwrite(holds_file, "x", 1, 0) < 0 && writes_no_file() &&
           opens_no_other_file() && runs_no_program() && makes_no_process() && harms_no_process() && makes_no_code() &&
           changes_no_rights() && reads_what_is_allowed();
}

/* ---- In a process of its own ----------------------------------------------------------------------------------------
 */

static int status_of(pid_t child) {
    int status = 0;
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static int run_confined(bool (*attempt)(void), bool write, unsigned keeps) {
    pid_t child = fork();
    if (child)
        return status_of(child);
    sandbox b;
    sandbox_begin(&b, keeps);
    sandbox_allow(&b, write ? folder : inside, write);
    sandbox_allow(&b, folder, write);
    sandbox_allow(&b, "/not/there", false);
    if (sandbox_enter(&b) != (SANDBOX_FILES | SANDBOX_CALLS))
        _exit(77);
    _exit(attempt() ? 0 : 1);
}

static void check_status(int status) {
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        skip(); /* this kernel has not both */
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void check(bool (*attempt)(void), bool write, unsigned keeps) {
    check_status(run_confined(attempt, write, keeps));
}

#define CONFINED(attempt, write)               \
    static void test_##attempt(void **state) { \
        (void)state;                           \
        check(attempt, write, 0);              \
    }

CONFINED(opens_no_other_file, false)
CONFINED(follows_no_link_out, false)
CONFINED(writes_no_file, false)
CONFINED(has_no_network, false)
CONFINED(runs_no_program, false)
CONFINED(makes_no_process, false)
CONFINED(harms_no_process, false)
CONFINED(makes_no_code, false)
CONFINED(changes_no_rights, false)
CONFINED(reads_what_is_allowed, false)
CONFINED(starts_threads_that_are_bound, false)
CONFINED(gets_memory_and_writes_output, false)
CONFINED(writes_where_it_may, true)
CONFINED(enters_once, false)

static void test_keeps_the_network(void **state) {
    (void)state;
    check(connects_and_does_no_more, false, SANDBOX_NETWORK);
}

static bool aborts(void) {
    abort();
}

static void test_aborts(void **state) {
    (void)state;
    int status = run_confined(aborts, false, 0);
    if (WIFEXITED(status))
        skip();
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void test_serves_without_writing(void **state) {
    (void)state;
    holds_file = open(fresh, O_RDWR | O_CREAT, 0600);
    check_status(run_confined(serves_without_writing, false, SANDBOX_LISTENER));
    close(holds_file);
}

static void test_answers_and_calls_nobody(void **state) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof here;
    (void)state;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&here, length), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&here, &length), 0);
    port = here.sin_port;
    int peer = socket(AF_INET, SOCK_STREAM, 0); /* waits in the queue until it is taken */
    assert_int_equal(connect(peer, (struct sockaddr *)&here, length), 0);
    assert_int_equal(send(peer, "ping", 4, 0), 4);
    check_status(run_confined(answers_and_calls_nobody, false, SANDBOX_LISTENER));
    close(peer);
    close(listener);
}

/* ---- Kernels of other ages ------------------------------------------------------------------------------------------
 */

static bool faking;
static int fake_abi; /* -1: no such call, -2: not switched on */
static bool fake_seccomp;
static uint64_t handled;
static char wrong[80];

long __real_syscall(long call, ...);
long __wrap_syscall(long call, ...);

/* What each ABI brought: bits of rights to files, bits of the network, bits of scopes, size of the struct. */
static const struct {
    unsigned files, network, scopes;
    size_t size;
} known[] = {{0, 0, 0, 0},   {13, 0, 0, 8},  {14, 0, 0, 8},  {15, 0, 0, 8},
             {15, 2, 0, 16}, {16, 2, 0, 16}, {16, 2, 2, 24}, {16, 2, 2, 24}};

static long fake_ruleset(const uint64_t *rights, size_t size, long flags) {
    if (fake_abi < 0)
        return errno = fake_abi == -1 ? ENOSYS : EOPNOTSUPP, -1;
    if (flags)
        return fake_abi;
    uint64_t given[3] = {0};
    memcpy(given, rights, size);
    handled = given[0];
    if (size > known[fake_abi].size)
        snprintf(wrong, sizeof wrong, "a struct of %zu bytes", size);
    if (given[0] >> known[fake_abi].files || given[1] >> known[fake_abi].network || given[2] >> known[fake_abi].scopes)
        snprintf(wrong, sizeof wrong, "unknown rights %llx", (unsigned long long)given[0]);
    if (given[0] + 1 != 1ull << known[fake_abi].files)
        snprintf(wrong, sizeof wrong, "not all rights: %llx", (unsigned long long)given[0]);
    return open("/dev/null", O_RDONLY);
}

static long fake_rule(const char *rule) {
    uint64_t allowed;
    memcpy(&allowed, rule, sizeof allowed);
    if (!allowed || allowed & ~handled)
        snprintf(wrong, sizeof wrong, "a rule for %llx of %llx", (unsigned long long)allowed,
                 (unsigned long long)handled);
    return 0;
}

long __wrap_syscall(long call, ...) {
    long a[6];
    va_list list;
    va_start(list, call);
    for (size_t i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    if (faking && call == SYS_landlock_create_ruleset)
        return fake_ruleset((const uint64_t *)a[0], (size_t)a[1], a[2]);
    if (faking && call == SYS_landlock_add_rule)
        return fake_rule((const char *)a[2]);
    if (faking && call == SYS_landlock_restrict_self)
        return 0;
    if (faking && call == SYS_seccomp)
        return fake_seccomp ? 0 : (errno = ENOSYS, -1);
    return __real_syscall(call, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static unsigned holds_on(int abi, bool seccomp) {
    sandbox b;
    faking = true;
    fake_abi = abi;
    fake_seccomp = seccomp;
    sandbox_begin(&b, 0);
    sandbox_allow(&b, folder, true);
    sandbox_allow(&b, inside, false);
    sandbox_allow(&b, inside, true);
    unsigned holds = sandbox_enter(&b);
    faking = false;
    return holds;
}

/* Each in a process of its own, since what holds once holds for good. */
static void assert_holds(int abi, bool seccomp, unsigned expected) {
    pid_t child = fork();
    if (child == 0) {
        unsigned holds = holds_on(abi, seccomp);
        if (*wrong)
            fprintf(stderr, "Landlock %d: %s\n", abi, wrong);
        _exit(*wrong || holds != expected);
    }
    assert_int_equal(status_of(child), 0);
}

static void each_kernel_is_asked_for_what_it_knows(void **state) {
    (void)state;
    for (int abi = 1; abi <= 7; abi++)
        assert_holds(abi, true, SANDBOX_FILES | SANDBOX_CALLS);
    assert_holds(2, false, SANDBOX_FILES);
    assert_holds(-1, true, SANDBOX_CALLS);
    assert_holds(-2, true, SANDBOX_CALLS);
    assert_holds(-1, false, 0);
}

static void what_holds_is_told(void **state) {
    char line[128];
    (void)state;
    faking = true;
    fake_abi = 2;
    fake_seccomp = true;
    sandbox_describe(line, sizeof line);
    assert_string_equal(line, "files by Landlock 2, system calls by seccomp");
    fake_abi = -1;
    sandbox_describe(line, sizeof line);
    assert_non_null(strstr(line, "no Landlock"));
    fake_seccomp = false;
    sandbox_describe(line, sizeof line);
    assert_non_null(strstr(line, "none"));
    faking = false;
    setenv("KARAKA_SANDBOX", "off", 1);
    sandbox b;
    assert_false(sandbox_begin(&b, 0));
    setenv("KARAKA_SANDBOX", "need", 1);
    assert_true(sandbox_begin(&b, 0));
    assert_true(sandbox_missing(SANDBOX_CALLS));
    assert_false(sandbox_missing(SANDBOX_CALLS | SANDBOX_FILES));
    unsetenv("KARAKA_SANDBOX");
    assert_false(sandbox_missing(0));
    if (b.ruleset >= 0)
        close(b.ruleset);
}

static int make_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(inside, sizeof inside, "%s/inside", folder);
    snprintf(fresh, sizeof fresh, "%s/fresh", folder);
    snprintf(link_out, sizeof link_out, "%s/link", folder);
    FILE *file = fopen(inside, "wb");
    bool well = file && fputs("abc", file) >= 0 && symlink("/etc/passwd", link_out) == 0;
    return file && fclose(file) == 0 && well ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    remove(inside);
    remove(link_out);
    remove(fresh);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens_no_other_file),
        cmocka_unit_test(test_follows_no_link_out),
        cmocka_unit_test(test_writes_no_file),
        cmocka_unit_test(test_has_no_network),
        cmocka_unit_test(test_runs_no_program),
        cmocka_unit_test(test_makes_no_process),
        cmocka_unit_test(test_harms_no_process),
        cmocka_unit_test(test_makes_no_code),
        cmocka_unit_test(test_changes_no_rights),
        cmocka_unit_test(test_reads_what_is_allowed),
        cmocka_unit_test(test_starts_threads_that_are_bound),
        cmocka_unit_test(test_gets_memory_and_writes_output),
        cmocka_unit_test(test_writes_where_it_may),
        cmocka_unit_test(test_enters_once),
        cmocka_unit_test(test_keeps_the_network),
        cmocka_unit_test(test_serves_without_writing),
        cmocka_unit_test(test_answers_and_calls_nobody),
        cmocka_unit_test(test_aborts),
        cmocka_unit_test(each_kernel_is_asked_for_what_it_knows),
        cmocka_unit_test(what_holds_is_told),
    };
    unsetenv("KARAKA_SANDBOX");
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
