package cli

import (
	"io"
	"os"
	"strconv"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// StandardStream is the name of a file that stands for standard input or standard output.
const StandardStream = "-"

// UnknownTotal is the total of a [Progress] that nobody knows.
const UnknownTotal = -1

// IsTerminal says whether a person reads what is written.
func IsTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
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
