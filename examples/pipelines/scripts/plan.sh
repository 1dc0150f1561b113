#!/bin/sh
# Plans an environment, changes nothing, and writes the report of the plan as a page into the artifacts. A plan that fails
# has a report, too. Texts of messages are in the report alone, and not in the job's log, but for what the errors of a plan quote:
# the report leaves out what may be sensitive, and Terraform says it to whoever runs it.
. "${0%/*}/lib.sh"
need ENVIRONMENT

# A runner that keeps its folders may still have those of another job: its report is not this one's.
rm -f "$work/plan" "$work/plan.json" "$work/plan.jsonl" "$work/plan.err" "$artifacts/report.html" "$artifacts/handoff.html"
[ -d "$root" ] || fail "there is no folder $root." 'Name the environments in the pipeline as their folders are named.'
"$TF_COMMAND" -chdir="$root" init -input=false -no-color -lockfile=readonly >"$work/init.txt" 2>&1 || {
  foreign <"$work/init.txt" >&2
  fail "$TF_COMMAND init failed in $root." \
    'See above: mostly a credential for the state, or a provider that .terraform.lock.hcl lacks.'
}

# A plan that only shows takes no lock: the role of pull requests cannot write one.
make_plan -lock="${LOCK:-false}"
report --format html >"$artifacts/report.html"
[ "$planned" -eq 0 ] || {
  said='[for line in split("\n", file("plan.jsonl")) : try(jsondecode(line).diagnostic, null)]'
  errors="[for d in $said : join(\"\n\", compact([d.summary, try(d.detail, null)])) if try(d.severity, null) == \"error\"]"
  evaluate_in "$work" "base64encode(join(\"\n\", $errors))" | tr -d '"' | base64 -d | foreign >&2
  fail "$TF_COMMAND plan failed in $root." \
    'The errors are above. Where they are is in the artifact report.html, and on a pull request in the comment.'
}
printf 'Planned %s: see report.html.\n' "$root"
