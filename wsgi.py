"""What a WSGI server runs: `gunicorn wsgi:app`. Settings come from the environment."""

from directory import create_app
from directory.maps.boundaries import boundaries
from directory.web import current

app = create_app()
app.extensions[current.EXTENSION].warm_up(current.system_clock())
boundaries()  # of maps: read before the workers part, so that they share them
