#!/bin/sh
# Compares what is declared with what is there, and keeps one issue about it: opened when something is off, edited while it
# is, closed when nothing is.
. "${0%/*}/lib.sh"
. "${0%/*}/forge.sh"
need ENVIRONMENT TEMPLATE_STORE PUBLISH_STORE

"${0%/*}/plan.sh"
# The secrets that the configuration has, as clevertap-line reads them; without them, less is compared.
[ -z "${TF_VAR_line_channel_access_token:-}" ] || export LINE_CHANNEL_ACCESS_TOKEN="$TF_VAR_line_channel_access_token"
[ -z "${TF_VAR_linked_content_key:-}" ] ||
  export CLEVERTAP_READ_BACK_HEADER_NAME=X-Linked-Content-Key CLEVERTAP_READ_BACK_HEADER_VALUE="$TF_VAR_linked_content_key"

printf '<!-- clevertap-line drift of %s -->\n' "$ENVIRONMENT" >"$forge/text"
off=0
clevertap-line drift "$TEMPLATE_STORE" --publish-store "$PUBLISH_STORE" --plan "$work/plan.json" --format markdown \
  >>"$forge/text" 2>"$work/drift.err" || off=$?
foreign <"$work/drift.err" >&2
forge_issues "LINE: $ENVIRONMENT is not as it is declared"
case $off in
  0)
    close_text
    printf 'Nothing is off in %s.\n' "$ENVIRONMENT"
    ;;
  2)
    put_text
    printf 'Something is off in %s: see the issue.\n' "$ENVIRONMENT"
    ;;
  *)
    foreign <"$forge/text" >&2
    fail 'not everything could be compared.' 'The issue is as it was. Put right what is said above and run this job again.'
    ;;
esac
