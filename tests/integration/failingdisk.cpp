// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preloaded into a program: the calls that write to our databases fail from the
// MAESTRO_FAIL_AT-th on, or that one alone if MAESTRO_FAIL_ONCE is set, with the error number in
// MAESTRO_FAIL_WITH. Says in the end how many there were.
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <unistd.h>

namespace {

std::atomic<int> calls{0};

int numberFrom(const char *variable)
{
    const char *text = std::getenv(variable);
    return text ? std::atoi(text) : 0;
}

bool isDatabase(int file)
{
    char link[64];
    char path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0) {
        return false;
    }
    path[length] = '\0';
    return std::strstr(path, "/vault.db") != nullptr
        || std::strstr(path, "/conversations.db") != nullptr;
}

bool fails(int file)
{
    if (!isDatabase(file)) {
        return false;
    }
    static const int failAt = numberFrom("MAESTRO_FAIL_AT");
    static const bool isOnce = std::getenv("MAESTRO_FAIL_ONCE") != nullptr;
    static const int failWith = numberFrom("MAESTRO_FAIL_WITH");
    const int call = ++calls;
    if (failAt == 0 || call < failAt || (isOnce && call > failAt)) {
        return false;
    }
    errno = failWith;
    return true;
}

template <typename Function>
Function next(Function, const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

struct Report
{
    ~Report() { std::fprintf(stderr, "calls %d\n", calls.load()); }
};
const Report report; // NOLINT(cert-err58-cpp): it throws nothing

} // namespace

extern "C" {

__attribute__((visibility("default"))) ssize_t write(int file, const void *bytes, size_t size)
{
    static const auto real = next(&::write, "write");
    return fails(file) ? -1 : real(file, bytes, size);
}

__attribute__((visibility("default"))) ssize_t pwrite(int file, const void *bytes, size_t size,
                                                      off_t at)
{
    static const auto real = next(&::pwrite, "pwrite");
    return fails(file) ? -1 : real(file, bytes, size, at);
}

__attribute__((visibility("default"))) ssize_t pwrite64(int file, const void *bytes, size_t size,
                                                        off64_t at)
{
    static const auto real = next(&::pwrite64, "pwrite64");
    return fails(file) ? -1 : real(file, bytes, size, at);
}

__attribute__((visibility("default"))) int fsync(int file)
{
    static const auto real = next(&::fsync, "fsync");
    return fails(file) ? -1 : real(file);
}

__attribute__((visibility("default"))) int fdatasync(int file)
{
    static const auto real = next(&::fdatasync, "fdatasync");
    return fails(file) ? -1 : real(file);
}

__attribute__((visibility("default"))) int ftruncate(int file, off_t size) noexcept
{
    static const auto real = next(&::ftruncate, "ftruncate");
    return fails(file) ? -1 : real(file, size);
}

__attribute__((visibility("default"))) int ftruncate64(int file, off64_t size) noexcept
{
    static const auto real = next(&::ftruncate64, "ftruncate64");
    return fails(file) ? -1 : real(file, size);
}

} // extern "C"
