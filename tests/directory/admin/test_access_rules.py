"""Every route has an access rule, and the rule holds: who may open what is written down here once more."""

from __future__ import annotations

import re

import pytest
from paying_places import PayingPlaces, worker

from directory.admin.access import WITHOUT_LOGIN, needed_role
from directory.store.staff import Role

PUBLIC_BLUEPRINTS = {
    "site",
    "landing",
    "paths",
    "api",
    "health",
    "problems",
    "channels",
    "openness",
    "reports",
    "widget",
    "interop",
    "guides",
    "openings",
    "saving",
}
READERS_FORMS = {
    *("site.ask", "widget.embed_again", "reports.send_report", "openings.tell", "openings.answer"),
    *("paths.answer_for_someone_else", "paths.answer_not_sure"),
}
LOGIN_PAGES = {"admin": "/admin/login", "helpline": "/helpline/login"}
OPEN_IN_STAFF_ROOMS = WITHOUT_LOGIN | {"helpline.login", "helpline.log_in", "helpline.asset"}
HELPLINE = Role.HELPLINE  # of every other route of the helpline desk
ROLES = {
    "admin.log_out": Role.HELPLINE,
    "admin.home": Role.HELPLINE,
    "admin.password": Role.HELPLINE,
    "admin.set_password": Role.HELPLINE,
    "admin.cases": Role.HELPLINE,
    "admin.calls": Role.HELPLINE,
    "admin.decide_call": Role.EDITOR,
    "admin.add_answer": Role.EDITOR,
    "admin.opening_links": Role.EDITOR,
    "admin.make_opening_link": Role.EDITOR,
    "admin.revoke_opening_link": Role.EDITOR,
    "helpline.report": Role.EDITOR,
    "helpline.report_csv": Role.EDITOR,
    "admin.case": Role.HELPLINE,
    "admin.call_back": Role.EDITOR,
    "admin.close_case": Role.EDITOR,
    "admin.find_listing": Role.HELPLINE,
    "admin.listing": Role.HELPLINE,
    "admin.correct_listing": Role.EDITOR,
    "admin.withdraw_correction": Role.EDITOR,
    "admin.dispute_fact": Role.EDITOR,
    "admin.settle_dispute": Role.EDITOR,
    "admin.close": Role.EDITOR,
    "admin.reopen": Role.EDITOR,
    "admin.numbers": Role.HELPLINE,
    "admin.establish_number": Role.EDITOR,
    "admin.withdraw_number": Role.EDITOR,
    "admin.duplicates": Role.EDITOR,
    "admin.merge_duplicates": Role.EDITOR,
    "admin.undo_merge": Role.EDITOR,
    "admin.keep_duplicates_apart": Role.EDITOR,
    "admin.sources": Role.ADMIN,
    "admin.run_feed": Role.ADMIN,
    "admin.pause_feed": Role.ADMIN,
    "admin.resume_feed": Role.ADMIN,
    "admin.sponsorships": Role.EDITOR,
    "admin.add": Role.ADMIN,
    "admin.end": Role.ADMIN,
    "admin.staff": Role.ADMIN,
    "admin.add_member": Role.ADMIN,
    "admin.disable_member": Role.ADMIN,
    "admin.enable_member": Role.ADMIN,
    "admin.set_role": Role.ADMIN,
    "admin.audit": Role.ADMIN,
}


def routes(places: PayingPlaces):
    """Every (method, address, endpoint) of the application, with something in place of each parameter."""
    app = worker(places.settings)
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<int[^>]*>", "1", re.sub(r"<\w+>", "x", rule.rule))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, address, rule.endpoint


def staff_routes(places: PayingPlaces):
    """Those that ask who is there, with the role that is written here."""
    for method, address, endpoint in routes(places):
        if endpoint.partition(".")[0] in LOGIN_PAGES and endpoint not in OPEN_IN_STAFF_ROOMS:
            yield method, address, endpoint, ROLES.get(endpoint, HELPLINE)


class TestEveryRoute:
    def test_belongs_to_a_room_whose_rule_is_known(self, places):
        """A new room of the house must be named here, with who may enter."""
        rooms = {endpoint.partition(".")[0] for _, _, endpoint in routes(places)}
        assert rooms - PUBLIC_BLUEPRINTS == LOGIN_PAGES.keys()

    def test_of_the_staff_rooms_names_its_role(self, places):
        """What is written here is what the code says; a new staff page must be written here too."""
        with worker(places.settings).app_context():
            named = {endpoint: needed_role(endpoint) for _, _, endpoint, _ in staff_routes(places)}
        helpline = {endpoint for endpoint in named if endpoint.startswith("helpline.")}
        assert named == dict.fromkeys(helpline, HELPLINE) | ROLES

    def test_of_the_staff_rooms_sends_strangers_to_the_login(self, places):
        client = places.client()
        for method, address, endpoint, _ in staff_routes(places):
            answer = client.open(address, method=method)
            login = LOGIN_PAGES[endpoint.partition(".")[0]]
            assert (answer.status_code, answer.headers.get("Location")) == (303, login), endpoint

    @pytest.mark.parametrize("role", list(Role))
    def test_of_the_staff_rooms_answers_its_roles_alone(self, places, log_in, role):
        """403 below the role; at or above it a page (GET) or, without the form's token, still 403 (POST)."""
        client = log_in(role.value)
        for method, address, endpoint, needed in staff_routes(places):
            if endpoint.startswith("admin."):  # the helpline's cookie has a path of its own
                status = client.open(address, method=method).status_code
                allowed = method == "GET" and role.may_act_as(needed)
                assert (status != 403) is allowed, endpoint

    def test_of_the_others_sets_no_cookie(self, places):
        """Readers have no session, whatever they open."""
        client = places.client()
        for method, address, endpoint in routes(places):
            if endpoint.partition(".")[0] in PUBLIC_BLUEPRINTS:
                assert "Set-Cookie" not in client.open(address, method=method).headers, endpoint

    def test_of_the_others_keeps_nothing_that_a_reader_wrote(self, places):
        """What answers a form is not to be stored by a browser or on the way; a redirect says nothing."""
        client = places.client()
        forms = {address for method, address, endpoint in routes(places) if method == "POST" and endpoint in READERS_FORMS}
        assert len(forms) == len(READERS_FORMS)
        for address in forms:
            answer = client.post(address.replace("/x", f"/{places.id_of('Aspen House')}"), data={"q": "heroin", "text": "words"})
            assert answer.headers["Cache-Control"] == "no-store", address
