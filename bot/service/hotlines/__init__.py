"""Numbers of the boards: put up, changed, ordered and checked; brought and taken along as tables."""
