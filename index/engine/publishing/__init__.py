"""From listings to a generation on disk: the Whoosh index, the arrays compiled from it, manifest and checksums."""
