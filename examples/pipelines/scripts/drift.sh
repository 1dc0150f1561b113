#!/bin/sh
# Compares what is declared with what is there, and keeps one issue about it: opened when something is off, edited while it
# is, closed when nothing is.
. "${0%/*}/lib.sh"
. "${0%/*}/forge.sh"
need ENVIRONMENT TEMPLATE_STORE PUBLISH_STORE ARTIFACT_URL

"${0%/*}/plan.sh"
# The secrets that the configuration has, as clevertap-line reads them; without them, less is compared.
[ -z "${TF_VAR_line_channel_access_token:-}" ] || export LINE_CHANNEL_ACCESS_TOKEN="$TF_VAR_line_channel_access_token"
[ -z "${TF_VAR_linked_content_key:-}" ] ||
  export CLEVERTAP_READ_BACK_HEADER_NAME=X-Linked-Content-Key CLEVERTAP_READ_BACK_HEADER_VALUE="$TF_VAR_linked_content_key"

compare() { # ARGUMENT…
  clevertap-line drift "$TEMPLATE_STORE" --publish-store "$PUBLISH_STORE" --plan "$work/plan.json" "$@" 2>"$work/drift.err"
}

# The parts of the world in which the open issue says that something is off, and which were not looked at this time: those are
# not known to be right.
still_off() {
  find_text
  value=
  [ -n "$found" ] || return 0
  was=$(names 'off in' "[for item in jsondecode(file(\"answer.json\")) : item.$text if item.$number == $found][0]")
  evaluate "join(\", \", [for name in $(names 'not looked at' 'file("text")') : name if contains($was, name)])"
}

names() { # OF TEXT: an expression for the names in such a comment
  printf 'flatten([for line in regexall("(?m)^<!-- %s: (.*) -->\\r?$", %s) : split(", ", line[0])])' "$1" "$2"
}

rm -f "$artifacts/drift.txt"
printf '<!-- clevertap-line drift of %s -->\n' "$ENVIRONMENT" >"$forge/text"
off=0
# There is room for what is said below.
compare --format markdown --artifact-url "$ARTIFACT_URL" --limit $((comment_limit - 1000)) >>"$forge/text" || off=$?
foreign <"$work/drift.err" >&2
if grep -q '^There is no room' "$forge/text"; then
  # It is looked at once more for that: no message's text is shown, so this may be kept.
  compare >"$artifacts/drift.txt" || [ $? -eq 2 ] || foreign <"$work/drift.err" >&2
fi
forge_issues "LINE: $ENVIRONMENT is not as it is declared"
case $off in 0 | 2) still_off ;; esac
case $off in
  0)
    if [ -n "$value" ]; then
      printf 'Nothing is off in what was looked at in %s. The issue stays open, since it names as off what was not: %s.\n' "$ENVIRONMENT" "$value"
    else
      close_text
      printf 'Nothing is off in %s.\n' "$ENVIRONMENT"
    fi
    ;;
  2)
    [ -z "$value" ] ||
      printf '\n<!-- off in: %s -->\nSomething was off in these, too, and they were not looked at as a whole this time: %s.\n' "$value" "$value" >>"$forge/text"
    put_text
    printf 'Something is off in %s: see the issue.\n' "$ENVIRONMENT"
    ;;
  *)
    foreign <"$forge/text" >&2
    fail 'not everything could be compared.' 'The issue is as it was. Put right what is said above and run this job again.'
    ;;
esac
