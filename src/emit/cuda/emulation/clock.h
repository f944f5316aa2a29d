/**
 * Vector clocks: what each component (a stream, or the host of a rank) knows to be behind it.
 *
 * A component counts its own operations in ticks. `knows(c, t)` holds where everything up to tick t of component c is over
 * before whatever carries this clock, in every run of the program and not only in this one.
 */
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace weft::emulation {

using Component = std::uint32_t;
using Tick = std::uint32_t;

class Clock {
 public:
  bool knows(Component component, Tick tick) const {
    return component < ticks_.size() && ticks_[component] >= tick;
  }

  void learn(Component component, Tick tick) {
    if (component >= ticks_.size()) ticks_.resize(component + 1);
    ticks_[component] = std::max(ticks_[component], tick);
  }

  void join(const Clock& other) {
    if (other.ticks_.size() > ticks_.size()) ticks_.resize(other.ticks_.size());
    const std::size_t size = other.ticks_.size();
    const Tick* from = other.ticks_.data();
    Tick* to = ticks_.data();
    for (std::size_t i = 0; i < size; ++i) to[i] = std::max(to[i], from[i]);
  }

  void clear() { std::fill(ticks_.begin(), ticks_.end(), 0); }

 private:
  std::vector<Tick> ticks_;
};

/** A clock as it once was, shared by all who refer to that moment. */
using Snapshot = std::shared_ptr<const Clock>;

}  // namespace weft::emulation
