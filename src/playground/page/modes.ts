// What each mode starts with.

import type { Topic } from "../protocol";
import type { Mode } from "./state";

export interface ModeDetail {
  /** The name that a new file gets. */
  fileName: (number: number) => string;
  /** Whether there is a list of hosts next to the names. */
  hasHosts: boolean;
  hint: string;
  /** The answer that is shown first. */
  tab: Topic;
}

const numbered = (stem: string, end: string) => (number: number) => (number === 1 ? `${stem}.${end}` : `${stem}-${number}.${end}`);

export const DETAILS: Record<Mode, ModeDetail> = {
  cloudformation: {
    tab: "check",
    fileName: numbered("template", "yaml"),
    hasHosts: false,
    hint: "Templates in YAML or JSON, including SAM and CDK output. The file name decides the format: rename it to template.json for JSON.",
  },
  terraform: {
    tab: "check",
    fileName: (number) => (number === 1 ? "main.tf" : `more-${number}.tf`),
    hasHosts: false,
    hint: "All files together are one module. Variables can be in terraform.tfvars. Registry modules are not downloaded.",
  },
  kubernetes: {
    tab: "check",
    fileName: numbered("manifest", "yaml"),
    hasHosts: false,
    hint: "Certificates of ACK, and the Ingresses, Services and Gateways that use certificates. Render Helm charts first.",
  },
  api: {
    tab: "check",
    fileName: numbered("request", "json"),
    hasHosts: false,
    hint: "The input of `aws acm request-certificate --cli-input-json`.",
  },
  names: {
    tab: "coverage",
    fileName: numbered("names", "txt"),
    hasHosts: true,
    hint: "One name per line. The first one is the primary name of the certificate.",
  },
  certificates: {
    tab: "diagnosis",
    fileName: numbered("certificate", "json"),
    hasHosts: false,
    hint: "The output of `aws acm describe-certificate`. The diagnosis explains its status.",
  },
};
