#!/bin/sh
# Runs a program for as long as the process that started it lives: that one holds the other end of descriptor 3, and the
# system closes it however it dies, by SIGKILL too. Then the whole process group ends. Usage: keep.sh SIGNAL PROGRAM ...
signal=$1
shift
group=$$
(
  read -r _ <&3
  kill -s "$signal" -- "-$group"
  sleep 1
  kill -s KILL -- "-$group"
) > /dev/null 2>&1 < /dev/null &
exec "$@" 3<&-
