"""Who may travel when: windows, needs, eligible itineraries, and refusals with reasons."""
