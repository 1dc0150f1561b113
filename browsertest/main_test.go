package browsertest_test

import (
	"os"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Main(m)) }
