"""The five edit modules satisfy the `Editor` protocol: type-checked, never run."""

from acmrules.readers import name_lists
from acmrules.readers.kubernetes import edits as kubernetes
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.terraform import edits as terraform
from acmrules.syntax.edits import Editor
from acmrules.syntax.json import edits as json
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.yaml import edits as yaml
from acmrules.syntax.yaml.tree import YamlTree

EDITORS: tuple[
    Editor[JsonTree],
    Editor[YamlTree],
    Editor[Manifests],
    Editor[terraform.Nodes],
    Editor[name_lists.Lines],
] = (json, yaml, kubernetes, terraform, name_lists)
