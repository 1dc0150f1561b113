package drift

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

const (
	before = "2026-03-01T03:00:00Z"
	after  = "2026-03-01T12:00:01+09:00"
)

// auditRecord is one of CleverTap's, as its pages name the fields.
func auditRecord(date, action, id, description string) string {
	text, _ := json.Marshal(map[string]any{
		"Date": date, "Email": "bob@example.com", "Action": action, "Action ID": json.RawMessage(id), "Description": description, "IP Address": "192.0.2.1",
	})
	return string(text)
}

func TestAuditLogIsReadInBothForms(t *testing.T) {
	save, later := auditRecord(after, "Campaign Save", "1", "x"), auditRecord("2026-04-01T00:00:00Z", "Campaign Save", `"1"`, "x")
	for name, test := range map[string]struct {
		text string
		want []string // checks of welcome
		said string
	}{
		"an array":               {"[" + later + "," + save + "]", []string{"saved-after-receipt"}, "Campaign Save by bob@example.com at 2026-03-01T03:00:01Z, 1."},
		"one after the other":    {later + "\n" + save + "\n", []string{"saved-after-receipt"}, "at 2026-03-01T03:00:01Z"},
		"none":                   {"", nil, ""},
		"an empty array":         {"[]", nil, ""},
		"by description":         {auditRecord(after, "Campaign", "1", "Saved Campaign"), []string{"saved-after-receipt"}, "Campaign by bob"},
		"stopped":                {auditRecord(after, "Campaign Stop", "1", "Stopped"), []string{"audit-log-mention"}, "Campaign Stop by bob"},
		"both":                   {auditRecord(after, "Campaign Stop", "1", "Stopped") + save, []string{"saved-after-receipt", "audit-log-mention"}, ""},
		"in the same second":     {auditRecord(before, "Campaign Save", "1", "x"), nil, ""},
		"another campaign":       {auditRecord(after, "Campaign Save", "11", "welcome"), nil, ""},
		"another one's date":     {auditRecord("yesterday", "Campaign Save", "11", "welcome"), nil, ""},
		"what is no ID":          {auditRecord(after, "Login", "null", "welcome") + auditRecord(after, "Login", "{}", "welcome"), nil, ""},
		"a cell for a shell":     {auditRecord(after, "a\u001b[2J\u202eb", "1", "x"), []string{"audit-log-mention"}, `"a\x1b[2J\u202eb" by`},
		"a record of a template": {auditRecord(after, "Setting", "7", "Webhook LINE push saved"), nil, ""},
	} {
		w := newWorld(t)
		w.start()
		logs := w.logs(map[string]string{"audit/x/audit_x_1.zip": test.text})
		code, found := w.look("--audit-log", logs)
		var checks []string
		said := ""
		for _, f := range slices.Concat(found.Off, found.Information) {
			if f.Object == "line-campaign-bodies/welcome" {
				checks, said = append(checks, f.Check), said+f.What
			}
		}
		if !slices.Equal(checks, test.want) || !strings.Contains(said, test.said) || (code == 2) != slices.Contains(test.want, savedLater.id) || code == 1 {
			t.Errorf("%s: exit %d, %q: %s", name, code, checks, said)
		}
		if mentioned := slices.Contains(named(found.Information), "audit-log-mention webhook-templates/LINE push"); mentioned != (name == "a record of a template") {
			t.Errorf("%s: %q", name, named(found.Information))
		}
	}
}

// logs writes files into a folder.
func (w *world) logs(files map[string]string) string {
	w.t.Helper()
	folder := w.t.TempDir()
	for name, text := range files {
		data := []byte(text)
		if !strings.HasPrefix(text, "PK") && text != "no zip" {
			data = zipped(w.t, text)
		}
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			w.t.Fatal(err)
		}
	}
	return folder
}

// What is not documented is not guessed.
func TestAuditLogThatCannotBeRead(t *testing.T) {
	for want, text := range map[string]string{
		"audit/a.zip: this is no zip file: ":                                          "no zip",
		"audit/a.zip: this is not JSON: ":                                             "Date,Email\n",
		"audit/a.zip: these are no records of an audit log: Action is a JSON number.": `[{"Date":"` + after + `","Action":7}]`,
		"audit/a.zip: a record has no Date or no Action, which CleverTap documents.":  `{"timestamp":1,"event":"x"}`,
		"audit/a.zip: these are no records of an audit log: one of them is a JSON":    `"x"`,
		"audit/a.zip: a record has no Date":                                           `{"Action":"Campaign Save","Action ID":1}`,
		`audit/a.zip: the date "03/01/2026 03:00 PM" is not written as in RFC 3339`:   auditRecord("03/01/2026 03:00 PM", "Campaign Save", "1", "x"),
		"audit/a.zip: it has more than 67108864 bytes when it is unzipped.":           strings.Repeat(" ", mostUnzipped+1),
	} {
		w := newWorld(t)
		w.start()
		code, found := w.look("--audit-log", w.logs(map[string]string{"audit/a.zip": text, "audit/b.zip": auditRecord(after, "Campaign Save", "1", "x")}))
		if p := stateOf(t, found, "audit log"); code != 2 || p.State != couldNot || len(p.Why) != 1 || !strings.HasPrefix(p.Why[0], want) {
			t.Errorf("%s: exit %d, %+v", want, code, p)
		}
	}
	w := newWorld(t)
	w.start()
	bad := map[string]string{}
	for i := range 9 {
		bad[fmt.Sprintf("%d.zip", i)] = "no zip"
	}
	for want, logs := range map[string]string{
		"there is no file whose name ends with .zip": w.logs(map[string]string{"audit.json": "{}"}),
		"0.zip: this is no zip file":                 w.logs(bad),
		"stat .: ":                                   filepath.Join(t.TempDir(), "none"),
	} {
		code, found := w.look("--audit-log", logs)
		p := stateOf(t, found, "audit log")
		if code != 1 || p.State != couldNot || !strings.HasPrefix(p.Why[0], want) || strings.HasPrefix(want, "0.zip") != (len(p.Why) == 4) {
			t.Errorf("%s: exit %d, %+v", want, code, p)
		}
	}
}

// What stands before a fault is evidence all the same, a link to a file is that file, and a pipe is waited for by nobody.
func TestAuditLogAroundAFault(t *testing.T) {
	w := newWorld(t)
	w.start()
	logs := w.logs(map[string]string{"a.zip": auditRecord(after, "Campaign Save", "1", "x") + `{"Action":"x"}`})
	code, found := w.look("--audit-log", logs)
	if p := stateOf(t, found, "audit log"); code != 2 || p.State != couldNot || !slices.Equal(named(found.Off), []string{"saved-after-receipt line-campaign-bodies/welcome"}) {
		t.Errorf("exit %d, %+v, %+v", code, p, found.Off)
	}
	links := t.TempDir()
	for name, target := range map[string]string{"a.zip": filepath.Join(w.logs(map[string]string{"x": auditRecord(after, "Campaign Save", "1", "x")}), "x"), "b.zip": os.DevNull} {
		if err := os.Symlink(target, filepath.Join(links, name)); err != nil {
			t.Skip(err)
		}
	}
	code, found = w.look("--audit-log", links)
	if p := stateOf(t, found, "audit log"); code != 2 || len(p.Why) != 1 || !strings.HasSuffix(p.Why[0], "b.zip is no regular file, and has to be one.") || len(found.Off) != 1 {
		t.Errorf("exit %d, %+v, %+v", code, p, found.Off)
	}
}

// Many small entries are no way around the limit.
func TestAuditLogOfManyEntries(t *testing.T) {
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for range 3 {
		entry := storetest.Must(archive.Create("x"))(t)
		storetest.Must(entry.Write(bytes.Repeat([]byte(" "), mostUnzipped/2)))(t)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := sightings(file.Bytes(), nil); err == nil || !strings.Contains(err.Error(), "more than 67108864 bytes") {
		t.Errorf("got %v", err)
	}
}

// Without CleverTap, campaigns are not known, and that is said.
func TestAuditLogWithoutCampaigns(t *testing.T) {
	w := newWorld(t)
	kinds["saved-after-receipt"].make(w)
	w.start()
	t.Setenv("CLEVERTAP_PASSCODE", "")
	code, found := w.look()
	if p := stateOf(t, found, "audit log"); code != 0 || p.State != notLooked || len(p.Why) != 1 || !strings.Contains(p.Why[0], "without it, campaign bodies are not looked for") {
		t.Errorf("exit %d, %+v", code, p)
	}
}

func TestAuditLogInABucket(t *testing.T) {
	server := storetest.StartS3(t)
	for _, variable := range storetest.S3Environment() {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	w := newWorld(t)
	w.start()
	config := server.Config()
	address := fmt.Sprintf("s3://%s/%s?endpoint=%s&use_path_style=true", config.Bucket, config.Prefix, config.Endpoint)
	backend := storetest.Must(stores.Open(t.Context(), address, ""))(t)
	code, found := w.look("--audit-log", address)
	if p := stateOf(t, found, "audit log"); code != 1 || !strings.HasPrefix(p.Why[0], "there is no file") {
		t.Errorf("exit %d, %+v", code, p)
	}
	storetest.Plant(t, backend, "audit/x/audit_x_2026-03-01T04:00:00+0900.zip", zipped(t, auditRecord(after, "Campaign Save", "1", "x")))
	storetest.Plant(t, backend, "other.json", []byte("{"))
	code, found = w.look("--audit-log", address)
	if p := stateOf(t, found, "audit log"); code != 2 || p.State != looked || !slices.Equal(named(found.Off), []string{"saved-after-receipt line-campaign-bodies/welcome"}) {
		t.Errorf("exit %d, %+v", code, found)
	}
}

func TestHasWord(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"push": true, "a push.": true, "push-2": false, "repush": false, "pushes push": true, "pus": false, "é\xffpush": true, "お知らせpush": false, "": false,
	} {
		if hasWord(text, "push") != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
