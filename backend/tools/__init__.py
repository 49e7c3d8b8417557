"""What acts on records: one tool per noun, each with typed arguments, and the guarded flow of a write."""
