"""The names of all settings, so that a misspelt one is noticed instead of being as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

PREFIX: Final = "DIRECTORY_"
OF_TESTS: Final = f"{PREFIX}TEST_"
NAMES: Final = (
    "DIRECTORY_ADVERTISING",
    "DIRECTORY_BEHIND_TLS",
    "DIRECTORY_BIND",
    "DIRECTORY_CONTACT",
    "DIRECTORY_DATABASE_URL",
    "DIRECTORY_DESK_REPORT",
    "DIRECTORY_FACILITIES_OWNED",
    "DIRECTORY_FRAME_ANCESTORS",
    "DIRECTORY_FUNDERS",
    "DIRECTORY_GEOCODER",
    "DIRECTORY_GEOCODER_KEY",
    "DIRECTORY_GEOCODER_SECONDS",
    "DIRECTORY_HOME",
    "DIRECTORY_MONEY_RECEIVED",
    "DIRECTORY_OIDC_CLIENT_ID",
    "DIRECTORY_OIDC_CLIENT_SECRET",
    "DIRECTORY_OIDC_ISSUER",
    "DIRECTORY_OWNER",
    "DIRECTORY_PLAIN_TAB",
    "DIRECTORY_PRODUCTION",
    "DIRECTORY_PROXY_LOGS",
    "DIRECTORY_PUBLIC_URL",
    "DIRECTORY_REQUESTS_PER_SECOND",
    "DIRECTORY_SECRET_KEY",
    "DIRECTORY_TILE_CREDIT",
    "DIRECTORY_TILE_SERVER",
    "DIRECTORY_TRUSTED_PROXIES",
    "DIRECTORY_WORKERS",
)


def unknown_settings(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each variable that looks like a setting and is none, with the setting that it may be a slip of.

    >>> list(unknown_settings({PREFIX + "FUNDRES": "nobody", "PATH": "/bin"}))
    ['DIRECTORY_FUNDRES is no setting and changes nothing. Did you mean DIRECTORY_FUNDERS?']
    """
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in NAMES and not name.startswith(OF_TESTS):
            from rapidfuzz.process import extractOne

            near = extractOne(name, NAMES, score_cutoff=80)
            yield f"{name} is no setting and changes nothing.{f' Did you mean {near[0]}?' if near else ''}"
