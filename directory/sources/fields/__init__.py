"""One value of a row: times of day, phone numbers, states, where a meeting is, and known defects mended."""
