"""A plan made by hand: an assignments table written up as it stands, never repaired."""
