"""A server of moto on loopback that refuses, slows down or cuts some calls.

    python -P tests/support/aws_server.py '{"denied": ["us-west-2"]}' calls.jsonl

Without `-P`, other helpers would hide modules of the standard library. It prints its address when
it accepts connections. Each call is a line of the file: the operation, the Region and the
parameters. moto knows neither the filters of 2026, nor the quotas of ACM, nor changes of the
validation method; this program answers what is about them.
"""

import json
import re
import sys
import threading
import time
from io import BytesIO
from urllib.parse import parse_qs

from moto.acm.models import acm_backends
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.route53.models import route53_backends
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

ACCOUNT = "123456789012"
SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/")
CREATED = {
    "eu-west-1": (
        *("shop.brightharbor.io", "www.brightharbor.io", "acme.brightharbor.io"),
        *("n2.brightharbor.io", "deleted.brightharbor.io", "moving.brightharbor.io"),
    ),
    "us-east-1": ("cdn.brightharbor.io",),
    "us-west-2": ("never.brightharbor.io",),
}
REGIONS = (*CREATED, "ap-south-1")
PAGE = 2
QUOTA = {"ServiceCode": "acm", "QuotaCode": "L-F141DD1D", "Value": 2500.0}


class Server:
    """The application: it answers a call itself, or passes it on to moto."""

    def __init__(self, faults, log):
        self.faults = faults
        self.log = log
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.lock = threading.Lock()
        self.throttled = 0
        self.described = 0

    def __call__(self, environ, start_response):
        """Answer a request."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = BytesIO(body)
        scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        region = scope[1] if scope else ""
        target = environ.get("HTTP_X_AMZ_TARGET", "").partition(".")[2]
        if target:
            operation, parameters = target, json.loads(body or b"{}")
        else:
            form = parse_qs(body.decode())
            path = environ["REQUEST_METHOD"] + environ["PATH_INFO"]
            operation, parameters = form.get("Action", [path])[0], {}
        with self.lock:
            self.log.write(json.dumps([operation, region, parameters]) + "\n")
            self.log.flush()
            answer = self.refusal(operation, region)
        if answer is None:
            answer = getattr(self, f"on_{operation}", lambda *_: None)(parameters, region)
        if operation == "DescribeRegions":
            return self.regions(environ, start_response)
        if answer is None:
            return self.moto(environ, start_response)
        status, data = answer
        start_response(status, [("Content-Type", "application/x-amz-json-1.1")])
        return [json.dumps(data).encode()]

    def regions(self, environ, start_response):
        """Return the Regions that moto describes, but only some of them, to save time."""
        parts, status, headers = run_wsgi_app(self.moto, environ)
        body = b"".join(parts).decode()
        shown = re.sub(
            "<item>.*?</item>",
            lambda item: item[0] if any(f">{each}<" in item[0] for each in REGIONS) else "",
            body,
            flags=re.DOTALL,
        )
        headers["Content-Length"] = str(len(shown))
        start_response(status, [*headers])
        return [shown.encode()]

    def refusal(self, operation, region):
        """Return the error of a call that is refused."""
        if operation == "DescribeCertificate":
            self.described += 1
            if self.described > self.faults.get("expires_after", 10**6):
                return error("ExpiredTokenException", "The security token has expired")
            if self.throttled < self.faults.get("throttled", 0):
                self.throttled += 1
                return error("ThrottlingException", "Rate exceeded")
        if region in self.faults.get("denied", ()) and "Caller" not in operation:
            return error("AccessDeniedException", "not authorized by a service control policy")
        return None

    def on_ListCertificates(self, parameters, region):  # noqa: N802
        """List the certificates that the filters do not hide, in small pages."""
        shown = []
        for each in known(region):
            kind = each["DomainName"].partition(".")[0]
            if (kind == "n2") != ("RootHierarchyTypes" in parameters):
                continue
            if kind == "acme" and "ACME" not in parameters.get("CertificateKeyPairOrigins", ()):
                continue
            shown.append({"CertificateArn": each["CertificateArn"], "DomainName": kind})
        start = int(parameters.get("NextToken", 0))
        found = {"CertificateSummaryList": shown[start : start + PAGE]}
        if shown[start + PAGE :]:
            found["NextToken"] = str(start + PAGE)
        return "200 OK", found

    def on_DescribeCertificate(self, parameters, region):  # noqa: N802
        """Describe a certificate as moto does, with what moto does not know."""
        time.sleep(self.faults.get("seconds", 0))
        arn = parameters["CertificateArn"]
        [found] = (each for each in known(region) if each["CertificateArn"] == arn)
        if found["DomainName"].startswith("deleted"):
            return error("ResourceNotFoundException", f"Could not find certificate {arn}")
        if found["DomainName"].startswith("moving"):
            found["UpdateSummary"] = {
                "Status": "PENDING_DOMAIN_VALIDATION",
                "Type": "DOMAIN_VALIDATION_METHOD",
            }
        return "200 OK", {"Certificate": found}

    def on_ListCertificateDomainValidations(self, parameters, region):  # noqa: N802
        """Return the validations of a change of the method."""
        del parameters, region
        record = {"Name": "_a.moving.brightharbor.io.", "Type": "CNAME", "Value": "_b.aws."}
        return "200 OK", {
            "DomainValidationSummaryList": [
                {
                    "DomainName": "moving.brightharbor.io",
                    "RequestedValidationConfiguration": {
                        "ValidationMethod": "DNS",
                        "ValidationStatus": "PENDING_VALIDATION",
                        "ValidationChallenge": {
                            "DnsValidationChallenge": {"ResourceRecord": record}
                        },
                    },
                }
            ]
        }

    def on_ListServiceQuotas(self, parameters, region):  # noqa: N802
        """Return a quota on each of two pages."""
        del region
        if "NextToken" in parameters:
            return "200 OK", {"Quotas": [QUOTA | {"QuotaName": "ACM certificates"}]}
        other = QUOTA | {"QuotaCode": "L-FB94F0B0", "QuotaName": "Domain names per ACM certificate"}
        return "200 OK", {"Quotas": [other | {"Value": 25.0}], "NextToken": "2"}


def error(code, message):
    """Return a response with an error, as AWS services of JSON answer."""
    return "400 Bad Request", {"__type": code, "message": message}


def known(region):
    """Return the certificates in a Region, as moto describes them."""
    bundles = acm_backends[ACCOUNT][region].list_certificates([], {})
    found = [each.describe()["Certificate"] for each in bundles]
    return sorted(found, key=lambda each: each["DomainName"])


def main():
    """Create the certificates, and serve until the program is ended."""
    faults = json.loads(sys.argv[1])
    for region, names in CREATED.items():
        for name in names:
            acm_backends[ACCOUNT][region].request_certificate(name, None, [name], [])
    route53_backends[ACCOUNT]["aws"].create_hosted_zone("brightharbor.io.", False)
    with open(sys.argv[2], "w", encoding="utf-8") as log:
        server = make_server(
            "127.0.0.1", 0, Server(faults, log), threaded=True, request_handler=MotoRequestHandler
        )
        sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
