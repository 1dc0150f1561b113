package terraformcli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
)

const (
	// lockPoll is how often a process looks again whether another one has finished installing.
	lockPoll = 100 * time.Millisecond

	// downloadTimeout leaves room for some 30 MB on a slow line.
	downloadTimeout = 10 * time.Minute
)

// release is Terraform InstalledVersion, kept in a folder of cacheDir. The other two fields stay empty except in tests,
// which bring a server and a signing key of their own.
type release struct {
	cacheDir  string
	serverURL string
	publicKey string
}

// ensureInCache is ensure in the user's cache folder.
func ensureInCache(ctx context.Context) (CLI, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return CLI{}, fmt.Errorf("find the user's cache folder: %w", err)
	}
	return release{cacheDir: filepath.Join(cache, "terraform-provider-clevertap")}.ensure(ctx)
}

// ensure returns the installed command and installs it first if it is not there.
func (r release) ensure(ctx context.Context) (_ CLI, err error) {
	if err := os.MkdirAll(r.cacheDir, 0o755); err != nil {
		return CLI{}, fmt.Errorf("create the cache folder: %w", err)
	}
	lock := flock.New(filepath.Join(r.cacheDir, "install.lock"))
	if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
		return CLI{}, fmt.Errorf("wait for another process that is installing (lock %s): %w", lock.Path(), err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()

	dir := filepath.Join(r.cacheDir, "terraform_"+InstalledVersion)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if err := r.install(ctx, dir); err != nil {
			return CLI{}, err
		}
	}
	cli, err := identify(ctx, filepath.Join(dir, product.Terraform.BinaryName()))
	if err != nil {
		return CLI{}, fmt.Errorf("%w; if it is broken, delete the folder %s", err, dir)
	}
	return cli, nil
}

// install downloads beside dir and renames, so that dir is complete whenever it is there, even if the process dies.
func (r release) install(ctx context.Context, dir string) (err error) {
	partial, err := os.MkdirTemp(r.cacheDir, "partial-")
	if err != nil {
		return fmt.Errorf("create a folder for the download: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(partial)) }()

	source := releases.ExactVersion{
		Product:          product.Terraform,
		Version:          version.Must(version.NewVersion(InstalledVersion)),
		InstallDir:       partial,
		Timeout:          downloadTimeout,
		ApiBaseURL:       r.serverURL,
		ArmoredPublicKey: r.publicKey,
	}
	path, err := source.Install(ctx)
	if err != nil {
		return fmt.Errorf("download: %w", err)
	}
	// hc-install can lose the error of an unpacking that was cut short.
	if _, err := identify(ctx, path); err != nil {
		return fmt.Errorf("try the download: %w", err)
	}
	if err := os.Rename(partial, dir); err != nil {
		return fmt.Errorf("put the download in its place: %w", err)
	}
	return nil
}
