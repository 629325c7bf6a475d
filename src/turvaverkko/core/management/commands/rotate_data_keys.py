"""`manage rotate_data_keys`: write every encrypted text anew under the first key.

It can be stopped and started again; texts already under the first key are left alone. When it says that
nothing is left, the old key may be taken out of the environment.
"""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction
from django.utils.translation import gettext

from turvaverkko.core import secrets
from turvaverkko.core.encrypted import EncryptedTextField, encrypted_fields

BATCH = 500  # rows in one transaction


class Command(BaseCommand):
    """Rotates the keys of personal fields."""

    help = "Kirjoittaa salatut tekstit uudelleen ensimmäisellä avaimella."

    def handle(self, **_options: Any) -> None:
        """Go through every field and print how many texts were written."""
        for model in apps.get_models():
            for field in encrypted_fields(model):
                count = rotate(model, field)
                self.stdout.write(f"{model._meta.label}.{field.name}: {count}")
        self.stdout.write(gettext("Kaikki tekstit ovat ensimmäisen avaimen alla."))


def rotate(model: type[models.Model], field: EncryptedTextField) -> int:
    """Write the texts of one field anew; return how many needed it.

    The raw column is read and written by SQL: the field itself would only show the plain text.
    """
    names = (model._meta.db_table, field.column or field.name, model._meta.pk.column or model._meta.pk.name)
    table, column, key = (connection.ops.quote_name(name) for name in names)
    # Names of our own tables; every value is a parameter.
    waiting = f"{key} > %s AND {column} > '' ORDER BY {key} LIMIT {BATCH}"
    select = f"SELECT {key}, {column} FROM {table} WHERE {waiting}"  # noqa: S608
    update = f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608
    done, last = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(select, [last])
            rows = cursor.fetchall()
            # "AND column = old": whoever saved meanwhile already wrote under the first key.
            changed = [(new, pk, old) for pk, old in rows if (new := secrets.rotated(old)) is not None]
            cursor.executemany(update, changed)
        done += len(changed)
        if len(rows) < BATCH:
            return done
        last = rows[-1][0]
