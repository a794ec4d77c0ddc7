"""One short module a command: read the surroundings, call the parts, show the result."""
