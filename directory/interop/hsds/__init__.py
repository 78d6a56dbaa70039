"""Human Services Data (HSDS 3.1): a read API over services, organizations and places."""
