// An app of the CDK with good or bad certificates: `app.js FOLDER good|bad [COMMAND]`.
// It is the app of app.py.

import * as process from 'node:process';

import { App, CfnParameter, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { AcmRulesValidator } from 'acmrules-cdk';
import { Construct } from 'constructs';

function certificate(scope: Construct, name: string, domainName: string): Certificate {
  const zone = HostedZone.fromHostedZoneAttributes(scope, `Zone${name}`, {
    hostedZoneId: 'Z23ABC4XYZL05B',
    zoneName: 'brightharbor.io',
  });
  return new Certificate(scope, name, { domainName, validation: CertificateValidation.fromDns(zone) });
}

function distribution(scope: Construct, used: ICertificate): void {
  new Distribution(scope, 'Site', {
    certificate: used,
    domainNames: ['brightharbor.io'],
    defaultBehavior: { origin: new HttpOrigin('origin.brightharbor.io') },
  });
}

function stack(scope: Construct, name: string, region?: string): Stack {
  const env = region ? { account: '111122223333', region } : undefined;
  return new Stack(scope, name, { env, crossRegionReferences: Boolean(region) });
}

const [folder, mode, command] = process.argv.slice(2);
const app = new App({ outdir: folder, context: { '@aws-cdk/core:validationReportJson': true } });
Validations.of(app).addPlugins(new AcmRulesValidator(command ? { command } : {}));
// The certificate is in another Region than the stack that uses it.
const domain = mode === 'good' ? 'brightharbor.io' : '*.brightharbor.io';
const used = certificate(stack(app, 'Certs', 'us-east-1'), 'Cert', domain);
distribution(stack(app, 'Site', 'eu-west-1'), used);
if (mode === 'bad') {
  const wrong = stack(app, 'Wrong', 'eu-west-1');
  distribution(wrong, certificate(wrong, 'Cert', 'brightharbor.io'));
  const tokens = stack(app, 'Tokens');
  const token = new CfnParameter(tokens, 'Domain').valueAsString;
  certificate(tokens, 'Token', `www.${token}`);
  const parent = stack(app, 'Parent', 'us-west-2');
  certificate(new NestedStack(parent, 'Nested'), 'Inner', 'a_b.brightharbor.io');
  const accepted = certificate(parent, 'Accepted', 'c_d.brightharbor.io').node.defaultChild as CfnResource;
  accepted.addMetadata('acmrules', { ignore: ['ACM101: renamed in 2027'] });
  certificate(stack(new Stage(app, 'Prod'), 'Lone', 'eu-central-1'), 'Cert', '*.brightharbor.io');
}
app.synth();
