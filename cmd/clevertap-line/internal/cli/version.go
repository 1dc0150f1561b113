package cli

import "runtime/debug"

// Version is the module's, as the go command stamped it.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}

// UserAgent is how the command calls itself in requests.
func UserAgent() string { return "clevertap-line/" + Version() }
