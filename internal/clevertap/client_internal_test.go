package clevertap

import "testing"

func TestRegionsAreHosts(t *testing.T) {
	t.Parallel()
	for _, region := range Regions() {
		client, err := New(Config{AccountID: "a", Passcode: "p", Region: region})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := client.base.String(), "https://"+region+".api.clevertap.com/"; got != want {
			t.Errorf("%s is at %s, want %s", region, got, want)
		}
	}
}
