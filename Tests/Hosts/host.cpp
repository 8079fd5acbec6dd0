// A host in C++. Prints a digest of the results.
//
//   host            repeats the run that DigestTests.swift describes
//   host fit        repeats the fits that DigestTests.swift describes
//   host PLATE.csv  trains a path on each well's growth curve
#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <string>
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

/// With the derivation's activations and cost, which are zeros.
sp_shape shape_of(std::int32_t depth, std::int32_t biases) {
  sp_shape shape{};
  shape.depth = depth;
  shape.has_biases = biases;
  return shape;
}

struct Samples {
  std::vector<float> inputs, targets;

  explicit Samples(Sequence &sequence)
      : inputs(sequence.numbers(frames * count)), targets(sequence.numbers(frames * count)) {
    for (std::size_t i = 0; i < targets.size(); i += 11)
      targets[i] = std::numeric_limits<float>::quiet_NaN();
    inputs[5] = std::numeric_limits<float>::infinity();
  }
};

sp_status run(sp_shape shape, Sequence &sequence, Digest &digest) {
  auto parameters = sequence.numbers(sp_parameter_count(shape) * count);
  const Samples samples(sequence);
  const auto &[inputs, targets] = samples;
  const float rate = 0.25f;
  std::array<std::uint8_t, count> verdicts{};
  std::vector<float> outputs(targets.size()), costs(count);
  sp_status status =
      sp_train(shape, count, frames, parameters.data(), count, inputs.data(), count, 1,
               targets.data(), count, &rate, 0, verdicts.data(), nullptr, nullptr);
  if (status == SP_OK)
    status = sp_predict(shape, count, frames, parameters.data(), count, inputs.data(), count, 1,
                        outputs.data(), count);
  if (status == SP_OK)
    status = sp_cost(shape, count, frames, parameters.data(), count, inputs.data(), count, 1,
                     targets.data(), count, costs.data(), nullptr);
  digest.add(parameters);
  for (std::uint8_t verdict : verdicts) digest.add(verdict);
  digest.add(outputs);
  digest.add(costs);
  return status;
}

void check(sp_status status) {
  if (status != SP_OK) throw std::runtime_error(sp_status_string(status));
}

void run_all(Digest &digest) {
  Sequence sequence;
  for (std::int32_t depth = 1; depth <= 8; depth++)
    for (std::int32_t biases : {0, 1}) check(run(shape_of(depth, biases), sequence, digest));
}

void fit(sp_shape shape, Sequence &sequence, Digest &digest) {
  auto parameters = sequence.numbers(sp_parameter_count(shape) * count);
  const Samples samples(sequence);
  std::array<std::uint8_t, count> verdicts{};
  std::vector<float> rows(static_cast<std::size_t>((SP_FITTED_ROWS + sp_parameter_count(shape)) * count));
  sp_fitting fitting{};
  fitting.standard_errors = 1;
  check(sp_fit(shape, count, frames, parameters.data(), count, samples.inputs.data(), count, 1,
               samples.targets.data(), count, verdicts.data(), rows.data(), count, &fitting, nullptr));
  digest.add(parameters);
  for (std::uint8_t verdict : verdicts) digest.add(verdict);
  digest.add(rows);
}

void fit_all(Digest &digest) {
  Sequence sequence;
  for (std::int32_t depth = 1; depth <= 8; depth++)
    for (std::int32_t biases : {0, 1}) {
      sp_shape shape = shape_of(depth, biases);
      fit(shape, sequence, digest);
      shape.hidden = depth % SP_HIDDEN_COUNT;
      shape.output = depth % SP_OUTPUT_COUNT;
      shape.cost = depth % SP_COST_COUNT;
      shape.threshold = 0.5f;
      fit(shape, sequence, digest);
    }
}

/// A plate, every well read at the same hours.
struct Plate {
  std::vector<float> hours;
  std::vector<std::vector<float>> wells;

  /// Reads "well,hours,density,...", the rows of a well one after another.
  explicit Plate(const char *path) {
    std::ifstream file(path);
    std::string line, well, last, x, y;
    if (!std::getline(file, line)) throw std::runtime_error(std::string(path) + " cannot be read");
    while (std::getline(file, well, ',') && std::getline(file, x, ',') &&
           std::getline(file, y, ',') && std::getline(file, line)) {
      if (well != last) wells.emplace_back();
      last = well;
      if (wells.size() == 1) hours.push_back(std::stof(x));
      wells.back().push_back(std::stof(y));
    }
  }
};

/// Divides by the largest.
void scale(std::vector<float> &values) {
  const float largest = *std::max_element(values.begin(), values.end());
  for (float &value : values) value /= largest;
}

/// Trains a four-parameter logistic curve for each well.
void train_plate(Plate plate, Digest &digest) {
  const std::size_t reads = plate.hours.size(), wells = plate.wells.size();
  std::vector<float> densities(reads * wells);
  for (std::size_t well = 0; well < wells; well++)
    for (std::size_t t = 0; t < reads; t++)
      densities[t * wells + well] = plate.wells[well].at(t);
  scale(plate.hours);
  scale(densities);
  const sp_shape shape = shape_of(2, 1);
  const auto count = static_cast<std::ptrdiff_t>(wells), frames = static_cast<std::ptrdiff_t>(reads);
  std::vector<float> weights(4 * wells);
  const float rate = 0.1f;
  check(sp_initialise(shape, count, weights.data(), count, 1, -1, 1));
  for (int pass = 0; pass < 1000; pass++)
    check(sp_train(shape, count, frames, weights.data(), count, plate.hours.data(), 1, 0,
                   densities.data(), count, &rate, 0, nullptr, nullptr, nullptr));
  digest.add(weights);
}

}  // namespace

int main(int count, char **arguments) try {
  Digest digest;
  if (count > 1 && std::string(arguments[1]) == "fit")
    fit_all(digest);
  else if (count > 1)
    train_plate(Plate(arguments[1]), digest);
  else
    run_all(digest);
  std::printf("0x%016" PRIx64 " %s\n", digest.value, sp_build_description());
} catch (const std::exception &error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
