"""The authority's side, on its own machine: its key, requests beside what it signed before, comparing, signing.

Reads and writes the files it is given and the folder of its key. No database, no network.
"""
