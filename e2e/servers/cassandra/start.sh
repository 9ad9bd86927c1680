#!/usr/bin/env bash
# Runs one real Apache Cassandra 5.0 node in the foreground, on loopback, without Docker: the jars come from Maven Central.
#   ./start.sh [--port 9042] [--internode-port 7000] [--data DIR] [--heap 512m] [--host 127.0.0.1] [--sync periodic|batch]
#             [--auth] [--keystore FILE.p12 [--truststore FILE.p12]] [--seed HOST:PORT] [--fetch]
# Prints "ready HOST:PORT" once it takes CQL connections. SIGTERM or Ctrl-C stops it. Log: DATA/cassandra.log
# --sync: batch answers a write when it is on the disk; periodic before, and may lose what it answered last.
# --auth: asks clients for name and password; there is one user, cassandra, with the password cassandra.
# --keystore: speaks TLS alone, with the certificate and key in it; --truststore: and asks clients for a certificate that
# is trusted by what is in it. Their password is `changeit`.
# --seed: joins the nodes of which one listens there, in place of being the first; give each a --host of 127.0.0.0/8.
# --fetch: only download the jars (into .cache beside this script), then leave.
# Needs Java 17 (a JDK) and Maven. No authentication unless asked for: for tests on this machine only. Data center: datacenter1.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=9042 internode=7000 host=127.0.0.1 data="$here/.data" version=5.0.9 heap=512m sync=periodic fetch= auth= keystore= truststore= seed=
while [ $# -gt 0 ]; do
  case $1 in
    --fetch) fetch=1; shift; continue ;;
    --auth) auth=1; shift; continue ;;
    --port) port=$2 ;; --internode-port) internode=$2 ;; --host) host=$2 ;; --data) data=$2 ;; --heap) heap=$2 ;; --sync) sync=$2 ;;
    --keystore) keystore=$2 ;; --truststore) truststore=$2 ;;
    --seed) seed=$2 ;;
    *) echo "unknown flag $1" >&2; exit 2 ;;
  esac
  shift 2
done

home="$here/.cache/$version"
if [ ! -e "$home/complete" ]; then
  mvn -B -q -f "$here/pom.xml" package -Dcassandra.version="$version" -Dout="$home" >&2
  touch "$home/complete"
fi
[ -z "$fetch" ] || exit 0

# --host 0.0.0.0 is for clients, who are told of the machine's first address.
listen=$host broadcast=
if [ "$host" = 0.0.0.0 ]; then listen=127.0.0.1 broadcast="broadcast_rpc_address: $(hostname -i | cut -d ' ' -f 1)"; fi

mkdir -p "$data"
data=$(cd "$data" && pwd)
cat > "$data/cassandra.yaml" <<EOF
cluster_name: spoor
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
num_tokens: 1
endpoint_snitch: SimpleSnitch
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters: [{seeds: "${seed:-$listen:$internode}"}]
listen_address: $listen
storage_port: $internode
rpc_address: $host
$broadcast
native_transport_port: $port
start_native_transport: true
auto_bootstrap: false
data_file_directories: ["$data/data"]
commitlog_directory: $data/commitlog
hints_directory: $data/hints
saved_caches_directory: $data/saved_caches
cdc_raw_directory: $data/cdc_raw
commitlog_sync: $sync
$([ "$sync" = batch ] || echo 'commitlog_sync_period: 1000ms')
auto_snapshot: false
$([ -z "$auth" ] || echo 'authenticator: PasswordAuthenticator')
EOF
if [ -n "$keystore" ]; then
  cat >> "$data/cassandra.yaml" <<EOF
client_encryption_options:
  enabled: true
  optional: false
  store_type: PKCS12
  keystore: "$keystore"
  keystore_password: changeit
EOF
fi
if [ -n "$truststore" ]; then
  cat >> "$data/cassandra.yaml" <<EOF
  require_client_auth: true
  truststore: "$truststore"
  truststore_password: changeit
EOF
fi

# Java 17 hides packages that Cassandra reaches into: the list of its own conf/jvm17-server.options.
open=()
for p in java.base/jdk.internal.misc java.base/java.lang.ref java.management.rmi/com.sun.jmx.remote.internal.rmi \
         java.rmi/sun.rmi.registry java.rmi/sun.rmi.server java.sql/java.sql jdk.unsupported/sun.misc \
         jdk.attach/sun.tools.attach jdk.compiler/com.sun.tools.javac.file; do
  open+=(--add-exports "$p=ALL-UNNAMED")
done
for p in java.base/{java.io,java.lang,java.lang.module,java.lang.reflect,java.util,jdk.internal.loader,jdk.internal.math} \
         java.base/{jdk.internal.module,jdk.internal.ref,jdk.internal.reflect,jdk.internal.util.jar,sun.nio.ch} \
         jdk.compiler/com.sun.tools.javac jdk.management/com.sun.management.internal; do
  open+=(--add-opens "$p=ALL-UNNAMED")
done

# How long a node may look for the others; the first need not.
ring_delay=0
if [ -n "$seed" ]; then ring_delay=30000; fi

# exec: the JVM takes this script's place, so signals sent to the script reach it.
exec java "${open[@]}" -Xms"$heap" -Xmx"$heap" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -javaagent:"$(echo "$home"/lib/jamm-*.jar)" -Djdk.attach.allowAttachSelf=true -Djava.security.manager=allow \
  -Dio.netty.tryReflectionSetAccessible=true \
  -Dcassandra-foreground=yes -Dcassandra.config="file://$data/cassandra.yaml" -Dcassandra.storagedir="$data" \
  -Dcassandra.skip_wait_for_gossip_to_settle=0 -Dcassandra.ring_delay_ms=$ring_delay -Dcassandra.superuser_setup_delay_ms=0 \
  -Dlogback.configurationFile="$here/logback.xml" -Dserver.log="$data/cassandra.log" \
  -cp "$home/lib/*" "$here/Start.java"
