"""Accuracy and speed, each one command; figures are printed, never asserted."""
