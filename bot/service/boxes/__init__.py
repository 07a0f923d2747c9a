"""Tip boxes: made, named, moved, closed and replaced; brought and taken along as tables; where their links lead."""
