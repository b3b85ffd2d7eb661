"""Addresses of confirmation, the freshness board and the call list, and everybody who may ask for them."""

from tests.permission_rows import NONE, OK, ONLY_OFFICE, SIGN_IN, row

OFFICE = {"but": ONLY_OFFICE}
ROWS = {
    "registry:organisation_confirmation": row(SIGN_IN, NONE, but={OK: ("representative",)}, slug="zielony-prog"),
    "registry:freshness_board": row(SIGN_IN, NONE, **OFFICE),
    "registry:freshness_export": row(SIGN_IN, NONE, **OFFICE, extension="csv"),
    "registry:call_list": row(SIGN_IN, NONE, **OFFICE),
    "registry:call": row(SIGN_IN, NONE, **OFFICE, pk="card_to_call"),
    # The link is the permission; what it leads to is in test_link_pages.py.
    "registry:confirmation": row(NONE, NONE, token="zmyslony"),
    "registry:confirmation_changes": row(NONE, NONE, token="zmyslony"),
    "registry:confirmation_closing": row(NONE, NONE, token="zmyslony"),
}
MODELS = {"registry_confirmationrequest": ("v", "v"), "registry_freshnessrule": ("v", "va")}
