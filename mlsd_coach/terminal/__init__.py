"""The answer editor, prompts and tables; the only part that draws."""
