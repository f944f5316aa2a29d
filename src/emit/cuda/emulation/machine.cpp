#include "emulation/machine.h"

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "emulation/marks.h"

namespace weft::emulation {
namespace {

std::unique_ptr<Machine> the_machine;

/** What to blame where the process comes to an end by a signal: what ran. */
void find_running(FindingKind kind, const std::string& what) {
  Machine& m = machine();
  if (m.running != nullptr) {
    m.report.find(
      {kind,
       m.running_stream->rank,
       m.running->describe() + " on stream " + m.running_stream->name + " of rank " +
         std::to_string(m.running_stream->rank) + " (" + describe(m.running->site) + ") " + what,
       {line_of(m.running->site)}}
    );
    return;
  }
  const Host* host = this_host();
  m.report.find(
    {kind,
     host == nullptr ? -1 : host->rank,
     "the host " + what + ", " + describe(current_site()),
     {line_of(current_site())}}
  );
}

/** An address that is nobody's, or a division by zero. The process is lost, but what led to it can be told. */
void on_fault(int number, siginfo_t* info, void*) {
  for (int each : {SIGSEGV, SIGBUS, SIGFPE}) signal(each, SIG_DFL);
  if (number == SIGFPE) {
    find_running(FindingKind::kMisuse, "divides an integer by zero");
  } else {
    char address[32];
    std::snprintf(address, sizeof address, "%p", info->si_addr);
    find_running(
      FindingKind::kMisuse, std::string("accesses address ") + address + ", where there is no memory"
    );
  }
  machine().finish();
}

void on_limit(int) {
  // Whatever holds the process up may hold locks as well: should the report not come through, this does.
  signal(SIGALRM, SIG_DFL);
  alarm(5);
  find_running(FindingKind::kFailure, "was not over when the limit of time was");
  machine().finish();
}

void install_handlers(double limit_seconds) {
  struct sigaction action = {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  for (int each : {SIGSEGV, SIGBUS, SIGFPE}) sigaction(each, &action, nullptr);
  signal(SIGALRM, on_limit);
  alarm(static_cast<unsigned>(limit_seconds));
}

}  // namespace

Machine& machine() {
  return *the_machine;
}

void handle_signals_aside() {
  constexpr std::size_t kBytes = 256 * 1024;
  stack_t stack = {};
  stack.ss_sp = reserve(kBytes);
  stack.ss_size = kBytes;
  sigaltstack(&stack, nullptr);
}

void Machine::finish() {
  const bool written = report.finish(settings);
  std::fflush(nullptr);
  // Threads of ranks that stopped are still there, and wait for ever.
  std::_Exit(!report.clean() ? 3 : written ? 0 : 1);
}

void emulate(const Settings& settings, int world, Program& program) {
  the_machine = std::make_unique<Machine>(settings);
  reserve_marks();
  install_handlers(settings.limit_seconds);
  machine().hosts.run_all(world, program);
  const FaultKind fault = settings.fault.kind;
  if (fault != FaultKind::kNone && fault != FaultKind::kSlow && machine().report.clean()) {
    std::fprintf(
      stderr, "emulation: the fault never came: rank %d has not so many calls\n", settings.fault.rank
    );
    std::_Exit(3);
  }
  machine().finish();
}

}  // namespace weft::emulation
