"""The requests of each case, made from what the database holds."""

import json
import subprocess
import sys

UNCACHED = "X-Uncached"


def line(method: str, path: str, *, cookie: str = "", body: str = "", header: str = "") -> str:
    return f"{method}\t{path}\t{cookie}\t{body}\t{header}"


def cases(environment: dict[str, str]) -> dict[str, list[str]]:
    """By name, in the order measured; the constant page first. Asks a process with Django for slugs and cookies."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.readers"], env=environment, check=True, capture_output=True, text=True
    ).stdout
    known = json.loads(told.splitlines()[-1])
    claims, guests, predictions = known["claims"], known["guests"], known["predictions"]
    values = ("agree", "disagree", "pass")
    return {
        "constant page, no middleware": [line("GET", "/bench/constant/")],
        "start page, cached": [line("GET", "/")],
        "start page, not cached": [line("GET", "/", header=UNCACHED)],
        "claims, cached": [line("GET", "/claims/")],
        "claims, not cached": [line("GET", "/claims/", header=UNCACHED)],
        "claims, signed in": [line("GET", "/claims/", cookie=cookie) for cookie in known["members"]],
        "claim page, not cached": [line("GET", f"/claims/{slug}/", header=UNCACHED) for _pk, slug in claims],
        "bare upsert and count": [
            line("POST", f"/bench/vote/?user={pk}&claim={claim}&value={values[(i + j) % 3]}")
            for i, (pk, _cookie) in enumerate(guests)
            for j, (claim, _slug) in enumerate(claims)
        ],
        "vote": [
            line("POST", f"/claims/{slug}/vote/", cookie=cookie, body=f"value={values[(i + j) % 3]}")
            for i, (_pk, cookie) in enumerate(guests)
            for j, (_claim, slug) in enumerate(claims)
        ],
        "forecast": [
            line("POST", f"/predictions/{slug}/forecast/", cookie=cookie, body=f"percent={1 + (i + j) % 99}")
            for i, (_pk, cookie) in enumerate(guests)
            for j, slug in enumerate(predictions)
        ],
    }
