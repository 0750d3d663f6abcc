// The little of Linux that `import Glibc` does not show, or that Swift must not do by itself
// (fork, signal handlers). Functions return -1 and set errno on failure unless said otherwise.
#ifndef OBROL_CSYS_H
#define OBROL_CSYS_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#pragma clang assume_nonnull begin

// MARK: Waking a poll

// A non-blocking, close-on-exec eventfd. Signalling never blocks and may be done from any thread.
int csys_eventfd(void);
void csys_eventfd_signal(int descriptor);
void csys_eventfd_drain(int descriptor);

// MARK: Signals as bytes

// Blocks the signals in the calling thread; threads started afterwards inherit it. Stores what was
// blocked before, for pthread_sigmask.
int csys_block_signals(const int *signals, int count, sigset_t *before);
// A non-blocking, close-on-exec signalfd for signals that are blocked already.
int csys_signalfd(const int *signals, int count);
// The next signal waiting in a signalfd, or 0 when there is none.
int csys_signalfd_next(int descriptor);
// Stops the process group as ^Z would, and returns once it was continued. Does nothing in an
// orphaned group, where nobody could continue it.
void csys_stop_process_group(void);

// MARK: Terminals

int csys_window_size(int descriptor, uint16_t *columns, uint16_t *rows);
int csys_set_window_size(int descriptor, uint16_t columns, uint16_t rows);
// Both ends of a new pseudo-terminal of that size, close-on-exec.
int csys_open_pty(int *controller, int *terminal, uint16_t columns, uint16_t rows);
// The columns glibc gives this code point in the current locale; -1 for one it does not know.
int csys_wcwidth(uint32_t scalar);

// MARK: Restoring the terminal however the process ends

// Arms restoring: at exit(3) and on a crash the bytes are written to the descriptor and the
// modes set. Nothing is allocated then, so it is safe in a signal handler. At most 1024 bytes.
// Returns -1 when they do not fit. Arming again replaces what was prepared.
int csys_arm_terminal_restore(int descriptor, const struct termios *modes, const void *bytes, size_t count);
void csys_disarm_terminal_restore(void);
// Installs the handlers for SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, on a stack of
// their own for the calling thread: restore, then die by the same signal as without them.
int csys_install_crash_handlers(void);

// MARK: Child processes

// Starts a program as the leader of a new session on a new pseudo-terminal, with the signal
// mask and dispositions reset and no other descriptor inherited. `arguments` and `environment`
// end with NULL; an absent `directory` means the current one. Stores the controlling end.
pid_t csys_spawn_on_pty(
    const char *path, char *const _Nullable *_Nonnull arguments, char *const _Nullable *_Nonnull environment,
    const char *_Nullable directory, uint16_t columns, uint16_t rows, int *controller);
// Starts a plain child on three given descriptors, otherwise as above.
pid_t csys_spawn(
    const char *path, char *const _Nullable *_Nonnull arguments, char *const _Nullable *_Nonnull environment,
    const char *_Nullable directory, int standard_input, int standard_output, int standard_error);
// Whether the child has ended: its pid, 0 if it still runs (only with `block` 0), -1 on error.
// `exit_code` is the status it exited with, or -1; `signal` what killed it, or 0.
pid_t csys_wait_child(pid_t child, int block, int *exit_code, int *signal);

// A close-on-exec descriptor that can be read, to poll, once the child has ended.
int csys_pidfd(pid_t child);

// MARK: Names of files

// Renames if nothing has the new name: errno EEXIST; EINVAL where the file system cannot tell.
int csys_rename_exclusively(const char *path, const char *name);
// Two names change places at once; EINVAL where the file system cannot do it.
int csys_exchange_names(const char *one, const char *other);

// MARK: Contents of files

// Lets the system take this part of a file to the disk now, and waits for as large a part that lies `lag` bytes before:
// no more than that is on its way at any time. Nothing is durable by this.
int csys_write_out(int descriptor, int64_t offset, int64_t count, int64_t lag);

// MARK: Processor time

// Wishes that the calling thread, and those that it starts from then on, run this long at a time where others want the
// processor too; 0 is the system's own choice. Its share of the time stays the same. (sched_setattr(2): sched_runtime of
// a normal thread, from Linux 6.12 on; older ones take no notice.)
int csys_wish_slice(uint64_t nanoseconds);

// MARK: Small things

// Fills the buffer from the system's secure generator; 0 on success.
int csys_random(void *buffer, size_t count);
// Takes an exclusive lock without waiting: 0, or -1 with errno EWOULDBLOCK if another has it.
int csys_lock_exclusive(int descriptor);
int csys_unlock(int descriptor);

#pragma clang assume_nonnull end

#endif
