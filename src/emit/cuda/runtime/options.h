// The command line of an emitted program.
#pragma once

#include <string>
#include <vector>

namespace weft {

struct Options {
  int warm_up = 2;
  int iterations = 10;
  /** Hold each layer against the host reference; for the miniature alone. */
  bool validate = false;
  /** Capture a step in a CUDA graph and replay that; for plans whose host reads no counts. */
  bool graph = false;
  /** Allocate memory by ncclMemAlloc and register it with every communicator. */
  bool register_buffers = false;
  /** Nothing moves for so long: an error. */
  double timeout_seconds = 30;
  /** Folder of memory images, rank-R.bin; made up from the seed where empty. */
  std::string data;
  /** Folder that the values of each layer are written to; none where empty. */
  std::string checkpoints;
  /** File that results are written to, by rank 0; none where empty. */
  std::string json;
  unsigned long long seed = 1;
  bool help = false;

  /** @throws CommandLineError */
  static Options parse(const std::vector<std::string>& arguments);
  static const char* usage();
};

/** What is wrong with the command line. */
class CommandLineError : public std::exception {
 public:
  explicit CommandLineError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

}  // namespace weft
