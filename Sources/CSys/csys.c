#define _GNU_SOURCE
#include "CSys.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

// MARK: Waking a poll

int csys_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void csys_eventfd_signal(int descriptor) {
    uint64_t one = 1;
    while (write(descriptor, &one, sizeof one) < 0 && errno == EINTR) {}
}

void csys_eventfd_drain(int descriptor) {
    uint64_t count;
    while (read(descriptor, &count, sizeof count) < 0 && errno == EINTR) {}
}

// MARK: Signals as bytes

static void fill_set(sigset_t *set, const int *signals, int count) {
    sigemptyset(set);
    for (int i = 0; i < count; i++) sigaddset(set, signals[i]);
}

int csys_block_signals(const int *signals, int count, sigset_t *before) {
    sigset_t set;
    fill_set(&set, signals, count);
    int error = pthread_sigmask(SIG_BLOCK, &set, before);
    if (error == 0) return 0;
    errno = error;
    return -1;
}

int csys_signalfd(const int *signals, int count) {
    sigset_t set;
    fill_set(&set, signals, count);
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int csys_signalfd_next(int descriptor) {
    struct signalfd_siginfo info;
    ssize_t count;
    do count = read(descriptor, &info, sizeof info); while (count < 0 && errno == EINTR);
    return count == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

void csys_stop_process_group(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL}, previous;
    sigset_t stop, mask;
    sigaction(SIGTSTP, &standard, &previous);
    // While blocked it is pending for the whole process, and stops it when this thread lets it in.
    kill(0, SIGTSTP);
    fill_set(&stop, (const int[]){SIGTSTP}, 1);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &previous, NULL);
}

// MARK: Terminals

int csys_window_size(int descriptor, uint16_t *columns, uint16_t *rows) {
    struct winsize size = {0};
    if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int csys_set_window_size(int descriptor, uint16_t columns, uint16_t rows) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(descriptor, TIOCSWINSZ, &size);
}

int csys_open_pty(int *controller, int *terminal, uint16_t columns, uint16_t rows) {
    char name[128];
    int main_end = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (main_end < 0) return -1;
    int other_end = -1;
    if (grantpt(main_end) == 0 && unlockpt(main_end) == 0 && ptsname_r(main_end, name, sizeof name) == 0)
        other_end = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (other_end < 0 || csys_set_window_size(other_end, columns, rows) < 0) {
        int error = errno;
        if (other_end >= 0) close(other_end);
        close(main_end);
        errno = error;
        return -1;
    }
    *controller = main_end;
    *terminal = other_end;
    return 0;
}

int csys_wcwidth(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// MARK: Names of files

int csys_rename_exclusively(const char *path, const char *name) {
    return renameat2(AT_FDCWD, path, AT_FDCWD, name, RENAME_NOREPLACE);
}

int csys_exchange_names(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

// MARK: Contents of files

int csys_write_out(int descriptor, int64_t offset, int64_t count, int64_t lag) {
    if (sync_file_range(descriptor, offset, count, SYNC_FILE_RANGE_WRITE) != 0) return -1;
    if (offset < lag) return 0;
    return sync_file_range(
        descriptor, offset - lag, count,
        SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
}

// MARK: Processor time

// glibc shows neither before 2.41.
struct scheduling {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};

int csys_wish_slice(uint64_t nanoseconds) {
    struct scheduling wish = {0};
    if (syscall(SYS_sched_getattr, 0, &wish, sizeof wish, 0) != 0) return -1;
    wish.runtime = nanoseconds;
    return (int)syscall(SYS_sched_setattr, 0, &wish, 0);
}

// MARK: Small things

int csys_random(void *buffer, size_t count) {
    unsigned char *next = buffer;
    while (count > 0) {
        ssize_t got = getrandom(next, count, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        next += got;
        count -= (size_t)got;
    }
    return 0;
}

int csys_lock_exclusive(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB); }

int csys_unlock(int descriptor) { return flock(descriptor, LOCK_UN); }
