#!/bin/sh
# Puts the report of the plan under the pull request: in one comment for each environment, which is edited when there is one.
. "${0%/*}/lib.sh"
. "${0%/*}/forge.sh"
need ENVIRONMENT COMMIT
case $COMMIT in
  *[!0-9a-f]*) fail 'COMMIT is no commit.' 'Give it the hash of what was planned.' ;;
esac

printf '<!-- clevertap-line report of %s -->\n## LINE messages: %s\n\nOf commit %s.\n\n' "$ENVIRONMENT" "$ENVIRONMENT" "$COMMIT" >"$forge/text"
if [ -e "$work/plan.jsonl" ]; then
  need ARTIFACT_URL
  report --format markdown --artifact-url "$ARTIFACT_URL" --limit $((comment_limit - $(wc -c <"$forge/text"))) >>"$forge/text"
else
  # What an earlier push got would pass for the report of this one.
  printf 'There is no plan of this commit: its job ended before. The log of the job says why.\n' >>"$forge/text"
fi

forge_comments
put_text
