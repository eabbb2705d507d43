#!/bin/sh
# Switches all traffic to a colour, or a share of the visitors to green, and proves it by a request through nginx.
#   switch.sh green|blue     all traffic
#   switch.sh 5|25|50        that share of the visitors to green, the rest to blue
# Nothing is changed when an instance of the colour is not ready. The other colour keeps running: the way back is the same
# command. No reload: nginx checks for a file in flags/ at each request.
set -eu
FLAGS=${FLAGS:-${0%/*}/nginx/flags}
PROXY=${PROXY:-http://127.0.0.1:8088}
GREEN=${GREEN:-http://172.28.0.21:8080 http://172.28.0.22:8080}
BLUE=${BLUE:-http://172.28.0.11:8080 http://172.28.0.12:8080}
target=${1:-}

fail() {
  echo "switch.sh: $1" >&2
  exit 1
}

case $target in
  blue) instances=$BLUE ;;
  green | 5 | 25 | 50) instances=$GREEN ;;
  *) fail "got \"$target\"; allowed: green, blue, 5, 25, 50" ;;
esac
[ -d "$FLAGS" ] || fail "there is no folder $FLAGS: set FLAGS to nginx's folder of flags"

# One curl for all of them; it fails when one of them answers 400 or more, or not at all.
set --
for instance in $instances; do set -- "$@" -o /dev/null "$instance/ready"; done
curl --fail-early -sf -m 2 "$@" || fail "an instance of $target is not ready: nothing was changed"

# nginx checks whether a file exists, not what is in it: it is there or it is not. What decides comes first and goes last.
raise() {
  : > "$FLAGS/$1"
}
case $target in
  blue) rm -f "$FLAGS/green-5" "$FLAGS/green-25" "$FLAGS/green-50" "$FLAGS/green" ;;
  green)
    raise green
    rm -f "$FLAGS/green-5" "$FLAGS/green-25" "$FLAGS/green-50"
    ;;
  *)
    raise "green-$target"
    for other in 5 25 50; do [ "$other" = "$target" ] || rm -f "$FLAGS/green-$other"; done
    rm -f "$FLAGS/green"
    echo "switch.sh: $target % of the visitors go to green; nginx's log has the shares"
    exit 0
    ;;
esac

# A command that ends well is no proof: the answer's own header is.
tries=0
until [ "$(curl -s -m 1 -o /dev/null -w '%header{x-colour}' "$PROXY/live")" = "$target" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || fail "nginx at $PROXY gives no answer from $target: see its log and $FLAGS"
  sleep 0.02
done
echo "switch.sh: $target answers"
