package preview

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/chrome"
)

// pictureOf is a white picture with one black dot.
func pictureOf(t *testing.T, height, dot int) []byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 3, height))
	for i := range picture.Pix {
		picture.Pix[i] = 0xff
	}
	picture.SetGray(1, dot, color.Gray{})
	encoded := &bytes.Buffer{}
	if err := png.Encode(encoded, picture); err != nil {
		t.Fatal(err)
	}
	return encoded.Bytes()
}

func heightOf(t *testing.T, encoded []byte) int {
	t.Helper()
	config, err := png.DecodeConfig(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return config.Height
}

func TestTrim(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		height, dot, want int
		ended             bool
	}{{100, 9, 26, true}, {100, 99, 100, false}, {100, 95, 100, true}, {1, 0, 1, false}, {100, 0, 17, true}} {
		cut, ended, err := trim(pictureOf(t, test.height, test.dot))
		if err != nil || ended != test.ended || heightOf(t, cut) != test.want {
			t.Errorf("%+v: %v, %d, %v", test, ended, heightOf(t, cut), err)
		}
	}
	if _, _, err := trim([]byte("no picture")); err == nil {
		t.Error("what is no picture is one")
	}
	if _, _, err := trim(pictureOf(t, 4*windowHeight+1, 0)); err == nil {
		t.Error("a picture of any size is taken")
	}
}

// TestPicture has a program that says it is Chrome take a picture. What a real one draws only a real one can show.
func TestPicture(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	dir := t.TempDir()
	shot, program, out := filepath.Join(dir, "shot.png"), filepath.Join(dir, "chrome"), filepath.Join(dir, "out.png")
	if err := os.WriteFile(shot, pictureOf(t, 100, 9), 0o600); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\nfor a; do case \"$a\" in --screenshot=*) cp '%s' \"${a#*=}\";; file://*) cp \"${a#file://}\" '%s/page';; esac; done\n", shot, dir)
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv(chrome.Env, program)
	got := clitest.Run(t, New(), `{"type":"text","text":"Hello"}`, "--png", out)
	if got.Code != 0 || got.Stdout != "" || got.Stderr != "" {
		t.Fatalf("got %+v", got)
	}
	picture, err := os.ReadFile(out)
	if err != nil || heightOf(t, picture) != 26 {
		t.Errorf("the picture is %d bytes, %v", len(picture), err)
	}
	if page, err := os.ReadFile(filepath.Join(dir, "page")); err != nil || !strings.Contains(string(page), "Hello") {
		t.Errorf("the page was %.100s, %v", page, err)
	}
}

// Chrome has no sandbox for root, and says so in words that help nobody: what helps is said, and to root alone.
func TestSandboxHint(t *testing.T) {
	if hint := sandboxHint(1000); hint != "" {
		t.Errorf("got %q", hint)
	}
	if hint := sandboxHint(0); !strings.Contains(hint, "--no-sandbox \"$@\"") || !strings.Contains(hint, "CHROME") {
		t.Errorf("got %q", hint)
	}
	if runtime.GOOS == "windows" {
		return
	}
	program := filepath.Join(t.TempDir(), "chrome")
	script := "#!/bin/sh\necho Running as root without --no-sandbox is not supported. >&2\nexit 1\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv(chrome.Env, program)
	got := clitest.Run(t, New(), `{}`, "--png", filepath.Join(t.TempDir(), "out.png"))
	if got.Code != 1 || !strings.HasSuffix(got.Stderr, "took none: exit status 1\nRunning as root without --no-sandbox is not supported."+
		sandboxHint(os.Geteuid())+"\n") {
		t.Errorf("got %+v", got)
	}
}

func TestNoChrome(t *testing.T) {
	t.Setenv(chrome.Env, "")
	t.Setenv("PATH", t.TempDir())
	if _, err := chrome.Find(); err == nil {
		t.Skip("this machine has Chrome outside of PATH")
	}
	got := clitest.Run(t, New(), `{}`, "--png", filepath.Join(t.TempDir(), "out.png"))
	if got.Code != 1 || !strings.Contains(got.Stderr, "there is no Chrome or Chromium in PATH; install one, or name it in the environment variable CHROME") {
		t.Errorf("got %+v", got)
	}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"kind":"line-linked-messages","parts":["[\"a","b\"]"],"tags":["{{ c }}"]}`: `["a{{ c }}b"]`,
		`{"kind":"line-linked-messages","parts":["a","b"],"tags":[]}`:                `{"kind":"line-linked-messages","parts":["a","b"],"tags":[]}`,
		`{"kind":"line-linked-messages"}`:                                            `{"kind":"line-linked-messages"}`,
		`{"kind":1}`:                                                                 `{"kind":1}`,
		`no JSON`:                                                                    `no JSON`,
	} {
		if got := messages(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}
