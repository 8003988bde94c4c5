# SPDX-License-Identifier: Apache-2.0
# Asterisk, module cdr_csv: Master.csv, and the file of each account.
# Source: cdr/cdr_csv.c of asterisk/asterisk at f0c1c1a7. 16 columns, then
# uniqueid (loguniqueid), userfield (loguserfield), and peeraccount, linkedid,
# sequence (newcdrcolumns), each of the three switched on by itself; a file that
# outlived a change of settings has rows of several widths.
name asterisk-cdr-csv
about Asterisk cdr_csv: Master.csv, 16 to 21 columns, no header
kind call
header no
separator comma
quote "
widths 16-21

role account 1
role presented 2
role dialled 3
role presented_name 5
role trunk 7
role started 10
role answered_at 11
role ended 12
role duration 13
role talk 14
role status 15

# Of 17 columns the last is uniqueid or userfield: its form tells.
role call_id 17 width 17 when 17 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/
role call_id 17 width 18
# linkedid, which the rows of one call share.
role call_id 18 width 19
role call_id 19 width 20
role call_id 20 width 21
legs call_id width 19-21

# The dialplan's own extensions: what was dialled is in the arguments of Dial.
fallback dialled /^[shit]$/ 9 /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/

epoch 17
sequence 21 width 21

sniff 10 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 11 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 12 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 13 /^-?\d+$/ 10
sniff 14 /^-?\d+$/ 10
sniff 15 /^(?:NO ANSWER|FAILED|BUSY|ANSWERED|CONGESTION|CANCEL|UNKNOWN)$/ 30
sniff 16 /^(?:OMIT|BILLING|DOCUMENTATION|DEFAULT|Unknown|[0-3])$/ 10

answered ANSWERED
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN

cannot-say a number that the dialplan set after the row was begun: src is that of its beginning
cannot-say calls whose record has more than 1,024 bytes: Asterisk drops them, and gaps in sequence show it
