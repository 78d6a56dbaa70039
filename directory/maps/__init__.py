"""Maps drawn by the server: SVG from public-domain boundaries, without tiles, scripts or anybody else's server."""
