#!/bin/sh
# Notes that an object was entered in CleverTap's dashboard, in the name of the person who started the job: clevertap-line
# knows it from the forge. What the form holds is an argument here, and never a part of a script.
. "${0%/*}/lib.sh"
need ENVIRONMENT TEMPLATE_STORE OBJECT

set -- -- "$TEMPLATE_STORE" "$OBJECT"
[ -z "${CONTENT_SHA256:-}" ] || set -- --sha256 "$CONTENT_SHA256" "$@"
[ "${REMOVED:-false}" = false ] || set -- --removed "$@"
clevertap-line entered "$@" >"$work/entered.txt" 2>&1 || {
  foreign <"$work/entered.txt" >&2
  fail 'no receipt was written.' 'Give the object as the hand-off page has it, for example line-campaign-bodies/welcome.'
}
foreign <"$work/entered.txt"
