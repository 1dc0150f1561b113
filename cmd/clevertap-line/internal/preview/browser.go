package preview

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/moby/sys/atomicwriter"
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/chrome"
)

// openFile opens a file with the program that the system has for it.
func openFile(ctx context.Context, file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	var opener *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		opener = exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", path)
	case "darwin":
		opener = exec.CommandContext(ctx, "open", path)
	default:
		opener = exec.CommandContext(ctx, "xdg-open", path)
	}
	return opener.Run()
}

const (
	// patience is how long Chrome may take.
	patience = time.Minute
	// The window that Chrome has: two chats beside each other, and as high as its pictures may be.
	windowWidth, windowHeight = 820, 16000
)

// takePicture has Chrome take a picture of a page, and writes it as far down as the page has something to see.
func takePicture(command *cobra.Command, page []byte, file string) error {
	program, err := chrome.Find()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "clevertap-line-preview-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder that stays does no harm
	source, shot := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.png")
	if err := os.WriteFile(source, page, 0o600); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(command.Context(), patience)
	defer cancel()
	said := &bytes.Buffer{}
	taker := exec.CommandContext(ctx, program, "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
		"--user-data-dir="+filepath.Join(dir, "profile"), fmt.Sprintf("--window-size=%d,%d", windowWidth, windowHeight),
		"--screenshot="+shot, fileURL(source))
	taker.Stdout, taker.Stderr = said, said
	taker.WaitDelay = time.Second // what it has started may hold its output
	err = taker.Run()
	taken, missing := os.ReadFile(shot)
	if missing != nil {
		return fmt.Errorf("%s took none: %w%s%s", program, cmp.Or(err, missing), lastWords(said.String()), sandboxHint(os.Geteuid()))
	}
	cut, whole, err := trim(taken)
	if err != nil {
		return fmt.Errorf("%s took none that can be read: %w", program, err)
	}
	if !whole {
		fmt.Fprintf(command.ErrOrStderr(), "The picture ends after %d pixels; the page is longer.\n", windowHeight)
	}
	return atomicwriter.WriteFile(file, cut, 0o644)
}

func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}).String()
}

// sandboxHint is what helps a user by whom Chrome does not start: root, for whom it has no sandbox. It is not done without a word,
// since a page without a sandbox can do more.
func sandboxHint(user int) string {
	if user != 0 {
		return ""
	}
	return "\nChrome does not run as root in its sandbox: run this as another user, or let " + chrome.Env + ` name a script with the lines
  #!/bin/sh
  exec chromium --no-sandbox "$@"`
}

// lastWords are the end of what a program said.
func lastWords(said string) string {
	const most = 500
	if said = strings.TrimSpace(said); said == "" {
		return ""
	}
	return "\n" + strings.ToValidUTF8(said[max(0, len(said)-most):], "")
}

// trim takes the rows off a picture that are like its last one, but for a margin, and says whether there were any.
func trim(taken []byte) (trimmed []byte, ended bool, err error) {
	const margin = 16
	config, err := png.DecodeConfig(bytes.NewReader(taken))
	if err != nil {
		return nil, false, err
	}
	if config.Width > 4*windowWidth || config.Height > 4*windowHeight {
		return nil, false, errors.New("it is larger than the window")
	}
	decoded, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		return nil, false, err
	}
	picture := image.NewRGBA(decoded.Bounds())
	draw.Draw(picture, picture.Rect, decoded, picture.Rect.Min, draw.Src)
	last := picture.Rect.Dy() - 1
	row := func(y int) []byte { return picture.Pix[y*picture.Stride : y*picture.Stride+4*picture.Rect.Dx()] }
	end := last
	for end > 0 && bytes.Equal(row(end-1), row(last)) {
		end--
	}
	kept := picture.SubImage(image.Rect(picture.Rect.Min.X, picture.Rect.Min.Y, picture.Rect.Max.X,
		picture.Rect.Min.Y+min(end+margin, last+1)))
	encoded := &bytes.Buffer{}
	err = png.Encode(encoded, kept)
	return encoded.Bytes(), end < last, err
}
