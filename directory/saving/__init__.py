"""Results or a list to take along: one file that needs no connection, under a name that says nothing."""

from directory.saving.views import saving

__all__ = ["saving"]
