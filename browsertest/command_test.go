package browsertest_test

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/chrome"
)

// TestPreviewPicture has clevertap-line take a picture, by a Chrome that is real.
func TestPreviewPicture(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program, err := chrome.Find()
	if err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 { // Chrome has no sandbox for the superuser, who has to say that it may do without
		wrapper := filepath.Join(dir, "chrome")
		if err := os.WriteFile(wrapper, fmt.Appendf(nil, "#!/bin/sh\nexec '%s' --no-sandbox \"$@\"\n", program), 0o700); err != nil {
			t.Fatal(err)
		}
		program = wrapper
	}
	out := filepath.Join(dir, "out.png")
	command := browsertest.Command(t, "preview", "--png", out)
	command.Env = append(os.Environ(), chrome.Env+"="+program)
	command.Stdin = strings.NewReader(bubble("", box("vertical", `"height":"300px","backgroundColor":"#123456"`)))
	if said, err := command.CombinedOutput(); err != nil || len(said) > 0 {
		t.Fatalf("%v: %s", err, said)
	}
	taken, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 820 || size.Y < 400 || size.Y > 600 {
		t.Errorf("the picture is %v", size)
	}
	count := 0
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if color.RGBAModel.Convert(picture.At(x, y)) == (color.RGBA{0x12, 0x34, 0x56, 0xff}) {
				count++
			}
		}
	}
	if all := bubbleWidth * 300; count < all*95/100 || count > all {
		t.Errorf("%d pixels are of the box, which has %d", count, all)
	}
}
