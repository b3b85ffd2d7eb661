from django.db import connection


def test_tests_run_on_the_embedded_server_with_polish_letters(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ŁÓDŹ')")
        assert cursor.fetchone() == ("łódź",)
