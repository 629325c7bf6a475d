"""The access log and its seals; on PostgreSQL the log is partitioned by month.

Django makes a plain table. While it is empty, PostgreSQL gets in its place one that is partitioned by
`time`: the primary key must then hold `time` too, and the numbers come from one sequence for all months
(numbers for partitioned tables as "identity" came with PostgreSQL 17). Rows of a month without a
partition go to the default one, so that a forgotten job never stops a page.
"""

import turvaverkko.core.time_source
from django.db import migrations, models

TABLE = "trail_accessentry"
SEQUENCE = f"{TABLE}_id_seq"

PARTITIONED = (
    f"ALTER TABLE {TABLE} RENAME TO {TABLE}_plain",
    f"CREATE TABLE {TABLE} (LIKE {TABLE}_plain INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (time)",
    f"DROP TABLE {TABLE}_plain",
    f"CREATE SEQUENCE {SEQUENCE} AS bigint CACHE 1 OWNED BY {TABLE}.id",
    f"ALTER TABLE {TABLE} ALTER COLUMN id SET DEFAULT nextval('{SEQUENCE}')",
    f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_pkey PRIMARY KEY (id, time)",
    f"CREATE TABLE {TABLE}_default PARTITION OF {TABLE} DEFAULT",
)


def partition(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in PARTITIONED:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("trail", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("time", models.DateTimeField(default=turvaverkko.core.time_source.now, editable=False)),
                ("actor", models.CharField(max_length=80)),
                ("role", models.CharField(blank=True, max_length=64)),
                ("unit", models.CharField(blank=True, max_length=64)),
                ("controller", models.CharField(blank=True, max_length=64)),
                (
                    "look",
                    models.CharField(
                        choices=[
                            ("read", "avattu"),
                            ("list", "näkynyt luettelossa"),
                            ("search", "näkynyt haussa"),
                            ("export", "viety tiedostoon"),
                            ("print", "tulostettu"),
                            ("denied", "yritetty avata, estetty"),
                            ("break-glass", "avattu hätäperusteella"),
                        ],
                        max_length=16,
                    ),
                ),
                ("screen", models.CharField(help_text="Sivun nimi, ei koskaan sen osoite.", max_length=64)),
                ("subject_kind", models.CharField(max_length=64)),
                ("subject_id", models.CharField(max_length=64)),
                ("matter", models.CharField(blank=True, max_length=64)),
                ("basis", models.CharField(max_length=64)),
                (
                    "request_id",
                    models.CharField(help_text="Sama kaikilla yhden sivun riveillä.", max_length=64),
                ),
            ],
            options={
                "verbose_name": "käyttölokin rivi",
                "verbose_name_plural": "käyttölokin rivit",
            },
        ),
        migrations.RunPython(partition, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="accessentry", index=models.Index(fields=["matter", "-id"], name="looks_at_matter")
        ),
        migrations.AddIndex(
            model_name="accessentry",
            index=models.Index(fields=["subject_kind", "subject_id", "-id"], name="looks_at_subject"),
        ),
        migrations.AddIndex(
            model_name="accessentry", index=models.Index(fields=["actor", "-id"], name="looks_of_actor")
        ),
        migrations.AddIndex(
            model_name="accessentry", index=models.Index(fields=["-time", "-id"], name="looks_by_time")
        ),
        migrations.CreateModel(
            name="AccessSeal",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("rows", "sinetöidyt rivit"), ("erasure", "todistus poistosta")],
                        max_length=10,
                    ),
                ),
                ("after_id", models.BigIntegerField()),
                ("upto_id", models.BigIntegerField()),
                ("count", models.PositiveBigIntegerField()),
                ("total", models.PositiveBigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("rows_hash", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("head", models.CharField(max_length=64)),
                ("marks", models.BinaryField()),
                ("erased_through", models.PositiveBigIntegerField(null=True)),
                ("erased_head", models.CharField(blank=True, max_length=64)),
                ("erased_before", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "käyttölokin sinetti",
                "verbose_name_plural": "käyttölokin sinetit",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("erased_before", None),
                                ("erased_head", ""),
                                ("erased_through", None),
                                ("kind", "rows"),
                            ),
                            models.Q(
                                ("erased_before__isnull", False),
                                ("erased_through__isnull", False),
                                ("kind", "erasure"),
                            ),
                            _connector="OR",
                        ),
                        name="seal_certifies_what_it_says",
                    )
                ],
            },
        ),
    ]
