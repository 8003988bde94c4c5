# SPDX-License-Identifier: Apache-2.0
# Rows of Asterisk's old MySQL table cdr without the names of its columns: INSERTs of a dump that has no
# CREATE TABLE, as FreePBX's backup makes it with mysqldump --no-create-info.
# Source: FreePBX/cdr, Backup.php and install.php (formats: the first 16 columns are those of the old table,
# what follows them depends on the history of the database and is not read).
name asterisk-cdr-rows
about Asterisk table cdr, rows without names of columns: calldate, clid, src, dst and so on
kind call
header no
widths 16-32

role started 1
role presented_name 2
role presented 3
role dialled 4
role trunk 7
role duration 10
role talk 11
role status 12
role account 14
role call_id 15
legs call_id
fallback dialled /^[shit]$/ 9 /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/
epoch 15 /(?:^|-)(\d{9,10})\.\d+$/

sniff 1 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 10 /^-?\d+$/ 10
sniff 11 /^-?\d+$/ 10
sniff 12 /^(?:NO ANSWER|FAILED|BUSY|ANSWERED|CONGESTION|CANCEL|UNKNOWN)$/ 30
sniff 13 /^(?:OMIT|BILLING|DOCUMENTATION|DEFAULT|Unknown|[0-3])$/ 10
sniff 15 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/ 20

cannot-say the number that FreePBX presented on the trunk (outbound_cnum): behind the 16th column the order is not certain, so that src is read
cannot-say which zone calldate is in

answered ANSWERED
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN
