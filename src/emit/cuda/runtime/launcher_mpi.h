// With MPI the ranks need no other place to meet: it says who they are, and tells all where rank 0 listens.
#pragma once

#include "runtime/launcher.h"

namespace weft {

/** MPI from its beginning to its end. */
class Mpi {
 public:
  Mpi(int* argc, char*** argv);
  ~Mpi();
  Mpi(const Mpi&) = delete;
  Mpi& operator=(const Mpi&) = delete;

  Seat seat() const;
  /** Gives all ranks the address of rank 0's host and the port there. Every rank calls it. */
  void tell_meeting(Seat& seat) const;
};

}  // namespace weft
