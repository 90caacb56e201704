"""Workbooks as bytes and files: one area's, the pack of all, and the comparison of scenarios."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from agriplan import __version__
from agriplan.analysis.titles import title_of
from agriplan.bounded_reading import MOST_TEMPLATE, FileTooLargeError, NoPlainFileError, read_bounded
from agriplan.engine.plan import Plan
from agriplan.errors import Problem, TemplateError
from agriplan.places import template_file
from agriplan.report.csv_export import as_text
from agriplan.sentences import LANGS, Lang, say
from agriplan.workbook.blueprints import TemplateSource, blueprints_of
from agriplan.workbook.file_names import names_of_areas
from agriplan.workbook.template.language import language_in

if TYPE_CHECKING:  # see `blueprint`
    from agriplan.analysis.comparison import Comparison
    from agriplan.workbook.template.reading import Template

TEMPLATES: dict[Lang, str] = {"zh": "workbook.xlsx", "en": "workbook.en.xlsx"}
# A zip entry must have a time; this is the earliest that the format can hold, so that bytes depend on content alone.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def write_workbook(plan: Plan, area_code: str, template: TemplateSource, lang: Lang) -> bytes:
    """The workbook of the region or of a league; the same inputs give the same bytes."""
    return blueprints_of(plan).workbook(plan, area_code, template, lang)


def write_pack(plan: Plan, template: TemplateSource, lang: Lang) -> bytes:
    """All areas' workbooks in one zip file, with an index of what they were made from."""
    names = names_of_areas(plan.baselines.areas.values(), plan.scenario, lang)
    files = {f"{name}.xlsx": write_workbook(plan, code, template, lang) for code, name in names.items()}
    files[say("pack.index", lang)] = _index(plan, files, template, lang)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as pack:
        for name, data in files.items():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, data)
    return buffer.getvalue()


def write_comparison(comparison: "Comparison", source: TemplateSource, lang: Lang) -> bytes:
    """What was changed between two to five scenarios and what that moved, as a workbook."""
    from agriplan.workbook.content.compared import describe_comparison
    from agriplan.workbook.xlsx.writer import render

    template = source.read()
    return render(template, describe_comparison(comparison, lang, template.words))


@dataclass(frozen=True)
class TemplateFile:
    """A template that is known by its content, and read only where a workbook has to be drawn anew."""

    path: Path

    @cached_property
    def version(self) -> str:
        """The hash of the file, as `Template.version`; raises `TemplateError`."""
        try:
            return hashlib.sha256(read_bounded(self.path, MOST_TEMPLATE)).hexdigest()
        except NoPlainFileError:
            raise TemplateError([Problem(str(self.path), "no_plain_file")]) from None
        except FileTooLargeError as error:
            raise TemplateError([Problem(str(self.path), "file_too_large", {"most": error.most})]) from error
        except OSError as error:
            raise TemplateError([Problem(str(self.path), "template_missing")]) from error

    def read(self) -> "Template":
        """The template itself; raises `TemplateError`."""
        return read_template(self.path)


def template_path(own: Path | None, lang: Lang) -> Path:
    """The template of workbooks in a language: one's own, else the shipped one.

    One's own are a folder with `workbook.xlsx`, `workbook.en.xlsx` or both, or a file, for the language that it is
    written in. What cannot be read is taken all the same: whoever reads it says what is wrong.
    """
    if own is not None and not own.is_dir() and language_in(own) in (lang, None):
        return own
    return template_file(own, TEMPLATES[lang])


def find_template(own: Path | None, lang: Lang) -> TemplateFile:
    """The template to fill, without reading it."""
    return TemplateFile(template_path(own, lang))


def load_template(own: Path | None, lang: Lang) -> "Template":
    """The template to fill; raises `TemplateError`."""
    return read_template(template_path(own, lang))


def parsed_template(own: Path | None, lang: Lang) -> "Template":
    """The same with the problems in it, for whoever looks for more of them."""
    return _parse(template_path(own, lang))


def shipped_instead(own: Path | None, langs: Iterable[Lang] = LANGS) -> list[Problem]:
    """A caution for each language of which there is no template of one's own."""
    if own is None:
        return []
    return [
        Problem(own.name, _SHIPPED[lang]) for lang in langs if template_path(own, lang) == template_path(None, lang)
    ]


_SHIPPED: dict[Lang, str] = {"zh": "template_zh_shipped", "en": "template_en_shipped"}


def read_template(path: Path) -> "Template":
    """Read a template file; raises `TemplateError` with everything that is wrong in it."""
    template = _parse(path)
    if template.problems:
        raise TemplateError(template.problems)
    return template


def _parse(path: Path) -> "Template":
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise TemplateError([Problem(str(path), "template_missing")]) from error


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> "Template":
    from agriplan.workbook.template.reading import parse_template

    return parse_template(path)


def _index(plan: Plan, files: dict[str, bytes], template: TemplateSource, lang: Lang) -> bytes:
    """A CSV that Excel opens with Chinese intact: each file, its checksum and what all were made from."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    facts = {
        "scenario": title_of(plan.scenario, lang),
        "fingerprint": plan.fingerprint,
        "data": plan.baselines.version,
        "template": template.version,
        "engine": __version__,
    }
    table.writerows([say(f"pack.{name}", lang), as_text(value)] for name, value in facts.items())
    table.writerow([])
    table.writerow([say("pack.file", lang), "SHA-256"])
    table.writerows([name, hashlib.sha256(data).hexdigest()] for name, data in files.items())
    return text.getvalue().encode("utf-8-sig")
