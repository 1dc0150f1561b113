package campaigntest

import (
	"testing"
	"time"
)

// "The timeout for each API request is 5 seconds" ("Linked Content Functionality"); 3 s is of "Set up Webhooks".
func TestTimeoutsOfCleverTap(t *testing.T) {
	t.Parallel()
	config := NewDashboard(Config{}).config
	if config.FetchTimeout != 5*time.Second || config.WebhookTimeout != 3*time.Second {
		t.Errorf("got %+v", config)
	}
}
