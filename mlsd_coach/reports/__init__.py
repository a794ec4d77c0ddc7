"""Debrief and study sheet from templates; the only part that knows Jinja2."""
