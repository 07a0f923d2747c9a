"""Duty rosters of units: who answers for a tip that arrives, and what operators and chiefs change of it."""
