/** An operation of NCCL: what one group has on one communicator. */
#pragma once

#include <nccl.h>

#include <string>
#include <vector>

#include "emulation/clock.h"
#include "emulation/detector.h"
#include "emulation/operation.h"

namespace weft::emulation {

enum class ItemKind { kSend, kReceive, kAllReduce, kAllGather };

/** Whether all ranks of a communicator take part in it. */
inline bool is_collective(ItemKind kind) {
  return kind == ItemKind::kAllReduce || kind == ItemKind::kAllGather;
}

/** One call within a group. */
struct Item {
  ItemKind kind;
  const void* from;
  void* to;
  std::size_t count;
  ncclDataType_t type;
  ncclRedOp_t reduction;
  /** In the communicator. */
  int peer;
  /** The function that was called. */
  const char* name;
  SiteId site;
  Tick tick = 0;
  bool done = false;

  std::size_t bytes() const;
};

class TransferOperation final : public Operation {
 public:
  TransferOperation(ncclComm& comm, std::vector<Item> items, int lanes, bool captured)
      : comm_(comm), items_(std::move(items)), lanes_(lanes), captured_(captured) {}

  void issued(CUstream_st& stream) override;
  bool ready(CUstream_st& stream) override;
  bool run(CUstream_st& stream) override;
  std::string describe() const override;
  std::shared_ptr<Operation> again(Renewals& renewals) const override;

  /** The communicator is aborted: it is over, whether or not it has begun. */
  void drop();
  void look_again();

  ncclComm& comm() const { return comm_; }
  bool captured() const { return captured_; }
  bool started() const { return started_; }
  const Clock& known() const { return start_; }
  const std::vector<Item>& items() const { return items_; }
  Item& item(std::size_t index) { return items_[index]; }
  std::string describe(const Item& item) const;
  ActId act(const Item& item) const;
  /** The item has met its other end, whose knowledge its completion passes on where it is a receiver. */
  void item_done(Item& item, const Clock* learned);
  /** Ends the operation once all of its items are done. */
  void finish_if_done();

 private:
  void finish();
  void leave_gpu();

  ncclComm& comm_;
  std::vector<Item> items_;
  const int lanes_;
  const bool captured_;
  /** It is at the head of all of these before it starts: a group makes its streams wait for each other. */
  std::vector<CUstream_st*> streams_;
  bool started_ = false;
  bool finished_ = false;
  bool dropped_ = false;
  std::size_t done_ = 0;
  /** What is over before it starts; what it has learnt from its peers by its end. */
  Clock start_;
  Clock learned_;
};

/** An end that waits for the other. */
struct Posted {
  TransferOperation* operation;
  std::size_t index;
  Item& item() const { return operation->item(index); }
};

std::size_t bytes_of(ncclDataType_t type);
const char* name_of(ncclDataType_t type);
/** to[i] = reduction of to[i] and from[i]; false where the type is none that the emulation can add. */
bool reduce_into(void* to, const void* from, std::size_t count, ncclDataType_t type, ncclRedOp_t reduction);
/** What is left to do for averages. */
void divide(void* values, std::size_t count, ncclDataType_t type, std::size_t by);

/** Lets the item meet its other end, if that is there already. */
void post(TransferOperation& operation, std::size_t index);
/** Takes the operation's items back. */
void withdraw(TransferOperation& operation);

}  // namespace weft::emulation
