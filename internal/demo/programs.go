package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
)

const (
	demoVersion  = "0.0.1"
	commandName  = "clevertap-line"
	providerName = "terraform-provider-clevertap"
	platform     = runtime.GOOS + "_" + runtime.GOARCH
)

// mirror is the folder from which `init` installs the provider as it would from a registry.
func (w *workspace) mirror() string { return filepath.Join(w.root, "mirror") }

// places are where the provider belongs in the mirror, for Terraform and for OpenTofu. See "Filesystem mirrors" in Terraform's
// documentation of the CLI configuration.
func (w *workspace) places() []string {
	_, address, _ := strings.Cut(provider.Address, "/")
	var places []string
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		places = append(places, filepath.Join(w.mirror(), registry, filepath.FromSlash(address)))
	}
	return places
}

func executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// buildPrograms builds the command, and the provider into the mirror.
func (w *workspace) buildPrograms(ctx context.Context) error {
	w.command = filepath.Join(w.root, executable(commandName))
	targets := map[string]string{w.command: "./cmd/" + commandName}
	for _, place := range w.places() {
		targets[filepath.Join(place, demoVersion, platform, executable(providerName+"_v"+demoVersion))] = "."
	}
	for target, program := range targets {
		build := exec.CommandContext(ctx, "go", "build", "-o", target, program)
		if output, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("building %s: %w\n%s", program, err, output)
		}
	}
	return nil
}

// installRelease copies the provider's archive from the folder of a release into the mirror, as it is, and takes the command out of its
// archive. It returns the name of the provider's archive.
func (w *workspace) installRelease(folder string) (string, error) {
	archive, err := onlyFile(folder, providerName+"_*_"+platform+".zip")
	if err != nil {
		return "", err
	}
	content, err := os.ReadFile(archive)
	if err != nil {
		return "", err
	}
	name := filepath.Base(archive)
	if err := checkSum(folder, name, content); err != nil {
		return "", err
	}
	for _, place := range w.places() {
		if err := os.MkdirAll(place, 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(place, name), content, 0o600); err != nil {
			return "", err
		}
	}
	w.command = filepath.Join(w.root, executable(commandName))
	return name, takeOut(folder, w.command)
}

// checkSum compares a file with the line about it among the checksums of its release.
func checkSum(folder, name string, content []byte) error {
	sums, err := onlyFile(folder, providerName+"_*_SHA256SUMS")
	if err != nil {
		return err
	}
	lines, err := os.ReadFile(sums)
	if err != nil {
		return err
	}
	want := fmt.Appendf(nil, "%x  %s", sha256.Sum256(content), name)
	if !slices.ContainsFunc(bytes.Split(lines, []byte("\n")), func(line []byte) bool { return bytes.Equal(line, want) }) {
		return fmt.Errorf("%s does not say of the archive: %s", sums, want)
	}
	return nil
}

// takeOut writes the command that an archive in folder holds to a file.
func takeOut(folder, file string) (err error) {
	path, err := onlyFile(folder, commandName+"_*_"+platform+".zip")
	if err != nil {
		return err
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	packed, err := archive.Open(filepath.Base(file))
	if err != nil {
		return fmt.Errorf("the command in %s: %w", path, err)
	}
	program, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(program, packed)
	return errors.Join(err, program.Close())
}

func onlyFile(folder, pattern string) (string, error) {
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%d files in %s are called %s, not one: build a release with `make snapshot`", len(found), folder, pattern)
	}
	return found[0], nil
}
