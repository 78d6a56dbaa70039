"""From listings to one segment: Whoosh's index, written fast, and the arrays compiled from it, with a count of what they hold."""
