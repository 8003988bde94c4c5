# SPDX-License-Identifier: Apache-2.0
# MagnusBilling 7: MBilling_Failed.csv, failed calls on their way into the database. Nothing is quoted.
# Source: CalcAgi.php of magnussolution/magnusbilling7 at 0872f723. 11 columns.
name magnusbilling-failed-csv
about MagnusBilling 7: MBilling_Failed.csv, 11 columns, no header
kind call
header no
separator comma
quote none
widths 11

role call_id 1
role presented 2
role started 3
role account 4
role trunk 8
role dialled 9
role status 11
epoch 1 /(?:^|-)(\d{9,10})\.\d+$/

sniff 1 /^(?:[\w.-]+-)?\d{9,10}\.\d+$/ 40
sniff 3 /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ 30
sniff 4 /^\d+$/ 10
sniff 10 /^\d+$/ 10
sniff 11 /^\d*$/ 10

# It holds calls that failed: a cause that may be given to answered calls too is that of none here.
unanswered 0
unanswered 16
unanswered 31
unanswered 127
cannot-say the name of the account: column 4 is the id of pkg_user
cannot-say which zone the times are in
