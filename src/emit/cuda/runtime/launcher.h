// Which rank this process is, as whoever launched it says: mpirun, torchrun or srun.
#pragma once

#include <string>

namespace weft {

struct Seat {
  int rank = 0;
  int world = 1;
  /** Among the ranks of its host, which is its GPU. */
  int local_rank = 0;
  /** Where rank 0 is, for all ranks to meet. */
  std::string address;
  int port = 0;
};

/** @throws Failure where no launcher says what is needed */
Seat find_seat();

}  // namespace weft
