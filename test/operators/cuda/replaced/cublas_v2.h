/** As much of cuBLAS as matmul calls, for machines without it; replaced.cpp defines it. */
#pragma once

#include <cuda_runtime.h>

using cublasHandle_t = struct cublasContext*;
enum cublasStatus_t { CUBLAS_STATUS_SUCCESS = 0, CUBLAS_STATUS_NOT_SUPPORTED = 15 };
enum cublasOperation_t { CUBLAS_OP_N = 0 };
enum cublasComputeType_t { CUBLAS_COMPUTE_32F = 68 };
enum cublasGemmAlgo_t { CUBLAS_GEMM_DEFAULT = -1 };
enum cudaDataType { CUDA_R_32F = 0, CUDA_R_16F = 2, CUDA_R_16BF = 14 };

cublasStatus_t cublasCreate(cublasHandle_t* handle);
cublasStatus_t cublasSetStream(cublasHandle_t handle, cudaStream_t stream);
const char* cublasGetStatusString(cublasStatus_t status);
cublasStatus_t cublasGemmEx(
  cublasHandle_t handle,
  cublasOperation_t transpose_a,
  cublasOperation_t transpose_b,
  int m,
  int n,
  int k,
  const void* alpha,
  const void* a,
  cudaDataType a_type,
  int a_pitch,
  const void* b,
  cudaDataType b_type,
  int b_pitch,
  const void* beta,
  void* c,
  cudaDataType c_type,
  int c_pitch,
  cublasComputeType_t compute,
  cublasGemmAlgo_t algorithm
);
