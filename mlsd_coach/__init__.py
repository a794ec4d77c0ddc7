"""A terminal coach for machine-learning systems design interviews."""

__version__ = "0.1.0"
