"""The operator's commands: serve, load, index, token, replay, evaluate, bench."""
