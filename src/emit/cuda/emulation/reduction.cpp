/** Numbers of NCCL's types. */
#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <algorithm>
#include <cstdint>

#include "emulation/transfer.h"

namespace weft::emulation {
namespace {

template <class T>
T reduced(T a, T b, ncclRedOp_t reduction) {
  switch (reduction) {
    case ncclProd:
      return static_cast<T>(a * b);
    case ncclMax:
      return std::max(a, b);
    case ncclMin:
      return std::min(a, b);
    default:
      return static_cast<T>(a + b);
  }
}

/** Values are computed as Wide. */
template <class T, class Wide = T>
struct Numbers {
  static void reduce(void* to, const void* from, std::size_t count, ncclRedOp_t reduction) {
    T* values = static_cast<T*>(to);
    const T* others = static_cast<const T*>(from);
    for (std::size_t i = 0; i < count; ++i) {
      values[i] = T(reduced(static_cast<Wide>(values[i]), static_cast<Wide>(others[i]), reduction));
    }
  }
  static void divide(void* to, std::size_t count, std::size_t by) {
    T* values = static_cast<T*>(to);
    for (std::size_t i = 0; i < count; ++i)
      values[i] = T(static_cast<Wide>(values[i]) / static_cast<Wide>(by));
  }
};

/** Calls `visit` with the Numbers of the type; false where there are none. */
template <class Visit>
bool with_numbers(ncclDataType_t type, Visit visit) {
  switch (type) {
    case ncclInt8:
      visit(Numbers<std::int8_t>{});
      return true;
    case ncclUint8:
      visit(Numbers<std::uint8_t>{});
      return true;
    case ncclInt32:
      visit(Numbers<std::int32_t>{});
      return true;
    case ncclUint32:
      visit(Numbers<std::uint32_t>{});
      return true;
    case ncclInt64:
      visit(Numbers<std::int64_t>{});
      return true;
    case ncclUint64:
      visit(Numbers<std::uint64_t>{});
      return true;
    case ncclFloat16:
      visit(Numbers<__half, float>{});
      return true;
    case ncclBfloat16:
      visit(Numbers<__nv_bfloat16, float>{});
      return true;
    case ncclFloat32:
      visit(Numbers<float>{});
      return true;
    case ncclFloat64:
      visit(Numbers<double>{});
      return true;
    default:
      return false;
  }
}

}  // namespace

bool reduce_into(void* to, const void* from, std::size_t count, ncclDataType_t type, ncclRedOp_t reduction) {
  return with_numbers(type, [&](auto numbers) { numbers.reduce(to, from, count, reduction); });
}

void divide(void* values, std::size_t count, ncclDataType_t type, std::size_t by) {
  with_numbers(type, [&](auto numbers) { numbers.divide(values, count, by); });
}

std::size_t bytes_of(ncclDataType_t type) {
  switch (type) {
    case ncclInt32:
    case ncclUint32:
    case ncclFloat32:
      return 4;
    case ncclInt64:
    case ncclUint64:
    case ncclFloat64:
      return 8;
    case ncclFloat16:
    case ncclBfloat16:
      return 2;
    default:
      return 1;
  }
}

const char* name_of(ncclDataType_t type) {
  constexpr const char* kNames[] = {
    "int8",
    "uint8",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "half",
    "float32",
    "float64",
    "bfloat16",
    "float8e4m3",
    "float8e5m2"
  };
  const auto index = static_cast<std::size_t>(type);
  return index < sizeof kNames / sizeof kNames[0] ? kNames[index] : "values of no type";
}

std::size_t Item::bytes() const {
  return count * bytes_of(type);
}

}  // namespace weft::emulation
