package cli

import (
	"runtime/debug"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// Program is the name of the command.
const Program = "clevertap-line"

// Version is the module's, as the go command stamped it.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}

// UserAgent is how the command calls itself in requests.
func UserAgent() string { return httpclient.UserAgent(Program, Version()) }
