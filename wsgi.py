"""What a WSGI server runs: `gunicorn wsgi:app`. Settings come from the environment."""

from directory import create_app, current

app = create_app()
app.extensions[current.EXTENSION].warm_up(current.system_clock())
