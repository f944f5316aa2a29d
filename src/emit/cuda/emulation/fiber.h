/** Stacks that a thread of a kernel can be left on, and gone back to: a few instructions each way. */
#pragma once

#include <cstddef>

namespace weft::emulation {

/** A place where execution goes on. */
class Context {
 public:
  /** Leaves this place for `other`; comes back when somebody switches to this one. */
  void switch_to(Context& other);

 protected:
  void* saved_ = nullptr;
};

/** A context with a stack of its own, which calls `body` for ever: body returns by switching away. */
class Fiber : public Context {
 public:
  using Body = void (*)();
  explicit Fiber(Body body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

 private:
  void* memory_;
};

}  // namespace weft::emulation
