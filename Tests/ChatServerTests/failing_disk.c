// A disk that fails on command, between a program and the kernel (LD_PRELOAD).
//
// For the files of one folder it remembers every write since the last sync, as old bytes and new. When "power is cut"
// it puts the old bytes back, lets a chosen share of the unsynced writes survive, torn at sectors, and kills the process:
// what is left is what a real disk may hold. A name (of a new, renamed or made file) is only safe once its folder was
// synced. It can also be full, in whatever words, or fail every sync.
//
// It is a witness, too: it knows which messages ("ack-" and seven digits) stand in the log where it was synced, by this
// process or one before, and counts replies that acknowledge another one.
//
// Commands and counts stand in a file that the test maps, too: see FailingDisk.swift.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { max_files = 4096, max_names = 4096, max_number = 1 << 20 };

struct control {
    volatile int32_t full, fail_syncs, cut_after, seed, keep_percent, blind;
    volatile int32_t early_replies, replies, undone, refused_writes, failed_syncs, failed_write_outs;
    char unused[4096 - 12 * 4];
    unsigned char synced[max_number / 8];  // a bit for each message
};

struct change {
    struct change *older;
    off_t offset, size_before, size_after;
    size_t length, old_length;
    char *old_bytes, *new_bytes;  // no new bytes: the file was cut to size_after
};

struct file {
    dev_t device;
    ino_t inode;
    int descriptor;
    int is_log;
    int was_read;
    struct change *newest;
};

struct name {
    char from[PATH_MAX], to[PATH_MAX];  // nothing in from: it was made
};

static struct control *control;
static char folder[PATH_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file files[max_files];
static int file_count;
static struct name names[max_names];
static int name_count;
static uint64_t state;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAILING_DISK_CONTROL"), *data = getenv("FAILING_DISK_FOLDER");
    if (!path || !data || !realpath(data, folder)) return;
    int descriptor = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (mapped != MAP_FAILED) control = mapped;
}

static int is_inside(const char *path) {
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' && !strstr(path, "-shm") && !strstr(path, " (deleted)");
}

static int path_of(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int absolute(const char *given, char *path) {
    // The server names its files by absolute paths.
    if (given[0] != '/') return 0;
    char parent[PATH_MAX], real[PATH_MAX];
    strncpy(parent, given, PATH_MAX - 1);
    parent[PATH_MAX - 1] = 0;
    char *slash = strrchr(parent, '/');
    *slash = 0;
    if (!realpath(parent[0] ? parent : "/", real)) return 0;
    return snprintf(path, PATH_MAX, "%s/%s", real, slash + 1) < PATH_MAX;
}

static struct file *file_of(int descriptor) {
    char path[PATH_MAX];
    struct stat status;
    if (!control || fstat(descriptor, &status) || !S_ISREG(status.st_mode)) return NULL;
    for (int i = 0; i < file_count; i++)
        if (files[i].device == status.st_dev && files[i].inode == status.st_ino) return &files[i];
    if (!path_of(descriptor, path) || !is_inside(path) || file_count == max_files) return NULL;
    // Never closed: that would end the process's locks on the file.
    int own = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
    if (own < 0) return NULL;
    struct file *file = &files[file_count++];
    *file = (struct file){status.st_dev, status.st_ino, own, strlen(path) > 4 && !strcmp(path + strlen(path) - 4, "-wal"), 0, NULL};
    return file;
}

static off_t size_of(struct file *file) {
    struct stat status;
    return fstat(file->descriptor, &status) ? 0 : status.st_size;
}

// MARK: What happened since the last sync

static void remember(struct file *file, off_t offset, const void *bytes, size_t length, off_t size_after) {
    struct change *change = calloc(1, sizeof *change);
    off_t size = size_of(file);
    off_t end = bytes ? offset + (off_t)length : size;
    change->older = file->newest;
    change->offset = offset;
    change->size_before = size;
    change->size_after = size_after > size || !bytes ? size_after : size;
    change->length = length;
    if (end > size) end = size;
    if (end > offset) {
        change->old_bytes = malloc(end - offset);
        change->old_length = end - offset;
        if (syscall(SYS_pread64, file->descriptor, change->old_bytes, change->old_length, offset) < 0) abort();
    }
    if (bytes) {
        change->new_bytes = malloc(length ? length : 1);
        memcpy(change->new_bytes, bytes, length);
    }
    file->newest = change;
}

static long number_at(const char *text, const char *end) {
    long number = 0;
    if (end - text < 7) return -1;
    for (int i = 0; i < 7; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number < max_number ? number : -1;
}

static void witness(const char *at, size_t length) {
    const char *end = at + length;
    while (at && (at = memmem(at, end - at, "ack-", 4))) {
        at += 4;
        long number = number_at(at, end);
        if (number >= 0) control->synced[number / 8] |= 1 << (number % 8);
    }
}

// What an earlier process wrote and did not sync is synced with the rest.
static void witness_all(struct file *file) {
    off_t size = size_of(file);
    char *bytes = malloc(size + 1);
    if (syscall(SYS_pread64, file->descriptor, bytes, size, 0) == size) witness(bytes, size);
    free(bytes);
    file->was_read = 1;
}

static void settle(struct file *file) {
    if (file->is_log && !file->was_read && !control->blind) witness_all(file);
    while (file->newest) {
        struct change *change = file->newest;
        if (file->is_log && change->new_bytes && !control->blind) witness(change->new_bytes, change->length);
        file->newest = change->older;
        free(change->old_bytes);
        free(change->new_bytes);
        free(change);
    }
}

static void settle_names(const char *directory) {
    int kept = 0;
    size_t length = strlen(directory);
    for (int i = 0; i < name_count; i++) {
        const char *slash = strrchr(names[i].to, '/');
        if ((size_t)(slash - names[i].to) == length && !strncmp(names[i].to, directory, length)) continue;
        names[kept++] = names[i];
    }
    name_count = kept;
}

// MARK: Power

static uint32_t chance(uint32_t bound) {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ (z >> 31)) % bound);
}

static void again(struct file *file, struct change *change) {
    if (!change) return;
    again(file, change->older);
    if ((int32_t)chance(100) >= control->keep_percent) return;
    if (!change->new_bytes) {
        syscall(SYS_ftruncate, file->descriptor, change->size_after);
        return;
    }
    size_t length = change->length;
    if (length > 512 && control->keep_percent < 100 && chance(3) == 0) length = 512 * (1 + chance(length / 512));
    syscall(SYS_pwrite64, file->descriptor, change->new_bytes, length < change->length ? length : change->length, change->offset);
}

static void cut_power(void) {
    state = (uint64_t)control->seed;
    for (int i = 0; i < file_count; i++) {
        for (struct change *change = files[i].newest; change; change = change->older) {
            if (change->old_length)
                syscall(SYS_pwrite64, files[i].descriptor, change->old_bytes, change->old_length, change->offset);
            syscall(SYS_ftruncate, files[i].descriptor, change->size_before);
            control->undone++;
        }
        if (control->keep_percent) again(&files[i], files[i].newest);
    }
    for (int i = name_count - 1; i >= 0; i--) {
        if ((int32_t)chance(100) < control->keep_percent) continue;
        char aside[PATH_MAX + 8];
        snprintf(aside, sizeof aside, "%s.lost", names[i].to);
        syscall(SYS_rename, names[i].to, names[i].from[0] ? names[i].from : aside);
        control->undone++;
    }
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

// Counts an operation on the folder; the lock is held.
static void operation(void) {
    if (control->cut_after > 0 && --control->cut_after == 0) cut_power();
}

// MARK: Files

static ssize_t write_at(int descriptor, const void *bytes, size_t length, off_t offset, struct file *file) {
    operation();
    if (control->full && offset + (off_t)length > size_of(file)) {
        control->refused_writes++;
        errno = control->full;
        return -1;
    }
    remember(file, offset, bytes, length, offset + (off_t)length);
    ssize_t written = syscall(SYS_pwrite64, descriptor, bytes, length, offset);
    operation();
    return written;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
    pthread_mutex_lock(&lock);
    struct file *file = file_of(descriptor);
    ssize_t written = file ? write_at(descriptor, bytes, length, offset, file)
                           : syscall(SYS_pwrite64, descriptor, bytes, length, offset);
    int code = errno;
    pthread_mutex_unlock(&lock);
    errno = code;
    return written;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    return pwrite(descriptor, bytes, length, offset);
}

static int truncate_to(int descriptor, off_t length) {
    pthread_mutex_lock(&lock);
    struct file *file = file_of(descriptor);
    if (file) {
        operation();
        remember(file, length, NULL, 0, length);
    }
    int result = syscall(SYS_ftruncate, descriptor, length);
    int code = errno;
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

int ftruncate(int descriptor, off_t length) { return truncate_to(descriptor, length); }
int ftruncate64(int descriptor, off64_t length) { return truncate_to(descriptor, length); }

static int synchronise(int descriptor, long call) {
    char path[PATH_MAX];
    pthread_mutex_lock(&lock);
    struct file *file = file_of(descriptor);
    struct stat status;
    int is_folder = control && !file && !fstat(descriptor, &status) && S_ISDIR(status.st_mode) && path_of(descriptor, path);
    if (file || is_folder) {
        operation();
        if (control->fail_syncs) {
            control->failed_syncs++;
            pthread_mutex_unlock(&lock);
            errno = EIO;
            return -1;
        }
    }
    // The kernel's own sync is left out: the process's end does not lose what the kernel has.
    int result = file || is_folder ? 0 : syscall(call, descriptor);
    int code = errno;
    if (file) settle(file);
    if (is_folder) settle_names(path);
    if (file || is_folder) operation();
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

int fsync(int descriptor) { return synchronise(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return synchronise(descriptor, SYS_fdatasync); }

// Makes nothing durable, but hears of what could not be written, as a sync does, and the next sync does not hear it again.
int sync_file_range(int descriptor, off64_t offset, off64_t count, unsigned int flags) {
    pthread_mutex_lock(&lock);
    int fails = file_of(descriptor) && control->fail_syncs && flags & SYNC_FILE_RANGE_WAIT_AFTER;
    if (fails) control->failed_write_outs++;
    pthread_mutex_unlock(&lock);
    if (fails) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_sync_file_range, descriptor, offset, count, flags);
}

// MARK: Names

static void remember_name(const char *from, const char *to) {
    if (!is_inside(to) || name_count == max_names) return;
    strcpy(names[name_count].from, from);
    strcpy(names[name_count].to, to);
    name_count++;
}

static int open_file(int at, const char *given, int flags, mode_t mode) {
    char path[PATH_MAX];
    struct stat status;
    if (!control || !(flags & O_CREAT) || !absolute(given, path) || !is_inside(path))
        return syscall(SYS_openat, at, given, flags, mode);
    pthread_mutex_lock(&lock);
    int is_new = lstat(path, &status) != 0;
    int descriptor = syscall(SYS_openat, at, given, flags, mode);
    int code = errno;
    if (is_new && descriptor >= 0) remember_name("", path);
    pthread_mutex_unlock(&lock);
    errno = code;
    return descriptor;
}

#define MODE(flags) ({ va_list list; va_start(list, flags); mode_t mode = va_arg(list, int); va_end(list); mode; })

int open(const char *path, int flags, ...) { return open_file(AT_FDCWD, path, flags, flags & O_CREAT ? MODE(flags) : 0); }
int open64(const char *path, int flags, ...) { return open_file(AT_FDCWD, path, flags, flags & O_CREAT ? MODE(flags) : 0); }
int openat(int at, const char *path, int flags, ...) { return open_file(at, path, flags, flags & O_CREAT ? MODE(flags) : 0); }
int openat64(int at, const char *path, int flags, ...) { return open_file(at, path, flags, flags & O_CREAT ? MODE(flags) : 0); }

int mkdir(const char *given, mode_t mode) {
    char path[PATH_MAX];
    pthread_mutex_lock(&lock);
    int result = syscall(SYS_mkdirat, AT_FDCWD, given, mode);
    int code = errno;
    if (control && result == 0 && absolute(given, path)) remember_name("", path);
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

int rename(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    pthread_mutex_lock(&lock);
    int is_ours = control && absolute(from, old) && absolute(to, new) && is_inside(new);
    if (is_ours) operation();
    int result = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    int code = errno;
    if (is_ours && result == 0) {
        // Its first name is not looked at any more: the new one holds it.
        for (int i = 0; i < name_count; i++)
            if (!strcmp(names[i].to, old)) names[i--] = names[--name_count];
        remember_name(old, new);
        operation();
    }
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

int unlink(const char *given) {
    char path[PATH_MAX];
    pthread_mutex_lock(&lock);
    int is_ours = control && absolute(given, path) && is_inside(path);
    int result = syscall(SYS_unlinkat, AT_FDCWD, given, 0);
    int code = errno;
    for (int i = 0; is_ours && result == 0 && i < name_count; i++)
        if (!strcmp(names[i].to, path)) names[i--] = names[--name_count];
    pthread_mutex_unlock(&lock);
    errno = code;
    return result;
}

// MARK: Replies

static void look(const char *bytes, size_t length) {
    static const char mark[] = "\"id\":\"ack-";
    const char *end = bytes + length, *line = bytes;
    while (line < end) {
        const char *next = memchr(line, '\n', end - line);
        if (!next) return;
        const char *at = memmem(line, next - line, mark, sizeof mark - 1);
        if (at && memmem(line, next - line, "\"status\":\"OK\"", 13)) {
            long number = number_at(at + sizeof mark - 1, next);
            if (number >= 0) {
                control->replies++;
                if (!(control->synced[number / 8] & (1 << (number % 8)))) control->early_replies++;
            }
        }
        line = next + 1;
    }
}

static void leaves(int descriptor, const struct iovec *parts, int count) {
    struct stat status;
    if (!control || fstat(descriptor, &status) || !S_ISSOCK(status.st_mode)) return;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < count; i++) look(parts[i].iov_base, parts[i].iov_len);
    pthread_mutex_unlock(&lock);
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    struct iovec part = {(void *)bytes, length};
    leaves(descriptor, &part, 1);
    pthread_mutex_lock(&lock);
    struct file *file = file_of(descriptor);
    ssize_t written;
    if (file) {
        off_t offset = lseek(descriptor, 0, SEEK_CUR);
        written = write_at(descriptor, bytes, length, offset, file);
        if (written > 0) lseek(descriptor, offset + written, SEEK_SET);
    }
    int code = errno;
    pthread_mutex_unlock(&lock);
    errno = code;
    return file ? written : syscall(SYS_write, descriptor, bytes, length);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    leaves(descriptor, parts, count);
    return syscall(SYS_writev, descriptor, parts, count);
}

ssize_t sendto(int descriptor, const void *bytes, size_t length, int flags, const struct sockaddr *to, socklen_t to_length) {
    struct iovec part = {(void *)bytes, length};
    leaves(descriptor, &part, 1);
    return syscall(SYS_sendto, descriptor, bytes, length, flags, to, to_length);
}

ssize_t send(int descriptor, const void *bytes, size_t length, int flags) {
    return sendto(descriptor, bytes, length, flags, NULL, 0);
}

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    leaves(descriptor, message->msg_iov, message->msg_iovlen);
    return syscall(SYS_sendmsg, descriptor, message, flags);
}
