#!/bin/sh
# Plans once more and applies that plan at once: what was reviewed may be older than what is there now. Both need the
# ephemeral variables, which a plan file does not hold, so both are in one job. It applies its own commit, and only as long as
# that is the head of the branch: what is approved is what is applied.
. "${0%/*}/lib.sh"
. "${0%/*}/forge.sh"

LOCK=true "${0%/*}/plan.sh"
need_head
# The outputs hold texts, so the log gets the errors alone.
"$TF_COMMAND" -chdir="$root" apply -input=false -no-color "$work/plan" >"$work/apply.txt" 2>"$work/apply.err" || {
  foreign <"$work/apply.err" >&2
  fail "$TF_COMMAND apply failed in $root." \
    'What was applied before the error is in force. Put the cause right and run this job again: it plans anew.'
}
rm -f "$work/plan"
printf 'Applied %s: what changed is in report.html.\n' "$root"
