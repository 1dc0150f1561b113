package functions_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestAccLineBodyFunction(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ arguments, want string }{
		"defaults":        {`{}, [jsonencode({ type = "text", text = "a > b" })]`, `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"text":"a > b","type":"text"}]}`},
		"property":        {`{ profile_property = "lineID", default = "none" }, ["{\"type\":\"text\",\"text\":\"x\"}"]`, `{"to":"{{ Profile.lineID | default: 'none' }}","messages":[{"type":"text","text":"x"}]}`},
		"fixed recipient": {`{ id = "C0123456789abcdef0123456789abcdef" }, ["{\"type\":\"text\",\"text\":\"x\"}"]`, `{"to":"C0123456789abcdef0123456789abcdef","messages":[{"type":"text","text":"x"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: requiredTestProvider + `output "body" { value = provider::clevertap::line_body(` + test.arguments + `) }`,
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownOutputValue("body", knownvalue.StringExact(test.want)),
					},
				}},
			})
		})
	}
	for name, test := range map[string]struct{ arguments, want string }{
		"two recipients":    {`{ id = "C0123456789abcdef0123456789abcdef", default = "x" }, []`, `either id`},
		"unknown attribute": {`{ property = "x" }, []`, `has no attribute\s+"property"`},
		"no object":         {`"U0123", []`, `the\s+recipient\s+is\s+an\s+object`},
		"no JSON":           {`{}, ["hello"]`, `messages\[0\]`},
		"null":              {`{}, [null]`, `messages\[0\]\s+is\s+null`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:      requiredTestProvider + `output "body" { value = provider::clevertap::line_body(` + test.arguments + `) }`,
					ExpectError: regexp.MustCompile(test.want),
				}},
			})
		})
	}
}

const requiredTestProvider = `
terraform {
  required_providers {
    clevertap = { source = "hashicorp/clevertap" }
  }
}
`

func TestAccLineBodyProblemsFunction(t *testing.T) {
	t.Parallel()
	problem := func(path, rule, severity string, line, column int64) knownvalue.Check {
		return knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"path": knownvalue.StringExact(path), "rule": knownvalue.StringExact(rule), "severity": knownvalue.StringExact(severity),
			"message": knownvalue.StringRegexp(regexp.MustCompile(`\w`)), "line": knownvalue.Int64Exact(line), "column": knownvalue.Int64Exact(column),
		})
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: requiredTestProvider + `
output "good" {
  value = provider::clevertap::line_body_problems(
    provider::clevertap::line_body({}, [jsonencode({ type = "text", text = "x" })])
  )
}
output "bad" {
  value = provider::clevertap::line_body_problems("{\"to\":\"{{ Profile.LineID | default: 'N.A' }}\",\n\"messages\":[{\"type\":\"text\",\"text\":\"\"}]}")
}
output "no_json" {
  value = provider::clevertap::line_body_problems("hello")
}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("good", knownvalue.ListExact([]knownvalue.Check{})),
				statecheck.ExpectKnownOutputValue("bad", knownvalue.ListExact([]knownvalue.Check{
					problem("messages[0].text", "empty-text", "error", 2, 35),
				})),
				statecheck.ExpectKnownOutputValue("no_json", knownvalue.ListExact([]knownvalue.Check{
					problem("", "json-syntax", "error", 1, 1),
				})),
			},
		}},
	})
}

func TestAccLineAssertionKeyFunction(t *testing.T) {
	t.Parallel()
	output := func(argument string) string {
		return requiredTestProvider + "variable \"secret\" {\n sensitive = true\n default = \"-----BEGIN PRIVATE KEY-----\\nCANARY\"\n}\n" +
			"output \"jwk\" {\n value = nonsensitive(provider::clevertap::line_assertion_key(" + argument + "))\n}"
	}
	key, err := filepath.Abs("../../line/testdata/assertion-key.pem")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSpace(acctest.ReadFile(t, "../../line/testdata/assertion-key.jwk.json"))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:            output(fmt.Sprintf("sensitive(file(%q))", key)),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("jwk", knownvalue.StringExact(want))},
			},
			{Config: output("var.secret"), ExpectError: regexp.MustCompile(`this\s+is\s+a\s+private\s+key`)},
			{Config: output(`"MIIB"`), ExpectError: regexp.MustCompile(`this\s+is\s+no\s+PEM\s+text`)},
		},
	})
}

func TestAccLineProfilesCSVFunction(t *testing.T) {
	t.Parallel()
	output := func(arguments string) string {
		return requiredTestProvider + "output \"csv\" { value = provider::clevertap::line_profiles_csv(" + arguments + ") }"
	}
	id := acctest.LineID(1)
	for name, test := range map[string]struct{ arguments, want string }{
		"sorted": {fmt.Sprintf(`{ b = %q, a = %q, "a,b" = %q, "say \"x\"" = %q }, "LineID"`, id, id, id, id),
			"identity,LineID\r\na," + id + "\r\n\"a,b\"," + id + "\r\nb," + id + "\r\n\"say \"\"x\"\"\"," + id + "\r\n"},
		"none": {`{}, "Line, ID"`, "identity,\"Line, ID\"\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:            output(test.arguments),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("csv", knownvalue.StringExact(test.want))},
				}},
			})
		})
	}
	for name, test := range map[string]struct{ arguments, want string }{
		"LINE ID":  {`{ a = "x" }, "LineID"`, `no\s+LINE\s+user\s+ID`},
		"identity": {`{ null = "` + id + `" }, "LineID"`, `missing\s+value`},
		"property": {`{}, "Line.ID"`, `has\s+the\s+character`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: output(test.arguments), ExpectError: regexp.MustCompile(test.want)}},
			})
		})
	}
}
