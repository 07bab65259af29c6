"""What operators see of the server: counts, times, an access log; and how it ends."""
