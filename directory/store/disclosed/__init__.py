"""What readers must be told: who pays for a listing, who answers a number, and the public log of every change of either."""
