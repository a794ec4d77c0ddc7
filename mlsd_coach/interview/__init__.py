"""The sitting as a pure state machine: stages, clock, hints; no clock read, no terminal touched."""
