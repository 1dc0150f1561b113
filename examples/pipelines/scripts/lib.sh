# What the scripts share; each begins with it. They run in the repository's root. Settings come from the environment: the
# README lists them.
# shellcheck shell=sh
set -eu
umask 077

fail() { # WHAT WHAT-TO-DO
  printf 'Error: %s\nWhat to do: %s\n' "$1" "$2" >&2
  exit 1
}

need() { # NAME…
  for name; do
    eval "[ -n \"\${$name:-}\" ]" || fail "$name is not set." 'Set it for this job: the README of the pipelines says what it holds.'
  done
}

# Shows a text that others wrote, such as an error. GitHub takes commands from lines of a log: none of these is one.
foreign() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C sed -e 's/##\[/## [/g' -e 's/^/| /'
}

TF_COMMAND=${TF_COMMAND:-terraform}
case ${ENVIRONMENT:-} in
  *[!A-Za-z0-9_-]*) fail 'ENVIRONMENT is not the name of a folder.' 'Give it a name of letters, digits, _ and -.' ;;
esac
root=environments/${ENVIRONMENT:-}
# What becomes an artifact. It holds texts that are not published yet.
artifacts=artifacts
# What never does, such as the plan, in which all of the configuration is in clear.
work=${RUNNER_TEMP:-${CI_PROJECT_DIR:-$PWD}.tmp}/line-${ENVIRONMENT:-none}
mkdir -p "$artifacts" "$work"

# A secret that the forge does not have comes as an empty text. For Terraform that is a value, and none is null.
for name in $(env | sed -n 's/^\(TF_VAR_[A-Za-z0-9_]*\)=$/\1/p'); do
  eval "[ -n \"\${$name:-}\" ]" || unset "$name" # a line of another variable may look like one
done

# Evaluates an expression of Terraform's about the files in a folder, and prints it: JSON is read and written by what is there anyway.
evaluate_in() { # FOLDER EXPRESSION
  printf '%s\n' "$2" | TF_WORKSPACE='' TF_CLI_ARGS='' TF_CLI_ARGS_console='' "$TF_COMMAND" -chdir="$1" console
}

# Plans into $work: the plan, its log and, as far as there is one, the plan as JSON. Sets $planned to how that ended.
make_plan() { # ARGUMENT…
  rm -f "$work/plan" "$work/plan.json" "$work/plan.jsonl"
  planned=0
  "$TF_COMMAND" -chdir="$root" plan -json -input=false -out="$work/plan" "$@" >"$work/plan.jsonl" 2>"$work/plan.err" || planned=$?
  [ ! -s "$work/plan" ] || "$TF_COMMAND" -chdir="$root" show -json "$work/plan" >"$work/plan.json" 2>>"$work/plan.err" || planned=1
  [ "$planned" -eq 0 ] || foreign <"$work/plan.err" >&2
}

report() { # ARGUMENT…, of the plan that plan.sh made
  [ ! -s "$work/plan.json" ] || set -- "$@" "$work/plan.json"
  clevertap-line report --log "$work/plan.jsonl" "$@"
}
