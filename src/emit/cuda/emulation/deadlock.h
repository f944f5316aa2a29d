/** What to say when nothing moves any more. */
#pragma once

namespace weft::emulation {

/** Finds a deadlock for each rank that waits: its host, its streams, and what of theirs has no other end. */
void report_deadlock();

}  // namespace weft::emulation
