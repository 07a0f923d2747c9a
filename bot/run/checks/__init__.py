"""What `hopthu doctor` looks at: keys, machine, reach, and inside the database. Each finding says what to do."""
