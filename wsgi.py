"""What a WSGI server runs: `gunicorn wsgi:app`. Settings come from the environment."""

from directory import create_app

app = create_app()
