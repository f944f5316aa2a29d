/** NVTX ranges and names, which the emulation shows in its reports. */
#pragma once

#include <cstdint>

using nvtxRangeId_t = std::uint64_t;

extern "C" {
int nvtxRangePushA(const char* message);
int nvtxRangePop();
nvtxRangeId_t nvtxRangeStartA(const char* message);
void nvtxRangeEnd(nvtxRangeId_t range);
void nvtxMarkA(const char* message);
}

#define nvtxRangePush nvtxRangePushA
#define nvtxRangeStart nvtxRangeStartA
#define nvtxMark nvtxMarkA
