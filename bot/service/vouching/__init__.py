"""What the audit chains vouch for, held against the rows of the database."""
