package templatestore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// S3Config says where in Amazon S3, or in a server that speaks its protocol, a store is. Credentials are none of it: the
// AWS SDK finds them where all AWS tools do (environment, profile, single sign-on, role of the machine). What is "" here
// the SDK looks for there, too.
type S3Config struct {
	Bucket string
	// Prefix is a folder of the bucket; "" is its root. Slashes at its ends do not count.
	Prefix string
	// Region is that of the bucket. With an Endpoint it may stay "".
	Region string
	// Endpoint is the base URL of another server than Amazon's; https, or http on this machine.
	Endpoint string
	// UsePathStyle puts the bucket into the URL's path instead of its host name, as most other servers want it.
	UsePathStyle bool
	// UserAgent is sent before the SDK's own.
	UserAgent string
	// MaxRetries is how often a request is repeated after its first attempt.
	MaxRetries int
	// RetryWaitMax bounds the pause before a repetition, which grows by itself. 0: the SDK's 20 seconds.
	RetryWaitMax time.Duration
	// Timeout is for one attempt, until the last byte of the answer. 0: none.
	Timeout time.Duration
}

// regionOfOthers is what servers that have no regions expect to be signed for.
const regionOfOthers = "us-east-1"

type s3Store struct {
	client         *s3.Client
	bucket, prefix string
	settings       url.Values // what names the store besides bucket and prefix
}

// NewS3 is a Backend in a bucket, which must exist. It reads the configuration of the AWS SDK and asks the bucket nothing.
// ETags are as S3 gives them. Encryption is left to the bucket. A server that ignores conditions is refused with the
// first write.
func NewS3(ctx context.Context, c S3Config) (Backend, error) {
	if c.Bucket == "" {
		return nil, errors.New("the S3 store names no bucket")
	}
	if c.Endpoint != "" {
		if _, err := httpclient.ParseBaseURL(c.Endpoint); err != nil {
			return nil, fmt.Errorf("the endpoint of the S3 store cannot be used: %w", err)
		}
	}
	loaded, err := config.LoadDefaultConfig(ctx,
		config.WithRegion(c.Region),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(c.Timeout)),
		config.WithLogger(logging.Nop{}), // it would write to standard error
		config.WithBeforeRetryLoop(userAgent(c.UserAgent)),
		config.WithRetryer(func() aws.Retryer {
			standard := retry.NewStandard(func(o *retry.StandardOptions) {
				o.MaxAttempts = c.MaxRetries + 1
				o.MaxBackoff = cmp.Or(c.RetryWaitMax, retry.DefaultMaxBackoff)
			})
			// Two conditional writes at the same time, which Amazon says to try again (S3 API Reference, "PutObject").
			return retry.AddWithErrorCodes(standard, "ConditionalRequestConflict")
		}),
	)
	if err != nil {
		return nil, fmt.Errorf("the configuration of the AWS SDK cannot be used: %w: correct AWS_PROFILE and the files in "+
			"~/.aws that it is read from", err)
	}
	loaded.Credentials = aws.NewCredentialsCache(credentials{loaded.Credentials})
	client := s3.NewFromConfig(loaded, func(o *s3.Options) {
		o.UsePathStyle = c.UsePathStyle
		o.HTTPClient = wholeAnswers{o.HTTPClient}
		if c.Endpoint != "" {
			o.BaseEndpoint = &c.Endpoint
		}
		if o.BaseEndpoint != nil && o.Region == "" {
			o.Region = regionOfOthers
		}
	})
	if found := aws.ToString(client.Options().BaseEndpoint); found != "" {
		if _, err := httpclient.ParseBaseURL(found); err != nil {
			return nil, fmt.Errorf("the endpoint that the AWS SDK finds for the S3 store cannot be used: %w: correct "+
				"AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or endpoint_url in the profile, whichever is set", err)
		}
	}
	if client.Options().Region == "" {
		return nil, errors.New("the region of the S3 store is not known: set region to that of the bucket, or the " +
			"environment variable AWS_REGION")
	}
	prefix := strings.Trim(c.Prefix, "/")
	if prefix != "" {
		prefix += "/"
	}
	settings := url.Values{"region": {client.Options().Region}}
	if c.Endpoint != "" {
		settings.Set("endpoint", c.Endpoint)
	}
	if c.UsePathStyle {
		settings.Set("use_path_style", "true")
	}
	return guard(&s3Store{client: client, bucket: c.Bucket, prefix: prefix, settings: settings}), nil
}

// userAgent is sent before the SDK's own.
type userAgent string

func (u userAgent) BeforeRetryLoop(_ context.Context, in *smithyhttp.InterceptorContext) error {
	if u != "" {
		in.Request.Header.Set("User-Agent", string(u)+" "+in.Request.Header.Get("User-Agent"))
	}
	return nil
}

// wholeAnswers reads an answer to its end before the SDK sees it, so that one that breaks off, or is somebody else's than
// the server's, is repeated like any other failure of a connection.
type wholeAnswers struct{ s3.HTTPClient }

func (w wholeAnswers) Do(request *http.Request) (*http.Response, error) {
	answer, err := w.HTTPClient.Do(request)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswerBytes+1))
	_ = answer.Body.Close() // everything that matters was read
	if err != nil {
		return nil, fmt.Errorf("the answer broke off after %d bytes: %w", len(body), err)
	}
	if len(body) > maxAnswerBytes {
		return nil, fmt.Errorf("%w: more than %d bytes", httpclient.ErrTooLarge, maxAnswerBytes)
	}
	if foreign := foreignToS3(request, answer, body); foreign != nil {
		return nil, foreign
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, nil
}

// Location of the store is whole: whoever goes there from another machine needs region and endpoint, too.
func (s *s3Store) Location(key string) string {
	if key == "" {
		return s.place() + "?" + s.settings.Encode()
	}
	return s.place() + key
}

func (s *s3Store) place() string { return "s3://" + s.bucket + "/" + s.prefix }

func (s *s3Store) key(key string) *string { return aws.String(s.prefix + key) }

func (s *s3Store) List(ctx context.Context, prefix string) ([]Entry, error) {
	listing := newPaging()
	request := s3.ListObjectsV2Input{Bucket: &s.bucket, Prefix: s.key(prefix)}
	for {
		page, err := s.client.ListObjectsV2(ctx, &request)
		if err != nil {
			return nil, s.explain(err)
		}
		var entries []Entry
		for _, object := range page.Contents {
			if key, inside := strings.CutPrefix(aws.ToString(object.Key), s.prefix); inside {
				entries = append(entries, Entry{Key: key, ETag: aws.ToString(object.ETag)})
			}
		}
		more := aws.ToBool(page.IsTruncated)
		request.ContinuationToken = page.NextContinuationToken
		if more && aws.ToString(request.ContinuationToken) == "" {
			return nil, errors.New("the server's listing breaks off: it says that there is more, and not where it goes on; perhaps the " +
				"server does not know ListObjectsV2")
		}
		if err := listing.add(entries, more); err != nil {
			return nil, err
		}
		if !more {
			return slices.DeleteFunc(listing.entries, func(e Entry) bool { return !strings.HasPrefix(e.Key, prefix) }), nil
		}
	}
}

func (s *s3Store) Get(ctx context.Context, key string) (data []byte, etag string, err error) {
	output, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: s.key(key)})
	if code(err) == codeNoKey {
		return nil, "", ErrAbsent
	}
	if err != nil {
		return nil, "", s.explain(err)
	}
	defer func() { _ = output.Body.Close() }()
	data, err = io.ReadAll(output.Body)
	if err != nil {
		return nil, "", fmt.Errorf("the answer is damaged: %w", err)
	}
	etag, err = givenETag(output.ETag)
	return data, etag, err
}

func (s *s3Store) Put(ctx context.Context, key string, data []byte, etag string) (string, error) {
	input := &s3.PutObjectInput{
		Bucket: &s.bucket, Key: s.key(key), Body: bytes.NewReader(data),
		ContentType: aws.String("application/json; charset=utf-8"), CacheControl: cacheControl(key),
	}
	if etag == "" {
		input.IfNoneMatch = aws.String("*")
	} else {
		input.IfMatch = &etag
	}
	output, err := s.client.PutObject(ctx, input)
	switch code(err) {
	case codePrecondition, codeNoKey: // the second: If-Match where nothing is
		return "", ErrCondition
	}
	if err != nil {
		return "", s.explain(err)
	}
	return givenETag(output.ETag)
}

// cacheControl is for caches between the bucket and CleverTap, which would keep what they are told nothing of for as long
// as they like: CloudFront for a day (Amazon CloudFront Developer Guide, "Manage how long content stays in the cache").
func cacheControl(key string) *string {
	if _, kind, _, ok := parseKey(key); ok && kind.Live() {
		return aws.String("max-age=60")
	}
	return nil
}

func (s *s3Store) Delete(ctx context.Context, key, etag string) error {
	output, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: s.key(key), IfMatch: &etag})
	switch code(err) {
	case codeNoKey:
		return nil
	case codePrecondition:
		if _, _, err := s.Get(ctx, key); errors.Is(err, ErrAbsent) {
			return nil
		}
		return ErrCondition
	}
	if err != nil {
		return s.explain(err)
	}
	answer, ok := awsmiddleware.GetRawResponse(output.ResultMetadata).(*smithyhttp.Response)
	if ok && answer.StatusCode != http.StatusNoContent {
		return proveDeleted(ctx, s, key, fmt.Errorf("the server answers %d in place of 204 to a DELETE, and the object is still there: "+
			"check the endpoint, and proxies on the way", answer.StatusCode))
	}
	return nil
}

func givenETag(etag *string) (string, error) {
	if aws.ToString(etag) == "" {
		return "", errors.New("the server answers without an ETag: check the endpoint, and proxies on the way")
	}
	return *etag, nil
}
