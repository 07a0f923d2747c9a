"""The programs: configuration, keys on disk, and the one place where everything is wired together."""
