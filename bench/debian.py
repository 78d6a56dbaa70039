"""Makes Debian's Python packages importable behind those of the virtual environment: python3-xapian is on no other shelf."""

from __future__ import annotations

import sys
from pathlib import Path

DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"

if Path(DEBIAN_PACKAGES).is_dir() and DEBIAN_PACKAGES not in sys.path:
    sys.path.append(DEBIAN_PACKAGES)
