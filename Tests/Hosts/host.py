"""A host in Python, on NumPy arrays without a copy. Prints a digest of the results.

host.py PREFIX                repeats the run that DigestTests.swift describes
host.py PREFIX fit            repeats the fits that DigestTests.swift describes
host.py PREFIX PLATE.csv      trains a path on each well's growth curve
host.py PREFIX layout TABLE   compares its structs with the table of layout.c

PREFIX is the folder in which the library is installed.
"""

import csv
import ctypes
import itertools
import pathlib
import re
import sys

import numpy

COUNT, FRAMES = 67, 9
PASSES = 1000

prefix = pathlib.Path(sys.argv[1])
library = ctypes.CDLL(str(prefix / "lib" / "libsinglepath.so"))
header = (prefix / "include" / "single_path.h").read_text()
CONSTANTS = {name: int(value) for name, value in re.findall(r"\b(SP_\w+) =? ?(\d+)", header)}


TYPES = {
    "int32_t": ctypes.c_int32, "uint32_t": ctypes.c_uint32, "uint64_t": ctypes.c_uint64,
    "float": ctypes.c_float, "ptrdiff_t": ctypes.c_ssize_t, "size_t": ctypes.c_size_t,
}


def structure(name):
    """Returns a struct as the header declares it."""
    body = re.search(r"typedef struct \{([^{}]*)\} " + name + ";", header)[1]
    fields = []
    for type_name, is_pointer, field, length in re.findall(
        r"^\s*(?:const )?(\w+) (\*?)(\w+)(?:\[(\d+)\])?;", body, re.MULTILINE
    ):
        kind = ctypes.c_void_p if is_pointer else TYPES[type_name]
        fields.append((field, kind * int(length) if length else kind))
    return type(name, (ctypes.Structure,), {"_fields_": fields})


STRUCTURES = {name: structure(name) for name in re.findall(r"^\} (\w+);", header, re.MULTILINE)}
Shape = STRUCTURES["sp_shape"]


def check_layout(path):
    table = pathlib.Path(path).read_text().split("\n")[:-1]
    own = []
    for name, struct in STRUCTURES.items():
        own.append(f"{name} {ctypes.sizeof(struct)}")
        own += [f"{name}.{field} {getattr(struct, field).offset}" for field, _ in struct._fields_]
    if table != own:
        sys.exit(f"the structs differ from the table: {sorted(set(table) ^ set(own))}")
    print("the structs are those of the table")


def array(dtype, writeable=False):
    flags = "C_CONTIGUOUS,ALIGNED" + (",WRITEABLE" if writeable else "")
    return numpy.ctypeslib.ndpointer(dtype=dtype, flags=flags)


SIZE = ctypes.c_ssize_t
READ, WRITE = array(numpy.float32), array(numpy.float32, writeable=True)
INPUTS = [READ, SIZE, SIZE]
TARGETS = [READ, SIZE]

library.sp_parameter_count.argtypes = [Shape]
library.sp_parameter_count.restype = SIZE
library.sp_status_string.restype = ctypes.c_char_p
library.sp_build_description.restype = ctypes.c_char_p
library.sp_initialise.argtypes = (
    [Shape, SIZE, WRITE, SIZE, ctypes.c_uint64, ctypes.c_float, ctypes.c_float]
)
library.sp_train.argtypes = (
    [Shape, SIZE, SIZE, WRITE, SIZE] + INPUTS + TARGETS
    + [READ, SIZE, ctypes.c_void_p, ctypes.POINTER(SIZE), ctypes.c_void_p]
)
library.sp_predict.argtypes = [Shape, SIZE, SIZE, READ, SIZE] + INPUTS + [WRITE, SIZE]
library.sp_cost.argtypes = [Shape, SIZE, SIZE, READ, SIZE] + INPUTS + TARGETS + [WRITE, ctypes.c_void_p]

library.sp_fit.argtypes = (
    [Shape, SIZE, SIZE, WRITE, SIZE] + INPUTS + TARGETS
    + [ctypes.c_void_p, WRITE, SIZE, ctypes.POINTER(STRUCTURES["sp_fitting"]), ctypes.c_void_p]
)


def checked(status):
    if status != CONSTANTS["SP_OK"]:
        raise ValueError(library.sp_status_string(status).decode())


class Sequence:
    state = 1

    def numbers(self, *shape):
        values = numpy.empty(shape, numpy.float32)
        for i in range(values.size):
            self.state = (self.state * 1664525 + 1013904223) % 2**32
            values.flat[i] = ((self.state >> 8) - 2**23) * 2.0**-22
        return values


def samples(sequence):
    inputs, targets = sequence.numbers(FRAMES, COUNT), sequence.numbers(FRAMES, COUNT)
    targets.flat[::11] = numpy.nan
    inputs.flat[5] = numpy.inf
    return inputs, targets


def fit(shape, sequence):
    """Returns the bytes of the results."""
    count = library.sp_parameter_count(shape)
    parameters = sequence.numbers(count, COUNT)
    inputs, targets = samples(sequence)
    verdicts = numpy.zeros(COUNT, numpy.uint8)
    rows = numpy.empty((CONSTANTS["SP_FITTED_ROWS"] + count, COUNT), numpy.float32)
    fitting = STRUCTURES["sp_fitting"](standard_errors=1)
    checked(library.sp_fit(
        shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1, targets, COUNT, verdicts.ctypes.data,
        rows, COUNT, fitting, None,
    ))
    return b"".join(results.tobytes() for results in (parameters, verdicts, rows))


def fit_all():
    sequence, results = Sequence(), b""
    for depth, biases in itertools.product(range(1, 9), (0, 1)):
        results += fit(Shape(depth, biases), sequence)
        other = Shape(
            depth, biases, hidden=depth % CONSTANTS["SP_HIDDEN_COUNT"],
            output=depth % CONSTANTS["SP_OUTPUT_COUNT"], cost=depth % CONSTANTS["SP_COST_COUNT"],
            threshold=0.5,
        )
        results += fit(other, sequence)
    return results


def run(shape, sequence):
    """Returns the bytes of the results."""
    parameters = sequence.numbers(library.sp_parameter_count(shape), COUNT)
    inputs, targets = samples(sequence)
    rate = numpy.array([0.25], numpy.float32)
    verdicts = numpy.zeros(COUNT, numpy.uint8)
    outputs, costs = numpy.empty((FRAMES, COUNT), numpy.float32), numpy.empty(COUNT, numpy.float32)
    bank = [shape, COUNT, FRAMES, parameters, COUNT, inputs, COUNT, 1]
    checked(library.sp_train(*bank, targets, COUNT, rate, 0, verdicts.ctypes.data, None, None))
    checked(library.sp_predict(*bank, outputs, COUNT))
    checked(library.sp_cost(*bank, targets, COUNT, costs, None))
    return b"".join(results.tobytes() for results in (parameters, verdicts, outputs, costs))


def run_all():
    sequence = Sequence()
    return b"".join(
        run(Shape(depth, biases, CONSTANTS["SP_SIGMOID_POLYNOMIAL"]), sequence) for depth in range(1, 9) for biases in (0, 1)
    )


def train_plate(path):
    """Trains a four-parameter logistic curve for each well; returns the bytes of the parameters."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    wells = [list(rows) for _, rows in itertools.groupby(rows, lambda row: row["well"])]
    hours = numpy.array([row["hours"] for row in wells[0]], numpy.float32)
    densities = numpy.array([[row["od"] for row in well] for well in wells], numpy.float32)
    hours /= hours.max()
    densities = numpy.ascontiguousarray(densities.T / densities.max())
    shape, (reads, count) = Shape(2, 1, CONSTANTS["SP_SIGMOID_POLYNOMIAL"]), densities.shape
    weights = numpy.empty((library.sp_parameter_count(shape), count), numpy.float32)
    rate = numpy.array([0.1], numpy.float32)
    checked(library.sp_initialise(shape, count, weights, count, 1, -1, 1))
    bank = [shape, count, reads, weights, count, hours, 1, 0, densities, count]
    for _ in range(PASSES):
        checked(library.sp_train(*bank, rate, 0, None, None, None))
    return weights.tobytes()


if library.sp_version() != CONSTANTS["SP_VERSION"]:
    sys.exit("the library is not the header's")
if sys.argv[2:3] == ["layout"]:
    check_layout(sys.argv[3])
    sys.exit()
digest = 0xCBF29CE484222325
runs = {(): run_all, ("fit",): fit_all}
chosen = tuple(sys.argv[2:])
for byte in runs[chosen]() if chosen in runs else train_plate(*chosen):
    digest = (digest ^ byte) * 0x100000001B3 % 2**64
print(f"0x{digest:016x}", library.sp_build_description().decode())
