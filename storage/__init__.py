"""Tables, repositories, database and blobs. Sealed things are bytes here."""
