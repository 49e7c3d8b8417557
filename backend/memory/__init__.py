"""What a conversation remembers, who speaks next in it, and how often anyone may ask."""
