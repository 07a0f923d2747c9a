"""The audit chain's head of a day on paper: whoever keeps it knows later whether the chain still goes on from it."""
