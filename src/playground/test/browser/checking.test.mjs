// The playground, as someone uses it who has a template, a list of names or a certificate.

import assert from "node:assert/strict";
import { test } from "node:test";

import { link, Playground } from "./support/playground.mjs";
import { MARKER, visitors } from "./support/visitor.mjs";

const visit = visitors();

const NAME = `${MARKER}.brightharbor.io`;
const TEMPLATE = `Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: https://${NAME}/
      ValidationMethod: EMAIL
`;

const CERTIFICATE = {
  Certificate: {
    CertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/5d1f7c3e-8a4b-4c9d-9e2f-1a2b3c4d5e6f",
    DomainName: NAME,
    SubjectAlternativeNames: [NAME],
    DomainValidationOptions: [{ DomainName: NAME, ValidationStatus: "PENDING_VALIDATION", ValidationMethod: "DNS" }],
    CreatedAt: "2026-11-29T07:00:00+00:00",
    Status: "PENDING_VALIDATION",
    KeyAlgorithm: "RSA-2048",
    Type: "AMAZON_ISSUED",
  },
};

test("a malformed name is underlined, listed, fixed, and put back", () =>
  visit(async (visitor) => {
    const playground = await new Playground(visitor).started();
    await playground.type(TEMPLATE);
    const finding = playground.finding("ACM101");
    await finding.filter({ hasText: "is a URL, not a domain name" }).waitFor();
    await playground.underlined.filter({ hasText: "https://" }).waitFor();

    await finding.getByRole("button", { name: `Change it to ${NAME}` }).click();
    await finding.waitFor({ state: "detached" });
    assert.equal(await playground.text(), TEMPLATE.replace(`https://${NAME}/`, NAME));
    await playground.underlined.filter({ hasText: "https://" }).waitFor({ state: "detached" });

    await playground.notice.getByRole("button", { name: "Undo" }).click();
    await finding.waitFor();
    assert.equal(await playground.text(), TEMPLATE);
  }));

test("the finding under the pointer shows its help and its fix in the text", () =>
  visit(async (visitor) => {
    const playground = await new Playground(visitor).started();
    await playground.type(TEMPLATE);
    await playground.underlined.filter({ hasText: "https://" }).hover();
    const tooltip = visitor.page.locator("#editor .cm-tooltip");
    await tooltip.getByRole("button", { name: `Change it to ${NAME}` }).click();
    await playground.finding("ACM101").waitFor({ state: "detached" });
  }));

test("a date before a change has the findings of that date", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const text = `{"DomainName": "${NAME}", "ValidationMethod": "DNS"}`;
    const shared = { mode: "api", files: [{ name: "request.json", text }], asOf: "2017-11-22" };
    const playground = await new Playground(visitor).started(link(shared));
    await playground.says("No findings");

    await page.getByLabel("Date of the rules").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await playground.finding("ACM410").filter({ hasText: "2017-11-21" }).waitFor();
    assert.equal(await page.getByLabel("Date", { exact: true }).inputValue(), "2017-11-20");

    await page.keyboard.press("ArrowRight");
    await playground.says("No findings");
    await playground.tab("dates");
    await page.locator("#panel-dates").getByRole("button", { name: "Go to 2017-11-21" }).waitFor();
  }));

test("changes of another mode are not shown for this one", () =>
  visit(async (visitor) => {
    const playground = await new Playground(visitor).started();
    const changes = visitor.page.locator("#changes");
    await changes.filter({ hasText: "template.yaml" }).waitFor();
    const seen = await visitor.page.evaluate(() => {
      document.querySelector("input[name=mode][value=terraform]").click();
      return document.querySelector("#changes").textContent;
    });
    assert.equal(seen, "");
    await playground.answered();
    await changes.filter({ hasText: "main.tf" }).waitFor();
  }));

test("a finding leads to the page of its rule", () =>
  visit(async (visitor) => {
    const playground = await new Playground(visitor).started();
    await playground.finding("ACM205").getByRole("link", { name: "ACM205" }).click();
    await visitor.page.waitForURL(visitor.server.address("rules/ACM205/"));
    assert.match(await visitor.page.getByRole("heading", { level: 1 }).innerText(), /ACM205/);
    await visitor.page.goBack();
    await playground.finding("ACM205").waitFor();
  }));

test("two files of Terraform are one module", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    await playground.mode("terraform");
    await playground.type(`resource "aws_acm_certificate" "site" {\n  domain_name = var.name\n  validation_method = "DNS"\n}\n`);
    await page.getByRole("tab", { name: "variables.tf" }).click();
    await playground.type(`variable "name" {\n  default = "${NAME}."\n}\n`);
    const finding = playground.finding("ACM101").filter({ hasText: "ends in a dot" });
    await finding.waitFor();
    await page.getByRole("tab", { name: "main.tf" }).click();
    await finding.getByRole("button", { name: "Go to variables.tf" }).click();
    await page.getByRole("tab", { name: "variables.tf", selected: true }).waitFor();

    await page.getByRole("button", { name: "Add a file" }).click();
    await page.getByRole("button", { name: "Rename more-3.tf" }).click();
    const field = page.getByLabel("New name of more-3.tf");
    await field.fill("terraform.tfvars");
    await field.press("Enter");
    await playground.type(`name = "${NAME}"\n`);
    await playground.finding("ACM101").waitFor({ state: "detached" });
  }));

test("names and hosts show what is covered", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    await playground.mode("names");
    await playground.type("*.brightharbor.io\n");
    await playground.type(`${NAME}\nbrightharbor.io\n`, playground.hosts);
    const panel = page.locator("#panel-coverage");
    await panel.locator("pre").filter({ hasText: "NOT covered" }).filter({ hasText: NAME }).waitFor();
    await panel.getByRole("img").waitFor();
    await playground.tab("check");
    await playground.type(`*.brightharbor.io\n${MARKER}_.brightharbor.io\n`);
    await playground.finding("ACM101").filter({ hasText: "underscore" }).waitFor();
  }));

test("the description of a certificate is diagnosed", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    await playground.mode("certificates");
    const answer = page.locator("#panel-diagnosis pre");
    await answer.filter({ hasText: "www.shop.brightharbor.io" }).waitFor();
    await playground.type(JSON.stringify(CERTIFICATE, null, 2));
    await answer.filter({ hasText: `waiting for AWS: ${NAME}` }).waitFor();
  }));

test("files of the computer are read, and a key is refused", () =>
  visit(async (visitor) => {
    const { page } = visitor;
    const playground = await new Playground(visitor).started();
    await page.locator("#open").setInputFiles([
      { name: "site.tf", mimeType: "text/plain", buffer: Buffer.from(`resource "aws_acm_certificate" "a" {\n  domain_name = "${NAME}."\n}\n`) },
      { name: "key.pem", mimeType: "text/plain", buffer: Buffer.from("-----BEGIN PRIVATE KEY-----\n") },
      { name: "latin.txt", mimeType: "text/plain", buffer: Buffer.from([0x62, 0xfc, 0x63]) },
    ]);
    await playground.finding("ACM101").waitFor();
    await playground.notice.filter({ hasText: "key.pem is a certificate, a signing request or a key" }).waitFor();
    await playground.notice.filter({ hasText: "latin.txt is not UTF-8 text" }).waitFor();
    await page.getByRole("tab", { name: "site.tf", selected: true }).waitFor();
  }));

test("a reload keeps the text", () =>
  visit(async (visitor) => {
    const playground = await new Playground(visitor).started();
    await playground.type(TEMPLATE);
    await playground.finding("ACM101").waitFor();
    await visitor.page.reload();
    await playground.finding("ACM101").waitFor();
    assert.equal(await playground.text(), TEMPLATE);
  }));
