"""Public pages of a catalogue of county size, 5,000 services and 20,000 channels, beside the demo's. SQLite."""

import gc
import os
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "var" / "bench-catalogue"


def run() -> list[dict[str, Any]]:
    """One row a page: CPU and queries at both sizes, and what ten times the services cost."""
    shutil.rmtree(PLACE, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo",
        "TURVAVERKKO_VAR": str(PLACE),
        "TURVAVERKKO_DEMO_REQUESTS": "0",
    }
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415 - the environment above comes first
    from django.core.management import call_command  # noqa: PLC0415

    from bench import catalogue_data  # noqa: PLC0415
    from turvaverkko.config import demo  # noqa: PLC0415

    django.setup()
    demo.prepare(fresh=True)
    settings.ROOT_URLCONF = "bench.page_views"
    settings.ALLOWED_HOSTS = ["*"]
    few = measured()
    catalogue_data.grow()
    call_command("rebuild_search")
    gc.collect()
    gc.freeze()  # what the generator left would be gone through with every collection of the pages
    many = measured()
    return [
        {
            "page": name,
            "demo, CPU ms": few[name]["CPU ms"],
            "5,000 services, CPU ms": row["CPU ms"],
            "queries": row["queries"],
            "growth": round(row["CPU ms"] / few[name]["CPU ms"], 2),
        }
        for name, row in many.items()
    ]


def measured() -> dict[str, dict[str, Any]]:
    """Every page of `bench pages` that lists or shows services."""
    from bench import pages  # noqa: PLC0415

    wanted = {name: paths for name, paths in pages.addresses().items() if not name.endswith("view")}
    return {name: pages.in_process(paths) for name, paths in wanted.items()}
