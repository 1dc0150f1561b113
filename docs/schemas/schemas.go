// Package schemas holds the published JSON Schemas (draft 2020-12) of the documents in template stores and publish stores, by which
// the provider reads them, and of reports.
package schemas

import "embed"

// Files are the schemas, by file name.
//
//go:embed *.json
var Files embed.FS
