"""Addresses of open data: everything is for everybody."""

from tests.permission_rows import NONE, OK, OPEN, row

ROWS = {
    "open_data:api-root": OPEN,
    "open_data:api-schema": OPEN,
    "open_data:api-docs": OPEN,
    "open_data:changes": OPEN,
    **{
        f"open_data:{name}": OPEN
        for name in "organisations offers units statuses territory events procurement mark-holders".split()
    },
    **{
        f"open_data:{name}-row": row(NONE, NONE, id=999_999)
        for name in "organisations offers units statuses events procurement".split()
    },
    "open_data:territory-row": row(OK, OK, id="0264"),
    "open_data:mark-holders-row": row(NONE, NONE, id="ZP-1999-001"),
}
