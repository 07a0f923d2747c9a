"""Floods: whoever comes in numbers, never ends, or guesses codes, in processes of their own beside quiet people."""
