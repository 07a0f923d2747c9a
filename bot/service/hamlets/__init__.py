"""The hamlets and groups of units, which boxes and boards hang in: a list with its history."""
