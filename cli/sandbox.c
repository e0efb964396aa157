/* sandbox: what the process gives up before it reads bytes from outside; a parser that is taken over has no more than
 * this.
 *
 * In: the files and folders that will still be opened. Out: a process that opens nothing else (Landlock) and may call
 * little of the kernel (seccomp): no sockets but for a client of the network or one that listens already, no programs,
 * no signals to others, no file opened for writing where none was named, no memory made executable. Threads started
 * later are bound too. Where the kernel lacks one of the two the other holds; elsewhere than on Linux there is neither.
 * KARAKA_SANDBOX=off leaves all as it is, =need ends the command where not both hold.
 *
 * Example: sandbox b; sandbox_begin(&b, 0); sandbox_allow(&b, "news", false); sandbox_enter(&b);
 *          fopen("/etc/passwd", "r") -> EACCES, socket(AF_INET, ...) -> EPERM
 */
#include "sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sanitizer needs much that is forbidden here (ptrace, /proc) and would tell of nothing else. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static bool is_set(const char *value) {
    const char *variable = getenv("KARAKA_SANDBOX");
    return variable && strcmp(variable, value) == 0;
}

#if defined(__linux__) && !defined(SANITIZED)

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- Landlock: which files --------------------------------------------------------------------------------------- */

/* Headers older than the kernel lack some of this, so it is spelt out (linux/landlock.h). */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
enum { ASK_VERSION = 1, RULE_PATH_BENEATH = 1 };

struct ruleset {
    uint64_t files, network, scopes;
};
struct path_rule {
    uint64_t allowed;
    int32_t folder;
} __attribute__((packed));

enum { FILE_EXECUTE = 1 << 0, FILE_WRITE = 1 << 1, FILE_READ = 1 << 2, FOLDER_READ = 1 << 3, FILE_REMOVE = 1 << 5 };
enum { FILE_MAKE = 1 << 8, FILE_TRUNCATE = 1 << 14 };

/* All that a kernel of this ABI can forbid: 13 rights to files at first, 2: moving between folders, 3: cutting short,
 * 4: TCP, 5: ioctl on devices, 6: abstract sockets and signals. */
static struct ruleset all_rights(int abi) {
    unsigned files = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
    return (struct ruleset){.files = (1u << files) - 1, .network = abi >= 4 ? 3 : 0, .scopes = abi >= 6 ? 3 : 0};
}

static int landlock_abi(void) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
    return abi < 0 ? 0 : (int)abi;
}

bool sandbox_begin(sandbox *s, unsigned keeps) {
    *s = (sandbox){.ruleset = -1, .abi = landlock_abi(), .keeps = keeps};
    if (is_set("off"))
        return false;
    struct ruleset rights = all_rights(s->abi);
    if (keeps & SANDBOX_NETWORK)
        rights.network = 0;
    size_t size = s->abi >= 6 ? 24 : s->abi >= 4 ? 16 : 8;
    if (s->abi > 0)
        s->ruleset = (int)syscall(SYS_landlock_create_ruleset, &rights, size, 0);
    return true;
}

void sandbox_allow(sandbox *s, const char *path, bool write) {
    struct stat status;
    s->writes |= write;
    int file = s->ruleset < 0 ? -1 : open(path, O_PATH | O_CLOEXEC);
    if (file < 0)
        return;
    struct path_rule rule = {.allowed = FILE_READ | FOLDER_READ, .folder = file};
    if (write)
        rule.allowed |= FILE_WRITE | FILE_MAKE | FILE_REMOVE | FILE_TRUNCATE;
    if (fstat(file, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.allowed &= FILE_READ | FILE_WRITE | FILE_TRUNCATE;
    rule.allowed &= all_rights(s->abi).files;
    /* What cannot be allowed (a pipe, which needs no leave) is told where it cannot be opened. */
    syscall(SYS_landlock_add_rule, s->ruleset, RULE_PATH_BENEATH, &rule, 0);
    close(file);
}

/* ---- seccomp: which calls of the kernel -------------------------------------------------------------------------- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE

/* A call that is allowed; with `mask` only if `argument`, of which the low 32 bits count, is `value` there. */
typedef struct permit {
    long call;
    int argument;
    uint32_t mask, value;
} permit;

enum { NOT_READING = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY) };
enum { THREAD = 0x10000 }; /* CLONE_THREAD: a thread of this process, no process of its own */

static const permit always[] = {
    /* memory */
    {SYS_brk, 0, 0, 0},
    {SYS_madvise, 0, 0, 0},
    {SYS_mmap, 2, PROT_EXEC, 0},
    {SYS_mprotect, 2, PROT_EXEC, 0},
    {SYS_mremap, 0, 0, 0},
    {SYS_munmap, 0, 0, 0},
    /* threads, signals, end */
    {SYS_clone, 0, THREAD, THREAD},
    {SYS_exit, 0, 0, 0},
    {SYS_exit_group, 0, 0, 0},
    {SYS_futex, 0, 0, 0},
    {SYS_geteuid, 0, 0, 0},
    {SYS_getpid, 0, 0, 0},
    {SYS_gettid, 0, 0, 0},
    {SYS_membarrier, 0, 0, 0},
    {SYS_restart_syscall, 0, 0, 0},
    {SYS_rseq, 0, 0, 0},
    {SYS_rt_sigaction, 0, 0, 0},
    {SYS_rt_sigprocmask, 0, 0, 0},
    {SYS_rt_sigreturn, 0, 0, 0},
    {SYS_sched_getaffinity, 0, 0, 0},
    {SYS_sched_yield, 0, 0, 0},
    {SYS_set_robust_list, 0, 0, 0},
    {SYS_sigaltstack, 0, 0, 0},
    /* time, chance */
    {SYS_clock_gettime, 0, 0, 0},
    {SYS_clock_nanosleep, 0, 0, 0},
    {SYS_getrandom, 0, 0, 0},
    {SYS_getrusage, 0, 0, 0},
    {SYS_gettimeofday, 0, 0, 0},
    {SYS_nanosleep, 0, 0, 0},
    /* what is open */
    {SYS_close, 0, 0, 0},
    {SYS_fadvise64, 0, 0, 0},
    {SYS_fcntl, 1, ~0u, F_GETFD},
    {SYS_fcntl, 1, ~0u, F_SETFD},
    {SYS_fcntl, 1, ~0u, F_GETFL},
    {SYS_fcntl, 1, ~0u, F_SETFL},
    {SYS_fcntl, 1, ~0u, F_GETLK},
    {SYS_fcntl, 1, ~0u, F_SETLK},
    {SYS_fcntl, 1, ~0u, F_SETLKW},
    {SYS_fcntl, 1, ~0u, F_DUPFD_CLOEXEC},
    {SYS_ioctl, 1, ~0u, TCGETS}, /* is it a terminal? */
    {SYS_ioctl, 1, ~0u, TIOCGWINSZ},
    {SYS_lseek, 0, 0, 0},
    {SYS_ppoll, 0, 0, 0},
    {SYS_pread64, 0, 0, 0},
    {SYS_read, 0, 0, 0},
    {SYS_readv, 0, 0, 0},
    {SYS_write, 0, 0, 0},
    {SYS_writev, 0, 0, 0},
    /* files to read */
    {SYS_faccessat, 0, 0, 0},
    {SYS_fstat, 0, 0, 0},
    {SYS_getcwd, 0, 0, 0},
    {SYS_getdents64, 0, 0, 0},
    {SYS_newfstatat, 0, 0, 0},
    {SYS_openat, 2, NOT_READING, O_RDONLY},
    {SYS_readlinkat, 0, 0, 0},
    {SYS_statx, 0, 0, 0},
#ifdef SYS_faccessat2
    {SYS_faccessat2, 0, 0, 0},
#endif
#ifdef SYS_open /* the calls that later machines have no more */
    {SYS_access, 0, 0, 0},
    {SYS_arch_prctl, 0, 0, 0},
    {SYS_lstat, 0, 0, 0},
    {SYS_open, 1, NOT_READING, O_RDONLY},
    {SYS_poll, 0, 0, 0},
    {SYS_readlink, 0, 0, 0},
    {SYS_stat, 0, 0, 0},
    {SYS_time, 0, 0, 0},
#endif
};

/* Where something may be written; Landlock says where. */
static const permit to_write[] = {
    {SYS_fallocate, 0, 0, 0}, {SYS_fchmod, 0, 0, 0},    {SYS_fdatasync, 0, 0, 0}, {SYS_flock, 0, 0, 0},
    {SYS_fsync, 0, 0, 0},     {SYS_ftruncate, 0, 0, 0}, {SYS_openat, 0, 0, 0},    {SYS_pwrite64, 0, 0, 0},
    {SYS_renameat, 0, 0, 0},  {SYS_unlinkat, 0, 0, 0},
#ifdef SYS_open
    {SYS_open, 0, 0, 0},      {SYS_rename, 0, 0, 0},    {SYS_unlink, 0, 0, 0},
#endif
};

/* Where the network is kept: connections to others, names looked up, and what a client's threads say to each other. */
static const permit to_connect[] = {
    {SYS_socket, 0, ~0u, AF_INET},
    {SYS_socket, 0, ~0u, AF_INET6},
    {SYS_socket, 0, ~0u, AF_NETLINK}, /* which addresses this machine has, before a name is looked up */
    {SYS_bind, 0, 0, 0},
    {SYS_connect, 0, 0, 0},
    {SYS_fcntl, 1, ~0u, F_DUPFD},
    {SYS_getpeername, 0, 0, 0},
    {SYS_getsockname, 0, 0, 0},
    {SYS_getsockopt, 0, 0, 0},
    {SYS_getuid, 0, 0, 0},
    {SYS_ioctl, 1, ~0u, FIONREAD},
    {SYS_pipe2, 0, 0, 0},
    {SYS_prctl, 0, ~0u, PR_SET_NAME},
    {SYS_recvfrom, 0, 0, 0},
    {SYS_recvmsg, 0, 0, 0},
    {SYS_sendmmsg, 0, 0, 0},
    {SYS_sendmsg, 0, 0, 0},
    {SYS_sendto, 0, 0, 0},
    {SYS_setsockopt, 0, 0, 0},
    {SYS_shutdown, 0, 0, 0},
    {SYS_uname, 0, 0, 0},
#ifdef SYS_pipe
    {SYS_pipe, 0, 0, 0},
#endif
};

/* Where a socket listens: what comes in is answered; none is made, bound or connected. */
static const permit to_serve[] = {
    {SYS_accept4, 0, 0, 0},
    {SYS_epoll_create1, 0, 0, 0},
    {SYS_epoll_ctl, 0, 0, 0},
    {SYS_epoll_pwait, 0, 0, 0},
    {SYS_eventfd2, 0, 0, 0},
    {SYS_getsockname, 0, 0, 0},
    {SYS_getsockopt, 0, 0, 0},
    {SYS_recvfrom, 0, 0, 0},
    {SYS_rt_sigtimedwait, 0, 0, 0},
    {SYS_sendmsg, 0, 0, 0},
    {SYS_sendto, 4, ~0u, 0}, /* to whom it is connected: no address */
    {SYS_setsockopt, 1, ~0u, IPPROTO_TCP},
    {SYS_shutdown, 0, 0, 0},
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, 0, 0, 0},
#endif
};

enum { PERMITS = (sizeof always + sizeof to_write + sizeof to_connect + sizeof to_serve) / sizeof(permit) };
enum { EACH = 6, ROOM = 16 + EACH * PERMITS };

typedef struct program {
    struct sock_filter step[ROOM];
    unsigned short count;
} program;

static void put(program *p, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
    p->step[p->count++] = (struct sock_filter){code, if_true, if_false, value};
}

static void load(program *p, size_t at) {
    put(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)at, 0, 0);
}

static void put_permit(program *p, const permit *allowed) {
    put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)allowed->call, 0, allowed->mask ? 5 : 1);
    if (allowed->mask) {
        load(p, offsetof(struct seccomp_data, args) + 8 * (size_t)allowed->argument);
        put(p, BPF_ALU | BPF_AND | BPF_K, allowed->mask, 0, 0);
        put(p, BPF_JMP | BPF_JEQ | BPF_K, allowed->value, 0, 1);
    }
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    if (allowed->mask)
        load(p, offsetof(struct seccomp_data, nr));
}

/* What is not allowed fails with EPERM. clone3 hides its flags from a filter: "there is no such call", and the C
 * library takes clone. */
static void make_program(program *p, const sandbox *s) {
    const permit own_signals = {SYS_tgkill, 0, ~0u, (uint32_t)getpid()}; /* abort */
    load(p, offsetof(struct seccomp_data, arch));
    put(p, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    load(p, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        put_permit(p, &always[i]);
    for (size_t i = 0; s->writes && i < sizeof to_write / sizeof *to_write; i++)
        put_permit(p, &to_write[i]);
    for (size_t i = 0; (s->keeps & SANDBOX_NETWORK) && i < sizeof to_connect / sizeof *to_connect; i++)
        put_permit(p, &to_connect[i]);
    for (size_t i = 0; (s->keeps & SANDBOX_LISTENER) && i < sizeof to_serve / sizeof *to_serve; i++)
        put_permit(p, &to_serve[i]);
    put_permit(p, &own_signals);
    put(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS, 0, 0);
    put(p, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM, 0, 0);
}

static bool filter_calls(const sandbox *s) {
    program p = {.count = 0};
    make_program(&p, s);
    const struct sock_fprog whole = {p.count, p.step};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &whole) == 0;
}

static bool can_filter(void) {
    uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

#else
static bool filter_calls(const sandbox *s) {
    (void)s;
    return false;
}

static bool can_filter(void) {
    return false;
}
#endif

/* ---- Both -------------------------------------------------------------------------------------------------------- */

/* Files that are open for writing, as SQLite holds the log of a database: a limit of no bytes for them. */
static void freeze_files(void) {
    const struct rlimit none = {0, 0};
    signal(SIGXFSZ, SIG_IGN); /* EFBIG instead */
    setrlimit(RLIMIT_FSIZE, &none);
}

/* What an earlier call reached holds for good, and forbids to ask again. */
unsigned sandbox_enter(sandbox *s) {
    static unsigned holds;
    if (!holds && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
        if (s->keeps & SANDBOX_LISTENER)
            freeze_files();
        if (s->ruleset >= 0 && syscall(SYS_landlock_restrict_self, s->ruleset, 0) == 0)
            holds |= SANDBOX_FILES;
        if (filter_calls(s))
            holds |= SANDBOX_CALLS;
    }
    if (s->ruleset >= 0)
        close(s->ruleset);
    s->ruleset = -1;
    return holds;
}

void sandbox_describe(char *out, size_t room) {
    int abi = landlock_abi();
    if (is_set("off"))
        snprintf(out, room, "off (KARAKA_SANDBOX)");
    else if (abi && can_filter())
        snprintf(out, room, "files by Landlock %d, system calls by seccomp", abi);
    else if (can_filter())
        snprintf(out, room, "system calls by seccomp; this kernel has no Landlock, so any file may be read");
    else if (abi)
        snprintf(out, room, "files by Landlock %d; no seccomp here", abi);
    else
        snprintf(out, room, "none; this kernel has neither Landlock nor seccomp");
}

#else

bool sandbox_begin(sandbox *s, unsigned keeps) {
    *s = (sandbox){.ruleset = -1, .keeps = keeps};
    return !is_set("off");
}

void sandbox_allow(sandbox *s, const char *path, bool write) {
    (void)s, (void)path, (void)write;
}

unsigned sandbox_enter(sandbox *s) {
    (void)s;
    return 0;
}

void sandbox_describe(char *out, size_t room) {
#ifdef SANITIZED
    snprintf(out, room, "none; built with a sanitizer");
#else
    snprintf(out, room, "none; this system has no Landlock and no seccomp");
#endif
}

#endif

bool sandbox_missing(unsigned holds) {
    return is_set("need") && holds != (SANDBOX_FILES | SANDBOX_CALLS);
}
