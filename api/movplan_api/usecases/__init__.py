"""What callers can do, each in one short function; the web layer only passes on."""
