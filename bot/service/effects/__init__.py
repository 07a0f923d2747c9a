"""What wishes do, one file per family. All of it inside the transaction of the step that wished it."""
