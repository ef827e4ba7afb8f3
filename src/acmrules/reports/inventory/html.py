"""The report on an inventory as one page of HTML: no scripts, and nothing from a network."""

from __future__ import annotations

from acmrules import __version__
from acmrules.diagnosis.model import State
from acmrules.diagnosis.times import written
from acmrules.reports.inventory import pictures
from acmrules.reports.inventory.phrases import heading
from acmrules.reports.inventory.sections import ReportSection, Row, sections
from acmrules.reports.svg import escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.inventory.report import InventoryReport

_MOST_ROWS = 200
_PLAIN = ("quotas", "gaps")

_COLORS = {
    "page": ("#f6f8fa", "#010409"),
    "card": ("#ffffff", "#0d1117"),
    "ink": ("#1f2328", "#e6edf3"),
    "quiet": ("#59636e", "#9198a1"),
    "line": ("#d5dbe1", "#3d444d"),
    "alarm": ("#c2343c", "#ff7b72"),
    "amber": ("#9a6700", "#d29922"),
    "calm": ("#8fb3dd", "#4673ab"),
}


def render(report: InventoryReport) -> str:
    """Return the page: the numbers, the pictures, and a table for each section."""
    return "\n".join(_page(report)) + "\n"


def _page(report: InventoryReport) -> Iterator[str]:
    title = escaped(heading(report))
    found = sections(report)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="robots" content="noindex">'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<title>{title}</title>\n<style>\n{_style()}\n</style>\n</head>\n<body>\n<main>"
    yield "<header>\n<h1>Certificates in AWS Certificate Manager</h1>"
    yield f"<p>{title}</p>"
    if report.read_at:
        yield f"<p>read from AWS on {written(report.read_at)}</p>"
    yield "</header>"
    if not report.is_complete:
        yield (
            '<p class="banner" role="note">Not everything was read:'
            ' <a href="#gaps">see what is unknown</a>.</p>'
        )
    yield from _tiles(report)
    if found:
        yield from _contents(found)
    for figure in pictures.figures(report):
        yield f"<figure>\n{figure.draw()}</figure>"
    for section in found:
        yield from _section(section)
    if not report.diagnoses:
        yield '<p class="card">No certificates.</p>'
    yield f"<footer>acmrules {escaped(__version__)}</footer>\n</main>\n</body>\n</html>"


def _tiles(report: InventoryReport) -> Iterator[str]:
    """Yield the numbers by who has to act."""
    tiles = (
        ("alarm", report.needs_you, "need you" if report.needs_you != 1 else "needs you"),
        ("amber", report.number(State.WAITING_FOR_AWS), "wait for AWS"),
        ("quiet", report.number(State.UNKNOWN), "unknown"),
        ("calm", report.number(State.FINE), "fine"),
    )
    yield '<ul class="tiles">'
    for color, number, words in tiles:
        css = color if number else "none"
        yield f'<li class="{css}"><strong>{number:,}</strong> {words}</li>'
    yield "</ul>"


def _contents(found: tuple[ReportSection, ...]) -> Iterator[str]:
    yield '<nav aria-label="Sections">'
    for section in found:
        yield f'<a href="#{section.key}">{escaped(section.title)} {len(section.rows):,}</a>'
    yield "</nav>"


def _section(section: ReportSection) -> Iterator[str]:
    count = "" if section.key in _PLAIN else f' <span class="count">{len(section.rows):,}</span>'
    yield f'<section id="{section.key}">\n<h2>{escaped(section.title)}{count}</h2>'
    yield f"<p>{_prose(_sentence(section.about))}</p>"
    rows, more = section.cut(_MOST_ROWS)
    heads = "".join(f'<th scope="col">{escaped(head)}</th>' for head in section.heads)
    yield f'<div class="scroll" tabindex="0">\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for row in rows:
        yield _row(row)
    yield "</tbody>\n</table>\n</div>"
    if more:
        yield f"<p>{escaped(more)}; the JSON has all of them.</p>"
    yield "</section>"


def _row(row: Row) -> str:
    first, *rest = row.cells
    lines = "".join(f"<li>{_line(line)}</li>" for line in row.lines)
    details = f"<ul>{lines}</ul>" if lines else ""
    cells = "".join(f"<td>{escaped(cell)}</td>" for cell in rest)
    css = ' class="urgent"' if row.is_urgent else ""
    return f'<tr{css}><th scope="row">{escaped(first)}{details}</th>{cells}</tr>'


def _line(line: str) -> str:
    """Return a line below a row; ARNs and commands can be copied."""
    return f"<code>{escaped(line)}</code>" if line.startswith(("arn:", "aws ")) else _prose(line)


def _prose(text: str) -> str:
    """Return a sentence with the parts in backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escaped(text)
    shown = map(escaped, parts)
    return "".join(
        f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(shown)
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _style() -> str:
    light, dark = (
        ";".join(f"--{name}:{colors[place]}" for name, colors in _COLORS.items())
        for place in (0, 1)
    )
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{_RULES}"
    )


_RULES = """\
body{margin:0;background:var(--page);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1000px;margin:0 auto;padding:32px 20px 48px}
h1{font-size:24px;line-height:1.25;margin:0 0 4px}
h2{font-size:17px;margin:0}
header p{margin:0;color:var(--quiet)}
a{color:inherit}
.banner{margin:20px 0 0;padding:10px 16px;border-radius:8px;background:var(--card);
border:1px solid var(--alarm);border-left-width:6px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;
list-style:none;margin:24px 0 16px;padding:0}
.tiles li{background:var(--card);border:1px solid var(--line);border-top:4px solid var(--line);
border-radius:8px;padding:10px 16px 12px;color:var(--quiet)}
.tiles strong{display:block;font-size:30px;line-height:1.2;color:var(--ink);
font-variant-numeric:tabular-nums;font-weight:600}
.tiles .alarm{border-top-color:var(--alarm)}.tiles .alarm strong{color:var(--alarm)}
.tiles .amber{border-top-color:var(--amber)}.tiles .amber strong{color:var(--amber)}
.tiles .quiet{border-top-color:var(--quiet)}
.tiles .calm{border-top-color:var(--calm)}
.tiles .none strong{color:var(--quiet)}
nav{display:flex;flex-wrap:wrap;gap:6px 18px;margin:0 0 20px;font-size:14px}
figure,section,.card{background:var(--card);border:1px solid var(--line);border-radius:8px;
margin:0 0 16px;overflow:hidden}
.card{padding:16px 20px}
figure{overflow-x:auto}
figure svg{display:block;width:100%;min-width:640px;height:auto}
section{padding:16px 20px}
section>p{margin:2px 0 10px;color:var(--quiet)}
.count{color:var(--quiet);font-weight:400}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:7px 14px 7px 0;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--quiet);font-weight:500;font-size:13px;padding-top:0}
tbody th{font-weight:600;overflow-wrap:anywhere;min-width:260px}
td{font-variant-numeric:tabular-nums}
td:nth-child(2),td:nth-child(3){white-space:nowrap}
tbody th{padding-left:10px;border-left:3px solid transparent}
thead th:first-child{padding-left:13px}
.urgent>th{border-left-color:var(--alarm)}
tbody ul{list-style:none;margin:2px 0 0;padding:0;font-weight:400;color:var(--quiet)}
code{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{color:var(--quiet);font-size:13px}
@media print{body{background:none}main{max-width:none;padding:0}nav{display:none}
figure,section{break-inside:auto;border-color:#ccc}tr,figure{break-inside:avoid}
figure svg{min-width:0}.scroll,figure{overflow:visible}}"""
