"""The documentation, and the commands that keep it in step with the program."""
