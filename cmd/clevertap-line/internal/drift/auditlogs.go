package drift

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// logs are the files of an audit log.
type logs interface {
	// list gives the names of all files that end with .zip.
	list(ctx context.Context) ([]string, error)
	read(ctx context.Context, name string) ([]byte, error)
}

// openLogs understands where they are: a folder, or a bucket as for a store.
func openLogs(ctx context.Context, address string) (logs, error) {
	if folder, ok := stores.Folder(address); ok {
		return folderOfLogs(folder), nil
	}
	if !strings.HasPrefix(address, "s3://") {
		return nil, fmt.Errorf("--audit-log is a folder, or s3://bucket/prefix?region=…")
	}
	backend, err := stores.Open(ctx, address, "")
	return bucketOfLogs{backend}, err
}

func isLog(name string) bool { return strings.HasSuffix(name, ".zip") }

// bucketOfLogs reads a bucket as stores in buckets are read, with their credentials, limits and errors.
type bucketOfLogs struct{ backend templatestore.Backend }

func (b bucketOfLogs) list(ctx context.Context) (names []string, err error) {
	entries, err := b.backend.List(ctx, "")
	for _, entry := range entries {
		if isLog(entry.Key) {
			names = append(names, entry.Key)
		}
	}
	return names, err
}

func (b bucketOfLogs) read(ctx context.Context, name string) ([]byte, error) {
	data, _, err := b.backend.Get(ctx, name)
	return data, err
}

// folderOfLogs is a folder to which a bucket was copied.
type folderOfLogs string

func (f folderOfLogs) list(ctx context.Context) (names []string, err error) {
	err = fs.WalkDir(os.DirFS(string(f)), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && isLog(name) {
			names = append(names, name)
		}
		if err == nil {
			err = ctx.Err()
		}
		return err
	})
	return names, err
}

// mostZipped is how many bytes a file may have, as in a bucket.
const mostZipped = 2 * templatestore.MaxDocumentBytes

func (f folderOfLogs) read(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := cli.OpenFile(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, mostZipped+1))
	if err == nil && len(data) > mostZipped {
		err = fmt.Errorf("it has more than %d bytes", mostZipped)
	}
	return data, err
}
