"""Cloud assemblies of the CDK, as `cdk synth` writes them."""

import json
from pathlib import Path


def stack(environment="aws://unknown-account/unknown-region", template=None, nested=None):
    """Return a stack: its environment, its template, and the templates of nested stacks by name."""
    return environment, template or {"Resources": {}}, nested or {}


def write(folder, **stacks):
    """Write an assembly, and return the paths of the templates of its stacks, by name."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    artifacts, paths = {"Tree": {"type": "cdk:tree"}}, {}
    for name, (environment, template, nested) in stacks.items():
        files = {}
        for other, content in nested.items():
            file = f"{other}.nested.template.json"
            files[f"hash-of-{other}"] = {"source": {"path": file, "packaging": "file"}}
            (folder / file).write_text(json.dumps(content, indent=1))
        files["hash-of-code"] = {"source": {"path": "asset.code", "packaging": "zip"}}
        (folder / f"{name}.assets.json").write_text(json.dumps({"version": "1", "files": files}))
        properties = {"file": f"{name}.assets.json"}
        artifacts[f"{name}.assets"] = {"type": "cdk:asset-manifest", "properties": properties}
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": environment,
            "properties": {"templateFile": f"{name}.template.json"},
            "dependencies": ["Tree", f"{name}.assets"],
        }
        path = folder / f"{name}.template.json"
        path.write_text(json.dumps(template, indent=1))
        paths[name] = str(path)
    (folder / "manifest.json").write_text(json.dumps({"version": "1", "artifacts": artifacts}))
    return paths


CERTIFICATE = "AWS::CertificateManager::Certificate"
COPIED = "/cdk/exports/Site/Certsuseast1RefCert"


def certificate(domain, **properties):
    """Return a certificate with a valid request."""
    option = {"DomainName": domain, "HostedZoneId": "Z23ABC4XYZL05B"}
    stated = {"DomainName": domain, "ValidationMethod": "DNS", "DomainValidationOptions": [option]}
    return {"Type": CERTIFICATE, "Properties": stated | properties}


def distribution(alias, arn):
    """Return a CloudFront distribution that serves an alias with a certificate."""
    config = {
        "Aliases": [alias],
        "Enabled": True,
        "ViewerCertificate": {"AcmCertificateArn": arn, "SslSupportMethod": "sni-only"},
    }
    return {"Type": "AWS::CloudFront::Distribution", "Properties": {"DistributionConfig": config}}


def copied_certificate(domain):
    """Return a template whose certificate the CDK copies to the stack `Site` in another Region."""
    writer = {"region": "eu-west-1", "exports": {COPIED: {"Ref": "Cert"}}}
    return {
        "Resources": {
            "Cert": certificate(domain),
            "Writer": {
                "Type": "Custom::CrossRegionExportWriter",
                "Properties": {"WriterProps": writer},
            },
        }
    }


def site(alias):
    """Return the template of the stack that uses the copied certificate."""
    reader = {"region": "eu-west-1", "imports": {COPIED: f"{{{{resolve:ssm:{COPIED}}}}}"}}
    return {
        "Resources": {
            "Reader": {
                "Type": "Custom::CrossRegionExportReader",
                "Properties": {"ReaderProps": reader},
            },
            "Site": distribution(alias, {"Fn::GetAtt": ["Reader", COPIED]}),
        }
    }
