"""What staff and operators do to the record, each act one function, logged."""
