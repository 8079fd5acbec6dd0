import sys
import numpy
import singlepath

CHUNK = 200_000
x = numpy.load("x.npy")
if sys.argv[1:] == ["zarr"]:
    import zarr
    y = zarr.open_array("y.zarr", mode="r")  # points × curves, in chunks of CHUNK curves
else:
    y = numpy.load("y.npy", mmap_mode="r")  # points × curves
curves = y.shape[1]
parameters = numpy.lib.format.open_memmap("parameters.npy", "w+", numpy.float32, (4, curves))
verdicts = numpy.lib.format.open_memmap("verdicts.npy", "w+", numpy.uint8, (curves,))
for begin in range(0, curves, CHUNK):
    part = slice(begin, begin + CHUNK)
    fit = singlepath.fit(x, y[:, part], standard_errors=False, threads=2)
    parameters[:, part], verdicts[part] = fit.parameters, fit.verdicts
print(f"{curves} curves, {(verdicts == singlepath.Verdict.CONVERGED).sum()} converged")
