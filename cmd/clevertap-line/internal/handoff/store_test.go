package handoff

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// store is a template store in a folder.
type store struct {
	testing.TB

	folder string
	*templatestore.Store
}

const storeID = "7f1f6a0e-3c43-4f55-9bb0-2f3b5f8b2f10"

func newStore(t testing.TB) *store {
	t.Helper()
	s := &store{TB: t, folder: t.TempDir()}
	s.write("clevertap-template-store.json", `{"schema_version":1,"id":"`+storeID+`"}`)
	s.Store = templatestore.New(templatestore.NewLocal(s.folder), "default")
	return s
}

func (s *store) write(name, text string) {
	s.Helper()
	file := filepath.Join(s.folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		s.Fatal(err)
	}
}

// declare has the store hold a document in place of the one that is there.
func declare[T templatestore.Content](s *store, name string, content T) {
	s.Helper()
	abandon[T](s, name)
	if _, err := templatestore.Create(s.Context(), s.fresh(), name, storetest.Sealed(name, content)); err != nil {
		s.Fatal(err)
	}
}

// abandon takes the document away, if there is one.
func abandon[T templatestore.Content](s *store, name string) {
	s.Helper()
	fresh := s.fresh()
	if _, revision, err := templatestore.Read[T](s.Context(), fresh, name, templatestore.Revision{}); err == nil {
		if err := templatestore.Delete[T](s.Context(), fresh, name, revision); err != nil {
			s.Fatal(err)
		}
	}
}

// fresh is the store as another process finds it.
func (s *store) fresh() *templatestore.Store {
	return templatestore.New(templatestore.NewLocal(s.folder), "default")
}

// enter has a person enter what is declared, or something else.
func (s *store) enter(kind templatestore.Kind, name, sha256 string) {
	s.Helper()
	at := time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)
	if _, err := templatestore.Enter(s.Context(), s.fresh(), kind, name, templatestore.Entering{ContentSHA256: sha256, By: "ann@example.com", At: at}); err != nil {
		s.Fatal(err)
	}
}

func sum(digit string) string { return strings.Repeat(digit, 64) }

// sumOf is the content_sha256 of a body.
func sumOf(b templatestore.LineCampaignBody) string { return storetest.Sealed("", b).ContentSHA256 }

func templateOf(version int64, headers map[string]string, digit string) templatestore.WebhookTemplate {
	return templatestore.WebhookTemplate{
		HTTPMethod: "POST", DestinationURL: "https://api.line.me/v2/bot/message/push", Headers: headers,
		SecretHeaders: []string{"Authorization"}, SecretHeadersVersion: &version, ContentSHA256: sum(digit),
	}
}

func body(text, digit string) templatestore.LineCampaignBody {
	message, _ := json.Marshal(map[string]string{"type": "text", "text": text})
	push := "LINE push"
	return templatestore.LineCampaignBody{
		WebhookTemplate: &push, Messages: []json.RawMessage{message}, ContentSHA256: sum(digit),
		Body: `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[` + string(message) + `]}`,
	}
}

const reference = `{"linked_content":"api","name":"spring","shape":"4f53cda1","tags":[]}`

func linkedBody(digit string) templatestore.LineCampaignBody {
	linked := reference
	return templatestore.LineCampaignBody{LinkedMessages: &linked, Body: `{% if Linked.api.name == "spring" %}…`, ContentSHA256: sum(digit)}
}

func linkedMessages(text, variantOf string) templatestore.LineLinkedMessages {
	m := templatestore.LineLinkedMessages{
		Shape: "4f53cda1", Parts: []string{`[{"type":"text","text":"` + text + `"}]`}, Unit: "spring_00000000", ContentSHA256: sum("e"), LinkedContent: "api",
	}
	if variantOf != "" {
		m.VariantOf = &variantOf
	}
	return m
}

// everything is a store with an object in each state.
func everything(t testing.TB) *store {
	t.Helper()
	s := newStore(t)
	declare(s, "LINE push", templateOf(1, map[string]string{"Content-Type": "application/json", "X-Old": "b"}, "1"))
	s.enter(templatestore.WebhookTemplates, "LINE push", "")
	declare(s, "LINE push", templateOf(2, map[string]string{"Content-Type": "application/json", "X-New": "a"}, "2"))
	declare(s, "old push", templateOf(1, nil, "3"))
	s.enter(templatestore.WebhookTemplates, "old push", "")
	abandon[templatestore.WebhookTemplate](s, "old push")
	declare(s, "api", templatestore.LinkedContent{
		HTTPMethod: "GET", EndpointURL: "https://line.example.com/{{message}}.json", ContentSHA256: sum("4"),
	})
	declare(s, "changed", body("Hello, あなた", "5"))
	s.enter(templatestore.LineCampaignBodies, "changed", "")
	declare(s, "changed", body("Hello, いぬ", "6"))
	declare(s, "unsure", body("unsure", "7"))
	s.enter(templatestore.LineCampaignBodies, "unsure", sum("8"))
	declare(s, "same", body("same", "9"))
	s.enter(templatestore.LineCampaignBodies, "same", "")
	declare(s, "gone", body("gone", "a"))
	s.enter(templatestore.LineCampaignBodies, "gone", "")
	abandon[templatestore.LineCampaignBody](s, "gone")
	declare(s, "linked", linkedBody("b"))
	declare(s, "spring", linkedMessages("Spring", ""))
	return s
}
