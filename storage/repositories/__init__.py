"""Questions and commands of the product over one open connection. Nothing here commits, waits or reads a clock."""
