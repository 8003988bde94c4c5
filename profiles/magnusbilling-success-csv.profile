# SPDX-License-Identifier: Apache-2.0
# MagnusBilling 7: MBilling_Success.csv, calls on their way into the database. Nothing is quoted: a comma in a value
# shifts the columns behind it, and such a row is rejected.
# Source: CalcAgi.php of magnussolution/magnusbilling7 at 0872f723. 17 columns.
name magnusbilling-success-csv
about MagnusBilling 7: MBilling_Success.csv, 17 columns, no header
kind call
header no
separator comma
quote none
widths 17

role call_id 1
role presented 2
role started 3
role account 4
role trunk 8
role dialled 9
role cost 11
role billed 12
role talk 13
role status 17
epoch 1 /(?:^|-)(\d{9,10})\.\d+$/

sniff 1 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/ 40
sniff 3 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 4 /^\d+$/ 10
sniff 12 /^\d+$/ 10
sniff 13 /^\d+$/ 10
sniff 17 /^\d+$/ 10

answered 1
cannot-say the name of the account: column 4 is the id of pkg_user
cannot-say which zone the times are in
