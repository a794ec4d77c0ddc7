"""YAML to Library: the guard, the schema, the loader; the only part that knows YAML."""
