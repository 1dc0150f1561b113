package connect

import (
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// warnings knows which warnings were given. Terraform validates and plans a resource several times in one plan, and shows
// each time what it is told.
type warnings struct {
	mu    sync.Mutex
	given map[string]bool
}

// Warn adds a warning that was not given before. Its summary must name the object and what is wrong with it: Terraform folds
// warnings of one summary into the first. Without connections, as in validate, there is none: the plan tells.
func (c *Connections) Warn(diags *diag.Diagnostics, warning diag.Diagnostic) {
	if c == nil {
		return
	}
	c.warnings.mu.Lock()
	defer c.warnings.mu.Unlock()
	key := warning.Summary() + "\n" + warning.Detail()
	if c.warnings.given[key] {
		return
	}
	if c.warnings.given == nil {
		c.warnings.given = map[string]bool{}
	}
	c.warnings.given[key] = true
	diags.Append(warning)
}
