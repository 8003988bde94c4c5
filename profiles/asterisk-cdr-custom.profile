# SPDX-License-Identifier: Apache-2.0
# Asterisk, module cdr_custom, with the mapping that its sample file has for Master.csv.
# Source: configs/samples/cdr_custom.conf.sample of asterisk/asterisk at f0c1c1a7. 19 columns; the file
# name is that of cdr_csv, the order is another: clid and src come first, accountcode is the 16th.
# Known from cdr_csv by the times, which stand in columns 9 to 11 and not 10 to 12.
name asterisk-cdr-custom
about Asterisk cdr_custom: Master.csv of the sample mapping, 19 columns, no header
kind call
header no
separator comma
quote "
widths 19

role presented_name 1
role presented 2
role dialled 3
role trunk 6
role started 9
role answered_at 10
role ended 11
role duration 12
role talk 13
role status 14
role account 16
role call_id 17
sequence 19

# The dialplan's own extensions: what was dialled is in the arguments of Dial.
fallback dialled /^[shit]$/ 8 /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/

sniff 9 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 10 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 11 /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?$/ 10
sniff 12 /^-?\d+(?:\.\d+)?$/ 10
sniff 13 /^-?\d+(?:\.\d+)?$/ 10
sniff 14 /^(?:NO ANSWER|FAILED|BUSY|ANSWERED|CONGESTION|CANCEL|UNKNOWN)$/ 30
sniff 17 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/ 10

epoch 17 /(?:^|-)(\d{9,10})\.\d+$/
cannot-say a number that the dialplan set after the row was begun: src is that of its beginning
cannot-say which zone the times are in: usegmtime of cdr.conf says it, the file does not

answered ANSWERED
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN
