/** What the host puts on a stream, and the device takes off it. */
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "emulation/clock.h"
#include "emulation/site.h"

struct CUstream_st;

namespace weft::emulation {

struct Record;

class Operation;

/** What a launch of a graph makes anew: records, and operations that several streams share. */
struct Renewals {
  std::map<const Record*, std::shared_ptr<Record>> records;
  std::map<const Operation*, std::shared_ptr<Operation>> operations;
};

class Operation {
 public:
  Operation() : site(current_site()) {}
  virtual ~Operation() = default;

  /** It is about to be the last of the stream. */
  virtual void issued(CUstream_st&) {}
  /** Whether the head of a stream may run. If not, whatever it waits for makes the scheduler look again. */
  virtual bool ready(CUstream_st&) { return true; }
  /** Runs it; false where it stays at the head until somebody completes it. */
  virtual bool run(CUstream_st& stream) = 0;
  virtual std::string describe() const = 0;
  /** The same again, for a launch of the graph that it was captured into. */
  virtual std::shared_ptr<Operation> again(Renewals& renewals) const = 0;

  SiteId site;
  /** Its place in what the rank's host has issued. */
  std::uint64_t number = 0;
  /** What the host knew when it issued this, and how far it had come itself. */
  Snapshot host;
  Tick host_tick = 0;
};

/** A host thread that waits, and for which of its waits: it may have given up since. */
struct Waiter {
  struct Host* host;
  std::uint64_t wait;
};

/** One cudaEventRecord: an event that is recorded again leaves those who wait for the earlier record where they are. */
struct Record {
  std::string event;
  bool done = false;
  Clock clock;
  double milliseconds = 0;
  std::vector<CUstream_st*> streams;
  std::vector<Waiter> hosts;
};

class RecordOperation final : public Operation {
 public:
  explicit RecordOperation(std::shared_ptr<Record> record) : record_(std::move(record)) {}
  bool run(CUstream_st& stream) override;
  std::string describe() const override;
  std::shared_ptr<Operation> again(Renewals& renewals) const override;

 private:
  std::shared_ptr<Record> record_;
};

class WaitOperation final : public Operation {
 public:
  explicit WaitOperation(std::shared_ptr<Record> record) : record_(std::move(record)) {}
  bool ready(CUstream_st& stream) override;
  bool run(CUstream_st& stream) override;
  std::string describe() const override;
  std::shared_ptr<Operation> again(Renewals& renewals) const override;

 private:
  std::shared_ptr<Record> record_;
};

}  // namespace weft::emulation
