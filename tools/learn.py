"""Learn sentiment, savings and handover from the examples in ``data/lexicon/`` and keep the weights in ``data/learned/``.

Run it after a change of an example or a list; a test says when it is due::

    .venv/bin/python tools/learn.py

Without it the product learns the same at each start, a second slower.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from feedback.savings import spot
from feedback.text import handover, sentiment

for name, module in (("sentiment", sentiment), ("saving", spot), ("handover", handover)):
    module.learn().keep(name, module.SOURCES)
    print(f"data/learned/{name}.json")
