"""Send hostile requests and say what is wrong with the answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import requests

from bot.contract.validator import validate_reply
from tests.hostile.inputs import Sent

SECONDS = 60
_TRACES = ("Traceback (most recent", 'File "/', "aiohttp.", "sqlalchemy.", "rasa.")


@dataclass
class Verdict:
    """What came of many requests."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    apologies: list[str] = field(default_factory=list)
    """What was answered with the sentence that something failed."""
    faults: list[str] = field(default_factory=list)


def judge(address: str, attacks: Iterable[Sent]) -> Verdict:
    """Send everything, one after another."""
    verdict = Verdict()
    with requests.Session() as session:
        for each in attacks:
            answer = _send(session, address, each)
            verdict.sent += 1
            if answer is None:
                verdict.faults.append(f"no answer: {each!r:.300}")
                continue
            verdict.statuses[answer.status_code] += 1
            if '"kind": "error"' in answer.text:
                verdict.apologies.append(f"{each!r:.300}")
            fault = _fault(each, answer)
            if fault:
                verdict.faults.append(f"{fault}: {each!r:.300} -> {answer.status_code} {answer.text[:200]!r}")
    return verdict


def _send(session: requests.Session, address: str, sent: Sent) -> requests.Response | None:
    try:
        return session.request(sent.method, address + sent.path, data=sent.body, headers=dict(sent.headers),
                               timeout=SECONDS, allow_redirects=False)
    except requests.RequestException:
        return None


def _fault(sent: Sent, answer: requests.Response) -> str:
    text = answer.text
    if any(trace in text for trace in _TRACES):
        return "a trace of the program"
    if answer.status_code >= 500 and "Vorgangsnummer" not in text:
        return "a failure without apology"
    if answer.status_code >= 400 and sent.path.startswith("/api/"):
        problem = json.loads(text).get("error", {})
        return "" if problem.get("code") and problem.get("message") else "an error without a sentence"
    if sent.path == "/api/chat" and sent.method == "POST":
        try:
            validate_reply(json.loads(text))
        except ValueError as error:
            return f"a reply against the contract ({error})"
    return ""
