package check

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// suffixes are how the names of files with messages end, in directories and for pre-commit.
var suffixes = []string{".line.json", ".flex.json"}

// find gives the files that arguments name, each once, in the order of the arguments and within one by name; see the help of
// check. What names nothing has an error.
func find(arguments []string) (files []string, wrong []error) {
	for _, argument := range arguments {
		found, err := findOne(argument)
		if err != nil {
			wrong = append(wrong, err)
		}
		for _, name := range found {
			if !slices.Contains(files, name) {
				files = append(files, name)
			}
		}
	}
	return files, wrong
}

func findOne(argument string) ([]string, error) {
	if argument == cli.StandardStream {
		return []string{argument}, nil
	}
	info, err := os.Stat(argument)
	switch {
	case err == nil && info.IsDir():
		return inDirectory(argument)
	case err != nil && strings.ContainsAny(argument, "*?[{"): // of which Windows says that it is no name
		return matching(argument)
	}
	return []string{argument}, nil // whoever reads it says what is wrong
}

// inDirectory are the files with messages in a directory, at any depth.
func inDirectory(directory string) ([]string, error) {
	var files []string
	// The file system of the directory follows a symbolic link to it, which filepath.WalkDir does not.
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.IsDir() && slices.ContainsFunc(suffixes, func(end string) bool { return strings.HasSuffix(name, end) }):
			files = append(files, filepath.Join(directory, filepath.FromSlash(name)))
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("read %s: no file in this directory has a name that ends with %s", directory, cli.Alternatives(suffixes))
	}
	return files, err
}

// matching are the files that a pattern matches.
func matching(pattern string) ([]string, error) {
	files, err := doublestar.FilepathGlob(pattern, doublestar.WithFilesOnly(), doublestar.WithFailOnIOErrors())
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", pattern, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("read %s: no file matches this pattern", pattern)
	}
	slices.Sort(files)
	return files, nil
}
