#!/bin/sh
# Checks the files with messages by the rules of LINE and CleverTap. It needs no secret and asks no server, so that it is
# all that a pull request from a fork gets.
. "${0%/*}/lib.sh"

status=0
find . -name '.?*' -prune -o -type f \( -name '*.line.json' -o -name '*.flex.json' \) -exec clevertap-line check -- {} + \
  >"$work/check.txt" 2>&1 || status=$?
foreign <"$work/check.txt"
[ "$status" -eq 0 ] || fail 'messages have problems, see above.' \
  'Correct them and push again. clevertap-line check FILE says the same on your machine.'
