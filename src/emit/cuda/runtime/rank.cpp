#include "runtime/rank.h"

#include <algorithm>

#include "runtime/checkpoints.h"
#include "runtime/meter.h"
#include "runtime/stream.h"
#include "runtime/watch.h"

namespace weft {
namespace {

/** Numbers that are reduced at once, at most. */
constexpr int kScratchNumbers = 4096;

}  // namespace

Together::Together(Rank& rank, const char* call) : progress_(rank.progress()) {
  progress_.blocked_in = call;
}
Together::~Together() {
  progress_.blocked_in = nullptr;
}

Rank::Rank(
  const PlanFacts& facts, int rank, int world, const ncclUniqueId& id, const Options& options, Peers& peers
)
    : facts_(facts), options_(options), rank_(rank), world_(world), peers_(peers) {
  host_rank = rank;
  if (world != facts.world)
    throw Failure(format("the plan is for %d ranks, and there are %d", facts.world, world));
  peers.watch(progress_);
  watch_ = std::make_unique<Watch>(rank, progress_, peers, options.timeout_seconds);
  meter_ = std::make_unique<Meter>();
  ncclConfig_t config = NCCL_CONFIG_INITIALIZER;
#if NCCL_VERSION_CODE >= NCCL_VERSION(2, 27, 0)
  config.commName = "world";
#endif
  {
    const Together together(*this, "ncclCommInitRankConfig");
    NCCL_CHECK(ncclCommInitRankConfig(&world_communicator_, world, id, rank, &config), nullptr);
  }
  watch_->add(world_communicator_, "world");
  allocate();
  reads_ = std::make_unique<Stream>(*this, "host reads", -1);
  own_stream_ = std::make_unique<Stream>(*this, "runtime");
  read_done_ = std::make_unique<Event>("host read");
  if (options.validate || !options.checkpoints.empty()) checkpoints_ = std::make_unique<Checkpoints>(facts);
}

Rank::~Rank() {
  peers_.leave();
}

void Rank::allocate() {
  const auto bytes = static_cast<std::size_t>(facts_.memory_bytes);
  void* memory = nullptr;
  if (options_.register_buffers)
    NCCL_CHECK(ncclMemAlloc(&memory, bytes), world_communicator_);
  else
    CUDA_CHECK(cudaMalloc(&memory, bytes));
  memory_ = static_cast<std::byte*>(memory);
  CUDA_CHECK(cudaMalloc(&memory, 2 * kScratchNumbers * sizeof(double)));
  scratch_ = static_cast<double*>(memory);
  pinned_ = std::make_unique<Pinned<double>>(kScratchNumbers);
}

void Rank::at(int layer, const char* launch, Source source) {
  call_site.program = source;
  progress_.layer.store(layer, std::memory_order_relaxed);
  progress_.launch.store(launch, std::memory_order_relaxed);
  progress_.launches.fetch_add(1, std::memory_order_release);
}

void Rank::read(std::initializer_list<const Event*> events, std::initializer_list<Read> reads) {
  for (const Event* each : events) reads_->wait(*each, call_site.program);
  for (const Read& each : reads)
    CUDA_CHECK(cudaMemcpyAsync(
      each.to,
      each.from,
      static_cast<std::size_t>(each.words) * sizeof(Index),
      cudaMemcpyDeviceToHost,
      reads_->handle()
    ));
  reads_->record(*read_done_, call_site.program);
  watch_->wait(read_done_->handle());
}

void Rank::checkpoint(
  cudaStream_t stream,
  int layer,
  int value,
  int micro_batch,
  const void* first_row,
  std::int64_t begin,
  std::int64_t end
) {
  if (checkpoints_ != nullptr) checkpoints_->copy(stream, layer, value, micro_batch, first_row, begin, end);
}

void Rank::wait_for_all() {
  watch_->wait_for_all();
}

void Rank::sum(double* numbers, int count) {
  reduce(numbers, count, ncclSum);
}
void Rank::largest(double* numbers, int count) {
  reduce(numbers, count, ncclMax);
}

void Rank::meet() {
  double nothing = 0;
  sum(&nothing, 1);
}

void Rank::reduce(double* numbers, int count, ncclRedOp_t operation) {
  call_site.program = {};
  cudaStream_t stream = own_stream_->handle();
  double* const own = scratch_;
  double* const all = scratch_ + kScratchNumbers;
  for (int begin = 0; begin < count; begin += kScratchNumbers) {
    const auto part = static_cast<std::size_t>(std::min(kScratchNumbers, count - begin));
    const std::size_t bytes = part * sizeof(double);
    // Pinned, since a copy to other memory would not return before everything has arrived, whatever the watch thinks of it.
    std::copy_n(numbers + begin, part, pinned_->data());
    CUDA_CHECK(cudaMemcpyAsync(own, pinned_->data(), bytes, cudaMemcpyHostToDevice, stream));
    {
      const Together together(*this, "ncclAllReduce");
      NCCL_CHECK(
        ncclAllReduce(own, all, part, ncclDouble, operation, world_communicator_, stream), world_communicator_
      );
    }
    CUDA_CHECK(cudaMemcpyAsync(pinned_->data(), all, bytes, cudaMemcpyDeviceToHost, stream));
    watch_->wait(stream);
    std::copy_n(pinned_->data(), part, numbers + begin);
  }
}

void Rank::finish() {
  checkpoints_.reset();
  reads_.reset();
  own_stream_.reset();
  read_done_.reset();
  meter_.reset();
  if (watch_->remove(world_communicator_)) {
    const Together together(*this, "ncclCommFinalize");
    NCCL_CHECK(ncclCommFinalize(world_communicator_), world_communicator_);
    watch_->settle(world_communicator_, "world");
    NCCL_CHECK(ncclCommDestroy(world_communicator_), nullptr);
  }
  pinned_.reset();
  CUDA_CHECK(cudaFree(scratch_));
  if (options_.register_buffers)
    NCCL_CHECK(ncclMemFree(memory_), nullptr);
  else
    CUDA_CHECK(cudaFree(memory_));
}

void Rank::abort() {
  watch_->abort_communicators();
}

}  // namespace weft
