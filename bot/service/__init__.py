"""Use cases: taking in what residents write, delivering what is said to them, and the officers' desk."""
