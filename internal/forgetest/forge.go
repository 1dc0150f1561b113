// Package forgetest is a stand-in for GitHub and for GitLab on this machine, for tests of pipelines: comments under one pull
// request and the issues of one repository, of which it keeps what was written, by whom, and its branch's head. It refuses what
// the forges refuse, in their words; its front is package standin's. What it does is what their references say
// (https://docs.github.com/en/rest, https://docs.gitlab.com/api); what it does not do it refuses, see
// [standin.Front.NotServed].
package forgetest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// Tokens that a [Server] knows. Every other is none.
const (
	Token        = "forge-token-canary"
	ExpiredToken = "forge-token-expired"
)

// PullRequest is the number of the one pull request, or merge request.
const PullRequest = 7

// Text is a comment or an issue.
type Text struct {
	Number int
	Author string
	Title  string // of an issue
	Body   string
	Closed bool
	Edits  int // how often it was written after the first time
}

// Server is the stand-in. It is safe for use by many goroutines.
type Server struct {
	*standin.Front
	// Environment is what the forge tells its jobs, as NAME=VALUE, the token left out.
	Environment []string
	// Me is the user that the token belongs to.
	Me string

	refuse func(w http.ResponseWriter, token string)

	mu               sync.Mutex
	last             int
	head             string
	comments, issues shelf
}

// shelf is what a forge has of one kind, and how it calls its parts.
type shelf struct {
	texts   []Text
	body    string
	max     int // characters
	tooLong func(w http.ResponseWriter)
	show    func(text Text) any

	// Of issues: how the state is asked for, and the field and value that close one.
	open, closeField, closeValue string
}

// start starts a server for routes, by their patterns.
func (s *Server) start(requestID string, routes map[string]http.HandlerFunc) {
	mux := http.NewServeMux()
	routes["/"] = func(w http.ResponseWriter, r *http.Request) { s.NotServed(w, r, "") }
	for pattern, handler := range routes {
		mux.HandleFunc(pattern, handler)
	}
	authorized := func(r *http.Request) bool { return standin.BearerToken(r) == Token }
	s.Front = standin.Start(standin.Config{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !authorized(r) {
				s.refuse(w, standin.BearerToken(r))
				return
			}
			mux.ServeHTTP(w, r)
		}),
		Authorized: authorized, RequestIDHeader: requestID,
	})
}

// Branch is the name of the one branch that the repository has.
const Branch = "main"

// Push makes a commit, by its hash, the head of the branch. Before the first there is no branch.
func (s *Server) Push(commit string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.head = commit
}

// Head is the commit that was pushed last.
func (s *Server) Head() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.head
}

// branch answers with the branch, as show shows it.
func (s *Server) branch(missing string, show func(head string) any) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if head := s.Head(); head != "" && r.PathValue("branch") == Branch {
			standin.WriteJSON(w, http.StatusOK, show(head))
			return
		}
		standin.WriteJSON(w, http.StatusNotFound, map[string]string{"message": missing})
	}
}

// Comments are those under the pull request, in the order in which they were written.
func (s *Server) Comments() []Text {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.comments.texts)
}

// Issues are those of the repository, in the order in which they were written.
func (s *Server) Issues() []Text {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.issues.texts)
}

// Comment is what another user writes under the pull request.
func (s *Server) Comment(author, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(&s.comments, Text{Author: author, Body: body})
}

func (s *Server) add(to *shelf, text Text) Text {
	s.last++
	text.Number = s.last
	to.texts = append(to.texts, text)
	return text
}

const maxPage = 100

// list answers with a page of a shelf. Of issues, only those that are open can be asked for.
func (s *Server) list(of *shelf, parameters ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		size, badSize := strconv.Atoi(query.Get("per_page"))
		page, badPage := strconv.Atoi(query.Get("page"))
		unknown := standin.UnknownParameter(r, append(parameters, "state", "per_page", "page")...)
		if unknown != "" || badSize != nil || size < 1 || size > maxPage || badPage != nil || page < 1 || query.Get("state") != of.open {
			s.NotServed(w, r, "the query "+r.URL.RawQuery)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		shown := []any{}
		for _, text := range of.texts {
			if !text.Closed {
				shown = append(shown, of.show(text))
			}
		}
		from := min((page-1)*size, len(shown))
		standin.WriteJSON(w, http.StatusOK, shown[from:min(from+size, len(shown))])
	}
}

// create writes a new text.
func (s *Server) create(to *shelf) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fields, ok := s.fields(w, r, to)
		if !ok {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		text := s.add(to, Text{Author: s.Me, Title: fields["title"], Body: fields[to.body]})
		standin.WriteJSON(w, http.StatusCreated, to.show(text))
	}
}

// edit writes a text that is there, whoever wrote it: the rights of a pipeline's token go that far.
func (s *Server) edit(of *shelf) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fields, ok := s.fields(w, r, of)
		if !ok {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		at := slices.IndexFunc(of.texts, func(text Text) bool { return strconv.Itoa(text.Number) == r.PathValue("number") })
		if at < 0 {
			standin.WriteJSON(w, http.StatusNotFound, map[string]string{"message": "Not Found"})
			return
		}
		text := &of.texts[at]
		text.Body, text.Title, text.Edits = fields[of.body], fields["title"], text.Edits+1
		text.Closed = fields[of.closeField] == of.closeValue && of.closeField != ""
		standin.WriteJSON(w, http.StatusOK, of.show(*text))
	}
}

// fields reads a request's body, in which all values are texts.
func (s *Server) fields(w http.ResponseWriter, r *http.Request, of *shelf) (map[string]string, bool) {
	var fields map[string]string
	if err := json.NewDecoder(r.Body).Decode(&fields); err != nil || r.Header.Get("Content-Type") != "application/json" {
		s.NotServed(w, r, "a body of the type "+r.Header.Get("Content-Type"))
		return nil, false
	}
	for name, value := range fields {
		isClose := name == of.closeField && value == of.closeValue
		if name != of.body && !isClose && (name != "title" || of.open == "") {
			s.NotServed(w, r, "the field "+name+" with "+value)
			return nil, false
		}
	}
	if len([]rune(fields[of.body])) > of.max {
		of.tooLong(w)
		return nil, false
	}
	return fields, true
}
