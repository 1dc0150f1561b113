package clevertaptest

import (
	"fmt"
	"net/http"
	"slices"
)

// MessageNoCampaign is for a campaign that is not there, as recorded of the campaign report.
const MessageNoCampaign = "Invalid campaign id"

// Fired is one request that fired a campaign, as far as CleverTap took it.
type Fired struct {
	Identities []string
	Parameters map[string]string
}

// PublishTriggered makes and publishes a campaign with the qualification criteria External Trigger, as a person does in the
// dashboard.
func (s *Server) PublishTriggered(campaignID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fired[campaignID] = []Fired{}
}

// Fired is how often and for whom a campaign was fired.
func (s *Server) Fired(campaignID string) []Fired {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.fired[campaignID])
}

// triggerRequest is a request of the External Trigger API as far as it is served: users by their identity, and texts. The
// API's own page has objects among the parameters, too, and says that texts alone are supported.
type triggerRequest struct {
	To struct {
		Identity []string `json:"identity"`
	} `json:"to"`
	CampaignID string            `json:"campaign_id"`
	Parameters map[string]string `json:"ExternalTrigger"`
}

// externalTrigger serves POST /1/send/externaltrigger.json ("External Trigger API"). Its answers are not documented, and are
// those of the sisters under /1/send/. What becomes of users whom CleverTap does not know is not documented either: here
// they make the answer "partial", so that no client takes 200 for a success.
func (s *Server) externalTrigger(w http.ResponseWriter, r *http.Request) {
	var request triggerRequest
	if !s.decode(w, r, "a trigger", &request) {
		return
	}
	if len(request.To.Identity) == 0 || len(request.To.Identity) > 1000 {
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all, published := s.fired[request.CampaignID]
	if !published {
		writeJSON(w, http.StatusOK, failure{"fail", MessageNoCampaign, http.StatusBadRequest})
		return
	}
	known := slices.DeleteFunc(slices.Clone(request.To.Identity), func(identity string) bool { return s.profiles[identity] == nil })
	s.fired[request.CampaignID] = append(all, Fired{known, request.Parameters})
	if left := len(request.To.Identity) - len(known); left > 0 {
		writeJSON(w, http.StatusOK, failure{"partial", fmt.Sprintf("%d users were not found", left), http.StatusOK})
		return
	}
	writeJSON(w, http.StatusOK, struct {
		Status  string `json:"status"`
		Message string `json:"message"`
	}{"success", "Added to queue for processing"})
}
