"""Commands of the AWS CLI, checked against the API models of botocore."""

import re
import shlex

from botocore.model import ServiceModel
from botocore.session import Session

_GLOBAL = {"output", "query", "region"}
_SESSION = Session()
_MODELS = {}


def _model(service):
    if service not in _MODELS:
        loaded = _SESSION.get_component("data_loader").load_service_model(service, "service-2")
        _MODELS[service] = ServiceModel(loaded, service)
    return _MODELS[service]


def _words(name):
    """Return a name of the model as the AWS CLI spells it."""
    from botocore import xform_name

    return xform_name(name, "-")


def faults(command):
    """Return what the AWS CLI would reject in a command, empty if nothing."""
    program, service, operation, *rest = shlex.split(command)
    model = _model(service)
    operations = {_words(name): name for name in model.operation_names}
    if program != "aws" or operation not in operations:
        return [f"unknown operation {operation}"]
    shape = model.operation_model(operations[operation]).input_shape
    members = {_words(name): (name, each) for name, each in shape.members.items()}
    given = {}
    for word in rest:
        if word.startswith("--"):
            given[word[2:]] = []
        else:
            given[[*given][-1]].append(word)
    found = [f"unknown option {each}" for each in given if each not in {*members, *_GLOBAL}]
    required = {_words(each) for each in shape.required_members}
    found += [f"missing option {each}" for each in required - {*given}]
    for option, values in given.items():
        if option in members:
            found += _of_values(option, members[option][1], values)
    return found


def _of_values(option, shape, values):
    if shape.type_name == "list":
        several = [each for value in values for each in value.split(",")]
        return [each for value in several for each in _of_values(option, shape.member, [value])]
    if len(values) != 1:
        return [f"{option} has {len(values)} values"]
    (value,) = values
    if shape.type_name == "structure":
        pairs = dict(pair.partition("=")[::2] for pair in re.split(r",(?=\w+=)", value))
        return [f"unknown member {each} of {option}" for each in {*pairs} - {*shape.members}] + [
            fault
            for name, each in pairs.items()
            if name in shape.members
            for fault in _of_values(f"{option}.{name}", shape.members[name], [each])
        ]
    if getattr(shape, "enum", None) and value not in shape.enum:
        return [f"{value} is not a value of {option}"]
    return []
