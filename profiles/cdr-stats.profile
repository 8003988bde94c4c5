# SPDX-License-Identifier: Apache-2.0
# cdr-stats and CDR-Pusher: CSV for import, 25 columns with a header, and table cdr_import.
# Source: addons/samples/cdrimport/CDRImport-2015-10-26.csv of cdr-stats/cdr-stats at 9c4b7868;
# install/postgresql/cdr_schema.sql of areski/cdr-pusher.
name cdr-stats
about cdr-stats and CDR-Pusher: CSV for import, table cdr_import
kind call

sniff columns switch cdr_source_type callid caller_id_number destination_number starting_date duration billsec hangup_cause_id accountcode 150
role call_id callid
role presented caller_id_number
role presented_name caller_id_name
role dialled destination_number
role started starting_date
role duration duration
role talk billsec
role status hangup_cause_id
role account accountcode
role cost sell_cost
cannot-say which zone starting_date is in
cannot-say the address of the caller: switch is the switch's own
