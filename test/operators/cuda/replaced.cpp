// Other kernels in the place of the defaults: cuBLAS, by a stand-in that computes what it would, and
// operators/custom.h.
#include <cublas_v2.h>

#include "values.h"

namespace {
int cublas_products = 0;
}

cublasStatus_t cublasCreate(cublasHandle_t* handle) {
  *handle = nullptr;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasSetStream(cublasHandle_t, cudaStream_t) {
  return CUBLAS_STATUS_SUCCESS;
}
const char* cublasGetStatusString(cublasStatus_t) {
  return "";
}

/** c = a b, column by column. */
cublasStatus_t cublasGemmEx(
  cublasHandle_t,
  cublasOperation_t,
  cublasOperation_t,
  int m,
  int n,
  int k,
  const void*,
  const void* a,
  cudaDataType type,
  int a_pitch,
  const void* b,
  cudaDataType,
  int b_pitch,
  const void*,
  void* c,
  cudaDataType,
  int c_pitch,
  cublasComputeType_t,
  cublasGemmAlgo_t
) {
  if (type != CUDA_R_32F) return CUBLAS_STATUS_NOT_SUPPORTED;
  ++cublas_products;
  for (int column = 0; column < n; ++column) {
    for (int row = 0; row < m; ++row) {
      float sum = 0.0f;
      for (int i = 0; i < k; ++i) {
        sum += static_cast<const float*>(a)[i * a_pitch + row] *
          static_cast<const float*>(b)[column * b_pitch + i];
      }
      static_cast<float*>(c)[column * c_pitch + row] = sum;
    }
  }
  return CUBLAS_STATUS_SUCCESS;
}

int main() {
  using namespace weft;
  constexpr int kRows = 7, kDepth = 13, kColumns = 5;
  Random random_values;
  auto x = Values<Float>::filled(kRows, kDepth, random_values.values(kRows * kDepth));
  auto w = Values<Float>::filled(kDepth, kColumns, random_values.values(kDepth * kColumns));
  auto out = Values<Float>::filled(kRows, kColumns, std::vector<float>(kRows * kColumns, 3.0f));
  matmul(Launch{nullptr, 2, kRows}, x.rows(), w.matrix(), Segments{}, out.rows());
  std::vector<double> expected;
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      double sum = row < 2 ? 3 : 0;
      for (int i = 0; i < kDepth && row >= 2; ++i) sum += static_cast<double>(x.at(row, i)) * w.at(i, column);
      expected.push_back(sum);
    }
  }
  expect_close("matmul by cuBLAS", out.decoded(), expected, 1e-5);

  const Rows<Bf16> none = {nullptr, 8};
  attention(Launch{nullptr, 0, 1}, none, none, none, 1, 0, 1, 1, 4, 4, 4, 1.0f);
  const std::vector<Index> launches = {
    static_cast<Index>(cublas_products), static_cast<Index>(custom_launches)
  };
  expect_same("launches of what replaces defaults", launches, {1, 1});
  return 0;
}
