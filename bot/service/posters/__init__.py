"""Posters, hand bills and cards of boxes: what stands on them, how they are printed, and many of them into a folder."""
