/**
 * Ranges and names of NVTX, which reports show.
 *
 * The standalone header's functions are defined here. The real header's are inline, and look for a tool to call: for a weak
 * pointer of the name below, which this file makes a strong one.
 */
#include <cuda_runtime.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "emulation/machine.h"
#include "emulation/site.h"
#include "emulation/stream.h"

namespace weft::emulation {
namespace {

// Layouts and numbers of NVTX 3, whose header this file must not include: it would define the pointer, too.
struct Attributes {
  std::uint16_t version;
  std::uint16_t size;
  std::uint32_t category;
  std::int32_t color_type;
  std::uint32_t color;
  std::int32_t payload_type;
  std::int32_t reserved;
  union {
    std::uint64_t bits;
    std::int32_t number;
  } payload;
  std::int32_t message_type;
  const char* message;
};
constexpr std::int32_t kMessageOfCharacters = 1;
constexpr std::int32_t kPayloadInt32 = 5;

using Function = void (*)();
struct Callbacks {
  std::size_t size;
  int (*function_table)(int module, Function*** table, unsigned* size);
};
constexpr std::uint32_t kCallbacks = 1;
constexpr int kCoreModule = 1;
constexpr int kRuntimeModule = 4;
constexpr unsigned kRangePushEx = 8;
constexpr unsigned kRangePushA = 9;
constexpr unsigned kRangePop = 11;
constexpr unsigned kNameCudaStreamA = 3;

int push_attributes(const Attributes* attributes) {
  std::string text = attributes->message_type == kMessageOfCharacters ? attributes->message : "";
  if (attributes->payload_type == kPayloadInt32)
    text += ", layer " + std::to_string(attributes->payload.number);
  return push_range(text.c_str());
}

void name_stream(CUstream_st* stream, const char* name) {
  if (stream == nullptr) return;
  stream->name = name;
  machine().detector.rename(stream->component, name);
}

void set(Function** table, unsigned size, unsigned index, Function function) {
  if (index < size && table[index] != nullptr) *table[index] = function;
}

int attach(const void* (*export_table)(std::uint32_t)) {
  const auto* callbacks = static_cast<const Callbacks*>(export_table(kCallbacks));
  if (callbacks == nullptr) return 0;
  Function** table = nullptr;
  unsigned size = 0;
  if (callbacks->function_table(kCoreModule, &table, &size)) {
    set(table, size, kRangePushEx, reinterpret_cast<Function>(&push_attributes));
    set(table, size, kRangePushA, reinterpret_cast<Function>(&push_range));
    set(table, size, kRangePop, reinterpret_cast<Function>(&pop_range));
  }
  if (callbacks->function_table(kRuntimeModule, &table, &size)) {
    set(table, size, kNameCudaStreamA, reinterpret_cast<Function>(&name_stream));
  }
  return 1;
}

}  // namespace
}  // namespace weft::emulation

using namespace weft::emulation;

extern "C" {
extern int (*InitializeInjectionNvtx2_fnptr)(const void* (*)(std::uint32_t));
int (*InitializeInjectionNvtx2_fnptr)(const void* (*)(std::uint32_t)) = &attach;

int nvtxRangePushA(const char* message) {
  return push_range(message);
}
int nvtxRangePushEx(const Attributes* attributes) {
  return push_attributes(attributes);
}
int nvtxRangePop() {
  return pop_range();
}
std::uint64_t nvtxRangeStartA(const char*) {
  return 0;
}
void nvtxRangeEnd(std::uint64_t) {}
void nvtxMarkA(const char*) {}
void nvtxNameCudaStreamA(cudaStream_t stream, const char* name) {
  name_stream(stream, name);
}
void nvtxNameCudaEventA(cudaEvent_t event, const char* name) {
  if (event != nullptr) event->name = name;
}
}
