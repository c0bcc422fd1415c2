"""The web layer: FastAPI routers with endpoints of a few lines, and what they share."""
