/** What must be over before it is let go. */
#pragma once

#include "emulation/host.h"
#include "emulation/stream.h"

namespace weft::emulation {

/** The rank's program has returned: whatever it has issued must be known to be over. */
void check_leaving(Host& host);

/** `name` lets go of the stream. */
void check_idle(Host& host, CUstream_st& stream, const char* name);

}  // namespace weft::emulation
