# Comments, issues and the branch's head at GitHub and GitLab, for scripts that have read lib.sh. A text is ours if we wrote it
# and its first line is our marker, the first line of $forge/text.
# shellcheck shell=sh
need FORGE_TOKEN
case $FORGE_TOKEN in
  *[!A-Za-z0-9._~+/=-]*) fail 'FORGE_TOKEN is not a token.' 'Look for white space in the secret, and enter it again.' ;;
esac
forge=$work/forge
rm -rf "$forge"
mkdir "$forge"

# The forges' words: https://docs.github.com/en/rest/issues and /git/refs, https://docs.gitlab.com/api/notes, /api/issues
# and /api/branches.
if [ -n "${GITHUB_API_URL:-}" ]; then
  need GITHUB_REPOSITORY
  api=$GITHUB_API_URL project=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY
  author=user.login update=PATCH comment_limit=65536
else
  need CI_API_V4_URL CI_PROJECT_ID
  api=$CI_API_V4_URL project=$CI_API_V4_URL/projects/$CI_PROJECT_ID
  author=author.username update=PUT comment_limit=1000000
fi
case $api in
  https://* | http://127.0.0.1:* | http://localhost:*) ;;
  *) fail 'the address of the forge is not https.' 'Its API gets a token: give an address with https.' ;;
esac

# Goes on only while this job's commit is the head of its branch: one that waited for its approval, or is run again, would bring
# old texts back. The forge is asked, since a checkout may be shallow and does not know; without an answer the job ends here.
need_head() {
  if [ -n "${GITHUB_API_URL:-}" ]; then
    need GITHUB_SHA GITHUB_REF_NAME
    commit=$GITHUB_SHA branch=$GITHUB_REF_NAME head=git/ref/heads at=object.sha
  else
    need CI_COMMIT_SHA CI_COMMIT_BRANCH
    commit=$CI_COMMIT_SHA branch=$CI_COMMIT_BRANCH head=repository/branches at=commit.id
  fi
  case $branch in
    *[!A-Za-z0-9._/-]*) fail 'the name of the branch cannot be written into a URL.' 'Give it a name of letters, digits, ., _, - and /.' ;;
  esac
  request GET "$project/$head/$(printf '%s' "$branch" | sed 's,/,%2F,g')"
  [ "$answered" = 200 ] || refused 'asking for the head of the branch'
  evaluate "jsondecode(file(\"answer.json\")).$at"
  case $value in
    '' | *[!0-9a-f]*) fail 'the forge names no commit as the head of the branch.' 'Nothing was applied. See what answers in its place.' ;;
  esac
  [ "$value" = "$commit" ] || fail \
    "outdated: use the newest run. This one is of commit $commit, and the head of $branch is $value." \
    'Nothing was applied. Approve the newest run, or run that one again. A commit without a run, such as by [skip ci], needs one more commit.'
}

forge_comments() {
  if [ -n "${GITHUB_API_URL:-}" ]; then
    need PULL_REQUEST
    list=$project/issues/$PULL_REQUEST/comments?
    new=$project/issues/$PULL_REQUEST/comments
    old=$project/issues/comments number=id text=body
  else
    need CI_MERGE_REQUEST_IID
    list="$project/merge_requests/$CI_MERGE_REQUEST_IID/notes?sort=asc&order_by=created_at&"
    new=$project/merge_requests/$CI_MERGE_REQUEST_IID/notes
    old=$new number=id text=body
  fi
  fields="$text = file(\"text\")"
}

forge_issues() { # TITLE
  new=$project/issues old=$project/issues
  if [ -n "${GITHUB_API_URL:-}" ]; then
    list="$new?state=open&" number=number text=body closed='state = "closed"'
  else
    list="$new?state=opened&" number=iid text=description closed='state_event = "close"'
  fi
  fields="title = \"$1\", $text = file(\"text\")"
}

# Evaluates an expression of Terraform's about files in $forge. Its value is a text on one line, or a number.
evaluate() { # EXPRESSION
  value=$(evaluate_in "$forge" "$1" 2>"$forge/error") || {
    foreign <"$forge/error" >&2
    fail 'the answer of the forge cannot be read.' 'See above. If a proxy answers in place of the forge, correct its address.'
  }
  value=${value#\"}
  value=${value%\"}
}

# Asks the forge, and sets $answered to the status. The token reaches curl by its standard input: a command line is for
# everybody to read. What a POST did is not known when its answer is lost, so only the others are repeated here.
request() { # METHOD URL [FIELDS]
  method=$1 url=$2 retries=4
  [ "$method" != POST ] || retries=0
  if [ $# -gt 2 ]; then
    evaluate "base64encode(jsonencode({ $3 }))"
    printf '%s' "$value" | base64 -d >"$forge/request.json"
    set -- --header 'Content-Type: application/json' --data-binary "@$forge/request.json"
  else
    set --
  fi
  : >"$forge/answer.json"
  : >"$forge/head"
  answered=$(printf 'header = "Authorization: Bearer %s"\n' "$FORGE_TOKEN" | curl --disable --config - --silent --show-error \
    --request "$method" --url "$url" --header 'Accept: application/json' "$@" \
    --connect-timeout 10 --max-time 60 --retry "$retries" --retry-max-time 120 --retry-all-errors \
    --dump-header "$forge/head" --output "$forge/answer.json" --write-out '%{http_code}' 2>"$forge/error") || answered=000
}

refused() { # DOING
  { cat "$forge/error"; head -c 2000 "$forge/answer.json"; echo; grep -i '^x-\(github-\)\{0,1\}request-id:' "$forge/head" || :; } | foreign >&2
  case $answered in
    000) fail "the forge was not reached while $1." 'Run the job again. If that does not help, look at the address and the network.' ;;
    401) fail "the forge does not take FORGE_TOKEN while $1 (401)." 'The token is wrong or has expired: make a new one and enter it as the secret.' ;;
    403 | 404) fail "FORGE_TOKEN may not do this while $1 ($answered)." 'Give it the rights that the README names. It may also be that this is no longer there.' ;;
    *) fail "the forge answered $answered while $1." 'See its words above.' ;;
  esac
}

# Finds ours, page by page, and sets $found to its number, or to nothing.
find_text() {
  if [ -n "${GITHUB_API_URL:-}" ]; then
    printf 'github-actions[bot]' >"$forge/me" # whom the token of a workflow belongs to
  elif [ ! -e "$forge/me" ]; then
    request GET "$api/user"
    [ "$answered" = 200 ] || refused 'asking whose the token is'
    evaluate 'jsondecode(file("answer.json")).username'
    printf '%s' "$value" >"$forge/me"
  fi
  head -n 1 "$forge/text" >"$forge/marker"
  page=1
  while [ "$page" -le 100 ]; do
    request GET "${list}per_page=100&page=$page"
    [ "$answered" = 200 ] || refused 'looking for what we wrote before'
    ours="try(item.$author == file(\"me\") && startswith(item.$text, trimspace(file(\"marker\"))) && !can(item.pull_request), false)"
    evaluate "join(\" \", [for item in jsondecode(file(\"answer.json\")) : item.$number if $ours])"
    found=${value%% *}
    case $found in *[!0-9]*) fail 'the forge numbers what we wrote before with no number.' 'See what answers in its place.' ;; esac
    [ -z "$found" ] || return 0
    evaluate 'length(jsondecode(file("answer.json")))'
    [ "$value" -eq 100 ] || return 0
    page=$((page + 1))
  done
  fail 'the forge has more than 10,000 of these.' 'Go on in a new pull request.'
}

# Writes $forge/text: into what we wrote before, else as something new.
put_text() {
  for wait in 2 5 0; do
    find_text
    if [ -n "$found" ]; then
      request "$update" "$old/$found" "$fields"
      [ "$answered" = 200 ] || refused 'editing what we wrote before'
      return 0
    fi
    request POST "$new" "$fields"
    case $answered in
      201) return 0 ;;
      000 | 5??) sleep "$wait" ;; # it may have been written all the same, which the next turn finds
      *) break ;;
    esac
  done
  refused 'writing'
}

# Closes the issue, if there is one, with $forge/text as its last word.
close_text() {
  find_text
  [ -n "$found" ] || return 0
  request "$update" "$old/$found" "$fields, $closed"
  [ "$answered" = 200 ] || refused 'closing the issue'
}
