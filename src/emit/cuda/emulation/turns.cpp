#include "emulation/turns.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace weft::emulation {

struct Turns::State {
  explicit State(int threads) : turns(static_cast<std::size_t>(threads)) {}
  std::mutex mutex;
  std::vector<std::condition_variable> turns;
  std::condition_variable end;
  int current = -1;
  bool ended = false;
};

Turns::Turns(int threads) : state_(std::make_unique<State>(threads)) {}
Turns::~Turns() = default;

void Turns::give(int thread) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->current = thread;
  state_->turns[static_cast<std::size_t>(thread)].notify_one();
}

void Turns::wait(int thread) {
  std::unique_lock<std::mutex> lock(state_->mutex);
  state_->turns[static_cast<std::size_t>(thread)].wait(lock, [&] { return state_->current == thread; });
}

void Turns::end() {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->ended = true;
  state_->current = -1;
  state_->end.notify_one();
}

void Turns::wait_for_end() {
  std::unique_lock<std::mutex> lock(state_->mutex);
  state_->end.wait(lock, [this] { return state_->ended; });
}

void start_thread(ThreadBody& body, int thread) {
  std::thread([&body, thread] { body.run(thread); }).detach();
}

void sleep_milliseconds(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

}  // namespace weft::emulation
