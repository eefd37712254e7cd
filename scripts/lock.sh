#!/bin/sh
# Renew requirements.lock (what the site needs) and requirements-dev.lock (what tests need besides).
# Hashes, no download addresses: any index or mirror may serve the files.
set -eu
bin=$1
"$bin/python" -m pip install --quiet pip-tools
compile="$bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
  --strip-extras --allow-unsafe --no-header --annotation-style=line"
build=$(mktemp -d)/build.in
printf 'editables\nhatchling\n' > "$build"
$compile -o requirements.lock pyproject.toml "$build"
$compile --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
sed -i "s#-r $build#build#; s#$build#build#" requirements.lock
