package linkedcontent_test

import (
	"os"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

func TestMain(m *testing.M) {
	for _, variable := range storetest.S3Environment() {
		name, value, _ := strings.Cut(variable, "=")
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
