/** Threads that take turns: all wait but one. */
#pragma once

#include <memory>

namespace weft::emulation {

class Turns {
 public:
  explicit Turns(int threads);
  ~Turns();

  /** The thread's turn begins; that of whoever calls this is over once it waits. */
  void give(int thread);
  /** Returns when it is this thread's turn. */
  void wait(int thread);
  /** Nobody's turn is left; and who waits for that. */
  void end();
  void wait_for_end();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/** Runs `run(thread)` in a thread that nobody joins. */
class ThreadBody {
 public:
  virtual ~ThreadBody() = default;
  virtual void run(int thread) = 0;
};
void start_thread(ThreadBody& body, int thread);

void sleep_milliseconds(int milliseconds);

}  // namespace weft::emulation
