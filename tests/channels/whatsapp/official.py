"""What Meta sends, as its documentation and the tests of pywa 4.5 show it; numbers and ids are theirs.

``https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages`` and below it
``/text``, ``/unsupported``, ``/reaction``, ``/group``, ``/revoke``, ``/system`` (as of May and June 2026); ids of
persons after ``…/whatsapp/business-scoped-user-ids``; ``tests/data/updates/`` of ``github.com/david-lev/pywa``.
"""

from __future__ import annotations

from typing import Any

PHONE_ID = "106540352242922"
NUMBER = "16505551234"
USER_ID = "US.13491208655302741918"
WAMID = "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA="
SECOND = "1749416383"

KINDS: dict[str, dict[str, Any]] = {
    "image": {"type": "image", "image": {"mime_type": "image/jpeg", "sha256": "4654+8g=", "id": "65463453",
                                         "url": "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"}},
    "video": {"type": "video", "context": {"forwarded": True},
              "video": {"caption": "caption", "mime_type": "video/mp4", "sha256": "Jh+2ij6=", "id": "765756756"}},
    "document": {"type": "document", "document": {"caption": "caption", "filename": "filename.pdf", "id": "1",
                                                  "mime_type": "application/pdf", "sha256": "grwfwe="}},
    "voice": {"type": "audio", "audio": {"mime_type": "audio/ogg; codecs=opus", "sha256": "m04p=", "id": "1",
                                         "voice": True}},
    "sticker": {"type": "sticker", "sticker": {"mime_type": "image/webp", "sha256": "OmT4=", "id": "1",
                                               "animated": False}},
    "location": {"type": "location", "location": {"latitude": 37.4611978, "longitude": -122.2164385,
                                                  "name": "Facebook HQ", "address": "1 Hacker Way, Menlo Park"}},
    "contacts": {"type": "contacts", "contacts": [{"name": {"first_name": "Monica", "formatted_name": "Monica"},
                                                   "phones": [{"phone": "+1 666-666-6666", "type": "HOME"}]}]},
    "order": {"type": "order", "order": {"catalog_id": "354160437058781", "text": "", "product_items": []}},
    "unsupported": {"type": "unsupported", "errors": [
        {"code": 131051, "title": "Message type unknown", "message": "Message type unknown",
         "error_data": {"details": "Message type is currently not supported."}}]},
    "interactive with an error": {"type": "interactive", "context": {"from": "972123456789", "id": "wamid.g=="}},
    "a form": {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {
        "name": "flow", "body": "Sent", "response_json": "{}"}}},
    "unknown to us": {"type": "hologram", "hologram": {}},
}
"""Messages without a text that we could read."""

SILENT: dict[str, dict[str, Any]] = {
    "reaction": {"type": "reaction", "reaction": {"message_id": "wamid.yzxyzx=", "emoji": "\ud83d\ude2e"}},
    "reaction taken back": {"type": "reaction", "reaction": {"message_id": "wamid.yzxyzx="}},
    "message taken back": {"type": "revoke", "revoke": {"original_message_id": "wamid.zzzzzz"}},
    "new number": {"type": "system", "system": {"body": "User A changed from 972987654321 to 972912345678",
                                                "wa_id": "972912345678", "type": "user_changed_number"}},
}
"""News that ask for no answer."""

FAILED = {"id": "wamid.xyzxyz", "status": "failed", "timestamp": "1689380458", "recipient_id": NUMBER, "errors": [
    {"code": 131047, "title": "Re-engagement message", "message": "Re-engagement message", "error_data": {
        "details": "Message failed to send because more than 24 hours have passed since the customer last replied to "
                   "this number."}}]}
DELIVERED = {"id": "wamid.xyzxyz", "status": "delivered", "timestamp": "1698266945", "recipient_id": NUMBER,
             "pricing": {"billable": True, "pricing_model": "CBP", "category": "service"}}


def text(body: str = "Does it come in another color?", **further: Any) -> dict[str, Any]:
    """A message that was typed."""
    return {"from": NUMBER, "id": WAMID, "timestamp": SECOND, "type": "text", "text": {"body": body}, **further}


def of_kind(shape: dict[str, Any], **further: Any) -> dict[str, Any]:
    """A message of another kind."""
    return {"from": NUMBER, "id": WAMID, "timestamp": SECOND, **shape, **further}


def chosen(token: str, how: str = "button_reply") -> dict[str, Any]:
    """A button or row that was tapped."""
    reply = {"id": token, "title": "title"}
    return of_kind({"type": "interactive", "context": {"from": "15550783881", "id": "wamid.xyzxyz"},
                    "interactive": {"type": how, how: reply}})


def edit(body: str) -> dict[str, Any]:
    """An earlier message that was changed."""
    return of_kind({"type": "edit", "edit": {"original_message_id": "wamid.zzzzzz",
                                             "message": {"type": "text", "text": {"body": body}}}})


def value(*messages: dict[str, Any], phone_id: str = PHONE_ID, user_id: str | None = None,
          **further: Any) -> dict[str, Any]:
    """The inner part of a call."""
    person = {"profile": {"name": "Sheena Nelson"}, "wa_id": NUMBER, **({"user_id": user_id} if user_id else {})}
    content = {"contacts": [person], "messages": list(messages)} if messages else {}
    return {"messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": phone_id}, **content, **further}


def call(*values: dict[str, Any]) -> dict[str, Any]:
    """A whole call."""
    return {"object": "whatsapp_business_account", "entry": [
        {"id": "102290129340398", "changes": [{"value": each, "field": "messages"}]} for each in values]}
