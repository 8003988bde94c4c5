# SPDX-License-Identifier: Apache-2.0
# FreePBX: the CSV that its page of call reports exports, 26 columns with a header.
# Source: functions.inc.php of FreePBX/cdr (cdr_export_csv). Presented is outbound_cnum, the number on the
# outbound leg, else src.
name freepbx-csv
about FreePBX: CSV export of the call reports, 26 columns with a header
kind call
header yes
separator comma
quote "

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
role call_id linkedid when linkedid /[^\s]/
role call_id uniqueid
legs call_id
fallback dialled /^[shit]$/ lastdata /\/([+0-9*#]{5,})(?:[@,:;|&\/]|$)/

sniff columns calldate clid src dst dcontext lastapp disposition outbound_cnum outbound_cnam dst_cnam recordingfile 190
epoch uniqueid /(?:^|-)(\d{9,10})\.\d+$/
cannot-say which zone calldate is in

answered ANSWERED
unanswered NO ANSWER
unanswered FAILED
unanswered BUSY
unanswered CONGESTION
unanswered CANCEL
unanswered UNKNOWN
