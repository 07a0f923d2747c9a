"""The country's units: today's provinces and wards, what was there before, how people type them, what lies near.

Needs no database and no package at run time: all of it comes from one file of our own (CREDITS.md beside it).
"""
