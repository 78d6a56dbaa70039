"""The two letters that an address may name as its state: a slip such as "ZZ" stands in no state's list and is found by nobody."""

from __future__ import annotations

from typing import Final

_STATES: Final = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT"
    " NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
_TERRITORIES: Final = "AS GU MP PR VI"
_ASSOCIATED: Final = "FM MH PW"  # the Postal Service serves them too (its Publication 28, appendix B)
POSTAL_STATES: Final = frozenset(f"{_STATES} {_TERRITORIES} {_ASSOCIATED}".split())
