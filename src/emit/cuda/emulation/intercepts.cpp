/**
 * Functions of the C library that read and write memory for the program, and are not instrumented.
 *
 * A function of the executable comes before the library's of the same name. What the library's does is to be had by other
 * names: __memcpy_chk is memcpy with the size of the destination, fwrite_unlocked is fwrite between flockfile and funlockfile.
 */
#include <cstddef>
#include <cstdio>

#include "emulation/marks.h"

#if defined(__GLIBC__)

using weft::emulation::note_access;

namespace {
constexpr std::size_t kAnySize = ~std::size_t{0};
}

extern "C" {
// By these names the compiler does not know what they are: it would turn __memcpy_chk of any size back into memcpy.
void* library_memcpy(void* to, const void* from, std::size_t bytes, std::size_t size) asm("__memcpy_chk");
void* library_memmove(void* to, const void* from, std::size_t bytes, std::size_t size) asm("__memmove_chk");
void* library_memset(void* to, int value, std::size_t bytes, std::size_t size) asm("__memset_chk");

void* memcpy(void* to, const void* from, std::size_t bytes) {
  note_access(from, bytes, false, __builtin_return_address(0));
  note_access(to, bytes, true, __builtin_return_address(0));
  return library_memcpy(to, from, bytes, kAnySize);
}

void* memmove(void* to, const void* from, std::size_t bytes) {
  note_access(from, bytes, false, __builtin_return_address(0));
  note_access(to, bytes, true, __builtin_return_address(0));
  return library_memmove(to, from, bytes, kAnySize);
}

void* memset(void* to, int value, std::size_t bytes) {
  note_access(to, bytes, true, __builtin_return_address(0));
  return library_memset(to, value, bytes, kAnySize);
}

std::size_t fwrite(const void* from, std::size_t size, std::size_t count, std::FILE* file) {
  note_access(from, size * count, false, __builtin_return_address(0));
  flockfile(file);
  const std::size_t written = fwrite_unlocked(from, size, count, file);
  funlockfile(file);
  return written;
}

std::size_t fread(void* to, std::size_t size, std::size_t count, std::FILE* file) {
  note_access(to, size * count, true, __builtin_return_address(0));
  flockfile(file);
  const std::size_t read = fread_unlocked(to, size, count, file);
  funlockfile(file);
  return read;
}
}

#endif
