// Command pictures takes the pictures of messages that stand in the documentation: of all samples in examples/messages, and of the
// receipt that the README shows. It is run in the folder of its module, by "make pictures". No test compares what it makes: that
// depends on the fonts of the machine, which is to have letters of Japanese and Thai, and emoji.
package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
)

const (
	samples = "../examples/messages/*.line.json"
	receipt = "../examples/complete/receipt.flex.json"
	images  = "../docs/images"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	files, err := filepath.Glob(samples)
	if err != nil {
		return err
	}
	browser, stop, err := browsertest.Start(ctx)
	if err != nil {
		return err
	}
	defer stop()
	if err := os.MkdirAll(images, 0o755); err != nil {
		return err
	}
	for _, file := range append(files, receipt) {
		if err := take(browser, file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// take takes the picture of the messages in one file.
func take(browser context.Context, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(filepath.Base(file), ".line.json")
	name, _, _ = strings.Cut(name, ".flex.json")
	_, language, _ := strings.Cut(name, ".")
	page := linepreview.Page(name, []linepreview.Set{{Text: string(text)}}, linepreview.Options{Language: language})
	source, err := os.CreateTemp("", "pictures-*.html")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(source.Name()) }() // a temporary file that stays does no harm
	if _, err := source.Write(page); err != nil {
		return err
	}
	if err := source.Close(); err != nil {
		return err
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(source.Name())}
	if err := chromedp.Do(browser, chromedp.EmulateViewport(820, 2000), chromedp.Navigate(address.String())); err != nil {
		return err
	}
	taken, err := chromedp.Run(browser, chromedp.Screenshot(chromedp.CSS(".phone")))
	if err != nil {
		return err
	}
	return write(filepath.Join(images, name+".png"), taken)
}

// write writes a picture as small as it can be.
func write(file string, taken []byte) error {
	picture, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		return err
	}
	var smaller bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&smaller, picture); err != nil {
		return err
	}
	return os.WriteFile(file, smaller.Bytes(), 0o644)
}
