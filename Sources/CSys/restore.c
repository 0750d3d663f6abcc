// Restoring the terminal when there is no time left for Swift.
#define _GNU_SOURCE
#include "CSys.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Written only while `armed` is 0, read only by whoever turns it from 1 to 0: no lock is needed,
// and restoring happens once however many threads crash together.
static atomic_int armed;
static int prepared_descriptor;
static struct termios prepared_modes;
static char prepared_bytes[1024];
static size_t prepared_count;

static void restore_now(void) {
    if (atomic_exchange(&armed, 0) != 1) return;
    size_t done = 0;
    while (done < prepared_count) {
        ssize_t count = write(prepared_descriptor, prepared_bytes + done, prepared_count - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        done += (size_t)count;
    }
    // TCSANOW: waiting for a terminal that no longer reads would hang a process that is dying.
    tcsetattr(prepared_descriptor, TCSANOW, &prepared_modes);
}

int csys_arm_terminal_restore(int descriptor, const struct termios *modes, const void *bytes, size_t count) {
    static atomic_int registered;
    if (count > sizeof prepared_bytes) {
        errno = ENOSPC;
        return -1;
    }
    atomic_store(&armed, 0);
    prepared_descriptor = descriptor;
    prepared_modes = *modes;
    memcpy(prepared_bytes, bytes, count);
    prepared_count = count;
    atomic_store(&armed, 1);
    if (atomic_exchange(&registered, 1) == 0) atexit(restore_now);
    return 0;
}

void csys_disarm_terminal_restore(void) { atomic_store(&armed, 0); }

static void crashed(int signal_number) {
    restore_now();
    // SA_RESETHAND has put the default action back; the signal is blocked until we return.
    raise(signal_number);
}

int csys_install_crash_handlers(void) {
    // A stack overflow leaves no room for a handler on the stack that overflowed.
    static char stack_bytes[64 * 1024];
    stack_t stack = {.ss_sp = stack_bytes, .ss_size = sizeof stack_bytes};
    if (sigaltstack(&stack, NULL) < 0) return -1;

    static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
    struct sigaction action = {.sa_handler = crashed, .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK)};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], &action, NULL) < 0) return -1;
    return 0;
}
