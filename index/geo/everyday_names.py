"""Names that people say for a place and that no official list holds. Read when the gazetteer is compiled.

Only names that mean one place to nearly everybody in the United States stand here; "the bay" or "the valley" do not.
"""

EVERYDAY_NAMES = {
    "abq": "Albuquerque, NM",
    "atl": "Atlanta, GA",
    "chi town": "Chicago, IL",
    "cincy": "Cincinnati, OH",
    "dc": "Washington, DC",
    "indy": "Indianapolis, IN",
    "jax": "Jacksonville, FL",
    "la": "Los Angeles, CA",
    "new york city": "New York, NY",
    "nola": "New Orleans, LA",
    "ny city": "New York, NY",
    "nyc": "New York, NY",
    "okc": "Oklahoma City, OK",
    "philly": "Philadelphia, PA",
    "pdx": "Portland, OR",
    "san fran": "San Francisco, CA",
    "sf": "San Francisco, CA",
    "slc": "Salt Lake City, UT",
    "st pete": "St. Petersburg, FL",
    "vegas": "Las Vegas, NV",
}
STATE_NAMES = {
    "american samoa": "AS",
    "commonwealth of puerto rico": "PR",
    "commonwealth of the northern mariana islands": "MP",
    "cnmi": "MP",
    "northern marianas": "MP",
    "us virgin islands": "VI",
    "usvi": "VI",
    "virgin islands": "VI",
    # Spanish
    "carolina del norte": "NC",
    "carolina del sur": "SC",
    "dakota del norte": "ND",
    "dakota del sur": "SD",
    "islas virgenes": "VI",
    "luisiana": "LA",
    "nueva jersey": "NJ",
    "nueva york": "NY",
    "nuevo hampshire": "NH",
    "nuevo mexico": "NM",
    "pensilvania": "PA",
    "tejas": "TX",
    "virginia occidental": "WV",
}
