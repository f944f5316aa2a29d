#include "emulation/blocks.h"

#include <memory>
#include <vector>

#include "emulation/device.h"
#include "emulation/fiber.h"

uint3 threadIdx{0, 0, 0};
uint3 blockIdx{0, 0, 0};
dim3 blockDim;
dim3 gridDim;

namespace weft::emulation {
namespace {

constexpr int kWarp = 32;

struct Thread {
  /** The stack that it waits on; null before it starts and after it ends. */
  Fiber* fiber = nullptr;
  uint3 index{};
  bool ready = false;
};

/**
 * Lanes that meet. Where all of a warp do so, two sets of values take turns: a lane may leave its next one while slower lanes
 * read the last. Parts of a warp have a set of their own, and wait until all have read it.
 */
struct Warp {
  unsigned arrived = 0;
  unsigned round = 0;
  unsigned values[3][kWarp];
};

/** The block that runs. There is one device thread, hence one of these. */
class Block {
 public:
  GridResult run(const KernelCall& call, dim3 shape);
  void wait_for_block();
  void wait_for_warp(unsigned mask);
  /** Calls `read` with what each lane of `mask` has left. */
  template <class Read>
  unsigned exchange(unsigned mask, unsigned bits, Read read);
  int lane() const { return current_ % kWarp; }

 private:
  static void loop_over_threads();
  void suspend();
  void resume(int thread);
  void advance();
  Warp& warp();
  unsigned all_lanes() const;

  const KernelCall* call_ = nullptr;
  dim3 shape_;
  int size_ = 0;
  int next_ = 0;
  int alive_ = 0;
  int at_barrier_ = 0;
  int current_ = 0;
  /** The index of the thread that began last. */
  uint3 started_{};
  std::vector<Thread> threads_;
  std::vector<Warp> warps_;
  Context scheduler_;
  Fiber* running_ = nullptr;
  std::vector<Fiber*> idle_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
};

Block block;

/** Begins the next thread. */
void Block::advance() {
  current_ = next_++;
  if (current_ == 0) {
    started_ = uint3{0, 0, 0};
  } else if (++started_.x == shape_.x) {
    started_.x = 0;
    if (++started_.y == shape_.y) {
      started_.y = 0;
      ++started_.z;
    }
  }
  threadIdx = started_;
}

/** What every fiber does: threads one after the other, as long as this stack is free; then it is idle until the next block. */
void Block::loop_over_threads() {
  for (;;) {
    while (block.next_ < block.size_) {
      block.advance();
      block.call_->run_thread();
      --block.alive_;
    }
    Fiber* self = block.running_;
    block.idle_.push_back(self);
    self->switch_to(block.scheduler_);
  }
}

void Block::suspend() {
  const int thread = current_;
  Thread& waiting = threads_[static_cast<std::size_t>(thread)];
  waiting.fiber = running_;
  waiting.index = threadIdx;
  running_->switch_to(scheduler_);
  current_ = thread;
  threadIdx = threads_[static_cast<std::size_t>(thread)].index;
}

void Block::resume(int thread) {
  Thread& waiting = threads_[static_cast<std::size_t>(thread)];
  running_ = waiting.fiber;
  waiting.fiber = nullptr;
  waiting.ready = false;
  scheduler_.switch_to(*running_);
}

GridResult Block::run(const KernelCall& call, dim3 shape) {
  call_ = &call;
  shape_ = shape;
  size_ = static_cast<int>(shape.x * shape.y * shape.z);
  next_ = 0;
  alive_ = size_;
  at_barrier_ = 0;
  threads_.resize(static_cast<std::size_t>(size_));
  const auto warps = static_cast<std::size_t>((size_ + kWarp - 1) / kWarp);
  if (warps_.size() < warps) warps_.resize(warps);
  for (Warp& warp : warps_) warp.arrived = 0;
  while (next_ < size_) {
    if (idle_.empty()) {
      fibers_.push_back(std::make_unique<Fiber>(&Block::loop_over_threads));
      idle_.push_back(fibers_.back().get());
    }
    running_ = idle_.back();
    idle_.pop_back();
    scheduler_.switch_to(*running_);
  }
  while (alive_ > 0) {
    bool moved = false;
    // Threads that have ended may have been the last that the others waited for.
    if (at_barrier_ == alive_) {
      at_barrier_ = 0;
      for (Thread& thread : threads_) thread.ready = thread.fiber != nullptr;
    }
    for (int thread = 0; thread < size_; ++thread) {
      if (!threads_[static_cast<std::size_t>(thread)].ready) continue;
      resume(thread);
      moved = true;
    }
    if (moved) continue;
    // Nobody will come: the stacks of those who wait are lost.
    for (Thread& thread : threads_) thread = Thread{};
    return GridResult::kDivergentBarrier;
  }
  return GridResult::kDone;
}

void Block::wait_for_block() {
  if (++at_barrier_ == alive_) {
    at_barrier_ = 0;
    for (Thread& thread : threads_) thread.ready = thread.fiber != nullptr;
    return;
  }
  suspend();
}

Warp& Block::warp() {
  return warps_[static_cast<std::size_t>(current_ / kWarp)];
}

/** The lanes that there are: a block may end in the middle of a warp. */
unsigned Block::all_lanes() const {
  const int lanes = size_ - current_ / kWarp * kWarp;
  return lanes < kWarp ? (1u << lanes) - 1 : ~0u;
}

void Block::wait_for_warp(unsigned mask) {
  mask &= all_lanes();
  Warp& here = warp();
  here.arrived |= 1u << lane();
  if ((here.arrived & mask) != mask) return suspend();
  here.arrived &= ~mask;
  ++here.round;
  const auto first = static_cast<std::size_t>(current_ / kWarp * kWarp);
  for (std::size_t other = 0; other < kWarp; ++other) {
    if (!(mask >> other & 1)) continue;
    Thread& thread = threads_[first + other];
    thread.ready = thread.fiber != nullptr;
  }
}

template <class Read>
unsigned Block::exchange(unsigned mask, unsigned bits, Read read) {
  mask &= all_lanes();
  const bool whole = mask == all_lanes();
  unsigned* values = warp().values[whole ? warp().round & 1 : 2];
  values[lane()] = bits;
  wait_for_warp(mask);
  const unsigned result = read(values, mask);
  if (!whole) wait_for_warp(mask);
  return result;
}

}  // namespace

void wait_for_block() {
  block.wait_for_block();
}
void wait_for_warp(unsigned mask) {
  block.wait_for_warp(mask);
}
unsigned shuffle(unsigned mask, unsigned bits, int source) {
  return block.exchange(mask, bits, [source](const unsigned* values, unsigned) {
    return values[source & (kWarp - 1)];
  });
}
unsigned ballot(unsigned mask, bool predicate) {
  return block.exchange(mask, predicate, [](const unsigned* values, unsigned lanes) {
    unsigned votes = 0;
    for (int lane = 0; lane < kWarp; ++lane) {
      if (lanes >> lane & 1) votes |= values[lane] << lane;
    }
    return votes;
  });
}
int lane() {
  return block.lane();
}

GridResult run_grid(const KernelCall& call, dim3 grid, dim3 shape) {
  blockDim = shape;
  gridDim = grid;
  for (blockIdx.z = 0; blockIdx.z < grid.z; ++blockIdx.z) {
    for (blockIdx.y = 0; blockIdx.y < grid.y; ++blockIdx.y) {
      for (blockIdx.x = 0; blockIdx.x < grid.x; ++blockIdx.x) {
        if (block.run(call, shape) == GridResult::kDivergentBarrier) return GridResult::kDivergentBarrier;
      }
    }
  }
  return GridResult::kDone;
}

}  // namespace weft::emulation
