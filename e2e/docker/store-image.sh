#!/usr/bin/env bash
# Prints the image to run a store of docker-compose.yml from: the one that is named there, if it is here or can be pulled;
# else one with the same server under a name of its own, made from e2e/servers and Debian's JDK, on what base-image.sh
# provides. That one has what docker-compose.yml asks of the other: the port, the data's folder, bash and curl.
#   store-image.sh elasticsearch|cassandra
set -euo pipefail

store=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
case $store in
  elasticsearch) version=8.8.2 data=/usr/share/elasticsearch/data heap=512m ;;
  cassandra) version=5.0.9 data=/var/lib/cassandra heap='${MAX_HEAP_SIZE:-512m}' ;;
  *) echo "store-image: no store $store" >&2; exit 1 ;;
esac
image=$(sed -n "s/.*_IMAGE:-\($store:[^}]*\)}.*/\1/p" "$here/../../docker-compose.yml")
if docker image inspect "$image" >/dev/null 2>&1 || timeout 300 docker pull -q "$image" >/dev/null 2>&1; then
  echo "$image"
  exit 0
fi

server="$here/../servers/$store"
[ -e "$server/.cache/$version/complete" ] || "$server/start.sh" --fetch >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/server/.cache"
find "$server" -maxdepth 1 -type f -exec cp {} "$work/server/" \;
cp -r "$server/.cache/$version" "$work/server/.cache/"
# The layers of the JDK are the same for every store.
cat >"$work/Dockerfile" <<DOCKER
FROM node:24-bookworm-slim
RUN apt-get update -qq \\
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jdk-headless curl >/dev/null \\
 && rm -rf /var/lib/apt/lists/*
COPY server/ /opt/server/
RUN mkdir -p $data && chown node:node $data
USER node
CMD exec /opt/server/start.sh --host 0.0.0.0 --data $data --heap "$heap"
DOCKER
image="spoor-test-$store:$version"
DOCKER_BUILDKIT=0 docker build -q -t "$image" "$work" >/dev/null
echo "store-image: $image was made here" >&2
echo "$image"
