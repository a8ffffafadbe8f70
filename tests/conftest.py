"""What all tests share: one thread of linear algebra, and properties that may take their time."""

import os

# Set before NumPy is imported, and inherited by every process that a test starts. The matrices of a calibration are
# small: more threads only wait for one another, which doubles the CPU time of a fit and takes it from the other worker.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

# A busy machine is no fault of what a property is about.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
