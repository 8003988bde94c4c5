# SPDX-License-Identifier: Apache-2.0
# PyFreeBilling: table cdr. effectiv_duration is milliseconds, effective_duration seconds.
# Source: pyfreebilling/cdr/migrations/0001_initial.py of mwolff44/pyfreebilling at d985bbc.
name pyfreebilling
about PyFreeBilling: table cdr
confirmed-by pyfreebilling/cdr/migrations/0001_initial.py of mwolff44/pyfreebilling at d985bbc

table cdr
kind call
sniff table 20
sniff columns customer_ip uuid caller_id_number destination_number start_stamp answered_stamp effectiv_duration effective_duration billsec hangup_cause 140
role call_id uuid
sequence id
role presented caller_id_number
role dialled destination_number
role started start_stamp
role answered_at answered_stamp
role ended end_stamp
role talk effective_duration
role billed billsec
role status hangup_cause
role cost total_sell
role ip customer_ip
role account customer_id optional
role account customer optional
role trunk gateway_id optional
role trunk gateway optional
cannot-say the name of the account: customer is the key of a table of the customers, which is not read
