#ifdef WEFT_WITH_MPI

#include "runtime/launcher_mpi.h"

#include <mpi.h>
#include <unistd.h>

#include "runtime/check.h"

namespace weft {
namespace {

void check_mpi(int result, const char* call) {
  if (result != MPI_SUCCESS) throw Failure(format("%s fails with error %d", call, result));
}

}  // namespace

Mpi::Mpi(int* argc, char*** argv) {
  check_mpi(MPI_Init(argc, argv), "MPI_Init");
}

Mpi::~Mpi() {
  (void)MPI_Finalize();
}

Seat Mpi::seat() const {
  Seat seat;
  check_mpi(MPI_Comm_rank(MPI_COMM_WORLD, &seat.rank), "MPI_Comm_rank");
  check_mpi(MPI_Comm_size(MPI_COMM_WORLD, &seat.world), "MPI_Comm_size");
  MPI_Comm host = MPI_COMM_NULL;
  check_mpi(
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, seat.rank, MPI_INFO_NULL, &host),
    "MPI_Comm_split_type"
  );
  check_mpi(MPI_Comm_rank(host, &seat.local_rank), "MPI_Comm_rank");
  check_mpi(MPI_Comm_free(&host), "MPI_Comm_free");
  return seat;
}

void Mpi::tell_meeting(Seat& seat) const {
  char name[256] = {};
  if (seat.rank == 0) ::gethostname(name, sizeof name - 1);
  check_mpi(MPI_Bcast(name, sizeof name, MPI_CHAR, 0, MPI_COMM_WORLD), "MPI_Bcast");
  check_mpi(MPI_Bcast(&seat.port, 1, MPI_INT, 0, MPI_COMM_WORLD), "MPI_Bcast");
  seat.address = name;
}

}  // namespace weft

#endif
