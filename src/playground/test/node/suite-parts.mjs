// What the suite in the page's Python consists of.

/** The packages that tests import here: those without compiled modules, but not the large ones. */
export const PACKAGES = [
  "attrs",
  "cattrs",
  "dnspython",
  "filelock",
  "hypothesis",
  "iniconfig",
  "junitparser",
  "packaging",
  "pluggy",
  "publicsuffix2",
  "pygments",
  "pytest",
  "sortedcontainers",
  "typing-extensions",
];

/** Modules that are not here. A test that turns out to need one is skipped. */
export const ABSENT = [
  // They have compiled modules, or need a package that has some.
  ...["cffi", "cmarkgfm", "cryptography", "fastapi", "jsonschema", "mcp", "msgspec", "pyarrow"],
  ...["pydantic", "hcl2", "referencing", "regex", "rpds", "sarif_pydantic", "service_identity", "tree_sitter"],
  ...["tree_sitter_hcl", "xmlschema", "anyio", "cfnlint", "lsprotocol", "pygls", "flask"],
  // They are large, and have nothing to do with the page.
  ...["boto3", "botocore", "moto", "aws_cdk", "check_jsonschema", "tldextract"],
  // Pyodide leaves them out of the library of Python.
  ...["venv", "ensurepip"],
];

/** Folders and files that are not run, by the reason. */
export const FOLDERS = new Map([
  ["tests/arrow", "columns need pyarrow"],
  ["tests/bulk", "bulk runs start processes"],
  ["tests/cli/commands/test_bulk.py", "bulk runs start processes"],
  ["tests/cli/test_growth.py", "it measures steps, which no interpreter changes, for minutes"],
  ["tests/editors", "editors are other programs"],
  ["tests/guards/cdk", "the CDK is another program"],
  ["tests/guards/test_cdk.py", "the CDK is another program"],
  ["tests/guards/cfnlint", "it needs cfn-lint"],
  ["tests/guards/hook", "hooks run in AWS Lambda"],
  ["tests/guards/test_hook.py", "hooks run in AWS Lambda"],
  ["tests/guards/lsp", "the language server needs pygls, and threads"],
  ["tests/guards/mcp", "the MCP server needs compiled packages"],
  ["tests/guards/test_weight.py", "it starts processes, and measures them"],
  ["tests/hosts", "engines of columns have compiled modules"],
  ["tests/network", "the page has no network"],
  ["tests/recipes", "recipes are programs of users, with other packages"],
  ["tests/workspace/test_module_sources.py", "it imports a test file that needs cryptography"],
  ["tests/workspace/test_utf_16.py", "it imports a test file that needs cryptography"],
  ["tests/repository", "the files of the repository are the same for each Python"],
]);

/** Tests that are not run, by the reason. */
export const TESTS = new Map([
  ["tests/syntax/yaml/test_tree.py::test_unreadable", "the messages are those of libyaml"],
]);

/** The number of tests that pass at least, so that none is lost unnoticed. */
export const LEAST = 1;
