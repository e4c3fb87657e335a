"""The database: its whole schema, its engine, its frames, and the audit of every change by a person."""
