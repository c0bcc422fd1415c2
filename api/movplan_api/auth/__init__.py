"""Keys: how they are made, how they are known again, and what they may."""
