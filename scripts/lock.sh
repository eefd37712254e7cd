#!/bin/sh
# Renew requirements.lock (what the site needs) and requirements-dev.lock (what tests need besides).
# Hashes, no download addresses: any index or mirror may serve the files.
set -eu
bin=$1
"$bin/python" -m pip install --quiet pip-tools
compile="$bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
  --strip-extras --allow-unsafe --no-header --annotation-style=line"
build=$(mktemp -d)/build.in
# pymdown-extensions 13 asks for Python 3.11.5; Debian 12 has 3.11.2, and the site needs no more than 12
printf 'editables\nhatchling\npymdown-extensions<13\n' > "$build"
$compile -o requirements.lock pyproject.toml "$build"
$compile --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
sed -i "s#-r $build#build#; s#$build#build#" requirements.lock
