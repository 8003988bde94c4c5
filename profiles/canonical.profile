# SPDX-License-Identifier: Apache-2.0
# Dumps whose header has the names of roles, in any order.
name canonical
about a header that has the names of roles
kind any
roles header
answered ANSWERED
answered ANSWER
answered COMPLETED
unanswered NO ANSWER
unanswered NOANSWER
unanswered BUSY
unanswered FAILED
unanswered CANCEL
unanswered CANCELED
unanswered CONGESTION
confirmed CONFIRMED
confirmed PAID
unconfirmed PENDING
unconfirmed UNCONFIRMED
unconfirmed EXPIRED
unconfirmed FAILED
unconfirmed CANCELLED
refunded REFUNDED
