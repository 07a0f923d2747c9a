"""Backups: what lasts, sealed to a key that is kept off the server, and the way back."""
