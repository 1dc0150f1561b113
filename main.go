// Command terraform-provider-clevertap serves the Terraform provider for LINE messaging through CleverTap.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debugging := flag.Bool("debug", false, "serve for a debugger such as delve")
	flag.Parse()
	if !*debugging {
		startQuickly()
	}

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address:         provider.Address,
		Debug:           *debugging,
		ProtocolVersion: 6,
	})
	if err != nil {
		log.Fatal(err)
	}
}

// startQuickly spares a start what it has no use for. Terraform starts the provider several times in each run.
func startQuickly() {
	// What the framework writes of each step Terraform throws away, unless a variable of logging is set.
	if !slices.ContainsFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "TF_LOG") }) {
		if err := os.Setenv("TF_LOG_SDK", "ERROR"); err != nil {
			log.Fatal(err)
		}
	}
	// A start allocates 4 MB, at which Go would collect garbage for the first time; that takes a third of the whole start.
	usual := debug.SetGCPercent(400)
	time.AfterFunc(time.Second, func() { debug.SetGCPercent(usual) })
}
