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

const DEEP = "the stack of Node.js is deeper than the limit of Python there";
const X509 = "it reads an X.509 file, for which it needs cryptography";

/** Tests that are not run, by the reason. An id stands for all that begin with it. */
export const TESTS = new Map([
  ["tests/cli/commands/test_calendar.py::TestUsage::test_different_kinds_of_files", X509],
  ["tests/cli/commands/test_mcp.py::test_a_bug_is_not_a_missing_extra", "it needs mcp"],
  ["tests/cli/test_stdin_filename.py::test_the_report_is_that_of_the_file[import]", X509],
  ["tests/cli/test_stdin_filename.py::test_the_report_is_that_of_the_file[signing", X509],
  ["tests/cli/test_stdin_filename.py::test_the_report_is_that_of_the_file[weak", X509],
  ["tests/cli/test_targets.py::test_a_file_has_what_is_printed_without_it[bulk", "it starts processes"],
  ["tests/guards/playground/test_questions.py::test_a_question_is_an_object[text3", DEEP],
  ["tests/lint/test_baseline.py::test_an_invalid_baseline_is_rejected[text2", DEEP],
  ["tests/readers/cloudformation/test_reader.py::test_deep_nesting", DEEP],
  ["tests/syntax/json/test_tree.py::test_unreadable[text3", DEEP],
  ["tests/syntax/yaml/test_tree.py::test_unreadable", "the messages are those of libyaml"],
  ["tests/test_cases.py::test_the_report_is_complete[import", X509],
  ["tests/test_cases.py::test_the_report_is_complete[signing-request]", X509],
  ["tests/test_cases.py::test_the_report_is_complete[terraform-import]", X509],
  ["tests/test_cases.py::test_the_report_is_complete[weak-signing-request]", X509],
  ["tests/test_pytest_plugin.py", "its tests run pytest about programs with boto3"],
  ["tests/test_suffix_lists.py::test_each_package_carries_a_list[tldextract]", "it needs tldextract"],
  ["tests/workspace/test_call_checks.py::test_a_removed_working_folder", "this folder is in use"],
  ["tests/workspace/test_files.py::test_links_that_form_a_cycle", "the system has another message"],
  ["tests/workspace/test_write.py::test_a_generated_file_is_new_or_replaced", "there is no umask"],
]);

/** The number of tests that pass at least, so that none is lost unnoticed. */
export const LEAST = 20_000;
