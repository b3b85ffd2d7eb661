"""The lists of the API: what a row holds, which rows are found, and how one goes through them."""

import pytest

from tests.open_data.filled import LISTS, fill

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", LISTS)
def test_a_list_leads_to_each_of_its_rows(client, name):
    fill(2)
    answer = client.get(f"/api/v1/{name}/", {"limit": "1"})
    assert answer.status_code == 200, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/json"
    row = answer.json()["results"][0]
    detail = client.get(f"/api/v1/{name}/{row['id']}/")
    assert detail.status_code == 200, detail.content.decode()
    assert detail.json() == row
