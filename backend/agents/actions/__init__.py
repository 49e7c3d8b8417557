"""How a wish about records becomes a typed, proposed action: what is missing is asked for, one thing at a time."""
