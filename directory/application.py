"""The web application put together: one lookup, the rules of every answer, and the rooms that render."""

from __future__ import annotations

from flask import Flask

from directory.admin import admin
from directory.api import api
from directory.api.health import health
from directory.channels import channels
from directory.guides import guides
from directory.helpline import helpline
from directory.interop import interop
from directory.landing import landing
from directory.lookup import Lookup, open_lookup
from directory.openings import openings
from directory.openness import openness
from directory.paths import paths
from directory.reports import reports
from directory.saving import saving
from directory.settings import Settings
from directory.site import site
from directory.web import current, http, kept_answers, problems, ratelimit
from directory.widget import widget


def build(settings: Settings | None = None, lookup: Lookup | None = None) -> Flask:
    """Return the application; see `directory.create_app`."""
    if settings is None:
        settings = lookup.settings if lookup else Settings.from_environment()
    app = Flask("directory", static_folder=None)
    app.secret_key = settings.secret_key
    app.extensions[current.EXTENSION] = lookup or open_lookup(settings)
    app.config[current.CLOCK] = current.system_clock
    http.install(app, settings)
    kept_answers.install(app)
    ratelimit.install(app, settings.requests_per_second)
    problems.install(app)
    app.register_blueprint(health)
    app.register_blueprint(api)
    app.register_blueprint(site)
    app.register_blueprint(channels)
    app.register_blueprint(saving)
    app.register_blueprint(openings)
    app.register_blueprint(openness)
    app.register_blueprint(guides)
    app.register_blueprint(landing)
    app.register_blueprint(paths)
    app.register_blueprint(interop)
    app.register_blueprint(reports)
    app.register_blueprint(admin)
    app.register_blueprint(helpline)
    app.register_blueprint(widget)
    return app
