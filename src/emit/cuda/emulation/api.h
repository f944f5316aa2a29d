/** What every function of the emulated APIs does first and last. */
#pragma once

#include <cuda_runtime.h>

#include <memory>
#include <string>

#include "emulation/host.h"
#include "emulation/stream.h"

namespace weft::emulation {

/** Begins a call of the API by this thread's rank: counts it, and lets faults happen. */
Host& enter(const char* name);

/** Keeps the error for cudaGetLastError. */
cudaError_t fail(Host& host, cudaError_t error);

/** Something that the program must not do, whether or not the call says so. */
void misuse(const Host& host, const std::string& message);

/** The stream that a handle means, which may be the legacy default stream. */
CUstream_st& stream_of(Host& host, cudaStream_t handle);

/** A stream of the rank, which lives as long as the run. */
CUstream_st* add_stream(Host& host, const std::string& name, bool blocking);

/** Puts an operation on a stream, or into the graph that the stream is captured to. */
void enqueue(Host& host, CUstream_st& stream, std::shared_ptr<Operation> operation);

/** As `enqueue`, for the operations of a graph that is launched: never captured. */
void issue(Host& host, CUstream_st& stream, std::shared_ptr<Operation> operation);

/** Waits until the stream is idle; false where that never happens. */
bool wait_until_idle(Host& host, CUstream_st& stream, const std::string& what);
/** Waits until the record is done; false where that never happens. */
bool wait_for(Host& host, Record& record, const std::string& what);

/** Calls that no thread may make while it captures: they end the capture with an error. */
cudaError_t refuse_while_capturing(Host& host, const char* name);

}  // namespace weft::emulation
