"""Whatever happens in whatever order: one effect per message, order kept, nothing lost, nothing left once erased."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from channels.messenger.contract import Incoming, Kind
from tests.channels.messenger.faults import Fault
from tests.channels.messenger.world import LEASE_SECONDS, World, inline, pairs, run_in

PEOPLE = st.sampled_from(["anna", "berta"])
POINTS = st.integers(0, 30)
LEAST_STEPS = 2000


class Messenger(RuleBasedStateMachine):
    """People write, the service repeats and reorders, everything breaks; in the end all must be well."""

    steps = 0
    faults = 0

    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.patch = mock.patch("asyncio.to_thread", inline)
        self.patch.start()
        self.world = World()
        self.sent: dict[str, Incoming] = {}
        self.waiting: list[list[Incoming]] = []
        """Brought, but not acknowledged: the service brings them again."""
        self.stored: dict[str, int] = {}
        """When a message was first seen in the inbox; what came together has the same number."""

    def _run(self, work: Any) -> Any:
        before = self.world.faults.happened
        result = run_in(self.loop, work)
        Messenger.faults += self.world.faults.happened - before
        return result

    def _message(self, person: str, **more: Any) -> Incoming:
        number = len(self.sent)
        message = self.world.message(person, f"id-{number}", f"{person}-{number}.", **more)
        self.sent[message.external_id] = message
        return message

    def _bring(self, messages: list[Incoming]) -> None:
        if not self._run(self.world.receive(messages)):
            self.waiting.append(messages)
        at = len(self.stored)
        for message in messages:
            if message.external_id not in self.stored and self.world.is_stored(message.external_id):
                self.stored[message.external_id] = at

    @rule(person=PEOPLE)
    def writes(self, person: str) -> None:
        self.world.clock.pass_by(seconds=1)
        self._bring([self._message(person)])

    @rule(person=PEOPLE, together=st.booleans())
    def comes_in_the_wrong_order(self, person: str, together: bool) -> None:
        first, second = self._message(person, later=1), self._message(person, later=2)
        self.world.clock.pass_by(seconds=3)
        for batch in [[second, first]] if together else [[second], [first]]:
            self._bring(batch)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def is_repeated(self, data: st.DataObject) -> None:
        self._bring([data.draw(st.sampled_from(list(self.sent.values())))])

    @precondition(lambda self: self.waiting)
    @rule()
    def is_brought_again(self) -> None:
        self._bring(self.waiting.pop(0))

    @rule(steps=st.integers(1, 4))
    def works(self, steps: int) -> None:
        self._run(self.world.work(steps))

    @rule(person=PEOPLE, fault=st.sampled_from([Fault.KILL, Fault.LOCKED]), after=st.integers(0, 1))
    def something_breaks_before_or_after_storing(self, person: str, fault: Fault, after: int) -> None:
        self.world.restart(fault, after)
        self.writes(person)

    @rule(fault=st.sampled_from(Fault), after=POINTS)
    def something_breaks_at_work(self, fault: Fault, after: int) -> None:
        self.world.restart(fault, after)
        self.world.clock.pass_by(seconds=LEASE_SECONDS)
        self._run(self.world.work(3))

    @rule()
    def restarts(self) -> None:
        self.world.restart()

    @rule(seconds=st.sampled_from([2, 9, 700]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.pass_by(seconds=seconds)

    @rule(person=PEOPLE)
    def asks_for_erasure(self, person: str) -> None:
        self.world.clock.pass_by(seconds=1)
        asked = replace(self._message(person), text="/loeschen")
        self.sent[asked.external_id] = asked
        self._bring([asked])

    @rule(person=PEOPLE, data=st.data())
    def presses(self, person: str, data: st.DataObject) -> None:
        menus = [each.message.options for each in self.world.adapter.delivered if each.address == person]
        options = [option for menu in menus for option in menu]
        if not options:
            return
        yes = [option for option in options if option.title.startswith("Ja, alles")]
        option = (yes or options)[-1] if data.draw(st.booleans()) else data.draw(st.sampled_from(options))
        self.world.clock.pass_by(seconds=1)
        pressed = replace(self._message(person), kind=Kind.CHOICE, text="", token=option.token)
        self.sent[pressed.external_id] = pressed
        self._bring([pressed])

    @invariant()
    def is_counted(self) -> None:
        Messenger.steps += 1

    @invariant()
    def every_message_has_one_effect(self) -> None:
        texts = [text for _, text in self._effects() if not text.startswith("/")]
        assert len(texts) == len(set(texts))

    @invariant()
    def nobody_gets_what_another_wrote(self) -> None:
        for each in self._delivered():
            stranger = {"anna": "berta", "berta": "anna"}[each.address]
            assert stranger not in each.message.text
        for conversation_id, text in self._effects():
            if not text.startswith("/"):
                assert conversation_id == self.world.seal.conversation_id("matrix", text.split("-")[0])

    @invariant()
    def order_is_kept(self) -> None:
        by_text = {message.text: message for message in getattr(self, "sent", {}).values()}
        typed = [by_text[text] for _, text in self._effects() if text in by_text and not text.startswith("/")]
        for earlier, later in pairs(typed):
            if earlier.address == later.address and later.sent_at < earlier.sent_at:
                assert self.stored[later.external_id] > self.stored[earlier.external_id]

    @invariant()
    def nothing_is_readable_after_erasure(self) -> None:
        if not getattr(self, "world", None) or not self.world.store.erased:
            return
        kept = self.world.everything()
        for conversation_id, before in self.world.store.erased:
            gone = [text for whose, text in self._effects()[:before] if whose == conversation_id]
            assert not [text for text in gone if not text.startswith("/") and text in kept]

    def teardown(self) -> None:
        try:
            if getattr(self, "world", None):
                self._all_is_well_in_the_end()
        finally:
            if getattr(self, "world", None):
                self.patch.stop()
                self.loop.close()
                self.world.engine.dispose()

    def _all_is_well_in_the_end(self) -> None:
        self.world.restart()
        while self.waiting:
            self._bring(self.waiting.pop(0))
        self._run(self.world.finish())
        self.every_message_has_one_effect()
        self.nothing_is_readable_after_erasure()
        assert set(self.stored) == set(self.sent), "nothing is lost"
        assert not self.world.rows("SELECT 1 FROM inbox WHERE body IS NOT NULL AND body != 'null'")
        assert not self.world.rows("SELECT 1 FROM outbox WHERE body IS NOT NULL AND body != 'null'")
        for external_id in self.sent:
            self._is_answered_once(external_id)

    def _is_answered_once(self, external_id: str) -> None:
        """Every message has an answer or an apology; an answer that was erased before it went out need not arrive."""
        keys = self.world.delivered_keys(external_id)
        person = self.sent[external_id].address
        conversation = self.world.seal.conversation_id("matrix", person)
        assert keys or any(whose == conversation for whose, _ in self.world.store.erased)
        said = [each.message.text for each in self.world.adapter.delivered if each.key in set(keys)]
        answers = {text for text in said if text.startswith("Sie sagten") and not text.startswith("Sie sagten: /")}
        assert len(answers) <= 1
        assert all(self.sent[external_id].text in text for text in answers)

    def _effects(self) -> list[tuple[str, str]]:
        return self.world.store.effects if getattr(self, "world", None) else []

    def _delivered(self) -> list[Any]:
        return self.world.adapter.delivered if getattr(self, "world", None) else []


def test_whatever_happens_every_message_is_answered_once() -> None:
    Messenger.steps = Messenger.faults = 0
    run_state_machine_as_test(Messenger, settings=settings(
        max_examples=24, stateful_step_count=100, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck)))
    assert Messenger.steps >= LEAST_STEPS
    assert Messenger.faults >= 100
