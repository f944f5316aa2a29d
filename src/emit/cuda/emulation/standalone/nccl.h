/**
 * The part of NCCL's API that programs use, declared as NVIDIA's header does, for machines without it.
 *
 * Where the real header is at hand the emulation is compiled against that, so that a wrong signature here cannot hide.
 */
#pragma once

#include <cuda_runtime.h>

#include <climits>
#include <cstddef>

#define NCCL_MAJOR 2
#define NCCL_MINOR 29
#define NCCL_PATCH 7
#define NCCL_SUFFIX ""
#define NCCL_VERSION_CODE 22907
#define NCCL_VERSION(X, Y, Z) \
  (((X) <= 2 && (Y) <= 8) ? (X) * 1000 + (Y) * 100 + (Z) : (X) * 10000 + (Y) * 100 + (Z))

#define NCCL_UNIQUE_ID_BYTES 128
#define NCCL_CONFIG_UNDEF_INT INT_MIN
#define NCCL_CONFIG_UNDEF_PTR nullptr
#define NCCL_SPLIT_NOCOLOR -1
#define NCCL_UNDEF_FLOAT -1.0f

using ncclComm_t = struct ncclComm*;

struct ncclUniqueId {
  char internal[NCCL_UNIQUE_ID_BYTES];
};

enum ncclResult_t {
  ncclSuccess = 0,
  ncclUnhandledCudaError = 1,
  ncclSystemError = 2,
  ncclInternalError = 3,
  ncclInvalidArgument = 4,
  ncclInvalidUsage = 5,
  ncclRemoteError = 6,
  ncclInProgress = 7,
  ncclTimeout = 8,
  ncclNumResults = 9
};

enum ncclDataType_t {
  ncclInt8 = 0,
  ncclChar = 0,
  ncclUint8 = 1,
  ncclInt32 = 2,
  ncclInt = 2,
  ncclUint32 = 3,
  ncclInt64 = 4,
  ncclUint64 = 5,
  ncclFloat16 = 6,
  ncclHalf = 6,
  ncclFloat32 = 7,
  ncclFloat = 7,
  ncclFloat64 = 8,
  ncclDouble = 8,
  ncclBfloat16 = 9,
  ncclFloat8e4m3 = 10,
  ncclFloat8e5m2 = 11,
  ncclNumTypes = 12
};

enum ncclRedOp_t { ncclSum = 0, ncclProd = 1, ncclMax = 2, ncclMin = 3, ncclAvg = 4, ncclNumOps = 5 };

struct ncclConfig_t {
  std::size_t size;
  unsigned magic;
  unsigned version;
  int blocking;
  int cgaClusterSize;
  int minCTAs;
  int maxCTAs;
  const char* netName;
  int splitShare;
  int trafficClass;
  const char* commName;
  int collnetEnable;
  int CTAPolicy;
  int shrinkShare;
  int nvlsCTAs;
  int nChannelsPerNetPeer;
  int nvlinkCentricSched;
  int graphUsageMode;
  int numRmaCtx;
};
#define NCCL_CONFIG_INITIALIZER                      \
  {sizeof(ncclConfig_t),                             \
   0xcafebeef,                                       \
   NCCL_VERSION(NCCL_MAJOR, NCCL_MINOR, NCCL_PATCH), \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_PTR,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_PTR,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT,                            \
   NCCL_CONFIG_UNDEF_INT}

extern "C" {
ncclResult_t ncclGetVersion(int* version);
ncclResult_t ncclGetUniqueId(ncclUniqueId* id);
ncclResult_t ncclCommInitRank(ncclComm_t* comm, int ranks, ncclUniqueId id, int rank);
ncclResult_t ncclCommInitRankConfig(
  ncclComm_t* comm, int ranks, ncclUniqueId id, int rank, ncclConfig_t* config
);
ncclResult_t ncclCommSplit(ncclComm_t comm, int color, int key, ncclComm_t* part, ncclConfig_t* config);
ncclResult_t ncclCommFinalize(ncclComm_t comm);
ncclResult_t ncclCommDestroy(ncclComm_t comm);
ncclResult_t ncclCommAbort(ncclComm_t comm);
ncclResult_t ncclCommGetAsyncError(ncclComm_t comm, ncclResult_t* error);
ncclResult_t ncclCommCount(const ncclComm_t comm, int* count);
ncclResult_t ncclCommCuDevice(const ncclComm_t comm, int* device);
ncclResult_t ncclCommUserRank(const ncclComm_t comm, int* rank);
ncclResult_t ncclCommRegister(const ncclComm_t comm, void* buffer, std::size_t bytes, void** handle);
ncclResult_t ncclCommDeregister(const ncclComm_t comm, void* handle);
ncclResult_t ncclMemAlloc(void** pointer, std::size_t bytes);
ncclResult_t ncclMemFree(void* pointer);
const char* ncclGetErrorString(ncclResult_t result);
const char* ncclGetLastError(ncclComm_t comm);
ncclResult_t ncclGroupStart();
ncclResult_t ncclGroupEnd();
ncclResult_t ncclSend(
  const void* data, std::size_t count, ncclDataType_t type, int peer, ncclComm_t comm, cudaStream_t stream
);
ncclResult_t ncclRecv(
  void* data, std::size_t count, ncclDataType_t type, int peer, ncclComm_t comm, cudaStream_t stream
);
ncclResult_t ncclAllReduce(
  const void* from,
  void* to,
  std::size_t count,
  ncclDataType_t type,
  ncclRedOp_t op,
  ncclComm_t comm,
  cudaStream_t stream
);
ncclResult_t ncclAllGather(
  const void* from, void* to, std::size_t count, ncclDataType_t type, ncclComm_t comm, cudaStream_t stream
);
ncclResult_t ncclAlltoAll(
  const void* from, void* to, std::size_t count, ncclDataType_t type, ncclComm_t comm, cudaStream_t stream
);
}
