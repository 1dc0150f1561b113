#!/bin/sh
# Writes the page for the person at CleverTap's dashboard into the artifacts, after an apply.
. "${0%/*}/lib.sh"
need ENVIRONMENT TEMPLATE_STORE ENTERED_URL

# What is declared now: from it come the pictures of linked messages, and what is sensitive.
make_plan -refresh=false -lock=false
[ "$planned" -eq 0 ] || fail "$TF_COMMAND plan failed in $root after the apply." 'The apply stands. Run this job again.'
clevertap-line handoff "$TEMPLATE_STORE" --plan "$work/plan.json" --entered-url "$ENTERED_URL" -o "$artifacts/handoff.html" ||
  fail 'the hand-off page is not whole.' 'The apply stands. Put right what is said above and run this job again.'
printf 'What to enter in %s is in handoff.html.\n' "$ENVIRONMENT"
