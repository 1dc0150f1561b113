package browsertest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// axe-core finds what people with disabilities cannot use. It is a package of npm, in no Go module that is kept, and too large
// to be a part of this repository: npm fetches it once, runs nothing of it, and what it fetched is used if it is this very file.
const (
	axePackage = "axe-core@4.14.1"
	axeSHA256  = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c" // of axe.min.js
)

// Fault is what axe-core found.
type Fault struct {
	Rule   string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Where  []string `json:"where"`
}

// Axe has axe-core look at the page, and gives what it finds serious or critical. Within elements that the selector names it does
// not judge the contrast of colours: those that the page does not choose.
func (p *Page) Axe(colored string) []Fault {
	p.testing.Helper()
	source, err := axe()
	if err != nil {
		p.testing.Fatalf("axe-core: %s", err)
	}
	Eval[bool](p, source+"; true")
	const options = `{preload: false, elementRef: true, resultTypes: ["violations"]}`
	return Eval[[]Fault](p, fmt.Sprintf(`axe.run(%s).then(found => found.violations
		.filter(fault => fault.impact === "serious" || fault.impact === "critical")
		.map(fault => ({id: fault.id, impact: fault.impact, help: fault.help, where: fault.nodes
			.filter(node => fault.id !== "color-contrast" || !node.element.closest(%q)).map(node => node.html)}))
		.filter(fault => fault.where.length > 0))`, options, colored))
}

// axe is the source of axe-core.
var axe = sync.OnceValues(func() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	file := filepath.Join(cache, "terraform-provider-clevertap", axePackage+".min.js")
	if kept, err := os.ReadFile(file); err == nil && isAxe(kept) {
		return string(kept), nil
	}
	fetched, err := fetchAxe()
	if err != nil {
		return "", err
	}
	if !isAxe(fetched) {
		return "", fmt.Errorf("the axe.min.js of %s is not the one whose SHA-256 is %s", axePackage, axeSHA256)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", err
	}
	return string(fetched), os.WriteFile(file, fetched, 0o600) // one that another process reads halfway is not the one
})

func isAxe(source []byte) bool {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:]) == axeSHA256
}

// fetchAxe has npm fetch the package, and reads the one file that is wanted.
func fetchAxe() ([]byte, error) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return nil, fmt.Errorf("npm fetches %s, once: install it: %w", axePackage, err)
	}
	dir, err := os.MkdirTemp("", "axe-core-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // a temporary folder that stays does no harm
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	pack := exec.CommandContext(ctx, npm, "pack", axePackage, "--ignore-scripts", "--loglevel", "error", "--pack-destination", dir)
	pack.Dir = dir
	if said, err := pack.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm cannot fetch %s: %w\n%s", axePackage, err, bytes.TrimSpace(said))
	}
	archives, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil {
		return nil, err
	}
	if len(archives) != 1 {
		return nil, fmt.Errorf("npm made the archives %q of %s", archives, axePackage)
	}
	archive, err := os.ReadFile(archives[0])
	if err != nil {
		return nil, err
	}
	return unpack(archive, "package/axe.min.js")
}

// unpack reads one file of an archive.
func unpack(archive []byte, name string) ([]byte, error) {
	const most = 4 << 20
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	files := tar.NewReader(zipped)
	for {
		file, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("the archive has no %s", name)
		}
		if err != nil {
			return nil, err
		}
		if file.Name == name {
			return io.ReadAll(io.LimitReader(files, most))
		}
	}
}
