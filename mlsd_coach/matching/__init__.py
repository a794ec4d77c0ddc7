"""Text to evidence: tokens, lexicon, rules, clause status; pure, knows no session and no file."""
