"""/konto/: pages of the library and ours at Polish addresses, under the names that the library asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from accounts.views import invitations, overview, pages, recovery, sessions
from accounts.views.pages import takes_form

FACTOR = [
    path("", mfa.index, name="mfa_index"),
    path("logowanie/", takes_form(mfa.authenticate), name="mfa_authenticate"),
    path("potwierdz/", takes_form(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("aplikacja/dodaj/", takes_form(totp.activate_totp), name="mfa_activate_totp"),
    path("aplikacja/usun/", takes_form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("kody/", recovery.recovery_codes, name="mfa_view_recovery_codes"),
    path("kody/nowe/", takes_form(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("klucze/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("klucze/dodaj/", takes_form(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("klucze/potwierdz/", takes_form(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("klucze/logowanie/", pages.sign_in_by_key, name="mfa_login_webauthn"),
    path("klucze/<int:pk>/usun/", takes_form(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("", overview.overview, name="account_overview"),
    path("logowanie/", takes_form(account.login), name="account_login"),
    path("wylogowanie/", takes_form(account.logout), name="account_logout"),
    path("rejestracja/", takes_form(account.signup), name="account_signup"),
    path("wylaczone/", account.account_inactive, name="account_inactive"),
    path("potwierdz/", takes_form(account.reauthenticate), name="account_reauthenticate"),
    path("adres/", takes_form(account.email), name="account_email"),
    path("adres/list/", account.email_verification_sent, name="account_email_verification_sent"),
    path("adres/<str:key>/", pages.confirm_address, name="account_confirm_email"),
    path("haslo/", takes_form(account.password_change), name="account_change_password"),
    path("haslo/ustaw/", pages.set_password, name="account_set_password"),
    path("haslo/nowe/", takes_form(account.password_reset), name="account_reset_password"),
    path("haslo/nowe/list/", account.password_reset_done, name="account_reset_password_done"),
    path("haslo/nowe/gotowe/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("haslo/nowe/<str:uidb36>/<str:key>/", pages.new_password, name="account_reset_password_from_key"),
    path("zaproszenie/<str:token>/", invitations.invitation, name="account_invitation"),
    path("sesje/", sessions.session_list, name="usersessions_list"),
    path("drugi-skladnik/", include(FACTOR)),
]
