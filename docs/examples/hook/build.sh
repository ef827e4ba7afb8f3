#!/bin/sh
# Build the package of the Lambda function: build.sh [REQUIREMENT [SETTINGS]]
set -eu
package=$(mktemp -d)
python3 -m pip install --quiet --no-compile --target "$package" --only-binary :all: \
  --implementation cp --python-version 3.13 --platform manylinux2014_x86_64 \
  "${1:-acmrules[hook]}"
if [ -n "${2:-}" ]; then cp "$2" "$package/.acmrules.toml"; fi
# Lambda runs as a user of its own, who must be able to read all files.
chmod -R a+rX "$package"
target=$PWD/acmrules-hook.zip
rm -f "$target"
(cd "$package" && python3 -m zipfile --create "$target" .)
rm -r "$package"
echo "$target"
