"""The five edit modules satisfy the `Editor` protocol: type-checked, never run."""

from acmrules.readers import name_lists
from acmrules.readers.kubernetes import edits as kubernetes
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.serverless import edits as serverless
from acmrules.readers.serverless.template import StackTree
from acmrules.readers.terraform import edits as terraform
from acmrules.syntax.edits import Editor
from acmrules.syntax.json import edits as json
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.yaml import edits as yaml
from acmrules.syntax.yaml.tree import YamlTree

json_editor: Editor[JsonTree] = json
yaml_editor: Editor[YamlTree] = yaml
manifest_editor: Editor[Manifests] = kubernetes
stack_editor: Editor[StackTree] = serverless
terraform_editor: Editor[terraform.Nodes] = terraform
list_editor: Editor[name_lists.Lines] = name_lists
