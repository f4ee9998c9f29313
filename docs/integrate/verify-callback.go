package main

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
)

// IsGenuine tells whether a callback's body, or the query of a redirect, was signed with your X Signature key. Pass it
// as it came, still encoded; the order and number of the parameters do not matter.
func IsGenuine(encoded, key string) bool {
	var signatures, elements []string
	for _, pair := range strings.Split(encoded, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		if nameErr != nil || valueErr != nil {
			return false
		}
		name = strings.NewReplacer("[", "", "]", "").Replace(name)
		if strings.HasSuffix(name, "x_signature") {
			signatures = append(signatures, value)
		} else {
			elements = append(elements, name+value)
		}
	}
	slices.SortFunc(elements, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(strings.Join(elements, "|")))
	expected := hex.EncodeToString(mac.Sum(nil))
	return len(signatures) == 1 && hmac.Equal([]byte(signatures[0]), []byte(expected))
}

// To try it: go run verify-callback.go KEY < body
func main() {
	body, err := io.ReadAll(os.Stdin)
	if err == nil && IsGenuine(string(bytes.TrimSpace(body)), os.Args[1]) {
		fmt.Println("genuine")
	} else {
		fmt.Println("forged")
	}
}
