"""Sealing: bytes in, bytes out. Imports nothing of ours; OS randomness only."""
