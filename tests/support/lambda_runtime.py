"""The runtime API of AWS Lambda and an S3 that speaks HTTPS, for the real client of the runtime.

Run as a program, it reads a job from standard input: `events`, the `payloads` that S3 has by path,
the `certificate` and `key` files of S3, and the `command`, `folder` and `environ` of the client.
`PAYLOADS` in an event is the URL of S3. It prints the answer to each event, and the log.
"""

import json
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """A handler that logs nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Log nothing."""

    def send(self, data, status=200, **headers):
        """Send a response."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def started(handler, context=None):
    """Return the port of a server in a thread."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def main():
    """Send the events to the client, one after the other."""
    job = json.load(sys.stdin)
    answers = []
    done = threading.Event()

    class S3(Handler):
        """The payloads."""

        def do_GET(self):
            """Send a payload, or an error with the status that is the path."""
            path = self.path.partition("?")[0].strip("/")
            if path in job["payloads"]:
                self.send(json.dumps(job["payloads"][path]).encode())
            else:
                self.send(b"", int(path), Location="https://127.0.0.1/")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(job["certificate"], job["key"])
    url = f"https://127.0.0.1:{started(S3, context)}"
    events = iter(json.loads(json.dumps(job["events"]).replace("PAYLOADS", url)))

    class Runtime(Handler):
        """The runtime API."""

        def do_GET(self):
            """Send the next event; after the last, there is none."""
            event = next(events, None)
            if event is None:
                done.set()
                threading.Event().wait()
            arn = "arn:aws:lambda:eu-west-1:111122223333:function:acmrules"
            self.send(
                json.dumps(event).encode(),
                Lambda_Runtime_Aws_Request_Id=str(len(answers)),
                Lambda_Runtime_Deadline_Ms="9999999999999",
                Lambda_Runtime_Invoked_Function_Arn=arn,
            )

        def do_POST(self):
            """Accept an answer, or an error of the function."""
            answers.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send(b"", 202)

    environ = job["environ"] | {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{started(Runtime)}"}
    with subprocess.Popen(
        job["command"],
        cwd=job["folder"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as client:
        done.wait(job["seconds"])
        client.kill()
        log = client.stdout.read()
    sys.stdout.write(json.dumps({"answers": answers, "log": log}))


if __name__ == "__main__":
    main()
