"""A program for an environment with the AWS CLI: runs commands in one process, sending nothing.

Its input is a JSON list of commands, each with its arguments and perhaps a working folder and
variables. Its output is a JSON list of their results: the exit code, standard output, standard
error, the calls that were sent, and the modules of acmrules that were loaded by then.
"""

import contextlib
import inspect
import io
import json
import os
import sys

from awscli.clidriver import create_clidriver

ANSWER = b'{"CertificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"}'
XML = b"<ListAllMyBucketsResult/>"


def answering(sent):
    """Return a handler that answers each request instead of AWS, and keeps its parameters."""

    def answer(request, **_):
        body = request.body.decode() if isinstance(request.body, bytes) else request.body
        sent.append({"url": request.url, "body": body})
        answer = ANSWER if "//acm." in request.url else XML
        module = sys.modules[f"{copy_of_botocore()}.awsrequest"]
        return module.AWSResponse(request.url, 200, {}, _Raw(answer))

    return answer


def copy_of_botocore():
    """Return the name of the copy of botocore that the AWS CLI uses."""
    return "botocore" if "botocore" in sys.modules else "awscli.botocore"


class _Raw(io.BytesIO):
    def stream(self, **_):
        yield self.read()


def run(command):
    """Return the result of a command."""
    os.chdir(command.get("folder", "."))
    os.environ.update(command.get("environ", {}))
    sent, args = [], command["args"]
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        driver = create_clidriver(
            *([args] if inspect.signature(create_clidriver).parameters else [])
        )
        driver.session.register("before-send", answering(sent))
        try:
            code = driver.main(args)
        except SystemExit as end:
            code = end.code
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "acmrules")
    return {"code": code, "out": out, "err": err, "sent": sent, "loaded": loaded}


if __name__ == "__main__":
    json.dump([run(command) for command in json.load(sys.stdin)], sys.stdout)
