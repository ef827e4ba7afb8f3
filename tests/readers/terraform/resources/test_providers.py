"""The accounts of providers in plans and states."""

from tests.support.terraform_plans import change, configured, held, plan, read_plan, state

OURS, THEIRS = "210987654320", "310987654321"
CERTIFICATE, LISTENER = "aws_acm_certificate.c", "aws_lb_listener.l"
ARN = f"arn:aws:acm:eu-west-1:{THEIRS}:certificate/2f1c"


def accounts(data):
    """Return the accounts of the first consumer and of its certificate."""
    [consumer, *_] = [c for d in read_plan(data) for c in d.variants[0].consumers]
    return consumer.account, consumer.certificate_account


def provider(**expressions):
    return {"name": "aws", "expressions": expressions}


def test_a_plan_has_the_constants_of_providers():
    """Allowed accounts and roles are read; other expressions are omitted by Terraform."""
    role = {"role_arn": {"constant_value": f"arn:aws:iam::{THEIRS}:role/x"}}
    entries = configured(CERTIFICATE, provider="aws.dns"), configured(LISTENER)
    changes = [change(LISTENER, {"certificate_arn": ARN})]

    def accounts_with(**expressions):
        providers = {"aws": provider(**expressions), "aws.dns": provider(assume_role=[role])}
        return accounts(plan(*changes, resources=entries, providers=providers))

    assert accounts_with(allowed_account_ids={"constant_value": [OURS]}) == (OURS, None)
    assert accounts_with(assume_role=[role]) == (THEIRS, None)
    assert accounts_with(assume_role=[{"role_arn": {"references": ["var.x"]}}]) == (None, None)
    assert accounts_with(allowed_account_ids={"constant_value": 1}) == (None, None)


def test_a_state_has_the_arns():
    """The ARN of a resource contains its account."""
    listener = {
        "certificate_arn": ARN,
        "arn": f"arn:aws:elasticloadbalancing:eu-west-1:{OURS}:listener/app/x/1/2",
    }
    assert accounts(state(held(LISTENER, listener))) == (OURS, None)
    certificate = {"arn": ARN, "domain_name": "a.io", "validation_method": "DNS"}
    both = state(held(CERTIFICATE, certificate), held(LISTENER, listener))
    assert accounts(both) == (OURS, THEIRS)
