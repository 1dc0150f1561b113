package provider_test

import (
	"log"
	"os"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestMain(m *testing.M) {
	if served, err := servePublisher(os.Args[0]); served {
		if err != nil {
			log.Fatal(err)
		}
		return
	}
	os.Exit(acctest.Main(m))
}
