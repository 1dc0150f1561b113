package connect_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const channelSecret = "CANARY+channel/secret="

const botInfos = `
data "clevertap_line_bot_info" "us" {
  count = %d
}
`

func issued(server *linetest.Server) (n int) {
	for _, request := range server.Requests() {
		if request.Path == "/oauth2/v3/token" {
			n++
		}
	}
	return n
}

// One token is issued for a run, however much it does at a time, and none where LINE is not asked.
func TestAccATokenIsIssuedForARun(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{ChannelSecret: channelSecret})
	log := filepath.Join(t.TempDir(), "trace.log")
	c := acctest.NewCommand(t, "LINE_CHANNEL_SECRET="+channelSecret, "LINE_API_URL="+server.URL, "TF_LOG=TRACE", "TF_LOG_PATH="+log)
	write := func(n int) {
		c.Write("main.tf", acctest.RequiredProviders+fmt.Sprintf("provider \"clevertap\" {\n  line {\n    channel_id = %q\n  }\n}\n"+botInfos,
			linetest.ChannelID, n))
	}
	write(0)
	c.Run("plan")
	if got := len(server.Requests()); got != 0 {
		t.Errorf("%d requests for nothing", got)
	}
	write(40)
	output := c.Run("plan", "-parallelism=100", "-out=plan.bin")
	if got := issued(server); got != 1 || len(server.Requests()) != 41 {
		t.Errorf("%d tokens in %d requests", got, len(server.Requests()))
	}
	for name, text := range map[string]string{
		"output": output, "log": acctest.ReadFile(t, log), "plan": acctest.ReadFile(t, filepath.Join(c.Dir, "plan.bin")),
	} {
		if strings.Contains(text, "CANARY") || strings.Contains(text, "eyJ") {
			t.Errorf("the secret or the token is in the %s", name)
		}
	}
}

// A configuration says first what counts, then the environment; what contradicts itself is said.
func TestAccLineCredentials(t *testing.T) {
	t.Parallel()
	const id, token = `channel_id = "` + linetest.ChannelID + `"`, `channel_access_token = "` + acctest.LineToken + `"`
	const secret = `channel_secret = "` + channelSecret + `"`
	const envID, envSecret, envToken = "LINE_CHANNEL_ID=" + linetest.ChannelID, "LINE_CHANNEL_SECRET=" + channelSecret, "LINE_CHANNEL_ACCESS_TOKEN=" + acctest.LineToken
	for name, test := range map[string]struct {
		block  string
		env    []string
		tokens int
		want   string // an error
	}{
		"channel":                        {block: id + "\n" + secret, tokens: 1},
		"channel of the environment":     {env: []string{envID, envSecret}, tokens: 1},
		"ID of the environment":          {block: secret, env: []string{envID}, tokens: 1},
		"token of the environment":       {env: []string{envToken}},
		"a bot's environment":            {env: []string{envToken, envSecret}},
		"channel before the environment": {block: id + "\n" + secret, env: []string{envToken}, tokens: 1},
		"token before the environment":   {block: token, env: []string{envID, envSecret}},
		"empty texts":                    {block: "channel_id = \"\"\nchannel_secret = \"\"\n" + token},
		"empty token":                    {block: "channel_access_token = \"\"\n" + id + "\n" + secret, tokens: 1},
		"empty channel":                  {block: "channel_id = \"\"\nchannel_secret = \"\"", env: []string{envToken}},
		"both":                           {block: id + "\n" + secret + "\n" + token, want: "Both a LINE channel access token and a LINE channel are given"},
		"a token and a secret":           {block: secret + "\n" + token, want: "Keep channel_access_token, or channel_id and channel_secret"},
		"both in the environment":        {env: []string{envID, envSecret, envToken}, want: "LINE_CHANNEL_ACCESS_TOKEN and LINE_CHANNEL_ID are both set"},
		"no secret":                      {block: id, want: "Missing LINE channel secret"},
		"no secret in the environment":   {env: []string{envID}, want: "LINE_CHANNEL_SECRET"},
		"no ID":                          {block: secret, want: "Missing LINE channel ID"},
		"nothing":                        {want: "LINE_CHANNEL_ID and LINE_CHANNEL_SECRET"},
		"a line break":                   {block: id, env: []string{envSecret + "\n"}, want: "credentials have the wrong form"},
		"wrong secret":                   {block: id, env: []string{"LINE_CHANNEL_SECRET=CANARY"}, tokens: 1, want: "Invalid 'client_credentials'. (invalid_request)"},
		"a secret that is not known yet": {block: id + "\nchannel_secret = terraform_data.later.id", want: "line.channel_secret is not known yet"},
		"an ID that is not known yet":    {block: secret + "\nchannel_id = terraform_data.later.id", want: "line.channel_id is not known yet"},
		"a token that is not known yet":  {block: "channel_access_token = terraform_data.later.id", want: "line.channel_access_token is not known yet"},
		"a token that may contradict":    {block: id + "\n" + secret + "\nchannel_access_token = terraform_data.later.id", want: "line.channel_access_token is not known yet"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.LineServer(t, linetest.Config{ChannelSecret: channelSecret})
			c := acctest.NewCommand(t, append(test.env, "LINE_API_URL="+server.URL)...)
			block := ""
			if test.block != "" {
				block = "line {\n" + test.block + "\n}\n"
			}
			c.Write("main.tf", acctest.RequiredProviders+"resource \"terraform_data\" \"later\" {}\nprovider \"clevertap\" {\n"+block+"}\n"+fmt.Sprintf(botInfos, 1))
			output, exitCode := c.Try("plan")
			output = strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")
			if (exitCode != 0) != (test.want != "") || !strings.Contains(output, test.want) {
				t.Errorf("the plan ends with %d and does not say %q:\n%s", exitCode, test.want, output)
			}
			if strings.Contains(output, "CANARY") {
				t.Errorf("the secret is in the output:\n%s", output)
			}
			if got := issued(server); got != test.tokens {
				t.Errorf("%d tokens", got)
			}
		})
	}
}
