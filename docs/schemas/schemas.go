// Package schemas holds the published JSON Schemas (draft 2020-12) of the documents in template stores and publish stores. The provider
// reads documents by these very files.
package schemas

import "embed"

// Files are the schemas, by file name.
//
//go:embed *.json
var Files embed.FS
