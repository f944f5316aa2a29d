#include "runtime/checkpoints.h"

#include <cstdio>

#include "runtime/check.h"

namespace weft {

Checkpoints::Checkpoints(const PlanFacts& facts) : facts_(facts) {
  for (const LayerRun& run : facts.layers)
    for (int layer = 0; layer < run.repeat; ++layer) {
      begins_.push_back(bytes_);
      for (const CapturedValue& each : facts.blocks[run.block].values)
        bytes_ += facts.micro_batches * facts.tokens() * each.row_bytes;
    }
  void* memory = nullptr;
  CUDA_CHECK(cudaMalloc(&memory, static_cast<std::size_t>(bytes_)));
  memory_ = static_cast<std::byte*>(memory);
  // What no launch computes holds no numbers.
  CUDA_CHECK(cudaMemset(memory_, 0xff, static_cast<std::size_t>(bytes_)));
  CUDA_CHECK(cudaDeviceSynchronize());
}

Checkpoints::~Checkpoints() {
  (void)cudaFree(memory_);
}

const CapturedValue& Checkpoints::value(int layer, int value) const {
  return facts_.blocks[block_of_layer(facts_, layer)].values[value];
}

std::int64_t Checkpoints::offset(int layer, int value, int micro_batch) const {
  std::int64_t begin = begins_[static_cast<std::size_t>(layer)];
  for (int before = 0; before < value; ++before)
    begin += facts_.micro_batches * facts_.tokens() * this->value(layer, before).row_bytes;
  return begin + micro_batch * facts_.tokens() * this->value(layer, value).row_bytes;
}

void Checkpoints::copy(
  cudaStream_t stream,
  int layer,
  int value,
  int micro_batch,
  const void* first_row,
  std::int64_t begin,
  std::int64_t end
) {
  if (end <= begin) return;
  const std::int64_t row_bytes = this->value(layer, value).row_bytes;
  CUDA_CHECK(cudaMemcpyAsync(
    memory_ + offset(layer, value, micro_batch) + begin * row_bytes,
    static_cast<const std::byte*>(first_row) + begin * row_bytes,
    static_cast<std::size_t>((end - begin) * row_bytes),
    cudaMemcpyDeviceToDevice,
    stream
  ));
}

std::vector<std::byte> Checkpoints::read() const {
  std::vector<std::byte> values(static_cast<std::size_t>(bytes_));
  CUDA_CHECK(cudaMemcpy(values.data(), memory_, values.size(), cudaMemcpyDeviceToHost));
  return values;
}

void Checkpoints::write(const std::vector<std::byte>& values, const std::string& file) {
  std::FILE* const out = std::fopen(file.c_str(), "wb");
  if (out == nullptr) throw Failure(format("cannot write %s", file.c_str()));
  const std::size_t written = std::fwrite(values.data(), 1, values.size(), out);
  if (std::fclose(out) != 0 || written != values.size())
    throw Failure(format("cannot write all of %s", file.c_str()));
}

}  // namespace weft
