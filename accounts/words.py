"""What the library of accounts says, in the portal's words. What is not here is not said."""

# By the template that the library would render.
MESSAGES = {
    "account/messages/email_confirmation_failed.txt": "Tego adresu nie można potwierdzić: ma go już inne konto.",
    "account/messages/email_confirmed.txt": "Adres jest potwierdzony.",
    "account/messages/email_deleted.txt": "Zmiana adresu jest odwołana.",
    "account/messages/logged_out.txt": "Wylogowano.",
    "account/messages/password_changed.txt": "Hasło jest zmienione.",
    "account/messages/password_set.txt": "Hasło jest ustawione.",
    "mfa/messages/recovery_codes_generated.txt": "Kody zapasowe są gotowe. Zapisz je teraz w bezpiecznym miejscu.",
    "mfa/messages/totp_activated.txt": "Aplikacja jest połączona z kontem.",
    "mfa/messages/totp_deactivated.txt": "Aplikacja nie jest już połączona z kontem.",
    "mfa/messages/webauthn_added.txt": "Klucz jest dodany.",
    "mfa/messages/webauthn_removed.txt": "Klucz jest usunięty.",
}

MISMATCH = "E-mail albo hasło są nieprawidłowe. Sprawdź, czy nie jest włączony klawisz Caps Lock."
WRONG_KEY = "Tego klucza nie udało się odczytać. Spróbuj jeszcze raz."
WRONG_CODE = "Ten kod jest nieprawidłowy albo nieaktualny. Podaj bieżący."

ERRORS = {
    "account_inactive": "To konto jest wyłączone.",
    "duplicate_email": "To jest adres tego konta.",
    "email_password_mismatch": MISMATCH,
    "email_taken": "Tego adresu nie można użyć.",
    "enter_current_password": "Obecne hasło jest inne.",
    "incorrect_code": WRONG_CODE,
    "incorrect_password": "Hasło jest nieprawidłowe.",
    "invalid_login": MISMATCH,
    "invalid_or_expired_key": "Ten odsyłacz jest nieaktualny.",
    "invalid_password_reset": "Ten odsyłacz jest nieaktualny.",
    "same_as_current": "Podaj coś innego niż dotąd.",
    "too_many_login_attempts": "Za dużo nieudanych prób. Spróbuj ponownie za 5 minut.",
    "rate_limited": "Za dużo prób. Spróbuj ponownie za 5 minut.",
    "unverified_primary_email": "Najpierw potwierdź adres e-mail.",
}

FACTOR_ERRORS = {
    "cannot_delete_authenticator": "Tego składnika nie można usunąć: Twoja rola wymaga drugiego składnika.",
    "cannot_generate_recovery_codes": "Kody zapasowe są dla kont z drugim składnikiem. Najpierw go dodaj.",
    "incorrect_code": WRONG_CODE,
    "unverified_email": "Najpierw potwierdź adres e-mail.",
}
