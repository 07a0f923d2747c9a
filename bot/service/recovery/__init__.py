"""A unit's recovery identity in shares on paper: made, tried out and used on a machine that has no network."""
