// Parses each line as the command line of a program, and prints what comes of it.
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "runtime/options.h"

int main() {
  char line[1024];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    std::istringstream words(line);
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) arguments.push_back(word);
    try {
      const weft::Options options = weft::Options::parse(arguments);
      std::printf(
        "-w %d -n %d validate %d graph %d register %d timeout %g data '%s' checkpoints '%s' json '%s' seed "
        "%llu\n",
        options.warm_up,
        options.iterations,
        options.validate ? 1 : 0,
        options.graph ? 1 : 0,
        options.register_buffers ? 1 : 0,
        options.timeout_seconds,
        options.data.c_str(),
        options.checkpoints.c_str(),
        options.json.c_str(),
        options.seed
      );
    } catch (const weft::CommandLineError& error) {
      std::printf("%s\n", error.what());
    }
  }
  return 0;
}
