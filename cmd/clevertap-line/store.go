package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// The tokens of http stores have no flags either. The second keeps the token of one server from being sent to another.
const (
	envStoreToken   = "CLEVERTAP_TEMPLATE_STORE_TOKEN"
	envStoreTokenTo = "CLEVERTAP_TEMPLATE_STORE_TOKEN_TO"
)

const (
	storeRetries = 4
	storeTimeout = 30 * time.Second
)

func newStoreCommand(stdout io.Writer) *cobra.Command {
	command := &cobra.Command{
		Use:   "store",
		Short: "Look at, copy and verify template stores",
		Long: `Look at, copy and verify template stores.

A store is given as
  ./clevertap or file:///srv/clevertap        a folder
  s3://bucket/prefix?region=eu-west-1         a bucket; also endpoint=https://… and use_path_style=true
  https://store.example.com/clevertap         an http store

Credentials for s3 come from where all AWS tools have them. The token of an http store is read from
` + envStoreToken + `.`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(newStoreListCommand(stdout), newStoreShowCommand(stdout), newStoreCopyCommand(stdout),
		newStoreVerifyCommand(stdout))
	return command
}

func newStoreListCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:     "list STORE",
		Short:   "List the documents of a store",
		Example: "  clevertap-line store list ./clevertap",
		Args:    cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			backend, err := openStore(command.Context(), args[0], os.Getenv(envStoreToken))
			if err != nil {
				return err
			}
			id, items, err := templatestore.Contents(command.Context(), backend)
			if err != nil {
				return &failure{err}
			}
			if id == "" {
				return &failure{fmt.Errorf("there is no template store at %s", backend.Location(""))}
			}
			return writeList(stdout, id, items)
		},
	}
}

func writeList(stdout io.Writer, id string, items []templatestore.Item) error {
	fmt.Fprintf(stdout, "Template store %s, %d documents\n", id, len(items))
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	if len(items) > 0 {
		fmt.Fprintf(table, "ACCOUNT\tKIND\tNAME\n")
	}
	for _, item := range items {
		name := printable(item.Name)
		if item.Name == "" {
			name = fmt.Sprintf("(cannot be read: %s)", printable(item.Key))
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", printable(item.Account), item.Kind, name)
	}
	if err := table.Flush(); err != nil {
		return &failure{err}
	}
	return nil
}

// printable quotes a text that a terminal would not simply show.
func printable(text string) string {
	if quoted := strconv.Quote(text); quoted[1:len(quoted)-1] != text {
		return quoted
	}
	return text
}

func newStoreShowCommand(stdout io.Writer) *cobra.Command {
	account := ""
	command := &cobra.Command{
		Use:   "show STORE KIND NAME",
		Short: "Write one document as it is in a store",
		Long: fmt.Sprintf("Write one document as it is in a store. KIND is %s or %s.", templatestore.WebhookTemplates,
			templatestore.LineCampaignBodies),
		Example: `  clevertap-line store show ./clevertap webhook-templates "LINE push"`,
		Args:    cobra.ExactArgs(3),
		RunE: func(command *cobra.Command, args []string) error {
			backend, err := openStore(command.Context(), args[0], os.Getenv(envStoreToken))
			if err != nil {
				return err
			}
			store := templatestore.New(backend, account)
			data, err := templatestore.ReadRaw(command.Context(), store, templatestore.Kind(args[1]), args[2])
			if err == nil {
				_, err = stdout.Write(data)
			}
			if err != nil {
				return &failure{err}
			}
			return nil
		},
	}
	command.Flags().StringVar(&account, "account", templatestore.DefaultAccount, "`account` the document is in")
	return command
}

func newStoreCopyCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "copy FROM TO",
		Short: "Move house: copy a store, with its id, to an empty place",
		Long: `Copy a store to an empty place. The copy has the id of the original, so that Terraform states which know the one
know the other: after the provider's configuration names the new place, the plan is empty.

Nothing is ever overwritten. A copy that was interrupted is finished by the same command. Let nobody apply meanwhile, and
remove the original when the new place is in use: two stores with one id would drift apart.

If both are http stores, the token for TO is read from ` + envStoreTokenTo + `.`,
		Example: "  clevertap-line store copy ./clevertap 's3://acme-marketing/clevertap?region=eu-west-1'",
		Args:    cobra.ExactArgs(2),
		RunE: func(command *cobra.Command, args []string) error {
			tokenFrom, tokenTo := os.Getenv(envStoreToken), os.Getenv(envStoreToken)
			if isHTTP(args[0]) && isHTTP(args[1]) {
				tokenTo = os.Getenv(envStoreTokenTo)
			}
			from, err := openStore(command.Context(), args[0], tokenFrom)
			if err != nil {
				return err
			}
			to, err := openStore(command.Context(), args[1], tokenTo)
			if err != nil {
				return err
			}
			documents, err := templatestore.Copy(command.Context(), from, to)
			if err != nil {
				return &failure{err}
			}
			fmt.Fprintf(stdout, "%d documents and the identity of the store are at %s\n", documents, to.Location(""))
			return nil
		},
	}
}

func isHTTP(store string) bool {
	return strings.HasPrefix(store, "https://") || strings.HasPrefix(store, "http://")
}

// openStore understands a store as the command line gives it.
func openStore(ctx context.Context, store, token string) (templatestore.Backend, error) {
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
		return templatestore.NewHTTP(templatestore.HTTPConfig{Address: store, Token: token, Client: storeClient(storeRetries)})
	}
	return nil, errors.New("a store is a path, file:///path, s3://bucket/prefix?region=… or https://…")
}

func s3Config(store string) (templatestore.S3Config, error) {
	parsed, err := url.Parse(store)
	if err != nil || parsed.User != nil || parsed.Fragment != "" {
		return templatestore.S3Config{}, errors.New("an s3 store has the form s3://bucket/prefix?region=…&endpoint=…&use_path_style=…")
	}
	config := templatestore.S3Config{
		Bucket: parsed.Host, Prefix: parsed.Path, UserAgent: storeUserAgent(), MaxRetries: storeRetries, Timeout: storeTimeout,
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

func storeUserAgent() string { return "clevertap-line/" + version() }

func storeClient(retries int) *httpclient.Client {
	return httpclient.New(httpclient.Config{
		UserAgent:    storeUserAgent(),
		MaxRetries:   retries,
		RetryWaitMin: 500 * time.Millisecond,
		RetryWaitMax: 30 * time.Second,
		Timeout:      storeTimeout,
	})
}
