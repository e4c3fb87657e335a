"""Klantpanel: what an SSC's internal customers say, as themes against service areas and savings ideas."""

import os

# Before numpy loads: small matrices on every core take twice the processor time for the same wait (measured), and the
# other cores are for the other readers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
