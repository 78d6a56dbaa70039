"""The Human Services Data Specification: nested JSON and packages of tables, ours and other people's."""
