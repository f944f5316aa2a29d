// What the command line of an exchange's program says of itself.
#include "runtime/options.h"

namespace weft {

const char* Options::usage() {
  return "  -w, --warmup N       exchanges before the clock starts (2)\n"
         "  -n, --iterations N   exchanges that are timed (10)\n"
         "  --validate           the result is always held against the host reference\n"
         "  --register           allocate by ncclMemAlloc and register the memory with the communicator\n"
         "  --timeout SECONDS    an error where nothing moves for so long (30)\n"
         "  --data FILE          the traffic: a line for each token, its source and then its destinations;\n"
         "                       made from the seed where absent\n"
         "  --checkpoints FOLDER write what each rank has at the end there, rank-R.bin\n"
         "  --json FILE          write the results there\n"
         "  --seed N             seed of the traffic (1)\n"
         "  -h, --help           this text\n";
}

}  // namespace weft
