"""Messenger drivers: one folder per messenger, and the in-memory twin all of them are measured against."""
