"""The errors that the service raises on purpose; `directory.web.problems` maps each to one status and one message."""

from __future__ import annotations


class DirectoryError(Exception):
    """Base of every error of the service."""


class SettingsError(DirectoryError):
    """A setting has a value that cannot be used; the message names the setting and what it may be."""


class StoreUnavailable(DirectoryError):
    """The database cannot be read, so what it would say about payment is unknown: no answer is better than a wrong one."""


class ImportRefused(DirectoryError):
    """An import was not carried out: the file is unusable, or it would retire too much of its feed."""


class Refused(DirectoryError):
    """Something that somebody asked to keep cannot be kept; the message says why, `field` names what must change."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


class ListingNotFound(DirectoryError):
    """No public listing has this id."""

    def __init__(self, listing_id: str) -> None:
        super().__init__(f"no listing has the id {listing_id!r}")
        self.listing_id = listing_id


class ListingMoved(DirectoryError):
    """The listing was merged into another, which answers for it."""

    def __init__(self, listing_id: str, target: str) -> None:
        super().__init__(f"{listing_id} is now {target}")
        self.listing_id, self.target = listing_id, target
