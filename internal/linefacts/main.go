// Command linefacts reads a document of LINE's from standard input, and writes what it says of messages as a table: a line for
// each property of each object, with what is known of it. The tests of internal/linebody hold the rules against such tables, and a
// scheduled workflow says when LINE's documents say something else.
//
//	linefacts openapi < messaging-api.yml    of github.com/line/line-openapi
//	linefacts reference < index.html.md      of github.com/line/line-developers-docs-source, docs/en/reference/messaging-api
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// readers are the documents that can be read.
var readers = map[string]func(document io.Reader) (lines []string, err error){"openapi": openAPI, "reference": reference}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "linefacts: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string, document io.Reader, table io.Writer) error {
	if len(args) != 1 || readers[args[0]] == nil {
		return errors.New("usage: linefacts openapi|reference < DOCUMENT")
	}
	lines, err := readers[args[0]](document)
	if err != nil {
		return err
	}
	_, err = io.WriteString(table, strings.Join(lines, "\n")+"\n")
	return err
}
