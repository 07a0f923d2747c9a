"""Translators between the outside and the use cases: messengers, HTTP, the command line."""
