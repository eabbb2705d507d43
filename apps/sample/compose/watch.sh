#!/bin/sh
# Takes instances that are not ready out of nginx, and back in: nginx itself has no health checks.
# A file out-COLOUR-NUMBER in flags/ for each one that is out; nginx checks at each request, and needs no reload.
set -eu
FLAGS=${FLAGS:-${0%/*}/nginx/flags}
GREEN=${GREEN:-http://172.28.0.21:8080 http://172.28.0.22:8080}
BLUE=${BLUE:-http://172.28.0.11:8080 http://172.28.0.12:8080}
# Seconds between two looks. An instance that drains waits for longer than two of them before it closes.
PERIOD=${PERIOD:-0.25}

colours="" # One word for each instance, in the order of curl's questions.
set --
for colour in blue green; do
  if [ "$colour" = blue ]; then instances=$BLUE; else instances=$GREEN; fi
  number=0
  for instance in $instances; do
    number=$((number + 1))
    colours="$colours $colour-$number"
    set -- "$@" -o /dev/null "$instance/ready"
  done
done

while :; do
  # Side by side, so that a frozen instance delays nobody's answer; sorted back into the order of the questions.
  statuses=$(curl -sZ -m 0.5 -w '%{urlnum} %{http_code}\n' "$@" | sort -n | cut -d ' ' -f 2) || true
  for name in $colours; do
    status=${statuses%%
*}
    statuses=${statuses#*
}
    if [ "$status" = 200 ]; then rm -f "$FLAGS/out-$name"; else : > "$FLAGS/out-$name"; fi
  done
  sleep "$PERIOD"
done
