"""Lists that someone keeps by hand (CSV or XLSX), and the small file beside one that says what its columns mean."""
