// Package schemas holds the published JSON Schemas (draft 2020-12) of the documents in template stores and publish stores, by which
// the provider reads them, and of reports. The schema of LINE messages beside them, line-messages.v1.json, is for editors, and written by
// internal/linebody.
package schemas

import "embed"

// Files are the schemas, by file name.
//
//go:embed line-campaign-body.v1.json line-linked-messages.v1.json linked-content.v1.json
//go:embed receipt.v1.json template-store.v1.json webhook-template.v1.json
var Files embed.FS
