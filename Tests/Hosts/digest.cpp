// A host in C++: repeats the run that DigestTests.swift describes and prints the digest of every bit
// of its results.
#include <array>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <limits>
#include <vector>

#include "single_path.h"

namespace {

constexpr std::ptrdiff_t count = 67, frames = 9;

class Sequence {
 public:
  std::vector<float> numbers(std::ptrdiff_t count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float &value : values) {
      state = state * 1664525u + 1013904223u;
      value = static_cast<float>(static_cast<std::int32_t>(state >> 8) - 0x800000) * 0x1p-22f;
    }
    return values;
  }

 private:
  std::uint32_t state = 1;
};

class Digest {
 public:
  std::uint64_t value = 0xCBF29CE484222325;

  void add(std::uint8_t byte) { value = (value ^ byte) * 0x100000001B3; }

  void add(const std::vector<float> &values) {
    for (float number : values) {
      std::uint32_t bits;
      std::memcpy(&bits, &number, sizeof bits);
      for (int shift = 0; shift < 32; shift += 8) add(static_cast<std::uint8_t>(bits >> shift));
    }
  }
};

sp_status run(sp_shape shape, Sequence &sequence, Digest &digest) {
  auto parameters = sequence.numbers(sp_parameter_count(shape) * count);
  auto inputs = sequence.numbers(frames * count), targets = sequence.numbers(frames * count);
  for (std::size_t i = 0; i < targets.size(); i += 11)
    targets[i] = std::numeric_limits<float>::quiet_NaN();
  inputs[5] = std::numeric_limits<float>::infinity();
  const float rate = 0.25f;
  std::array<std::uint8_t, count> verdicts{};
  std::vector<float> outputs(targets.size()), costs(count);
  sp_status status =
      sp_train(shape, count, frames, parameters.data(), count, inputs.data(), count, 1,
               targets.data(), count, &rate, 0, verdicts.data(), nullptr);
  if (status == SP_OK)
    status = sp_predict(shape, count, frames, parameters.data(), count, inputs.data(), count, 1,
                        outputs.data(), count);
  if (status == SP_OK)
    status = sp_cost(shape, count, frames, parameters.data(), count, inputs.data(), count, 1,
                     targets.data(), count, costs.data());
  digest.add(parameters);
  for (std::uint8_t verdict : verdicts) digest.add(verdict);
  digest.add(outputs);
  digest.add(costs);
  return status;
}

}  // namespace

int main() {
  Sequence sequence;
  Digest digest;
  for (std::int32_t depth = 1; depth <= 8; depth++) {
    for (std::int32_t biases : {0, 1}) {
      const sp_status status = run({depth, biases}, sequence, digest);
      if (status != SP_OK) {
        std::fprintf(stderr, "depth %d: %s\n", static_cast<int>(depth), sp_status_string(status));
        return 1;
      }
    }
  }
  std::printf("0x%016" PRIx64 " %s\n", digest.value, sp_build_description());
}
