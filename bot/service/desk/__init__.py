"""The officers' desk: enrolment, log-in, inbox, threads, the bell. Sees sealed bytes and clear facts alone."""
