# A policy for policy.type: opa, with policy.opa.url: http://127.0.0.1:8181/v1/data/symbolon/decision
#
#   opa run --server --addr 127.0.0.1:8181 config/opa-policy.rego
#   opa eval --data config/opa-policy.rego --input config/opa-input.json data.symbolon.decision
#
# There must always be a decision: a document that is undefined is none, and clients get 503.
package symbolon

import rego.v1

default decision := {"allow": false, "reason": "user is not linked to this client"}

# A client that acts for itself.
decision := {"allow": true} if input.user == null

# A linked user in the group staff: every scope that was asked for.
decision := {"allow": true} if staff

# Any other linked user may read.
decision := {"allow": true, "scopes": ["read"]} if {
	input.user != null
	input.linked
	not staff
}

staff if {
	input.linked
	"staff" in input.user.groups
}
