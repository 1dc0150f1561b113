package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	retries = 4
	timeout = 30 * time.Second
)

func isHTTP(store string) bool {
	return strings.HasPrefix(store, "https://") || strings.HasPrefix(store, "http://")
}

// open understands a store as the command line gives it.
func open(ctx context.Context, store, token string) (templatestore.Backend, error) {
	scheme, path, isURL := strings.Cut(store, "://")
	switch {
	case store == "":
		return nil, errors.New("the store's name is empty")
	case !isURL:
		return templatestore.NewLocal(store), nil
	case scheme == "file" && strings.HasPrefix(path, "/"):
		return templatestore.NewLocal(path), nil
	case scheme == "s3":
		config, err := s3Config(store)
		if err != nil {
			return nil, err
		}
		return templatestore.NewS3(ctx, config)
	case isHTTP(store):
		client := httpclient.New(cli.HTTPConfig(retries, timeout))
		return templatestore.NewHTTP(templatestore.HTTPConfig{Address: store, Token: token, Client: client})
	}
	return nil, errors.New("a store is a path, file:///path, s3://bucket/prefix?region=… or https://…")
}

func s3Config(store string) (templatestore.S3Config, error) {
	parsed, err := url.Parse(store)
	if err != nil || parsed.User != nil || parsed.Fragment != "" {
		return templatestore.S3Config{}, errors.New("an s3 store has the form s3://bucket/prefix?region=…&endpoint=…&use_path_style=…")
	}
	config := templatestore.S3Config{
		Bucket: parsed.Host, Prefix: parsed.Path, UserAgent: cli.UserAgent(), MaxRetries: retries, Timeout: timeout,
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
