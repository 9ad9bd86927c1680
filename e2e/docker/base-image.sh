#!/usr/bin/env bash
# Provides node:MAJOR-SUITE-slim, which deploy/Dockerfile starts from: pulled, or, where nothing can be pulled, made
# from Debian's packages (mmdebstrap) and npm's (node-linux-ARCH, npm), by the sources that this machine's apt and npm
# use. A made image trusts and asks what this machine does: it is for tests here, never to be pushed.
#   base-image.sh node:24-bookworm-slim
set -euo pipefail

image=$1
if docker image inspect "$image" >/dev/null 2>&1; then exit 0; fi
if timeout 300 docker pull -q "$image" >/dev/null 2>&1; then exit 0; fi
[[ $image =~ ^node:([0-9]+)-([a-z]+)-slim$ ]] || { echo "base-image: $image can only be pulled" >&2; exit 1; }
major=${BASH_REMATCH[1]} suite=${BASH_REMATCH[2]}
case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "base-image: no Node for $(uname -m)" >&2; exit 1 ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | awk '!/security/ && !seen[$0]++' | head -n 1)
mmdebstrap --quiet --variant=minbase --include=ca-certificates,libstdc++6 "$suite" rootfs.tar ${mirror:+"$mirror"}

unpack() { # package, folder
  mkdir -p "$2"
  tar xzf "$(npm pack --silent --ignore-scripts "$1" | tail -n 1)" -C "$2" --strip-components=1
}
unpack "node-linux-$arch@$major" node
unpack npm@11 npm

# How this machine's npm reaches its registry, but for anything secret.
: >npmrc
for key in registry proxy https-proxy noproxy; do
  value=$(npm config get "$key" 2>/dev/null || true)
  case $value in '' | null | undefined | *@*) ;; *) echo "$key=$value" >>npmrc ;; esac
done
mkdir ca
find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} ca/ \; 2>/dev/null || true
: >npm-ca.crt
value=$(npm config get cafile 2>/dev/null || true)
[ -r "$value" ] || value=${NODE_EXTRA_CA_CERTS:-}
if [ -r "$value" ]; then
  cp "$value" npm-ca.crt
  echo 'cafile=/usr/local/etc/npm-ca.crt' >>npmrc
fi

# As in the official image: arguments that are no command are for node.
cat >docker-entrypoint.sh <<'ENTRY'
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ]; then set -- node "$@"; fi
exec "$@"
ENTRY
chmod 755 docker-entrypoint.sh node/bin/node
cat >Dockerfile <<'DOCKER'
FROM scratch
ADD rootfs.tar /
COPY ca/ /usr/local/share/ca-certificates/
COPY node/bin/ /usr/local/bin/
COPY npm/ /usr/local/lib/node_modules/npm/
COPY npmrc npm-ca.crt /usr/local/etc/
COPY docker-entrypoint.sh /usr/local/bin/
RUN update-ca-certificates >/dev/null 2>&1 \
 && groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node \
 && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
DOCKER
DOCKER_BUILDKIT=0 docker build -q -t "$image" . >/dev/null
echo "base-image: $image was made here" >&2
