package main

import (
	"errors"
	"flag"
	"os/exec"
	"slices"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

var update = flag.Bool("update", false, "write what the command says into the scripts")

// TestScripts pins what users see: help, output in every format, errors and exit codes. A script is a file of
// testdata/script; it may say `exits CODE COMMAND…` beside testscript's own commands.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup:               setUpScript,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// setUpScript gives a script servers of its own, and the variables that lead to them.
func setUpScript(env *testscript.Env) error {
	lineAPI := linetest.NewServer(linetest.Config{Token: token, Followers: linetest.UserIDs(3)})
	env.Defer(lineAPI.Close)
	api := clevertaptest.NewServer(clevertaptest.Config{AccountID: accountID, Passcode: passcode})
	api.Refuse("refused", clevertaptest.CodeOther, "Miscellaneous server error. ")
	env.Defer(api.Close)
	store := storetest.NewServer(storetest.ServerConfig{Token: storeToken})
	env.Defer(store.Close)
	env.Vars = append(env.Vars,
		cli.EnvLineToken+"="+token, cli.EnvLineAPIURL+"="+lineAPI.URL,
		cli.EnvCleverTapAccountID+"="+accountID, cli.EnvCleverTapPasscode+"="+passcode, cli.EnvCleverTapAPIURL+"="+api.URL,
		cli.EnvStoreToken+"="+storeToken, "STORE="+store.Address,
		"GORACE=atexit_sleep_ms=0")
	return nil
}

// exits runs a program and wants an exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], slices.Clone(args[2:])...); err != nil {
		exit, ended := errors.AsType[*exec.ExitError](err)
		if !ended {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("the exit code is %d, not %d", got, want)
	}
}
