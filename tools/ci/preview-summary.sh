#!/bin/sh
# Prints the preview of a stack as Markdown and ends with the preview's exit code.
stack="$1"
text=$(NO_COLOR=1 node cli/bin.cjs preview --stack "$stack" 2>&1)
code=$?
if [ "$code" -eq 0 ]; then verdict="ok"; else verdict="failed (exit code $code)"; fi
# Five backticks: nothing that a program prints in a fence of its own closes this one.
printf '## Preview of %s on the sandbox: %s\n\n`````text\n%s\n`````\n' "$stack" "$verdict" "$text"
exit "$code"
