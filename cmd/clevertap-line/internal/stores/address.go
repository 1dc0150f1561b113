// Package stores is what the subcommands that look into template stores share: how they are told which store, account and
// documents, what a shell offers for these, and how they show objects. It knows templatestore, and no subcommand.
package stores

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Timeout is how long one answer of a store is waited for.
const Timeout = 30 * time.Second

const retries = 4

// IsHTTP says whether a store is an http store, which has a token.
func IsHTTP(store string) bool {
	return strings.HasPrefix(store, "https://") || strings.HasPrefix(store, "http://")
}

// Open understands a store as the command line gives it. The token is for http stores.
func Open(ctx context.Context, store, token string) (templatestore.Backend, error) {
	switch {
	case store == "":
		return nil, errors.New("the store's name is empty")
	case isLocal(store):
		return templatestore.NewLocal(folder(store, runtime.GOOS)), nil
	case strings.HasPrefix(store, "s3://"):
		config, err := s3Config(store)
		if err != nil {
			return nil, err
		}
		return templatestore.NewS3(ctx, config)
	case IsHTTP(store):
		client := httpclient.New(cli.HTTPConfig(retries, Timeout))
		return templatestore.NewHTTP(templatestore.HTTPConfig{Address: store, Token: token, Client: client})
	}
	return nil, errors.New("a store is a path, file:///path, s3://bucket/prefix?region=… or https://…")
}

// Folder is the path of a store that is a folder.
func Folder(store string) (path string, ok bool) {
	if store == "" || !isLocal(store) {
		return "", false
	}
	return folder(store, runtime.GOOS), true
}

// isLocal says whether a store is a folder: a path, or a URL with one.
func isLocal(store string) bool {
	return !strings.Contains(store, "://") || strings.HasPrefix(store, fileURL+"/")
}

const fileURL = "file://"

// folder is the path of a local store. Windows has a drive where a URL has its root: file:///C:/clevertap.
func folder(store, system string) string {
	path, isURL := strings.CutPrefix(store, fileURL)
	if isURL && system == "windows" && len(path) > 2 && path[2] == ':' {
		return path[1:]
	}
	return path
}

func s3Config(store string) (templatestore.S3Config, error) {
	parsed, err := url.Parse(store)
	if err != nil || parsed.User != nil || parsed.Fragment != "" {
		return templatestore.S3Config{}, errors.New("an s3 store has the form s3://bucket/prefix?region=…&endpoint=…&use_path_style=…")
	}
	config := templatestore.S3Config{
		Bucket: parsed.Host, Prefix: parsed.Path, UserAgent: cli.UserAgent(), MaxRetries: retries, Timeout: Timeout,
	}
	for name, values := range parsed.Query() {
		value := values[len(values)-1]
		switch name {
		case "region":
			config.Region = value
		case "endpoint":
			config.Endpoint = value
		case "use_path_style":
			if config.UsePathStyle, err = strconv.ParseBool(value); err != nil {
				return config, fmt.Errorf("use_path_style is true or false, not %q", value)
			}
		default:
			return config, fmt.Errorf("an s3 store has region, endpoint and use_path_style, but no %q", name)
		}
	}
	return config, nil
}
