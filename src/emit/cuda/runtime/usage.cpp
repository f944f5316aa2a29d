// What the command line says of itself.
#include "runtime/options.h"

namespace weft {

const char* Options::usage() {
  return "  -w, --warmup N       steps before the clock starts (2)\n"
         "  -n, --iterations N   steps that are timed (10)\n"
         "  --validate           hold each layer against the host reference; the miniature alone\n"
         "  --graph              capture a step in a CUDA graph and replay it; plans whose host reads no "
         "counts\n"
         "  --register           allocate by ncclMemAlloc and register the memory with every communicator\n"
         "  --timeout SECONDS    an error where nothing moves for so long (30)\n"
         "  --data FOLDER        the memory of each rank before the step, rank-R.bin; made from the seed "
         "where absent\n"
         "  --checkpoints FOLDER write the values of each layer there, rank-R.bin\n"
         "  --json FILE          write the results there\n"
         "  --seed N             seed of weights and tokens (1)\n"
         "  -h, --help           this text\n";
}

}  // namespace weft
