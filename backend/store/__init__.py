"""Business records on SQLite or PostgreSQL, one repository per noun, every query scoped to one shop."""
