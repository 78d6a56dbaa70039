"""What rows come wrapped in: packed packages and workbooks, and JSON of any outer shape."""
