"""From compiled segments to a generation on disk: edits as a delta, locks, files that survive a kill, manifest and checksums."""
