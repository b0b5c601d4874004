"""What a person types to make an account or to choose a password."""

from __future__ import annotations

from wtforms import Form, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, EqualTo, Length, Regexp

from bot.workbench.passwords import fault_of


def _strip(value: str | None) -> str:
    return (value or "").strip()


class NamesForm(Form):
    """What makes an account."""

    name = StringField(filters=[_strip], validators=[
        DataRequired("Bitte wählen Sie einen Namen, mit dem man sich anmeldet."),
        Length(max=80, message="Dieser Name ist zu lang."),
        Regexp(r"^[\w.@+-]+$", message="Erlaubt sind Buchstaben, Ziffern, Punkt, @ und Bindestrich.")])
    title = StringField(filters=[_strip], validators=[
        DataRequired("Bitte geben Sie Vor- und Nachnamen ein. So stehen Änderungen im Protokoll."),
        Length(max=120, message="Dieser Name ist zu lang.")])


class PasswordForm(Form):
    """A new password, written twice."""

    password = PasswordField(validators=[DataRequired("Bitte wählen Sie ein Kennwort.")])
    repeated = PasswordField(validators=[EqualTo("password", "Die beiden Kennwörter sind nicht gleich.")])
    owner = ""
    """Name of the account, which must not stand in the password."""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is easy to guess."""
        fault = fault_of(field.data or "", self.owner)
        if fault:
            raise ValidationError(fault)


class FirstForm(NamesForm, PasswordForm):
    """The first account."""


class ChangeForm(PasswordForm):
    """Another password, by somebody who knows the present one."""

    present = PasswordField(validators=[DataRequired("Bitte geben Sie Ihr jetziges Kennwort ein.")])
