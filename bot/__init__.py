"""The running product: use cases, their edges and the programs that mount them."""
