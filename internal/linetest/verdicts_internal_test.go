package linetest

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestRecordedAnswers holds what the stand-in works out by package linebody against what LINE is recorded to have said: a rule that
// contradicts LINE fails here.
func TestRecordedAnswers(t *testing.T) {
	t.Parallel()
	for _, record := range recorded {
		var want errorBody
		if err := json.Unmarshal([]byte(record.Answer), &want); err != nil || record.source == "" {
			t.Fatalf("%s: %v", record.source, err)
		}
		body := []byte(`{"messages":` + record.Messages + `}`)
		message, details := (&Server{}).judge(body, nil)
		if message != want.Message || !reflect.DeepEqual(details, want.Details) {
			t.Errorf("%s: the stand-in says %q %+v", record.source, message, details)
		}
		message, details = refusal(body, faultsOf(body, refused))
		if message != want.Message || len(want.Details) > 0 && !reflect.DeepEqual(details, want.Details) {
			t.Errorf("%s: linebody makes it %q %+v, but LINE said %+v", record.source, message, details, want)
		}
	}
}
