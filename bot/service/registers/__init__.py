"""The register book of a unit, taken out as a table or a document in the shape offices use. Clear facts alone."""
