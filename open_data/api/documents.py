"""The schema as one document, made anew only when a dictionary, the code or the address of the portal changes."""

import json

from django.db import connection
from drf_spectacular.generators import SchemaGenerator

from core.keeping import kept


def schema_version():
    with connection.cursor() as cursor:
        cursor.execute("SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload")
        return str(cursor.fetchone()[0])


def schema_of(request, version):
    """OpenAPI 3.1 as a dict, for whoever asks under this host."""

    def make():
        return json.dumps(SchemaGenerator().get_schema(public=True), ensure_ascii=False)

    schema = json.loads(kept("api-schema", [version], make))
    return schema | {"servers": [{"url": request.build_absolute_uri("/").rstrip("/")}]}
