#!/usr/bin/env bash
# Runs one real Elasticsearch node in the foreground, on loopback, without Docker: the jars come from Maven Central.
#   ./start.sh [--port 9200] [--data DIR] [--version 8.8.2|7.17.29] [--heap 512m] [--host 127.0.0.1] [--fetch]
# Prints "ready http://HOST:PORT" once it takes requests. SIGTERM or Ctrl-C stops it. Log: DATA/elasticsearch.log
# --fetch: only download the jars (into .cache beside this script), those of both versions unless one is named, then leave.
# Needs Java 17 (a JDK) and Maven. Security is off: for tests on this machine only.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=9200 host=127.0.0.1 data="$here/.data" version= heap=512m fetch=
while [ $# -gt 0 ]; do
  case $1 in
    --fetch) fetch=1; shift; continue ;;
    --port) port=$2 ;; --host) host=$2 ;; --data) data=$2 ;; --version) version=$2 ;; --heap) heap=$2 ;;
    *) echo "unknown flag $1" >&2; exit 2 ;;
  esac
  shift 2
done

if [ -n "$fetch" ] && [ -z "$version" ]; then
  for version in 8.8.2 7.17.29; do "$0" --fetch --version "$version"; done
  exit 0
fi
version=${version:-8.8.2}
home="$here/.cache/$version"
if [ ! -e "$home/complete" ]; then
  case $version in
    7.*) artifact=transport-netty4-client class=org.elasticsearch.transport.Netty4Plugin ;;
    *)   artifact=transport-netty4        class=org.elasticsearch.transport.netty4.Netty4Plugin ;;
  esac
  mvn -B -q -f "$here/pom.xml" package -Des.version="$version" -Dnetty.artifact="$artifact" -Dout="$home" >&2
  # Elasticsearch loads its HTTP server from a module folder that carries this file.
  cat > "$home/modules/transport-netty4/plugin-descriptor.properties" <<EOF
name=transport-netty4
description=HTTP and transport
version=$version
elasticsearch.version=$version
java.version=1.8
classname=$class
EOF
  touch "$home/complete"
fi
[ -z "$fetch" ] || exit 0

mkdir -p "$data/config"
data=$(cd "$data" && pwd)
# exec: the JVM takes this script's place, so signals sent to the script reach it.
exec java -Xms"$heap" -Xmx"$heap" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -Djava.io.tmpdir="${TMPDIR:-/tmp}" -Dlog4j2.disable.jmx=true -Dlog4j.shutdownHookEnabled=false \
  -Dlog4j2.configurationFile="$here/log4j2.properties" -Dserver.log="$data/elasticsearch.log" \
  -cp "$home/lib/*" "$here/Start.java" "$home" "$data" "$host" "$port"
