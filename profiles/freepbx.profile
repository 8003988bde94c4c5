# SPDX-License-Identifier: Apache-2.0
# FreePBX: table cdr of database asteriskcdrdb, and the CSV of 26 columns that its page of call reports exports.
# Source: install.php, Backup.php and functions.inc.php (cdr_export_csv) of FreePBX/cdr. Presented is outbound_cnum,
# the number on the outbound leg, else src.
name freepbx
about FreePBX: table cdr of asteriskcdrdb, and the CSV export of the call reports
confirmed-by install.php and functions.inc.php of FreePBX/cdr
kind call

sniff columns calldate clid src dst dcontext lastapp lastdata disposition outbound_cnum outbound_cnam 200
role started calldate
role account accountcode
role presented outbound_cnum when outbound_cnum /[^\s]/
role presented src
role dialled dst
role presented_name outbound_cnam when outbound_cnam /[^\s]/
role presented_name clid
role trunk dstchannel
role duration duration
role talk billsec
role status disposition
role call_id linkedid when linkedid /[^\s]/ optional
role call_id uniqueid
legs call_id
fallback dialled /^[shit]$/ lastdata /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/
sequence sequence
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
cannot-say which zone calldate is in
answered ANSWERED
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN
