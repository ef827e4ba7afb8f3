"""The tools of the server as data: names, descriptions for agents, arguments and schemas.

The skill is written from the same data (`skill.py`).
"""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Schema = dict[str, Any]

MOST_FILES = 100
"""The most paths, texts, hosts or names in one call."""

_LONGEST = 4096
"""The most characters of a path or a name."""

SHOW = ("results", "unchecked")
"""What an answer can list: the results, or what was not checked and not decided."""

SEVERITIES = ("note", "warning", "error")


class AgentTool(Value):
    """A tool: its name, its title, when to use it, its arguments, and the members of an item.

    The description is `purpose`, `when` and `how`; the skill has the first two.
    """

    name: str
    title: str
    purpose: str
    when: str
    how: str
    arguments: tuple[str, ...]
    item: tuple[str, ...]
    required: tuple[str, ...] = ()
    narrowed_by: str = "`paths`"

    @property
    def description(self) -> str:
        """The description that an agent reads when it chooses a tool."""
        return f"{self.purpose} {self.when} {self.how}"

    @property
    def input_schema(self) -> Schema:
        """The JSON Schema of the arguments; no other argument is accepted."""
        return {
            "type": "object",
            "properties": {name: ARGUMENTS[name] for name in self.arguments},
            "required": [*self.required],
            "additionalProperties": False,
        }

    @property
    def output_schema(self) -> Schema:
        """The JSON Schema of the structured content."""
        item = {name: _ITEM[name] for name in (*self.item, "unchecked", "cut")}
        items = {"type": "object", "properties": item, "additionalProperties": False}
        return {
            "type": "object",
            "properties": {
                "exit_code": _EXIT_CODE,
                "counts": _COUNTS,
                "unchecked": _UNCHECKED,
                "total": _TOTAL,
                "next_offset": _NEXT,
                "items": {"type": "array", "items": items},
            },
            "required": ["exit_code", "counts", "unchecked", "total", "items"],
            "additionalProperties": False,
        }


def _text(description: str, **more: object) -> Schema:
    return {"type": "string", "description": description, **more}


def _list(description: str) -> Schema:
    items = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
    return {
        "type": "array",
        "items": items,
        "minItems": 1,
        "maxItems": MOST_FILES,
        "description": description,
    }


def _texts(description: str) -> Schema:
    return {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "minProperties": 1,
        "maxProperties": MOST_FILES,
        "description": description,
    }


def _path(description: str) -> Schema:
    return _text(description, minLength=1, maxLength=_LONGEST)


ARGUMENTS: dict[str, Schema] = {
    "paths": _list(
        "Files and directories to read, relative to the directory of the server. Directories are"
        " searched. Give either `paths` or `texts`."
    ),
    "texts": _texts(
        "Contents by file name, for text that is not saved or not in a file. The name decides the"
        " format: site.yaml, main.tf, manifest.yaml, request.json, names.txt. No other file is"
        " read, so a Terraform module needs all of its files."
    ),
    "region": _text(
        "Region to which templates are deployed, for example us-east-1. Without it, checks that"
        " depend on the Region stay undecided.",
        maxLength=64,
    ),
    "as_of": _text(
        "Apply the rules and facts of this date, such as 2027-03-15. The default is today.",
        pattern=r"^\d{4}-\d{2}-\d{2}$",
    ),
    "parameters": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "maxProperties": MOST_FILES,
        "description": "Values of template parameters and Terraform variables by name. They decide"
        " checks that an answer reports as undecided.",
    },
    "settings": {
        "type": "object",
        "description": "Settings that replace those of settings files, as in [tool.acmrules]: for"
        ' example {"quotas": {"names": 50}, "ignore": ["ACM203"], "fail-on": "warning"}. Omit it'
        " to use the settings of the project.",
    },
    "severity": _text("List only findings of this severity or above.", enum=[*SEVERITIES]),
    "rules": _list("List only findings of these rules: ids or beginnings of ids, such as ACM2."),
    "show": _text(
        "`results` lists the results, worst first. `unchecked` lists what was not checked or not"
        " decided, and how to get it checked.",
        enum=[*SHOW],
        default=SHOW[0],
    ),
    "offset": {
        "type": "integer",
        "minimum": 0,
        "maximum": 10_000_000,
        "default": 0,
        "description": "First item to list: `next_offset` of the previous answer.",
    },
    "names": _list("Names of a certificate, including wildcards. Give `hosts` too."),
    "hosts": _list("Hosts to cover, such as www.example.com."),
    "service": _text("Service that serves `hosts`, for example cloudfront or alb.", maxLength=64),
    "wildcards": {
        "type": "boolean",
        "default": True,
        "description": "Whether the plan may contain wildcards. If not, the answer says how much"
        " they would save.",
    },
    "old": _path("File or directory before the edit. Give `new` too."),
    "new": _path(
        "File or directory after the edit. Without `old`, a Terraform plan (`terraform show -json`)"
        " or a change set (`aws cloudformation describe-change-set`)."
    ),
    "old_texts": _texts("Contents before the edit, by file name. Give `new_texts` too."),
    "new_texts": _texts(
        "Contents after the edit, by the same file names. Without `old_texts`, one plan or change"
        " set."
    ),
    "revision": _text(
        "Git revision to compare the files of `paths` with, such as HEAD or main.",
        minLength=1,
        maxLength=256,
    ),
    "query": _text(
        "Ids of rules separated by commas, such as ACM205, or words, such as `wildcard apex`, or"
        " the message of a finding.",
        minLength=1,
        maxLength=1000,
    ),
}
"""The schemas of all arguments by name."""

_EXIT_CODE = {
    "type": "integer",
    "enum": [0, 1, 2, 3],
    "description": "That of the command: 0 for success, 1 for a failure, 2 if an input cannot be"
    " read, 3 for a bug in acmrules. Read `unchecked` too: 0 does not mean that everything was"
    " checked.",
}
_COUNTS = {
    "type": "object",
    "additionalProperties": {"type": "integer"},
    "description": "Complete counts, including what is not listed.",
}
_UNCHECKED = {
    "type": "integer",
    "description": 'Things not checked or not decided; `show: "unchecked"` lists them.',
}
_TOTAL = {"type": "integer", "description": "Items on all pages."}
_NEXT = {"type": "integer", "description": "`offset` of the next page; absent on the last one."}

_STRINGS = (
    *("file", "rule", "severity", "message", "host", "verdict", "by", "name_to_add", "region"),
    *("domain_name", "certificate", "method", "address", "kind", "name", "title", "refused"),
    "unchecked",
)
_ITEM: dict[str, Schema] = {
    **{name: {"type": "string"} for name in _STRINGS},
    **{name: {"type": "integer"} for name in ("line", "column", "names")},
    **{name: {"type": "boolean"} for name in ("blocked", "unknown", "cut")},
}
"""The schemas of the members of items; `cut` marks an item whose strings are shortened."""

_FILES = ("paths", "texts")
_CONTEXT = ("region", "as_of", "parameters", "settings")
_PAGE = ("show", "offset")

CHECK = AgentTool(
    "check",
    "Check certificate requests",
    "Check AWS Certificate Manager (ACM) certificate requests against the rules of ACM: names,"
    " wildcards, quotas, validation, Regions, and the services that use the certificate.",
    "Use it after every edit of a file with a certificate: CloudFormation, SAM, `cdk synth` output,"
    " Terraform, Kubernetes, Serverless, Pulumi, Crossplane, or API parameters in JSON.",
    "The answer lists findings, worst first, each with its rule, its place and what to do. It also"
    " counts what was not checked: a check without findings is complete only if that is 0.",
    (*_FILES, *_CONTEXT, "severity", "rules", *_PAGE),
    ("file", "line", "column", "rule", "severity", "message"),
    narrowed_by="`paths`, `severity` or `rules`",
)
COVERAGE = AgentTool(
    "coverage",
    "Show which names cover which hosts",
    "Show which certificate covers each host, which hosts are not covered, and which names are"
    " unused.",
    "Use it before you write a wildcard, or to find out why a host has no valid certificate.",
    "Give `names` and `hosts` for a question without files, or `paths` or `texts`, perhaps with"
    " `hosts`.",
    ("names", "hosts", *_FILES, *_CONTEXT, *_PAGE),
    ("host", "verdict", "by", "name_to_add", "file", "line", "name", "certificate"),
    narrowed_by="`paths` or `hosts`",
)
PLAN = AgentTool(
    "plan",
    "Plan certificates for hosts",
    "Plan the fewest certificates for a set of hosts, or for the hosts in files, within quotas,"
    " Regions and policy.",
    "Use it before you write a request for several hosts.",
    "Give `hosts`, perhaps with their `service`, or `paths` or `texts`.",
    ("hosts", "service", "wildcards", *_FILES, *_CONTEXT, *_PAGE),
    ("region", "domain_name", "names", "refused"),
    narrowed_by="`paths` or `hosts`",
)
VALIDATION = AgentTool(
    "validation",
    "Show the steps until certificates are issued",
    "Show the steps until each certificate is validated and renewed, and who takes them: DNS"
    " records to publish, mailboxes, and what blocks the validation.",
    "Use it if a stack or an apply waits for a certificate, or to say what to do after the"
    " deployment.",
    "Give `paths` or `texts`.",
    (*_FILES, *_CONTEXT, *_PAGE),
    ("certificate", "file", "line", "method", "blocked", "unknown"),
)
COMPARE = AgentTool(
    "compare",
    "Show which edits replace certificates",
    "Show which edits replace a certificate, what they break, and how to roll them out safely.",
    "Use it before you deploy an edit of a certificate, or to review one.",
    "Give `revision` and `paths`, `old` and `new`, or `old_texts` and `new_texts`. For a Terraform"
    " plan or a change set, give `new` or `new_texts` alone.",
    ("old", "new", "revision", "paths", "old_texts", "new_texts", *_CONTEXT, *_PAGE),
    ("file", "line", "address", "kind", "verdict"),
)
EXPLAIN = AgentTool(
    "explain",
    "Explain rules",
    "Explain rules: what they require, since when, why, and with examples; or search for words.",
    "Use it if a finding is unclear, before you suppress it.",
    "Give ids of rules, words, or the message of a finding.",
    ("query", "offset"),
    ("rule", "name", "severity", "title"),
    required=("query",),
    narrowed_by="`query`",
)

TOOLS = (CHECK, COVERAGE, PLAN, VALIDATION, COMPARE, EXPLAIN)
"""The tools, in the order in which clients show them."""

BY_NAME = {tool.name: tool for tool in TOOLS}

INSTRUCTIONS = (
    "Checks of AWS Certificate Manager (ACM) certificate requests. Call `check` after each edit of"
    " a file with a certificate. An answer without findings is complete only if its `unchecked` is"
    " 0. Otherwise, call again with the arguments that it names, or report what was not checked."
    " The tools only read files in the directories of the server, and write and send nothing."
)
"""What clients pass to the model about the server as a whole."""
