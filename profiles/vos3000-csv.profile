# SPDX-License-Identifier: Apache-2.0
# VOS3000 2.1: call records as CSV, 52 columns without a header. Times are milliseconds since the epoch.
# Source: earlruby/extract_vos3000_data. Ongoing calls have 0 in column 21.
name vos3000-csv
about VOS3000: CSV of call records, 52 columns, no header
kind call
header no
separator comma
widths 52

role presented 9 when 9 /[^\s]/
role presented 2
role dialled 3
role ip 5
address ip transport
role trunk 13
role started 20
role ended 21 when 21 /[1-9]/
role talk 24
role billed 26
role cost 27
role account 33
role call_id 42

sniff 20 /^\d{13}$/ 40
sniff 21 /^(?:\d{13}|0)$/ 40
sniff 24 /^\d+$/ 10
sniff 26 /^\d+$/ 10

cannot-say for certain that column 9 was presented: that it is the caller as sent to the gateway is taken from its name, callertogatewaye164
cannot-say which reasons mean that nobody answered: column 49 is a number that no document explains
