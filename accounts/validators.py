"""Passwords that are easy to guess, told with the reason."""

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

GOOD_ENOUGH = 3
# The work grows with the square of the length, and nobody guesses what is longer.
LONGEST_LOOKED_AT = 100

REASONS = {
    "dictionary": "To hasło składa się ze słów, od których zaczyna się zgadywanie.",
    "spatial": "To hasło to sąsiednie klawisze, łatwe do odgadnięcia.",
    "repeat": "To hasło powtarza te same znaki.",
    "sequence": "To hasło to kolejne litery albo cyfry.",
    "regex": "To hasło zawiera łatwy do odgadnięcia rok.",
    "date": "To hasło zawiera datę, łatwą do odgadnięcia.",
    "bruteforce": "To hasło łatwo odgadnąć.",
}
ADVICE = "Połącz kilka niezwiązanych ze sobą słów."


class StrengthValidator:
    """Refuses what zxcvbn takes for guessable, given that the guesser knows the person's name and address."""

    def validate(self, password, user=None):
        known = [user.email, *user.email.split("@"), user.full_name, *user.full_name.split()] if user else []
        looked_at = password[:LONGEST_LOOKED_AT]
        found = zxcvbn(looked_at, user_inputs=[word for word in known if word], max_length=LONGEST_LOOKED_AT)
        if found["score"] >= GOOD_ENOUGH:
            return
        weakest = min(found["sequence"], key=lambda part: part["guesses_log10"] / len(part["token"]))
        if weakest.get("dictionary_name") == "user_inputs":
            reason = "To hasło zawiera Twoje imię, nazwisko albo adres."
        else:
            reason = REASONS[weakest["pattern"]]
        raise ValidationError(f"{reason} {ADVICE}", code="password_too_weak")

    def get_help_text(self):
        return "Hasło nie może być łatwe do odgadnięcia: najlepiej połącz kilka niezwiązanych ze sobą słów."
