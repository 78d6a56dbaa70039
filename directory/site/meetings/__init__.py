"""What pages say of meetings: in a row of results, on the page of one, and when each is on the clock of its own place."""
