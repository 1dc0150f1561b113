package line

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	getMessageQuota       = "get the limit of messages"
	getMessageConsumption = "get the number of messages sent this month"
)

// The types of a [MessageQuota].
const (
	QuotaNone    = "none"
	QuotaLimited = "limited"
)

// MessageQuota is how many messages the LINE Official Account may send this month and how many it sent, whether through the
// API or from LINE Official Account Manager.
type MessageQuota struct {
	// Type is [QuotaNone] where no target limit is set, or [QuotaLimited].
	Type string
	// Value is the target limit: the free messages and the additional ones that the account allows itself. nil: none is set.
	Value *int64
	// Used is approximately how many messages were sent.
	Used int64
}

// Remaining is how many messages are left this month, 0 at least; nil if no limit is set.
func (q MessageQuota) Remaining() *int64 {
	if q.Value == nil {
		return nil
	}
	return new(max(0, *q.Value-q.Used))
}

// MessageQuota asks for both numbers, in two requests, which LINE does not count as requests for statistics (Messaging API
// reference, "Get the target limit for sending messages this month" and "Get number of messages sent this month").
func (c *Client) MessageQuota(ctx context.Context) (MessageQuota, error) {
	var limit struct {
		Type  string `json:"type"`
		Value *int64 `json:"value"`
	}
	response, err := c.getInto(ctx, getMessageQuota, "/v2/bot/message/quota", &limit)
	if err != nil {
		return MessageQuota{}, err
	}
	switch {
	case limit.Type == QuotaNone:
		limit.Value = nil
	case limit.Type != QuotaLimited:
		return MessageQuota{}, unusable(getMessageQuota, response, "the type is neither none nor limited")
	case limit.Value == nil || *limit.Value < 0:
		return MessageQuota{}, unusable(getMessageQuota, response, "the value is missing or impossible")
	}
	var consumption struct {
		TotalUsage *int64 `json:"totalUsage"`
	}
	response, err = c.getInto(ctx, getMessageConsumption, "/v2/bot/message/quota/consumption", &consumption)
	if err != nil {
		return MessageQuota{}, err
	}
	if consumption.TotalUsage == nil || *consumption.TotalUsage < 0 {
		return MessageQuota{}, unusable(getMessageConsumption, response, "the totalUsage is missing or impossible")
	}
	return MessageQuota{limit.Type, limit.Value, *consumption.TotalUsage}, nil
}

// getInto reads an answer that is one object of JSON.
func (c *Client) getInto(ctx context.Context, operation, path string, object any) (*httpclient.Response, error) {
	response, err := c.get(ctx, operation, path, nil)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(response.Body, object); err != nil {
		return nil, unusable(operation, response, fmt.Sprintf("not with what is asked for (%v)", err))
	}
	return response, nil
}
