"""Persons and groups of the emulator: they write, press, change, block; the emulator tells the bot."""

from __future__ import annotations

from typing import Any

from tests.channels.telegram.emulator import BOT, BotApi

_FILE = {"file_id": "AwADBAADbXXX", "file_unique_id": "AgADbXXX"}
MEDIA: dict[str, dict[str, Any]] = {
    "voice": {"voice": {**_FILE, "duration": 5, "mime_type": "audio/ogg", "file_size": 23000}},
    "photo": {"photo": [{**_FILE, "width": 90, "height": 67}], "caption": "Das ist unser Betrieb"},
    "document": {"document": {**_FILE, "file_name": "Antrag.pdf", "mime_type": "application/pdf"}},
    "sticker": {"sticker": {**_FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False,
                            "is_video": False, "emoji": "👍"}},
    "video": {"video": {**_FILE, "width": 640, "height": 480, "duration": 3}},
    "video_note": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "audio": {"audio": {**_FILE, "duration": 243}},
    "location": {"location": {"latitude": 51.36, "longitude": 7.47}},
    "contact": {"contact": {"phone_number": "0815", "first_name": "Testperson"}},
    "poll": {"poll": {"id": "1", "question": "Ja?", "options": [], "total_voter_count": 0, "is_closed": False,
                      "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                      "allows_revoting": False, "members_only": False}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}  # fmt: skip
"""Everything a person may send that is no text."""


class Person:
    """Somebody in a private chat with the bot."""

    def __init__(self, api: BotApi, number: int) -> None:
        self._api = api
        self.id = number
        self.user = {"id": number, "is_bot": False, "first_name": "Testperson"}
        self.chat = {"id": number, "type": "private", "first_name": "Testperson"}
        self._asked = 0
        api.chats[number] = self.chat

    def writes(self, text: str, **more: Any) -> dict[str, Any]:
        """Write a message; return the update."""
        return self._api.add_update(message=self._message(text=text, **more))

    def sends(self, kind: str, **more: Any) -> dict[str, Any]:
        """Send something that is no text."""
        return self._api.add_update(message=self._message(**MEDIA[kind], **more))

    def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        """Change an earlier message."""
        return self._api.add_update(edited_message={**update["message"], "text": text, "edit_date": self._api.now})

    def presses(self, title: str) -> dict[str, Any]:
        """Press the latest button with that title."""
        for message in reversed(self.messages()):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == title:
                        return self.presses_token(button["callback_data"], message)
        raise AssertionError(f"no button „{title}“ among {self.buttons()}")

    def presses_token(self, token: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send what a button sends."""
        self._asked += 1
        query = {"id": f"{self.id}-{self._asked}", "from": self.user, "chat_instance": "1", "data": token,
                 "message": message}  # fmt: skip
        self._api.open_queries.add(query["id"])
        return self._api.add_update(callback_query=query)

    def blocks(self) -> dict[str, Any]:
        """Block the bot."""
        self._api.blocked.add(self.id)
        return self._change("member", "kicked")

    def unblocks(self) -> dict[str, Any]:
        """Let the bot write again."""
        self._api.blocked.discard(self.id)
        return self._change("kicked", "member")

    def messages(self) -> list[dict[str, Any]]:
        """Everything the bot wrote."""
        return list(self._api.messages.get(self.id, {}).values())

    def reads(self) -> list[str]:
        """The texts of it."""
        return [message["text"] for message in self.messages()]

    def buttons(self) -> list[str]:
        """The titles of all buttons below the last message."""
        last = self.messages()[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in last for button in row]

    def _message(self, **content: Any) -> dict[str, Any]:
        self._api.message_id += 1
        return {"message_id": self._api.message_id, "date": self._api.now, "chat": self.chat, "from": self.user,
                **content}  # fmt: skip

    def _change(self, before: str, after: str) -> dict[str, Any]:
        return self._api.add_update(my_chat_member=change(self.chat, self.user, self._api.now, before, after))


class Group:
    """A group somebody puts the bot into."""

    def __init__(self, api: BotApi, number: int = -100200300) -> None:
        self._api = api
        self.id = number
        self.chat = {"id": number, "type": "supergroup", "title": "Runde"}
        self.member = Person(api, 77)
        api.chats[number] = self.chat

    def invites(self) -> dict[str, Any]:
        """Put the bot into the group."""
        return self._api.add_update(
            my_chat_member=change(self.chat, self.member.user, self._api.now, "left", "member"))

    def writes(self, text: str) -> dict[str, Any]:
        """A member writes."""
        return self._api.add_update(message={**self.member._message(text=text), "chat": self.chat})

    def reads(self) -> list[str]:
        """What the bot wrote into the group."""
        return [message["text"] for message in self._api.messages.get(self.id, {}).values()]


def change(chat: dict[str, Any], who: dict[str, Any], now: int, before: str, after: str) -> dict[str, Any]:
    """Return that the bot has another place in a chat than before."""
    bot = {name: BOT[name] for name in ("id", "is_bot", "first_name", "username")}

    def place(status: str) -> dict[str, Any]:
        return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    return {"chat": chat, "from": who, "date": now, "old_chat_member": place(before), "new_chat_member": place(after)}
