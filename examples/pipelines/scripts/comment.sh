#!/bin/sh
# Puts the report of the plan under the pull request: in one comment for each environment, which is edited when there is one.
. "${0%/*}/lib.sh"
. "${0%/*}/forge.sh"
need ENVIRONMENT ARTIFACT_URL

[ -e "$work/plan.jsonl" ] || fail 'there is no plan to report.' 'See why the step before this one stopped.'
printf '<!-- clevertap-line report of %s -->\n## LINE messages: %s\n\n' "$ENVIRONMENT" "$ENVIRONMENT" >"$forge/text"
report --format markdown --artifact-url "$ARTIFACT_URL" --limit $((comment_limit - $(wc -c <"$forge/text"))) >>"$forge/text"

forge_comments
put_text
