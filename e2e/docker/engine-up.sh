#!/usr/bin/env bash
# Starts a docker engine where there is no systemd to do it, such as in a CI sandbox. Needs root, and Debian's
# docker.io and iptables. Where an engine answers it does nothing. The engine runs until engine-down.sh.
set -euo pipefail

state=${DOCKER_ENGINE_STATE:-/var/run/spoor-test-engine}
if docker version >/dev/null 2>&1; then exit 0; fi
# What dockerd changes on the host, for engine-down.sh to put back. If that has not been since, it is dockerd's already.
if [ ! -d "$state" ]; then
  mkdir -p "$state"
  cat /proc/sys/net/ipv4/ip_forward >"$state/ip_forward"
  iptables -S FORWARD 2>/dev/null | awk '$1 == "-P" { print $3 }' >"$state/forward_policy" || true
fi
# One that was killed leaves its pid file, which stops the next.
if [ -f /var/run/docker.pid ] && ! kill -0 "$(cat /var/run/docker.pid)" 2>/dev/null; then rm -f /var/run/docker.pid; fi

setsid nohup dockerd --pidfile "$state/dockerd.pid" >"$state/dockerd.log" 2>&1 </dev/null &
pid=$!
for _ in $(seq 120); do
  if docker version >/dev/null 2>&1; then exit 0; fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.5
done
echo 'engine-up: dockerd did not come up:' >&2
tail -n 15 "$state/dockerd.log" >&2
exit 1
