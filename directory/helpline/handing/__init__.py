"""The shortlist on its way to the caller: read aloud, compared, printed, sent. It holds listings alone."""

from __future__ import annotations
