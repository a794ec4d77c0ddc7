"""What is kept: sessions, attempts, ticks, brainstorms; the only part that knows SQLite."""
