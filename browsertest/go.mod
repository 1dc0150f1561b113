module github.com/clevertap-line/terraform-provider-clevertap/browsertest

go 1.26.0

replace github.com/clevertap-line/terraform-provider-clevertap => ../

require (
	github.com/chromedp/cdproto v0.159.0
	github.com/chromedp/chromedp v0.23.0
	github.com/clevertap-line/terraform-provider-clevertap v0.0.0-00010101000000-000000000000
)

require (
	github.com/agext/levenshtein v1.2.3 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
)
