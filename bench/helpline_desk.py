"""Processor time of a search at the helpline desk, letter by letter, over the copy that DIRECTORY_HOME names; nothing is written.

Run: DIRECTORY_HOME=... python -m bench.helpline_desk
"""

from __future__ import annotations

import statistics
import time

from flask import g

from directory import create_app
from directory.duties.staffing import Session
from directory.helpline.staff.access import FROM_THE_PAGE
from directory.helpline.views import search
from directory.settings import Settings
from directory.store.staff import Role, StaffMember
from directory.web import current
from index.word_memory import forget_words

CALLS = (
    "w pregnant meth medicaid 44102",
    "klonopin detox denver",
    "suboxone spanish 80132 not in town",
    "detox denver on the way to pueblo",
    "719-555-0142",
)


def main() -> None:
    """Print the median, the 95th percentile and the longest search in milliseconds."""
    app = create_app(Settings.from_environment())
    now = current.system_clock()
    app.extensions[current.EXTENSION].warm_up(now)
    member = StaffMember(0, "bench", Role.HELPLINE, "", now, None)
    spent = []
    for words in CALLS:
        for end in range(3, len(words) + 1):
            request = {"method": "POST", "data": {"q": words[:end]}, "headers": {FROM_THE_PAGE: "1"}}
            with app.test_request_context("/helpline/search", **request):
                g.staff_session = Session(member, "")
                began = time.process_time()
                search()
                forget_words()
                spent.append((time.process_time() - began) * 1000)
    spent.sort()
    found = f"median {statistics.median(spent):.1f} ms, p95 {spent[int(len(spent) * 0.95)]:.1f} ms, longest {spent[-1]:.1f} ms"
    print(f"{len(spent)} searches: {found}")


if __name__ == "__main__":
    main()
