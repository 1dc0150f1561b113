package terraformcli

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
)

// releaseServer serves one signed release of a fake terraform, as the vendor's download site does.
type releaseServer struct {
	url       string
	publicKey string
	downloads atomic.Int64
}

func newReleaseServer(t *testing.T, answer string, tamper bool) *releaseServer {
	t.Helper()
	archiveName := fmt.Sprintf("terraform_%s_%s_%s.zip", InstalledVersion, runtime.GOOS, runtime.GOARCH)
	sums := "terraform_" + InstalledVersion + "_SHA256SUMS"
	archive := zipped(t, fakeCommand(t, t.TempDir(), "terraform", answer))
	sumsText := fmt.Sprintf("%x  %s\n", sha256.Sum256(archive), archiveName)
	if tamper {
		archive = zipped(t, fakeCommand(t, t.TempDir(), "terraform", answer+" tampered"))
	}

	entity, err := openpgp.NewEntity("Release", "", "release@example.com", nil)
	must(t, err)
	var signature, key bytes.Buffer
	must(t, openpgp.DetachSign(&signature, entity, strings.NewReader(sumsText), nil))
	armored, err := armor.Encode(&key, openpgp.PublicKeyType, nil)
	must(t, err)
	must(t, entity.Serialize(armored))
	must(t, armored.Close())

	s := &releaseServer{publicKey: key.String()}
	mux := http.NewServeMux()
	base := "/terraform/" + InstalledVersion + "/"
	mux.HandleFunc(base+"index.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"name": "terraform", "version": InstalledVersion, "shasums": sums, "shasums_signature": sums + ".sig",
			"builds": []map[string]string{{
				"name": "terraform", "version": InstalledVersion, "os": runtime.GOOS, "arch": runtime.GOARCH,
				"filename": archiveName, "url": base + archiveName,
			}},
		})
	})
	mux.HandleFunc(base+sums, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(sumsText)) })
	mux.HandleFunc(base+sums+".sig", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(signature.Bytes()) })
	mux.HandleFunc(base+archiveName, func(w http.ResponseWriter, _ *http.Request) {
		s.downloads.Add(1)
		w.Header().Set("Content-Type", "application/zip")
		_, _ = w.Write(archive)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *releaseServer) release(cacheDir string) release {
	return release{cacheDir: cacheDir, serverURL: s.url, publicKey: s.publicKey}
}

func zipped(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	entry, err := archive.Create(filepath.Base(file))
	must(t, err)
	_, err = entry.Write(content)
	must(t, err)
	must(t, archive.Close())
	return out.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestFindInstallsOnce(t *testing.T) {
	t.Setenv(PathVariable, "")
	onPATH(t, nil)
	server := newReleaseServer(t, "Terraform v"+InstalledVersion, false)
	cacheDir := filepath.Join(t.TempDir(), "not", "yet", "there")

	// A lock belongs to the file that was opened, so these callers exclude one another as processes do.
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			cli, err := find(t.Context(), server.release(cacheDir).ensure)
			if err != nil {
				t.Error(err)
				return
			}
			if cli.Version.Original() != InstalledVersion || len(cli.PassedOver) != 2 {
				t.Errorf("found %s, passed over %q", cli, cli.PassedOver)
			}
		})
	}
	callers.Wait()

	if n := server.downloads.Load(); n != 1 {
		t.Errorf("downloaded %d times, want once", n)
	}
	wantInCache(t, cacheDir, "install.lock", "terraform_"+InstalledVersion)
}

func TestAFailedInstallLeavesNothingBehind(t *testing.T) {
	version := "Terraform v" + InstalledVersion
	tampered := newReleaseServer(t, version, true)
	otherKey := newReleaseServer(t, version, false)
	otherKey.publicKey = tampered.publicKey
	broken := newReleaseServer(t, "Segmentation fault", false)
	tests := map[string]struct {
		server  *releaseServer
		wantErr string
	}{
		"the archive is not the one that was signed": {tampered, "no such file"},
		"the signature is somebody else's":           {otherKey, "signature"},
		"what was signed does not run":               {broken, "Segmentation fault"},
		"the server does not have it":                {&releaseServer{url: tampered.url + "/empty"}, "404"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cacheDir := t.TempDir()

			_, err := test.server.release(cacheDir).ensure(t.Context())

			wantError(t, err, test.wantErr)
			wantInCache(t, cacheDir, "install.lock")

			whole := newReleaseServer(t, version, false)
			_, err = whole.release(cacheDir).ensure(t.Context())
			must(t, err)
		})
	}
}

func TestABrokenInstallationSaysWhatToDelete(t *testing.T) {
	cacheDir := t.TempDir()
	dir := filepath.Join(cacheDir, "terraform_"+InstalledVersion)
	must(t, os.Mkdir(dir, 0o755))
	fakeCommand(t, dir, "terraform", "Segmentation fault")

	_, err := release{cacheDir: cacheDir}.ensure(t.Context())

	wantError(t, err, "Segmentation fault", "delete the folder "+dir)
}

func wantInCache(t *testing.T, cacheDir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(cacheDir)
	must(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if fmt.Sprint(names) != fmt.Sprint(want) {
		t.Errorf("the cache has %q, want %q", names, want)
	}
}
