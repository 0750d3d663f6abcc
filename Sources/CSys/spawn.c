// Starting children. Between fork and exec only async-signal-safe calls are made, because other
// threads may have held any lock (malloc's included) at the moment of the fork.
#define _GNU_SOURCE
#include "CSys.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

// A child must not inherit our blocked signals or handlers: it would never see SIGWINCH.
static void reset_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

struct launch {
    const char *path;
    char *const *arguments;
    char *const *environment;
    const char *directory;
    int descriptors[3];
    int on_terminal;
};

static void run_child(const struct launch *launch, int report) {
    reset_signals();
    if (launch->on_terminal) {
        if (setsid() < 0 || ioctl(launch->descriptors[0], TIOCSCTTY, 0) < 0) goto failed;
    }
    // The sources may be among 0–2 themselves: lift them out of the way before placing them.
    int lifted[3];
    for (int i = 0; i < 3; i++) {
        lifted[i] = fcntl(launch->descriptors[i], F_DUPFD, 10);
        if (lifted[i] < 0) goto failed;
    }
    for (int i = 0; i < 3; i++)
        if (dup2(lifted[i], i) < 0) goto failed;
    // Everything else closes at exec, the report pipe included, which tells the parent it worked.
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) < 0) goto failed;
    if (launch->directory != NULL && chdir(launch->directory) < 0) goto failed;
    execve(launch->path, launch->arguments, launch->environment);
failed:;
    int error = errno;
    (void)!write(report, &error, sizeof error);
    _exit(127);
}

static pid_t start(const struct launch *launch) {
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0) return -1;
    pid_t child = fork();
    if (child == 0) run_child(launch, report[1]);
    int fork_error = errno;
    close(report[1]);
    if (child < 0) {
        close(report[0]);
        errno = fork_error;
        return -1;
    }
    int error = 0;
    ssize_t count;
    do count = read(report[0], &error, sizeof error); while (count < 0 && errno == EINTR);
    close(report[0]);
    if (count == (ssize_t)sizeof error) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
        errno = error;
        return -1;
    }
    return child;
}

pid_t csys_spawn_on_pty(
    const char *path, char *const *arguments, char *const *environment, const char *directory,
    uint16_t columns, uint16_t rows, int *controller) {
    int main_end, terminal;
    if (csys_open_pty(&main_end, &terminal, columns, rows) < 0) return -1;
    struct launch launch = {path, arguments, environment, directory, {terminal, terminal, terminal}, 1};
    pid_t child = start(&launch);
    int error = errno;
    close(terminal);
    if (child < 0) {
        close(main_end);
        errno = error;
        return -1;
    }
    *controller = main_end;
    return child;
}

pid_t csys_spawn(
    const char *path, char *const *arguments, char *const *environment, const char *directory,
    int standard_input, int standard_output, int standard_error) {
    struct launch launch = {
        path, arguments, environment, directory, {standard_input, standard_output, standard_error}, 0};
    return start(&launch);
}

pid_t csys_wait_child(pid_t child, int block, int *exit_code, int *signal_number) {
    int status;
    pid_t result;
    do result = waitpid(child, &status, block ? 0 : WNOHANG); while (result < 0 && errno == EINTR);
    if (result <= 0) return result;
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return result;
}

int csys_pidfd(pid_t child) { return pidfd_open(child, 0); }
