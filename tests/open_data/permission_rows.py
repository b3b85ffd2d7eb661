"""Addresses of open data: everything is for everybody."""

from tests.permission_rows import NONE, OK, OPEN, row

DAY = "2026-11-23"
ROWS = {
    "open_data:index": OPEN,
    "open_data:dcat_catalogue": OPEN,
    "open_data:dataset": row(OK, OK, dataset="podmioty"),
    "open_data:schema": row(OK, OK, dataset="podmioty", schema="schema"),
    # There are files from the first night on.
    "open_data:data_package": row(NONE, NONE, day=DAY),
    "open_data:dump_file": row(NONE, NONE, day=DAY, dataset="podmioty", extension="csv"),
    "open_data:newest_file": row(NONE, NONE, dataset="podmioty", extension="csv"),
    "open_data:of_day": row(NONE, NONE, dataset="podmioty", day=DAY),
    "open_data:of_month": row(NONE, NONE, dataset="podmioty", year_month="2026-11"),
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
