#!/usr/bin/env bash
# Ends the engine that engine-up.sh started, and no other, and puts the host's forwarding back.
set -euo pipefail

state=${DOCKER_ENGINE_STATE:-/var/run/spoor-test-engine}
[ -d "$state" ] || exit 0
# One that did not come up, or was killed, has no process, or another program has its number.
pid=$(cat "$state/dockerd.pid" 2>/dev/null || true)
if [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]; then
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 60); do kill -0 "$pid" 2>/dev/null || break; sleep 0.5; done
fi
if [ -s "$state/ip_forward" ]; then cat "$state/ip_forward" >/proc/sys/net/ipv4/ip_forward; fi
if [ -s "$state/forward_policy" ]; then iptables -P FORWARD "$(cat "$state/forward_policy")" || true; fi
ip link delete docker0 2>/dev/null || true
rm -rf "$state"
