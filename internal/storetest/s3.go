package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/gofrs/flock"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	gatewayVersion = "v1.8.0"
	gatewayModule  = "github.com/versity/versitygw/cmd/versitygw@" + gatewayVersion

	accessKey = "storetest"
	secretKey = "storetest-secret"
	region    = "us-east-1"
	bucket    = "storetest"
)

// S3Environment are the variables through which a process finds the credentials of [S3] and no others.
func S3Environment() []string {
	return []string{
		"AWS_ACCESS_KEY_ID=" + accessKey, "AWS_SECRET_ACCESS_KEY=" + secretKey, "AWS_SESSION_TOKEN=", "AWS_PROFILE=",
		"AWS_REGION=", "AWS_DEFAULT_REGION=", "AWS_ENDPOINT_URL=", "AWS_ENDPOINT_URL_S3=",
		"AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull, "AWS_EC2_METADATA_DISABLED=true",
	}
}

// S3 is a real S3 server on this machine, the Versity S3 Gateway over a folder.
type S3 struct {
	// Endpoint is its base URL.
	Endpoint string

	prefixes atomic.Int64
}

// StartS3 starts a server that ends with the test. The program is installed into the module's .bin folder, once, if it
// is not there. Since that downloads, the test is skipped where acceptance tests are not asked for.
func StartS3(t testing.TB) *S3 {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("installs and runs an S3 server; set TF_ACC=1")
	}
	gateway, err := installGateway(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const attempts = 3 // another process may take the port
	for attempt := range attempts {
		var endpoint string
		if endpoint, err = startGateway(t, gateway, attempt > 0); err == nil {
			return &S3{Endpoint: endpoint}
		}
	}
	t.Fatal(err)
	return nil
}

// Config is that of a new and empty store. Credentials come from [S3Environment].
func (s *S3) Config() ts.S3Config {
	return ts.S3Config{
		Bucket: bucket, Prefix: fmt.Sprintf("team/store-%d", s.prefixes.Add(1)), Region: region, Endpoint: s.Endpoint,
		UsePathStyle: true, UserAgent: "storetest/1",
	}
}

// Front starts another address of the server, with a record and faults. It ends with the test.
func (s *S3) Front(t testing.TB) *standin.Front {
	t.Helper()
	target, err := url.Parse(s.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	front := standin.Start(standin.Config{Handler: &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host // it is signed
	}}})
	t.Cleanup(front.Close)
	return front
}

// startGateway starts the program once. Metadata is in extended attributes, which not every file system has, or in a
// folder of its own, which is slower.
func startGateway(t testing.TB, gateway string, metadataInFolder bool) (endpoint string, err error) {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"objects", "metadata"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o755); err != nil {
			return "", err
		}
	}
	port, err := freePort(t.Context())
	if err != nil {
		return "", err
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	arguments := []string{"--quiet", "--keep-alive", "--region", region, "--port", port, "posix"}
	if metadataInFolder {
		arguments = append(arguments, "--sidecar", filepath.Join(folder, "metadata"))
	}
	command := exec.CommandContext(ctx, gateway, append(arguments, filepath.Join(folder, "objects"))...)
	command.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+accessKey, "ROOT_SECRET_KEY="+secretKey)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		stop()
		return "", err
	}
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // it is killed in the end
		close(ended)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	endpoint = "http://" + port
	if err := makeBucket(ctx, endpoint, ended); err != nil {
		stop()
		<-ended
		return "", fmt.Errorf("versitygw does not start: %w: %s", err, output.String())
	}
	return endpoint, nil
}

func freePort(ctx context.Context) (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// makeBucket tries until the server is up.
func makeBucket(ctx context.Context, endpoint string, ended <-chan struct{}) error {
	client := s3.New(s3.Options{
		BaseEndpoint: &endpoint, Region: region, UsePathStyle: true, Retryer: aws.NopRetryer{},
		Credentials: credentials.NewStaticCredentialsProvider(accessKey, secretKey, ""),
	})
	const patience = time.Minute
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		_, err := client.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: aws.String(bucket)})
		if err == nil {
			return nil
		}
		select {
		case <-ended:
			return err
		case <-ctx.Done():
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// installGateway gives the path of the program. Test processes that run at the same time install it once.
func installGateway(ctx context.Context) (string, error) {
	module, err := moduleFolder()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(module, ".bin")
	gateway := filepath.Join(bin, "versitygw-"+gatewayVersion)
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return "", err
	}
	lock := flock.New(gateway + ".lock")
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		return "", err
	}
	defer func() { _ = lock.Unlock() }()
	if _, err := os.Stat(gateway); !errors.Is(err, fs.ErrNotExist) {
		return gateway, err
	}
	fresh, err := os.MkdirTemp(bin, "versitygw-*")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(fresh) }()
	install := exec.CommandContext(ctx, "go", "install", gatewayModule)
	install.Env = append(os.Environ(), "GOBIN="+fresh, "GOFLAGS=")
	if output, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go install %s: %w: %s", gatewayModule, err, strings.TrimSpace(string(output)))
	}
	return gateway, os.Rename(filepath.Join(fresh, "versitygw"), gateway)
}

// moduleFolder is the folder of this module's go.mod, at or above the working directory.
func moduleFolder() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("there is no go.mod at or above the working directory")
		}
		folder = parent
	}
}
