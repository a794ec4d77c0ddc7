"""Second opinions beside the scorer's verdict: asked for by name, never in silence, earning nothing."""
