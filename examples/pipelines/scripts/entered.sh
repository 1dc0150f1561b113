#!/bin/sh
# Notes that an object was entered in CleverTap's dashboard, in the name of the person who started the job: clevertap-line
# knows it from the forge. The receipt is of what was typed, which the hash says, and not of what is declared by now. What the
# form holds is an argument here, and never a part of a script.
. "${0%/*}/lib.sh"
need ENVIRONMENT TEMPLATE_STORE OBJECT

set -- -- "$TEMPLATE_STORE" "$OBJECT"
case ${REMOVED:-false} in
  true)
    [ -z "${CONTENT_SHA256:-}" ] || fail 'it cannot be both entered and removed.' 'Choose removed, or give the content_sha256 of what was entered.'
    set -- --removed "$@"
    ;;
  false)
    [ -n "${CONTENT_SHA256:-}" ] || fail 'the content_sha256 of what was entered is missing.' \
      'Copy it from the hand-off page that was worked from: it stands beside the object.'
    set -- --sha256 "$CONTENT_SHA256" "$@"
    ;;
  *) fail 'removed is neither true nor false.' 'Choose one of them.' ;;
esac
clevertap-line entered "$@" >"$work/entered.txt" 2>&1 || {
  foreign <"$work/entered.txt" >&2
  fail 'no receipt was written.' 'Give the object and its content_sha256 as the hand-off page has them.'
}
foreign <"$work/entered.txt"
