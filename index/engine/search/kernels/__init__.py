"""The few loops that a search spends its time in, compiled where numba is installed and in NumPy elsewhere.

Both give equal answers, bit for bit; the rest of the engine does not know which it got. numba comes with the extra `fast`.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.engine.search.kernels import plain as kernels
else:
    try:
        from index.engine.search.kernels import compiled as kernels
    except ImportError:  # numba is not installed, or does not fit the NumPy that is
        from index.engine.search.kernels import plain as kernels
    except RuntimeError as reason:  # nowhere to keep what was compiled: a read-only home, say
        logging.getLogger(__name__).warning("searching without compiled loops: %s", reason)
        from index.engine.search.kernels import plain as kernels

__all__ = ["kernels"]
