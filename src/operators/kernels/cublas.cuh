// The product of rows with one matrix by cuBLAS, where CMake found it (WEFT_HAVE_CUBLAS) and it serves the
// formats.
#pragma once

#include "operators/views.h"
#include "runtime/check.h"

#if defined(WEFT_HAVE_CUBLAS)
#include <cublas_v2.h>
#endif

namespace weft {

#if defined(WEFT_HAVE_CUBLAS)

template <class T>
inline constexpr bool kInCublas =
  std::is_same_v<T, Float> || std::is_same_v<T, Bf16> || std::is_same_v<T, Fp16>;
template <class T>
inline constexpr cudaDataType kCudaType = std::is_same_v<T, Float> ? CUDA_R_32F
  : std::is_same_v<T, Bf16>                                        ? CUDA_R_16BF
                                                                   : CUDA_R_16F;

inline void check_cublas(cublasStatus_t status) {
  if (status != CUBLAS_STATUS_SUCCESS) throw Failure(format("cuBLAS: %s", cublasGetStatusString(status)));
}

/** One for each host thread, and so for each rank; made in the warm-up, which nothing captures. */
inline cublasHandle_t cublas_handle() {
  thread_local const cublasHandle_t handle = [] {
    cublasHandle_t made = nullptr;
    check_cublas(cublasCreate(&made));
    return made;
  }();
  return handle;
}

/** Computes it if cuBLAS serves the formats. Its matrices are column by column, so it is asked for out' = w'
 * x'. */
template <class X, class W, class O>
bool cublas_matmul(const Launch& launch, Rows<X> x, Matrix<W> w, Rows<O> out) {
  if constexpr (std::is_same_v<X, W> && std::is_same_v<X, O> && kInCublas<X>) {
    const float one = 1.0f;
    const float zero = 0.0f;
    const cublasHandle_t handle = cublas_handle();
    check_cublas(cublasSetStream(handle, launch.stream));
    check_cublas(cublasGemmEx(
      handle,
      CUBLAS_OP_N,
      CUBLAS_OP_N,
      w.columns,
      launch.rows(),
      w.rows,
      &one,
      w.data,
      kCudaType<W>,
      w.columns,
      x.data + launch.row_begin * row_bytes<X>(x.width),
      kCudaType<X>,
      x.width,
      &zero,
      out.data + launch.row_begin * row_bytes<O>(out.width),
      kCudaType<O>,
      out.width,
      CUBLAS_COMPUTE_32F,
      CUBLAS_GEMM_DEFAULT
    ));
    return true;
  } else {
    return false;
  }
}

#else

template <class X, class W, class O>
bool cublas_matmul(const Launch&, Rows<X>, Matrix<W>, Rows<O>) {
  return false;
}

#endif

}  // namespace weft
