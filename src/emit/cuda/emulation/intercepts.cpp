/**
 * Functions of the C library that read and write memory for the program, and are not instrumented.
 *
 * The linker's --wrap leads calls of f to __wrap_f, and __real_f to the library's. Without that option none of this is used.
 */
#include <cstddef>
#include <cstdio>

#include "emulation/marks.h"

using weft::emulation::note_access;

extern "C" {
void* __real_memcpy(void* to, const void* from, std::size_t bytes) __attribute__((weak));
void* __real_memmove(void* to, const void* from, std::size_t bytes) __attribute__((weak));
void* __real_memset(void* to, int value, std::size_t bytes) __attribute__((weak));
int __real_memcmp(const void* a, const void* b, std::size_t bytes) __attribute__((weak));
std::size_t __real_fwrite(const void* from, std::size_t size, std::size_t count, std::FILE* file) __attribute__((weak));
std::size_t __real_fread(void* to, std::size_t size, std::size_t count, std::FILE* file) __attribute__((weak));

void* __wrap_memcpy(void* to, const void* from, std::size_t bytes) {
  note_access(from, bytes, false, __builtin_return_address(0));
  note_access(to, bytes, true, __builtin_return_address(0));
  return __real_memcpy(to, from, bytes);
}

void* __wrap_memmove(void* to, const void* from, std::size_t bytes) {
  note_access(from, bytes, false, __builtin_return_address(0));
  note_access(to, bytes, true, __builtin_return_address(0));
  return __real_memmove(to, from, bytes);
}

void* __wrap_memset(void* to, int value, std::size_t bytes) {
  note_access(to, bytes, true, __builtin_return_address(0));
  return __real_memset(to, value, bytes);
}

int __wrap_memcmp(const void* a, const void* b, std::size_t bytes) {
  note_access(a, bytes, false, __builtin_return_address(0));
  note_access(b, bytes, false, __builtin_return_address(0));
  return __real_memcmp(a, b, bytes);
}

std::size_t __wrap_fwrite(const void* from, std::size_t size, std::size_t count, std::FILE* file) {
  note_access(from, size * count, false, __builtin_return_address(0));
  return __real_fwrite(from, size, count, file);
}

std::size_t __wrap_fread(void* to, std::size_t size, std::size_t count, std::FILE* file) {
  note_access(to, size * count, true, __builtin_return_address(0));
  return __real_fread(to, size, count, file);
}
}
