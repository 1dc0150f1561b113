package cli

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
)

// StandardStream is the name of a file that stands for standard input or standard output.
const StandardStream = "-"

// OpenInput opens a file to read, or standard input. The file may be a pipe, as a shell makes one for <(…), and is waited for until
// the command is interrupted.
func OpenInput(command *cobra.Command, name string) (io.ReadCloser, error) {
	if name == StandardStream {
		announceInput(command)
		return io.NopCloser(command.InOrStdin()), nil
	}
	var file *os.File // no result: after an interrupt, the wait goes on
	err := Interruptibly(command.Context(), func() (err error) {
		file, err = os.Open(name)
		return err
	})
	if err != nil {
		return nil, err
	}
	return file, nil
}

// OpenFile opens a file that is kept, and refuses what is none, such as a pipe, which would be waited for.
func OpenFile(name string) (*os.File, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file, and has to be one", Printable(name))
	}
	return os.Open(name)
}

// announceInput tells a person at a terminal that the command waits for what they type, and does not hang.
func announceInput(command *cobra.Command) {
	if !IsTerminal(command.InOrStdin()) {
		return
	}
	end := "Ctrl-D"
	if runtime.GOOS == "windows" {
		end = "Ctrl-Z and Enter"
	}
	fmt.Fprintf(command.ErrOrStderr(), "Reading standard input; end it with %s.\n", end)
}

// UnknownTotal is the total of a [Progress] that nobody knows.
const UnknownTotal = -1

// IsTerminal says whether a person reads what is written to a stream, or types what is read from it.
func IsTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(file.Fd())
}

// Progress counts on a terminal, with an estimate of the time if the total is known, and is silent elsewhere. A terminal
// that has gone is no failure: what its methods return may be left alone.
func Progress(stderr io.Writer, of string, total int) *progressbar.ProgressBar {
	return progressbar.NewOptions(total,
		progressbar.OptionSetVisibility(IsTerminal(stderr)),
		progressbar.OptionSetWriter(stderr),
		progressbar.OptionSetDescription(of),
		progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0), // or it draws from a goroutine of its own, without end
		progressbar.OptionClearOnFinish(),
	)
}

// Printable quotes a text that a terminal would not simply show.
func Printable(text string) string {
	if quoted := strconv.Quote(text); quoted[1:len(quoted)-1] != text {
		return quoted
	}
	return text
}
