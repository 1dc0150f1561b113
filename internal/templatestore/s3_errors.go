package templatestore

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// Error codes of S3 that are not failures (Amazon S3 API Reference, "Error responses").
const (
	codeNoKey        = "NoSuchKey"
	codePrecondition = "PreconditionFailed"
)

// code is the one that S3 answered, "" if there was no error or no answer.
func code(err error) string {
	if answered, ok := errors.AsType[smithy.APIError](err); ok {
		return answered.ErrorCode()
	}
	return ""
}

// credentials tells the errors of looking for credentials from all others.
type credentials struct{ aws.CredentialsProvider }

func (c credentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	found, err := c.CredentialsProvider.Retrieve(ctx)
	if err != nil {
		return aws.Credentials{}, &noCredentials{err}
	}
	return found, nil
}

type noCredentials struct{ error }

func (n *noCredentials) Unwrap() error { return n.error }

// s3Failure is an error of the SDK in fewer words and with what to do about it.
type s3Failure struct {
	text string
	err  error
}

func (f *s3Failure) Error() string { return f.text }
func (f *s3Failure) Unwrap() error { return f.err }

// foreignAnswer is one that no S3 server gives.
type foreignAnswer struct{ what, requestID string }

func (f *foreignAnswer) Error() string { return "foreign answer: " + f.what }

// errorCode is where S3 has the code of an error.
var errorCode = lazyregexp.New(`<Code>[^<]+</Code>`)

// foreignToS3 finds what the SDK would take for an answer of the server: a 404 without an error code of S3 for a missing
// bucket, and anything at all for an empty listing.
func foreignToS3(request *http.Request, answer *http.Response, body []byte) error {
	what, secrets := "", secretsOf(request)
	switch {
	case answer.StatusCode == http.StatusNotFound && !errorCode.Match(body):
		what = "404 without an error code of S3"
		if len(body) > 0 {
			what += ", and begins " + secrets.Excerpt(body)
		}
	case answer.StatusCode == http.StatusOK && request.URL.Query().Has("list-type"):
		if err := checkS3Listing(body); err != nil {
			what = "200 with " + foreignPage(body, err)
		}
	}
	if what == "" {
		return nil
	}
	return &foreignAnswer{what: what, requestID: secrets.Redact(answer.Header.Get("X-Amz-Request-Id"))}
}

// secretsOf is the one secret that a request to S3 has in the clear, for a server that echoes it. The request is nil where
// the SDK makes up an answer because there was none.
func secretsOf(request *http.Request) httpclient.Secrets {
	if request == nil {
		return httpclient.Secrets{}
	}
	return httpclient.NewSecrets(request.Header.Get("X-Amz-Security-Token"))
}

// checkS3Listing wants a whole page.
func checkS3Listing(body []byte) error {
	var page struct {
		XMLName     xml.Name `xml:"ListBucketResult"`
		IsTruncated *bool
	}
	err := xml.Unmarshal(body, &page)
	if broken, ok := errors.AsType[*xml.SyntaxError](err); ok && broken.Msg == "unexpected EOF" {
		return io.ErrUnexpectedEOF
	}
	if err == nil && page.IsTruncated == nil {
		err = errors.New("it does not say whether it is truncated")
	}
	return err
}

// explain puts an error of the SDK into words.
func (s *s3Store) explain(err error) error {
	if missing, ok := errors.AsType[*noCredentials](err); ok {
		return &s3Failure{err: err, text: fmt.Sprintf("there are no usable AWS credentials: %v: sign in (aws sso login), set "+
			"AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role", missing.error)}
	}
	where := "Amazon S3"
	if endpoint := s.client.Options().BaseEndpoint; endpoint != nil {
		where = *endpoint
	}
	if foreign, ok := errors.AsType[*foreignAnswer](err); ok {
		return &s3Failure{err: err, text: fmt.Sprintf("%s answers %s (request id %q): check the endpoint, and proxies on the way",
			where, foreign.what, foreign.requestID)}
	}
	if unsent, ok := errors.AsType[*smithyhttp.RequestSendError](err); ok {
		return &s3Failure{err: err, text: fmt.Sprintf("no answer from %s: %v: check the network, proxies, region and endpoint",
			where, unsent.Err)}
	}
	if answered, ok := errors.AsType[*awshttp.ResponseError](err); ok && answered.Response != nil {
		code, message := "HTTP status", fmt.Sprint(answered.Response.StatusCode)
		if known, ok := errors.AsType[smithy.APIError](err); ok {
			code, message = known.ErrorCode(), known.ErrorMessage()
		}
		text := fmt.Sprintf("%s answers %s: %s (status %d, request id %q)", where, code, message,
			answered.Response.StatusCode, answered.ServiceRequestID())
		return &s3Failure{err: err, text: secretsOf(answered.Response.Request).Redact(text + s.advice(code, answered))}
	}
	return err
}

// advice is what to do about an error code, to follow the text.
func (s *s3Store) advice(code string, answer *awshttp.ResponseError) string {
	configured := s.client.Options().Region
	if actual := answer.Response.Header.Get("X-Amz-Bucket-Region"); actual != "" && actual != configured {
		return fmt.Sprintf(": the bucket is in the region %s, and the configured one is %s: set region to %[1]s", actual,
			configured)
	}
	switch code {
	case "PermanentRedirect", "TemporaryRedirect", "Redirect", "MovedPermanently", "AuthorizationHeaderMalformed",
		"IllegalLocationConstraintException":
		return fmt.Sprintf(": the bucket is not in the configured region, %s: set region to that of the bucket", configured)
	case "NoSuchBucket", "NotFound":
		return fmt.Sprintf(": there is no bucket %q there: correct bucket and endpoint, or create it", s.bucket)
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired":
		return ": the AWS credentials have expired: sign in again (aws sso login), or renew them"
	case "InvalidAccessKeyId", "InvalidAccessKey", "SignatureDoesNotMatch", "InvalidToken", "UnrecognizedClientException":
		return ": the AWS credentials are not the right ones for this server: check AWS_PROFILE, AWS_ACCESS_KEY_ID and " +
			"AWS_SECRET_ACCESS_KEY"
	case "RequestTimeTooSkewed":
		return ": set the clock of this machine"
	case "AccessDenied", "AllAccessDisabled", "Forbidden", "403":
		return fmt.Sprintf(": these credentials need s3:ListBucket on the bucket %s, and s3:GetObject, s3:PutObject and "+
			"s3:DeleteObject on %s*", s.bucket, s.place())
	}
	return ""
}
