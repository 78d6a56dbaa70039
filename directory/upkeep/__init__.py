"""What keeps a copy sound: publishing as it changes, exports, backups, checks, promises that need a clock."""
