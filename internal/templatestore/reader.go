package templatestore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// maxDepth is far beyond any message and keeps a hostile file from exhausting the memory.
const maxDepth = 200

// reader builds the value of a JSON text as encoding/json would, and besides notes where everything is and refuses
// duplicate keys. The decoder gives no sound offset with an error of syntax, so that is looked for first.
type reader struct {
	decoder *json.Decoder
	places
}

func readValue(data []byte) (any, places, error) {
	r := reader{decoder: json.NewDecoder(bytes.NewReader(data)), places: places{data: data, offsets: map[string]int{}}}
	r.decoder.UseNumber()
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, new(json.RawMessage)); errors.As(err, &syntax) {
		return nil, r.places, flawAt(data, int(syntax.Offset)-1, "not JSON: "+syntax.Error())
	}
	value, err := r.value("", 0)
	return value, r.places, err
}

// next is the offset of the token to come.
func (r *reader) next() int {
	at := int(r.decoder.InputOffset())
	return len(r.data) - len(bytes.TrimLeft(r.data[at:], " \t\r\n,:"))
}

func (r *reader) value(pointer string, depth int) (any, error) {
	if _, known := r.offsets[pointer]; !known {
		r.offsets[pointer] = r.next()
	}
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, flawAt(r.data, r.next(), fmt.Sprintf("nested deeper than %d levels", maxDepth))
	}
	switch token {
	case json.Delim('{'):
		return r.object(pointer, depth)
	case json.Delim('['):
		return r.array(pointer, depth)
	}
	return token, nil
}

func (r *reader) object(pointer string, depth int) (any, error) {
	object := map[string]any{}
	for r.decoder.More() {
		at := r.next()
		token, err := r.decoder.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		member := pointer + "/" + escapePointer(key)
		if _, twice := object[key]; twice {
			return nil, flawAt(r.data, at, fmt.Sprintf("the key %q is there twice", key))
		}
		r.offsets[member] = at
		if object[key], err = r.value(member, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := r.decoder.Token()
	return object, err
}

func (r *reader) array(pointer string, depth int) (any, error) {
	array := []any{}
	for r.decoder.More() {
		item, err := r.value(pointer+"/"+strconv.Itoa(len(array)), depth+1)
		if err != nil {
			return nil, err
		}
		array = append(array, item)
	}
	_, err := r.decoder.Token()
	return array, err
}
