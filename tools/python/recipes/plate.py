import matplotlib.pyplot as plt
import numpy
import singlepath

table = numpy.genfromtxt("plate_growth.csv", delimiter=",", names=True, dtype=None, encoding=None)
hours, densities = table["hours"].reshape(96, -1)[0], table["od"].reshape(96, -1)  # a row for each well
fit = singlepath.fit(hours, densities, axis=1)
print(fit, fit.midpoint[:3], fit.upper[:3], sep="\n")
plt.plot(hours, densities[:8].T, ".", hours, fit.predict(hours)[:8].T, "k-")
plt.savefig("plate.png")
