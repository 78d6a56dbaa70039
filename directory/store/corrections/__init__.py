"""What people say against the feeds: reports of a problem, disputes by places, corrections by staff."""
