-- The history of one candidate, schema 1. The full values are JSON in `body` (history/records.py reads and writes
-- them); the other columns are what lists are made and sorted from.

-- Sittings under way: one row each, replaced at every autosave.
CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    scenario   TEXT NOT NULL,
    updated_at TEXT NOT NULL,       -- UTC, ISO 8601
    touched    INTEGER NOT NULL,    -- counts saves over all sessions: the order survives a clock that is set back
    body       TEXT NOT NULL
) STRICT;

-- Sittings kept, with the scorecard as it was at the time.
CREATE TABLE attempt (
    id          TEXT PRIMARY KEY,
    scenario    TEXT NOT NULL,
    level       TEXT NOT NULL,
    score       REAL NOT NULL,      -- 0..100
    band        TEXT NOT NULL,
    prediction  INTEGER,            -- 0..100, NULL when the candidate made none
    finished_at TEXT NOT NULL,      -- UTC, ISO 8601
    body        TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_by_scenario ON attempt (scenario, finished_at);

-- Steps of the checklist that are ticked, by "item/step".
CREATE TABLE tick (
    key TEXT PRIMARY KEY,
    at  TEXT NOT NULL
) STRICT;

-- One brainstorm of data sources a company.
CREATE TABLE brainstorm (
    company    TEXT PRIMARY KEY,
    updated_at TEXT NOT NULL,
    lines      TEXT NOT NULL        -- JSON list of strings
) STRICT;
