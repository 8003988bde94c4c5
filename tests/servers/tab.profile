# SPDX-License-Identifier: Apache-2.0
# The files of mariadb-dump --tab: no header, columns by position.
name tab
about tables of synth, as --tab writes them
header no
separator tab
quote none
escape backslash

table accounts
kind account
role account 1
role login 2
role email 3
role phone 4
role name 5
role registered 6
role ip 7

table calls
kind call
role started 1
role account 2
role presented 3
role dialled 4
role duration 5
role talk 6
role status 7
role cost 8
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

table logins
kind login
role account 1
role at 2
role ip 3
role device 4

table organisations
kind organisation
role number 1
role organisation 2
role sector 3

table payments
kind payment
role payment_id 1
role account 2
role paid 3
role amount 4
role currency 5
role from_address 6
role to_address 7
role txid 8
role status 9

table rates
kind rate
role date 1
role base 2
role quote 3
role rate 4

table reports
kind report
role reference 1
role victim 2
role at 3
role presented 4
role loss 5
role currency 6
