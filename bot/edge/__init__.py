"""The edges: drivers, HTTP and the command line. They translate and map errors; use cases are `bot.service`."""
