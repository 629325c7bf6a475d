"""Make `national/ptv/` from the stored data of the Finnish Service Catalogue.

    python scripts/make_national_ptv.py ../shared/data/ptv

What is left out: ids of rows, the retired lists and what no page, search or export reads. The same
input gives the same bytes.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

TARGET: Final = Path(__file__).resolve().parents[1] / "national" / "ptv"
# Field of the source -> kind of text in the directory.
KINDS: Final = {
    "Name": "name",
    "ShortDescription": "summary",
    "Description": "description",
    "BackgroundDescription": "background",
    "ServiceRestrictions": "requirements",
    "UserInstructions": "instructions",
    "ChargeTypeAdditionalInfo": "fee",
    "DeadLineAdditionalInfo": "deadline",
    "ProcessingTimeAdditionalInfo": "processing-time",
    "ValidityTimeAdditionalInfo": "validity",
}
CODE_LISTS: Final = {
    "service_classes": "ServiceClasses.json",
    "life_events": "LifeEvents.json",
    "target_groups": "TargetGroups.json",
}
LANGUAGES: Final = ("fi", "sv", "en")


def main(arguments: Sequence[str]) -> int:
    """Write the files; the only argument is the folder with the source data."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    source = Path(arguments[0])
    TARGET.mkdir(parents=True, exist_ok=True)
    codes: dict[str, str] = {}
    for name, file in CODE_LISTS.items():
        terms = sorted(_current(_read(source / "code_lists" / file)), key=lambda term: _order(term["code"]))
        codes |= {uri: term["code"] for term in terms for uri in term["uris"]}
        _write(TARGET / f"{name}.json", terms)
    _write(TARGET / "service_languages.json", _service_languages(source))
    described = _read(source / "general_descriptions" / "gd_458_plaintext.json")
    trimmed = sorted((_description(raw, codes) for raw in described), key=lambda entry: str(entry["id"]))
    _write_packed(TARGET / "general_descriptions.json.gz", trimmed)
    print(f"{len(trimmed)} general descriptions, {len(codes)} addresses of terms -> {TARGET}")
    return 0


def _current(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The terms, one for each code: the source keeps a retired P7.12 that only has its old address."""
    by_code: dict[str, dict[str, Any]] = {}
    for term in _terms(rows):
        known = by_code.get(term["code"])
        if known is None or len(term["uris"]) > len(known["uris"]):
            by_code[term["code"]] = term
    return list(by_code.values())


def _terms(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        broader = row["BroaderUris"] or []
        yield {
            "code": row["Notation"],
            "broader": broader[0].rsplit("/", 1)[-1] if broader else "",
            "uris": [uri for uri in (row["Id"], row["OldUri"]) if uri],
            "label": _languages(row["Label"]),
        }


def _order(code: str) -> tuple[str, tuple[int, ...]]:
    letters = code.rstrip("0123456789.")
    return letters, tuple(int(part) for part in code[len(letters) :].split("."))


def _service_languages(source: Path) -> list[dict[str, Any]]:
    rows = _read(source / "code_lists" / "LanguageCodes_service_languages.json")
    return [
        {"code": row["code"], "order": row["order"], "label": _languages(row)}
        for row in sorted(rows, key=lambda row: (row["order"], row["code"]))
    ]


def _description(raw: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": raw["Id"],
        "reference_code": raw["ReferenceCode"] or "",
        "type": raw["ServiceType"],
        "charge": raw["ChargeType"] or "",
        "texts": {kind: found for field, kind in KINDS.items() if (found := _texts(raw[field]))},
        "laws": [_law(law) for law in raw["Laws"]],
        "classes": sorted(codes[term["Key"]] for term in raw["ServiceClass"]),
        "groups": sorted(codes[term["Key"]] for term in raw["TargetGroup"]),
        "events": sorted(codes[term["Key"]] for term in raw["LifeEvent"]),
        "subjects": sorted(
            ({"uri": term["Key"], "fi": term["Value"]} for term in raw["OntologyTerm"]),
            key=lambda term: term["uri"],
        ),
    }


def _law(law: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": _texts(law["Names"]), "url": _texts(law["Links"])}


def _texts(rows: Sequence[Mapping[str, str | None]]) -> dict[str, str]:
    found = {str(row["Lang"]): _tidy(row["Label"] or "") for row in rows}
    return {language: found[language] for language in LANGUAGES if found.get(language)}


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _languages(row: Mapping[str, Any]) -> dict[str, str]:
    low = {str(key).lower(): value for key, value in row.items()}
    return {language: str(low[language]).strip() for language in LANGUAGES if low.get(language)}


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON of the source
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_packed(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    # No file name and no time in the header: the same texts give the same bytes.
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
