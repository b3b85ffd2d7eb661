"""The words a party is looked for by, as the database folds and indexes them for the panel's search."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import Func, TextField

# Lower case by the rules of "C", which touch ASCII only, then the Polish letters by hand: the same on every server,
# whatever locale it was made with.
_FOLD = """translate(lower((%(expressions)s) COLLATE "C"), 'ĄĆĘŁŃÓŚŹŻąćęłńóśźż', 'acelnoszzacelnoszz')"""


def party_words():
    """Name, short name and town in one text without case and Polish accents; to be searched with `contains`."""
    # In the order of a written migration, which Django compares with this.
    return Func("name", "short_name", "town", arg_joiner=" || ' ' || ", output_field=TextField(), template=_FOLD)


def folded(*expressions):
    """The same of any texts, of other tables too; not indexed."""
    return Func(*expressions, arg_joiner=" || ' ' || ", output_field=TextField(), template=_FOLD)


def words_index(name):
    return GinIndex(OpClass(party_words(), name="gin_trgm_ops"), name=name)
